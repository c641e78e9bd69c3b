"""Whose a programme is: recipients by their country, and whose it must be where a statement does not say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from slipcast import names
from slipcast.programme.naming import country_of, organisations_in, plain
from slipcast.programme.placed import Doubt, Placed
from slipcast.programme.tranches import word_set

MOSTLY = 3  #: a text speaks mostly of one party where it names that one so many times as often as any other
FORCES = "forces of "
_BARE_FORCE = re.compile(r"\b(?:Air Force|Army|Navy|Marine Corps)\b(?! Base)")
_MINISTRY = re.compile(r"Pentagon|Defen[cs]e")
_OWNED = frozenset({"forces", "government", "agency"})


def recipient_names(told: Sequence[str], same: Mapping[str, str]) -> tuple[str, ...]:
    """Display names of the countries (else organisations) that the names mean; an order by more than three is a joint one.

    A force or a base without its country names nobody, and a maker beside somebody else is no recipient. same: folded name -> name, as a person ruled.
    """
    found: list[str] = []
    for name in [one for one in told if not _is_maker(one)] or told:
        name = same.get(plain(name), name)
        words = set(plain(name).split())
        if words <= word_set("bare") or "base" in words:
            continue
        party = organisations_in(name)
        country = country_of(name)
        if party and words & word_set("joint"):
            found.append(party[0])
        elif country:
            found.append(country.name)
        else:
            found.append(party[0] if party else " ".join(name.split()))
    unique = tuple(dict.fromkeys(found))
    return unique if len(unique) <= 3 else (", ".join(unique[:3]) + " and others",)


def without_signatory(told: Sequence[str], milestone: str, system: str, supplier: Sequence[str] = ()) -> Sequence[str]:
    """The recipients without the maker's own country, where it only signs: "Russia and Turkey are close to signing".

    Where it was read as the only recipient, and another country as its supplier, that one is the recipient.
    """
    if milestone not in ("contract", "negotiation"):
        return told
    home = home_of(system)
    left = [one for one in told if not ((found := names.country(one)) and found.name in home)]
    other = [one for one in supplier if home and (found := names.country(one)) and found.name not in home]
    return left or (told and other) or told


def _is_maker(name: str) -> bool:
    found = names.organisation(name)
    return found is not None and found.kind == "manufacturer"


def inherit_recipients(placed: Sequence[Placed]) -> list[Placed]:
    """Within one document: a statement without recipient takes the only one that the document has for its system.

    A maker's own country is no such recipient: that Russia's forces fly it says nothing of an order by others.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for one in placed:
        if one.recipient and one.recipient not in makers(one):
            told[one.system].add(one.recipient)
    filled = []
    for one in placed:
        if not one.recipient and len(told[one.system]) == 1:
            recipient = next(iter(told[one.system]))
            note = f"no recipient named: the document's only one for {one.system} is {recipient}"
            one = replace(one, recipient=recipient, notes=(*one.notes, note))
        filled.append(one)
    return filled


def adopt_recipients(
    placed: Sequence[Placed], watched: Sequence[tuple[str, Sequence[str]]] = ()
) -> tuple[list[Placed], list[Doubt]]:
    """Across documents: where a text names only one, or mostly one, of a system's known recipients, that one is meant.

    watched: (system, recipients) of a watchlist. What stays open becomes a doubt, one a system and document.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for one in placed:
        if one.recipient:
            known[one.system].add(one.recipient)
    for system, recipients in watched:
        known[system].update(recipients)
    counted: dict[str, Mapping[str, int]] = {}
    adopted: list[Placed] = []
    doubts: dict[tuple[str, str], Doubt] = {}
    for one in placed:
        if one.recipient or not known[one.system]:
            adopted.append(one)
            continue
        partner = country_of(one.statement.participant or "") if one.statement.is_share else None
        if partner and partner.name in known[one.system]:
            note = f"no recipient named: the participant is of {partner.name}"
            adopted.append(replace(one, recipient=partner.name, notes=(*one.notes, note)))
            continue
        document = one.entry.document
        if document.id not in counted:
            counted[document.id] = mentions(f"{document.title or ''} {document.text}")
        chosen, why = _meant(counted[document.id], known[one.system], home_of(one.system))
        if chosen:
            note = f"no recipient named: of those known for {one.system} {why} {chosen}"
            adopted.append(replace(one, recipient=chosen, notes=(*one.notes, note)))
            continue
        adopted.append(one)
        before = doubts.get((one.system, document.id))
        reason = f"{one.system} without a recipient: it may be any of {', '.join(sorted(known[one.system]))}"
        evidence = (*(before.evidence if before else ()), one.id)
        doubts[one.system, document.id] = Doubt("recipient", (one.system,), reason, evidence)
    return adopted, list(doubts.values())


def _meant(counts: Mapping[str, int], known: set[str], home: set[str]) -> tuple[str | None, str]:
    """The recipient that a text's mentions point at, and why. The maker's own country counts by its forces alone."""
    seen = {name: counts.get(FORCES + name if name in home else name, 0) for name in known}
    for name in home & known:
        seen[name] += counts.get(FORCES, 0)
    ranked = sorted(((n, name) for name, n in seen.items() if n), reverse=True)
    if len(ranked) == 1:
        return ranked[0][1], "the text names only"
    abroad = [(n, name) for n, name in ranked if name not in home]
    rival = max((n for n, name in ranked if name in home), default=0)
    if abroad and abroad[0][0] >= max(rival, MOSTLY * sum(n for n, _ in abroad[1:2])):
        return abroad[0][1], "the text speaks mostly of"
    if len(ranked) > 1 and ranked[0][0] >= MOSTLY * ranked[1][0]:
        return ranked[0][1], "the text speaks mostly of"
    return None, ""


@lru_cache(maxsize=4096)
def mentions(text: str) -> Mapping[str, int]:
    """How often a text names each country and organisation; its forces under FORCES + country, bare ones under FORCES."""
    counts: Counter[str] = Counter()
    taken: list[tuple[int, int]] = []
    for found in names.find(text):
        entry = found.entry
        if isinstance(entry, names.System):
            continue
        taken.append(found.span)
        counts[entry.name] += 1
        country = country_of(entry.name) if isinstance(entry, names.Organisation) and entry.kind in _OWNED else None
        if country and isinstance(entry, names.Organisation):
            counts[country.name] += 1
            counts[FORCES + country.name] += entry.kind == "forces" or bool(_MINISTRY.search(entry.name))
    for bare in _BARE_FORCE.finditer(text):
        counts[FORCES] += not any(start <= bare.start() < end for start, end in taken)
    return counts


def home_of(system: str) -> set[str]:
    """The maker's country, by the gazetteer."""
    found = names.system(system)
    if not found or not found.country or not found.maker:
        return set()
    country = country_of(found.maker)
    return {country.name} if country else set()


def makers(one: Placed) -> set[str]:
    """The countries of a statement's suppliers and of its system's maker."""
    told = {country.name for name in one.statement.supplier if (country := country_of(name))}
    return told | home_of(one.system)
