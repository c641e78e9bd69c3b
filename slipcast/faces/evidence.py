"""The evidence of one programme on a page: each statement numbered once, in the order in which it was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from slipcast import dates
from slipcast.domain import Entry, Forecast, Milestone, Programme
from slipcast.errors import SlipcastError
from slipcast.faces import inert, wording
from slipcast.faces.rows import EvidenceRow, Ref

RETOLD = "retold by slipcast"


class Evidence:
    """Statements that a programme's section rests on. prefix: of its anchors; first: its first number on the page."""

    def __init__(self, programme: Programme, forecasts: Sequence[Forecast], prefix: str, first: int) -> None:
        self.prefix = prefix
        self.entries = programme.entries
        self._uses = _uses(programme)
        for one in self._uses:
            if one not in programme.entries:
                todo = "run slipcast verify on the ledger"
                raise SlipcastError(f"statement {one} is cited but not held", where=programme.id, todo=todo)
        cited = set(self._uses) | {one for made in forecasts for one in made.evidence if one in programme.entries}
        order = sorted(cited, key=lambda one: _order(programme.entries[one]))
        self._refs = {one: Ref(number, f"{prefix}-{one[:12]}") for number, one in enumerate(order, first)}
        self.rows = tuple(self.row(one) for one in order)

    def refs(self, ids: Iterable[str]) -> tuple[Ref, ...]:
        """The links to these statements, in the order of their numbers; those not held are left out."""
        found = {self._refs[one] for one in ids if one in self._refs}
        return tuple(sorted(found, key=lambda ref: ref.number))

    def row(self, statement: str) -> EvidenceRow:
        """One statement as the evidence table shows it."""
        entry = self.entries[statement]
        said, source = entry.statement, entry.document
        retold = source.outlet == RETOLD
        origin = (source.after if retold else source.url) or source.url or source.after or ""
        return EvidenceRow(
            ref=self._refs[statement],
            quote=said.quote,
            says=_says(entry),
            speaker=speaker(entry),
            role=said.speaker_role or "",
            via=", ".join(said.via),
            said_on=_when(stated_on(entry)),
            said_on_exact=stated_on(entry) or "",
            published=_when(source.published),
            outlet=source.outlet or "outlet not told",
            retold=retold,
            source=inert.without_address(origin),
            link=inert.address(origin),
            uses=self._uses.get(statement, ("forecast",)),
        )


def outlet(entry: Entry) -> str:
    """The outlet that tells it; for a retelling the one that it was taken from."""
    source = entry.document
    origin = source.after if source.outlet == RETOLD else None
    return (inert.without_address(origin) if origin else source.outlet) or "not told"


def speaker(entry: Entry) -> str:
    """Who says it: a name, an unnamed source, else the outlet itself."""
    said = entry.statement
    return said.speaker or ("unnamed source" if said.anonymous else outlet(entry))


def stated_on(entry: Entry) -> str | None:
    """When it was said, else when it was published."""
    return entry.said_on


def _when(edtf: str | None) -> str:
    return wording.of_edtf(edtf) if edtf else "not told"


def _order(entry: Entry) -> tuple[date, str, tuple[int, int], str]:
    said = stated_on(entry)
    return (dates.counts_from(said) if said else date.max, entry.document.id, entry.statement.span, entry.statement.id)


def _says(entry: Entry) -> str:
    said = entry.statement
    if said.is_share:
        return f"workshare: {said.participant or 'someone'} makes {said.part or 'a part'}"
    told = f"{wording.milestone(said.milestone, said.tranche)}: {wording.words(said.status)}"
    told += f", {wording.of_edtf(said.date)}" if said.date else ""
    told += f", no longer {wording.of_edtf(said.previous_date)}" if said.previous_date else ""
    return told + (f" ({said.modality})" if said.modality != "certain" else "")


def _uses(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Statement id -> what it is used for on the page, most telling first."""
    found: dict[str, dict[str, None]] = {}

    def use(ids: Iterable[str], what: str) -> None:
        for one in ids:
            found.setdefault(one, {})[what] = None

    for milestone in programme.milestones:
        what = wording.milestone(milestone.kind, milestone.tranche)
        if milestone.current:
            use([milestone.current.winner], f"stands for {what}")
        use([slip.statement for slip in milestone.promises], f"promise for {what}")
        for conflict in milestone.conflicts:
            use(conflict.evidence, f"conflict over {what}")
        if milestone.current:
            use(milestone.current.losers, f"set aside for {what}")
        use((one for one in milestone.evidence if one not in found), f"evidence for {what}")
    for share in programme.workshare:
        use(share.evidence, "workshare")
    return {one: tuple(what) for one, what in found.items()}


def cited_by(milestone: Milestone) -> tuple[str, ...]:
    """Every statement id of a milestone, each once."""
    told = (*milestone.evidence, *(slip.statement for slip in milestone.promises))
    return tuple(dict.fromkeys((*told, *((milestone.current.winner,) if milestone.current else ()))))
