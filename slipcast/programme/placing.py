"""Where each statement belongs: system, recipient, tranche, by rules that say why. Uncertain joins stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from slipcast.domain import Decision, Entry
from slipcast.programme.naming import designation_of, plain, system_of
from slipcast.programme.placed import Doubt, Placed, order
from slipcast.programme.recipients import adopt_recipients, inherit_recipients, recipient_names
from slipcast.programme.tranches import tranche_name, word_set
from slipcast.programme.watchlist import Watched


class Placer:
    """Places entries. Joins by decision come first, then the watchlist, then the rules."""

    def __init__(self, decisions: Sequence[Decision] = (), watchlist: Sequence[Watched] | None = None) -> None:
        self._watched = tuple(watchlist or ())
        self._same: dict[str, str] = {}
        self._apart: set[tuple[str, str]] = set()
        self.doubts: list[Doubt] = []
        for decision in decisions:
            if decision.kind == "identity" and len(decision.subjects) > 1:
                head, *others = decision.subjects
                if decision.verdict == "same":
                    self._same.update({plain(other): head for other in others})
                elif decision.verdict == "different":
                    self._apart.update((plain(head), plain(other)) for other in others)

    def place(self, entries: Sequence[Entry]) -> list[Placed]:
        """Every entry in its place; what cannot be placed becomes a doubt. entries: as `standing` gives them."""
        by_document: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_document[entry.document.id].append(entry)
        drafts = [placed for group in by_document.values() for placed in self._document(group)]
        watched = [(w.system, recipient_names((w.recipient,), self._same)) for w in self._watched if w.recipient]
        drafts, open_ones = adopt_recipients(drafts, watched)
        self.doubts += open_ones
        drafts = self._following(drafts)
        return sorted(drafts, key=lambda placed: order(placed.entry))

    def _document(self, group: list[Entry]) -> list[Placed]:
        """One document's statements: what one leaves out, its neighbours may tell."""
        known = [self.system(entry.statement.programme) for entry in group]
        named = {found[0]: found for found in known if found}
        placed: list[Placed] = []
        for entry, found in zip(group, known, strict=True):
            notes: list[str] = []
            if not found and len(named) == 1:
                found = next(iter(named.values()))
                notes.append(f"no system named: the document's only one is {found[0]}")
            if not found:
                text = entry.statement.programme or "(none)"
                why = f"{text!r} names no system, and the document names {len(named) or 'none'}"
                self.doubts.append(Doubt("system", (text,), why, (entry.statement.id,)))
                continue
            for recipient in recipient_names(entry.statement.recipient, self._same) or ("",):
                placed.append(Placed(entry, found[0], recipient, None, found[1], tuple(notes)))
        placed = inherit_recipients(placed)
        placed = [self._tranche(one) for one in placed]
        return _beside(_inherit_tranches(placed))

    def system(self, text: str) -> tuple[str, str | None] | None:
        """(canonical name, kind of equipment) of a system's name, None for words that only point at one."""
        text = self._same.get(plain(text), text)
        flat = plain(text)
        for watched in self._watched:
            if watched.names(text):
                return watched.system, watched.equipment or (system_of(watched.system) or ("", None))[1]
        if set(flat.split()) <= word_set("pointing"):
            return None
        found = system_of(text)
        if found and (found[0], flat) not in self._apart:
            return self._same.get(plain(found[0]), found[0]), found[1]
        designation = designation_of(text)
        if designation:
            return self._same.get(plain(designation), designation), None
        return self._known_as(text), None

    def _known_as(self, text: str) -> str:
        shown = " ".join(text.split())
        return shown[4:] if shown.lower().startswith("the ") else shown

    def _tranche(self, one: Placed) -> Placed:
        text = one.statement.tranche
        if not text:
            return one
        for watched in self._watched:
            if self.system(watched.system) == (one.system, one.equipment) or watched.system == one.system:
                name = watched.tranche(text)
                if name:
                    return replace(one, tranche=name, notes=(*one.notes, f"tranche {text!r}: {name} by the watchlist"))
        ruled = self._same.get(plain(text))
        name = tranche_name(ruled or text, f"{one.system} {one.statement.programme}", one.equipment)
        if name and name != text:
            return replace(one, tranche=name, notes=(*one.notes, f"tranche {text!r} is {name}"))
        return replace(one, tranche=name)

    def _following(self, placed: list[Placed]) -> list[Placed]:
        """Settle "next" and parts without their whole by what is known of the same programme."""
        known: dict[tuple[str, str], set[str]] = defaultdict(set)
        spelt: dict[tuple[str, str, str], str] = {}
        alike: list[Placed] = []
        for one in placed:
            if one.tranche:
                spelt.setdefault((one.system, one.recipient, plain(one.tranche)), one.tranche)
                one = replace(one, tranche=spelt[one.system, one.recipient, plain(one.tranche)])
                known[one.system, one.recipient].add(one.tranche or "")
            alike.append(one)
        settled = []
        for one in alike:
            within = known[one.system, one.recipient]
            if one.tranche == "next":
                later = sorted(within & {"third", "fourth", "fifth", "sixth"})
                if later:
                    told = one.statement.tranche or "next"
                    why = f"{told!r} may be any of second, {', '.join(later)}"
                    self.doubts.append(Doubt("tranche", (told,), why, (one.id,)))
                else:
                    note = f"tranche {one.statement.tranche!r} follows the first: second"
                    one = replace(one, tranche="second", notes=(*one.notes, note))
            elif one.tranche and "," not in one.tranche:
                wholes = sorted(name for name in within if name.endswith(f", {one.tranche}"))
                if len(wholes) == 1:
                    one = replace(
                        one, tranche=wholes[0], notes=(*one.notes, f"{one.tranche} is known only within {wholes[0]}")
                    )
                elif len(wholes) > 1:
                    self.doubts.append(
                        Doubt("tranche", (str(one.tranche),), f"may be any of {'; '.join(wholes)}", (one.id,))
                    )
            settled.append(one)
        return settled


