"""Where each statement belongs: system, recipient, tranche, by rules that say why. Uncertain joins stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from slipcast import names
from slipcast.dates import Window, counts_from, of_day, parse
from slipcast.domain import Decision, Entry, Statement
from slipcast.programme.naming import country_of, designation_of, organisations_in, plain, system_of
from slipcast.programme.tranches import tranche_name, word_set
from slipcast.programme.watchlist import Watched


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement in its place. recipient: "" where nobody is named; notes: the rules that put it there."""

    entry: Entry
    system: str
    recipient: str
    tranche: str | None
    equipment: str | None = None
    notes: tuple[str, ...] = ()
    beside: bool = False  #: another reading of the milestone, shown beside it and never merged into it

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.entry.statement

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.entry.statement.id

    @property
    def said(self) -> Window:
        """When the world was told."""
        return said_window(self.entry)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A join that a person should rule on. kind: system, recipient or tranche; subjects: what to name in the decision."""

    kind: str
    subjects: tuple[str, ...]
    why: str
    evidence: tuple[str, ...] = ()


def said_window(entry: Entry) -> Window:
    """When the statement was said: its own date, else the document's, else the day on which the ledger learnt it."""
    told = entry.statement.stated_on or entry.document.published
    return parse(told) if told else of_day(date.fromisoformat(entry.recorded_at[:10]))


def standing(entries: Iterable[Entry], as_of: date, decisions: Sequence[Decision]) -> list[Entry]:
    """Entries that had been said by `as_of`, neither retracted nor rejected, in a fixed order."""
    ruled: dict[str, str] = {}
    for decision in decisions:
        if decision.kind == "statement":
            ruled.update(dict.fromkeys(decision.subjects, decision.verdict))
    kept: dict[str, Entry] = {}
    for entry in entries:
        window = said_window(entry)
        if entry.retracted or ruled.get(entry.statement.id) == "reject" or counts_from(window.edtf) > as_of:
            continue
        kept[entry.statement.id] = entry
    return sorted(kept.values(), key=order)


def order(entry: Entry) -> tuple[date, str, tuple[int, int], str]:
    """Sort key: when it was said (the middle of an imprecise day), then document and place in it."""
    return said_window(entry).middle or date.max, entry.document.id, entry.statement.span, entry.statement.id


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
        drafts = self._adopt(drafts)
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
            for recipient in self.recipients(entry.statement.recipient) or ("",):
                placed.append(Placed(entry, found[0], recipient, None, found[1], tuple(notes)))
        placed = self._inherit_recipients(placed)
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

    def recipients(self, names: Sequence[str]) -> tuple[str, ...]:
        """Display names of the countries (else organisations) that the names mean; a joint order by many is one."""
        found: list[str] = []
        for name in names:
            name = self._same.get(plain(name), name)
            country = country_of(name)
            party = organisations_in(name)
            if country and not (party and party[0] == "OCCAR"):
                found.append(country.name)
            else:
                found.append(party[0] if party else " ".join(name.split()))
        unique = tuple(dict.fromkeys(found))
        return unique if len(unique) <= 3 else (", ".join(unique[:3]) + " and others",)

    def _inherit_recipients(self, placed: list[Placed]) -> list[Placed]:
        told: dict[str, set[str]] = defaultdict(set)
        for one in placed:
            if one.recipient:
                told[one.system].add(one.recipient)
        filled = []
        for one in placed:
            if not one.recipient and len(told[one.system]) == 1:
                recipient = next(iter(told[one.system]))
                note = f"no recipient named: the document's only one for {one.system} is {recipient}"
                one = replace(one, recipient=recipient, notes=(*one.notes, note))
            filled.append(one)
        return filled

    def _adopt(self, placed: list[Placed]) -> list[Placed]:
        """Give a recipient to statements of documents that name none, where their text names exactly one that is known."""
        known: dict[str, set[str]] = defaultdict(set)
        for one in placed:
            if one.recipient:
                known[one.system].add(one.recipient)
        for watched in self._watched:
            if watched.recipient:
                known[watched.system].update(self.recipients((watched.recipient,)))
        adopted: list[Placed] = []
        named: dict[str, set[str]] = {}
        for one in placed:
            if not one.recipient and known[one.system]:
                document = one.entry.document
                if document.id not in named:
                    named[document.id] = set(parties_in(f"{document.title or ''} {document.text}"))
                mentioned = sorted(known[one.system] & named[document.id])
                if len(mentioned) == 1:
                    note = f"no recipient named: of those known for {one.system} the text names only {mentioned[0]}"
                    one = replace(one, recipient=mentioned[0], notes=(*one.notes, note))
                else:
                    why = f"{one.system} without a recipient, while {', '.join(sorted(known[one.system]))} are known"
                    self.doubts.append(Doubt("recipient", (one.system,), why, (one.id,)))
            adopted.append(one)
        return adopted

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


def parties_in(text: str) -> Iterable[str]:
    """Display names of the countries and organisations that a text names, under any of their names."""
    for found in names.find(text):
        if not isinstance(found.entry, names.System):
            yield found.entry.name


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
