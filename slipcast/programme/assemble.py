"""Statements in, programmes out: pure, and the same for the same entries in any order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from slipcast.domain import MILESTONES, Decision, Entry, Milestone, Programme
from slipcast.programme.joins import programme_id
from slipcast.programme.milestones import milestone
from slipcast.programme.naming import country_of, organisations_in, plain
from slipcast.programme.placed import Doubt, Placed, standing
from slipcast.programme.placing import Placer
from slipcast.programme.repeats import Ruled
from slipcast.programme.shares import shares
from slipcast.programme.sides import Sides
from slipcast.programme.tranches import ORDINALS
from slipcast.programme.watchlist import Watched
from slipcast.programme.wholes import with_wholes

#: milestones whose claims rest on the contract of their tranche
_RESTING = frozenset({"delivery", "shipment", "installation", "entry_into_service", "completion"})


def assemble(
    entries: Sequence[Entry],
    as_of: date,
    decisions: Sequence[Decision] = (),
    watchlist: Sequence[Watched] | None = None,
) -> list[Programme]:
    """The programmes as they stood: of what was said by `as_of`, neither retracted nor rejected. Sorted by id."""
    placer = Placer(decisions, watchlist)
    placed = placer.place(standing(entries, as_of, decisions))
    grouped: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        grouped[one.system, one.recipient].append(one)
    made = [_programme(key, group, as_of, watchlist or (), placer.joins.repeats) for key, group in grouped.items()]
    return sorted(made, key=lambda programme: programme.id)


def doubts(
    entries: Sequence[Entry],
    as_of: date,
    decisions: Sequence[Decision] = (),
    watchlist: Sequence[Watched] | None = None,
) -> list[Doubt]:
    """The joins that a person should rule on, each with its reason and the statements it is about."""
    placer = Placer(decisions, watchlist)
    placer.place(standing(entries, as_of, decisions))
    return placer.doubts


def _programme(
    key: tuple[str, str], placed: list[Placed], as_of: date, watchlist: Sequence[Watched], ruled: Ruled
) -> Programme:
    system, recipient = key
    watched = next((w for w in watchlist if w.system == system), None)
    #: counted for each statement: what a person says outweighs what was read
    given = [watched.supplier] if watched and watched.supplier else []
    suppliers = given * max(1, len(placed)) + [name for one in placed for name in one.statement.supplier]
    recipients = [recipient, *(name for one in placed for name in one.statement.recipient)]
    sides = Sides(suppliers, recipients, [one.entry for one in placed])
    known = {one.id: one.entry for one in placed}
    milestones = with_wholes(_milestones([one for one in placed if not one.statement.is_share], sides, ruled))
    tranches = sorted({m.tranche for m in milestones if m.tranche}, key=tranche_order)
    aliases = Counter(" ".join(one.statement.programme.split()) for one in placed)
    return Programme(
        id=programme_id(system, recipient),
        as_of=as_of,
        system=system,
        equipment=next((one.equipment for one in placed if one.equipment), None),
        supplier=_parties(suppliers, buyer=recipient),
        recipient=(recipient,) if recipient else (),
        tranches=tuple(tranches),
        milestones=milestones,
        workshare=shares([one for one in placed if one.statement.is_share]),
        aliases=tuple(sorted(name for name in aliases if name and name != system)),
        entries=known,
    )


def _milestones(placed: Iterable[Placed], sides: Sides, ruled: Ruled) -> tuple[Milestone, ...]:
    grouped: dict[tuple[str | None, str], list[Placed]] = defaultdict(list)
    for one in placed:
        kind = "delivery" if one.beside else one.statement.milestone
        grouped[one.tranche, kind].append(one)
    order = sorted(grouped, key=lambda key: (tranche_order(key[0]), MILESTONES.index(key[1])))
    contracts = {
        tranche: milestone(kind, tranche, grouped[tranche, kind], sides, ruled=ruled)
        for tranche, kind in order
        if kind == "contract"
    }
    made = []
    for tranche, kind in order:
        if kind == "contract":
            made.append(contracts[tranche])
            continue
        contract = contracts.get(tranche) if tranche and kind in _RESTING else None
        made.append(milestone(kind, tranche, grouped[tranche, kind], sides, contract=contract, ruled=ruled))
    return tuple(made)


def tranche_order(tranche: str | None) -> tuple[int, str]:
    """The whole programme first, then the tranches by their ordinal, then the others by name."""
    if tranche is None:
        return (-1, "")
    head = tranche.replace(",", " ").split()[0]
    return (ORDINALS.index(head) if head in ORDINALS else 99, tranche)


#: A party named less than once for this many namings of the first is a slip of the pen or of the reader, not a party.
_RARE = 8


def _parties(names: Iterable[str], *, buyer: str) -> tuple[str, ...]:
    """Suppliers by how often they are named, each organisation or country once; the buyer itself and rare namings left out."""
    counts: Counter[str] = Counter()
    for name in names:
        named = organisations_in(name)
        country = country_of(name)
        for shown in named or ((country.name,) if country else (" ".join(name.split()),)):
            counts[shown] += 1
    unique = {plain(name): name for name in counts}
    most = max(counts.values(), default=0)
    kept = [name for name in unique.values() if counts[name] * _RARE >= most and plain(name) != plain(buyer)]
    return tuple(sorted(kept or unique.values(), key=lambda name: (-counts[name], name)))