def _inherit_tranches(placed: list[Placed]) -> list[Placed]:
    """A statement without tranche takes that of the nearest earlier one of its kind, at most two sentences before."""
    settled: list[Placed] = []
    for one in placed:
        if one.tranche is None and not one.statement.tranche and not one.statement.is_share:
            for earlier in reversed(settled):
                near = (earlier.system, earlier.recipient, earlier.statement.milestone) == (
                    one.system, one.recipient, one.statement.milestone
                )  # fmt: skip
                if near and earlier.tranche and _sentences_between(one.entry, earlier.entry) <= 2:
                    note = f"no tranche named: {earlier.tranche} is told {one.statement.milestone} of just before"
                    one = replace(one, tranche=earlier.tranche, notes=(*one.notes, note))
                    break
        settled.append(one)
    return settled


def _sentences_between(later: Entry, earlier: Entry) -> int:
    """How many sentences further on a statement stands, counted by the full stops between the two spans."""
    gap = later.document.text[earlier.statement.span[0] : later.statement.span[0]]
    return sum(gap.count(mark) for mark in (". ", ".\n", ".” ", "? ", "! ", ".”\n"))


def _beside(placed: list[Placed]) -> list[Placed]:
    """An unnamed observer's reading of a delay goes beside the document's only delivery that is late or at risk."""
    late = {"delayed", "at_risk"}
    arrivals = ("delivery", "shipment")
    targets = {
        (p.system, p.recipient, p.tranche)
        for p in placed
        if p.tranche and p.statement.milestone == "delivery" and p.statement.status in late
    }
    settled = []
    for one in placed:
        s = one.statement
        reading = s.modality == "possible" and s.status in late and s.milestone in arrivals and not s.date and s.speaker
        if reading and one.tranche is None and not s.tranche:
            fits = [target for target in targets if target[0] == one.system and one.recipient in ("", target[1])]
            if len(fits) == 1:
                note = "no tranche named: read beside the document's only late delivery"
                one = replace(one, recipient=fits[0][1], tranche=fits[0][2], beside=True, notes=(*one.notes, note))
        settled.append(one)
    return settled
