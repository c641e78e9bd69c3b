"""Where each statement belongs: system, recipient, tranche, by rules that say why. Uncertain joins stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from slipcast.domain import Decision, Entry
from slipcast.programme.inheriting import beside, inherit_tranches, only_the_first
from slipcast.programme.joins import Joins, programme_id
from slipcast.programme.naming import designation_of, family_of, plain, system_of
from slipcast.programme.placed import Doubt, Placed, order
from slipcast.programme.recipients import adopt_recipients, inherit_recipients, recipient_names, without_signatory
from slipcast.programme.tranches import tranche_name, word_set
from slipcast.programme.watchlist import Watched

Found = tuple[str, str | None]  #: a system's canonical name and its kind of equipment


class Placer:
    """Places entries. Joins by decision come first, then the watchlist, then the rules."""

    def __init__(self, decisions: Sequence[Decision] = (), watchlist: Sequence[Watched] | None = None) -> None:
        self._watched = tuple(watchlist or ())
        self.joins = Joins(decisions)
        self.doubts: list[Doubt] = []

    def place(self, entries: Sequence[Entry]) -> list[Placed]:
        """Every entry in its place; what cannot be placed becomes a doubt. entries: as `standing` gives them."""
        by_document: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_document[entry.document.id].append(entry)
        drafts = [placed for group in by_document.values() for placed in self._document(group)]
        watched = [(w.system, recipient_names((w.recipient,), self.joins.names)) for w in self._watched if w.recipient]
        drafts, open_ones = adopt_recipients(drafts, watched)
        self.doubts += open_ones
        drafts = [self.joins.settle(one) for one in only_the_first(self._following(drafts))]
        self.doubts += _families(drafts)
        return sorted(drafts, key=lambda placed: order(placed.entry, placed.id))

    def _document(self, group: list[Entry]) -> list[Placed]:
        """One document's statements: what one leaves out, its neighbours may tell."""
        known = [self.system(entry.statement.programme) for entry in group]
        named = {found[0]: found for found in known if found}
        known = [_variant(found, named) for found in known]
        placed: list[Placed] = []
        for entry, found in zip(group, known, strict=True):
            notes: list[str] = []
            if found and found[0] != (self.system(entry.statement.programme) or found)[0]:
                notes.append(f"{entry.statement.programme!r}: the document's only variant is {found[0]}")
            if not found and len(named) == 1:
                found = next(iter(named.values()))
                notes.append(f"no system named: the document's only one is {found[0]}")
            if not found:
                text = entry.statement.programme or "(none)"
                why = f"{text!r} names no system, and the document names {len(named) or 'none'}"
                self.doubts.append(Doubt("system", (text,), why, (entry.statement.id,)))
                continue
            said = entry.statement
            told = without_signatory(said.recipient, said.milestone, found[0], said.supplier)
            for recipient in recipient_names(told, self.joins.names) or ("",):
                placed.append(Placed(entry, found[0], recipient, None, found[1], tuple(notes)))
        placed = inherit_recipients(placed)
        placed = [self._tranche(one) for one in placed]
        return beside(inherit_tranches(placed))

    def system(self, text: str) -> tuple[str, str | None] | None:
        """(canonical name, kind of equipment) of a system's name, None for words that only point at one."""
        text = self.joins.names.get(plain(text), text)
        flat = plain(text)
        for watched in self._watched:
            if watched.names(text):
                return watched.system, watched.equipment or (system_of(watched.system) or ("", None))[1]
        if set(flat.split()) <= word_set("pointing"):
            return None
        found = system_of(text)
        if found and not self.joins.apart(found[0], text):
            return self.joins.names.get(plain(found[0]), found[0]), found[1]
        designation = designation_of(text)
        if designation:
            return self.joins.names.get(plain(designation), designation), None
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
        ruled = self.joins.names.get(plain(text))
        name = tranche_name(ruled or text, f"{one.system}|{one.statement.programme}", one.equipment)
        if name and name != text:
            return replace(one, tranche=name, notes=(*one.notes, f"tranche {text!r} is {name}"))
        return replace(one, tranche=name)

    def _following(self, placed: list[Placed]) -> list[Placed]:
        """Settle "next" and parts without their whole by what is known of the same programme."""
        known: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for one in placed:
            if one.tranche:
                known[one.system, one.recipient].setdefault(plain(one.tranche), one.tranche)
        return [self._followed(one, known[one.system, one.recipient]) for one in placed]

    def _followed(self, one: Placed, known: dict[str, str]) -> Placed:
        """One statement's tranche among those of its programme. known: folded name -> name."""
        if not one.tranche:
            return one
        told = one.statement.tranche or one.tranche
        if one.tranche == "next":
            later = sorted(name for name in known.values() if name in ("third", "fourth", "fifth", "sixth"))
            if not later:
                return replace(one, tranche="second", notes=(*one.notes, f"tranche {told!r} follows the first: second"))
            self.doubts.append(Doubt("tranche", (told,), f"may be any of second, {', '.join(later)}", (one.id,)))
            return one
        name = known[plain(one.tranche)]
        wholes = sorted(whole for whole in known.values() if whole.endswith(f", {name}"))
        if len(wholes) > 1:
            self.doubts.append(Doubt("tranche", (told,), f"may be any of {'; '.join(wholes)}", (one.id,)))
        if len(wholes) != 1:
            return replace(one, tranche=name)
        return replace(one, tranche=wholes[0], notes=(*one.notes, f"{name} is known only within {wholes[0]}"))


def _variant(found: Found | None, named: dict[str, Found]) -> Found | None:
    """The only variant of a family that a document names, where a statement names the family alone."""
    if not found:
        return None
    variants = [other for other in named if family_of(other) == found[0]]
    return named[variants[0]] if len(variants) == 1 else found


def _families(placed: Sequence[Placed]) -> list[Doubt]:
    """Programmes of a family's name beside those of its variants: they may be one."""
    evidence: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in placed:
        evidence[one.system, one.recipient].append(one.id)
    doubts = []
    for system, recipient in sorted(evidence):
        family = family_of(system)
        if family and (family, recipient) in evidence:
            subjects = (programme_id(system, recipient), programme_id(family, recipient))
            why = f"{system} is a variant of {family}: {subjects[1]} may mean it"
            doubts.append(Doubt("system", subjects, why, tuple(evidence[family, recipient])))
    return doubts
