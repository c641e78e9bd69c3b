"""Whose side a speaker stands on, and whose word settles which milestone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from slipcast import names
from slipcast.domain import Entry, Statement
from slipcast.programme.naming import country_of, organisations_in, plain, same_person
from slipcast.programme.tranches import word_set

#: milestones that are the maker's own acts: the maker's word is the best there is
OWN_ACTS = frozenset(
    {"production", "rollout", "first_flight", "test", "announcement", "participation", "negotiation", "other"}
)
_SUPPLYING = (
    *(
        "supplier",
        "prime contractor",
        "main contractor",
        "contractor",
        "manufacturer",
        "maker",
        "builder",
        "shipbuilder",
    ),
    *("shipyard", "vendor", "seller", "exporter", "parent company", "programme lead", "program lead"),
)
_RECEIVING = (
    *("buyer", "customer", "procurement", "recipient", "user", "end user", "operator", "owner", "client", "purchaser"),
)
_UNNAMED = ("unnamed", "anonymous", "sources", "source", "people familiar", "officials", "official")
_REPORT = ("news report", "newspaper report", "report", "analysis", "audit office")


def is_unnamed(statement: Statement) -> bool:
    """Whether nobody is named: marked anonymous, or called a source or an official and nothing more."""
    if statement.anonymous:
        return True
    if plain(statement.speaker_role or "").startswith(("unnamed", "anonymous")):
        return True
    return bool(set(plain(statement.speaker or "").split()) & word_set("unnamed"))


def is_report(statement: Statement) -> bool:
    """Whether the outlet itself says it, plainly."""
    return not statement.speaker or plain(statement.speaker_role or "") in _REPORT


def _own_names(parties: Iterable[str]) -> frozenset[str]:
    """The parties' own names, folded, without their countries: "Nordbahn (Austria) / City of Graz" are two."""
    pieces = {" ".join(piece.split()) for text in parties for piece in re.split(r"[()/;,]", text)}
    return frozenset(flat for piece in pieces if _is_own(flat := plain(piece)))


def _is_own(name: str) -> bool:
    return len(name) > 2 and not set(name.split()) <= word_set("bare") and country_of(name) is None


def _tells(name: str, text: str) -> bool:
    """Whether a speaker or their role is the party of this name: "Nordbahn", "head of Nordbahn"."""
    return f" {name} " in f" {plain(text)} "


def _sided(told: Sequence[Iterable[str]]) -> list[set[str]]:
    """What is told of each side, without what is told less often of it than of the other: a party misread once changes no side."""
    ours, theirs = (Counter(names) for names in told)
    return [{n for n in ours if ours[n] >= theirs[n]}, {n for n in theirs if theirs[n] >= ours[n]}]


def _is_body_of(text: str, countries: set[str]) -> bool:
    """Whether a party is a public body of one of the countries: it stands with its country, whatever is told of it."""
    found = names.organisation(text)
    return found is not None and found.kind in names.PUBLIC_BODIES and found.country in countries


def _countries(parties: Iterable[str]) -> Iterator[str]:
    return (found.code for text in parties if (found := country_of(text)))


def _organisations(parties: Iterable[str]) -> Iterator[str]:
    return (name for text in parties for name in organisations_in(text))


class Sides:
    """Sides of speakers in one programme. A person's role, once told, holds where a later text leaves it out.

    suppliers, recipients: the parties as often as they are told: each stands on the side of which it is told more often.
    """

    def __init__(self, suppliers: Iterable[str], recipients: Iterable[str], entries: Iterable[Entry]) -> None:
        both = [list(suppliers), list(recipients)]
        self._from, self._to = _sided([_countries(side) for side in both])
        apart = self._to - self._from, self._from - self._to
        both = [
            [text for text in side if not _is_body_of(text, other)] for side, other in zip(both, apart, strict=True)
        ]
        self._suppliers, self._recipients = _sided([_organisations(side) for side in both])
        self._named = _sided([[name for text in side for name in _own_names([text])] for side in both])
        self._known: dict[tuple[str, str | None], str | None] = {}
        self._roles: dict[str, str] = {}
        for entry in entries:
            s = entry.statement
            if s.speaker and s.speaker_role and plain(s.speaker) not in self._roles:
                self._roles[plain(s.speaker)] = s.speaker_role

    def of(self, statement: Statement) -> str | None:
        """The side: supplier, recipient, or None for anybody else."""
        if is_report(statement):
            return None
        key = statement.speaker or "", statement.speaker_role
        if key not in self._known:
            self._known[key] = self._side(key[0], key[1] or self._role(key[0]))
        return self._known[key]

    def _side(self, speaker: str, role: str) -> str | None:
        flat = plain(role)
        if any(flat.startswith(word) for word in _SUPPLYING):
            return "supplier"
        if any(flat.startswith(word) for word in _RECEIVING):
            return "recipient"
        if set(f"{flat} {plain(speaker)}".split()) & word_set("bystander"):
            return None
        named = set(organisations_in(role)) | set(organisations_in(speaker))
        if named & self._suppliers and not named & self._recipients:
            return "supplier"
        if named & self._recipients and not named & self._suppliers:
            return "recipient"
        told = [any(_tells(name, text) for name in ours for text in (role, speaker)) for ours in self._named]
        if told[0] != told[1]:
            return "supplier" if told[0] else "recipient"
        found = country_of(role) or country_of(speaker)
        if not found or self._from == self._to:
            return None
        if found.code in self._from:
            return "supplier"
        return "recipient" if found.code in self._to else None

    def _role(self, speaker: str) -> str:
        flat = plain(speaker)
        if flat in self._roles:
            return self._roles[flat]
        return next((role for name, role in self._roles.items() if same_person(name, speaker)), "")

    def voice(self, statement: Statement) -> str:
        """The speaker's folded name; the document's id where the text itself speaks."""
        return plain(statement.speaker) if statement.speaker else statement.doc

    def bystander(self, statement: Statement) -> bool:
        """Whether somebody of neither side says it; not the outlet itself, which tells what it has seen."""
        return not is_report(statement) and self.of(statement) is None

    def interested(self, statement: Statement) -> bool:
        """Whether the claim serves its speaker: the supplier's on what the other side has to take part in."""
        return statement.milestone not in OWN_ACTS and self.of(statement) == "supplier"
