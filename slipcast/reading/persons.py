"""The people of a document: full names with their roles, so that a later "Demir" or "the minister" is somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from slipcast import names
from slipcast.reading.lexicon import load

_WORD = r"(?:(?:[A-ZÀ-ÞĀ-Ž]\.){1,4}|[A-Z](?= [A-Z])|(?:al-|el-|O')?[A-ZÀ-ÞĀ-Žİ][\w’'-]+)"
_LINK = r"(?:van|von|der|den|de|del|della|di|da|la|le|bin|ibn|al|el|ten|ter|zu)"
NAME = rf"{_WORD}(?:[ \u00a0](?:{_LINK}[ \u00a0])*{_WORD}){{1,4}}"
_NAME = re.compile(NAME)
_AFTER = re.compile(r",\s+((?:[^,;.:()“”\"]|\.(?=\w)|(?<=\b[A-Z])\.){3,110}?)(?:,|\.|;| said\b| told\b)")
_BEFORE = re.compile(r"((?:[\w.’'-]+[ \u00a0]){0,5}[\w.’'-]+),?[ \u00a0]$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the document. name: the fullest form, without title; role: as the text gives it, or None."""

    name: str
    role: str | None
    start: int


class Roster:
    """All people that a text names in full, in order of appearance."""

    def __init__(self, text: str) -> None:
        self.people: list[Person] = []
        for match in _NAME.finditer(text):
            person = _person(text, match)
            if person is None:
                continue
            known = self.find(person.name)
            if known is None:
                self.people.append(person)
            elif known.role is None and person.role:
                self.people[self.people.index(known)] = Person(known.name, person.role, known.start)

    def find(self, name: str) -> Person | None:
        """The person whom a name means; the latest to appear where several share it."""
        for person in reversed(self.people):
            if names.same_person(person.name, name) and len(_bare(name).split()) <= len(person.name.split()):
                return person
        return None


def split_role(phrase: str) -> tuple[str | None, str]:
    """Part a title from the name it goes before: ("Turkish President", "Recep Tayyip Erdogan")."""
    words = phrase.split()
    cut = 0
    for at, word in enumerate(words):
        if _is_office(word) or (_is_address(word) and at + 1 < len(words)):
            cut = at + 1
    if 0 < cut < len(words) - 1 and words[cut] == "of":
        rest = load("speech")["roles"]["departments"]
        cut = next((at for at in range(cut + 1, len(words)) if words[at] not in rest), cut)
    if cut == len(words):
        return None, phrase
    role = " ".join(w for w in words[:cut] if not _is_address(w))
    return (re.sub(r"(?i)^(?:the|his|her|its|then|former)\s+", "", role) or None), " ".join(words[cut:])


def _person(text: str, match: re.Match[str]) -> Person | None:
    place = names.country(match.group())
    if names.organisation(match.group()) or (place and place.form != "within"):
        return None
    role, name = split_role(re.sub(r"['’]s?$", "", match.group()))
    if role and role.split()[0].endswith("day"):
        role = " ".join(role.split()[1:]) or None
    words = name.split()
    start = match.start() + match.group().find(name)
    behind = re.search(r"\b[A-Z]\w+ of (?:the )?$", text[max(0, start - 40) : start])
    rest = load("speech")["roles"]["departments"]
    if behind is not None and _is_office(behind.group().split()[0]):
        cut = next((at for at, word in enumerate(words) if word not in rest), len(words))
        words = words[cut:] or words
    while len(words) > 1 and (
        _is_place(words[0]) or words[0] in load("things")["words"]["openers"] or words[0] == "State"
    ):
        role = f"{role} {words[0]}" if role and role.endswith(" of") else role
        words = words[1:]
    name = " ".join(words)
    start = match.start() + max(0, match.group().find(name))
    addressed = match.group().split()[0].rstrip(".") in load("speech")["roles"]["forms_of_address"]
    if name.lower().startswith(("of ", "and ", "the ")):
        return None
    if not words or (len(words) == 1 and not (role or addressed)):
        return None
    if names.organisation(name) or names.country(name) or names.system(name) or names.find(name):
        return None
    never = load("speech")["persons"]["never"]
    if any(w in never for w in words) or (any(w.isupper() and len(w) > 3 for w in words) and not role):
        return None
    end = start + len(name)
    before = _office_before(text, start)
    given = _apposition(text, end) or (before if before and role and before.endswith(role) else role) or before
    if given is None and not addressed and not _speaks(text, end):
        return None
    return Person(name, given, start)


def _is_place(word: str) -> bool:
    place = names.country(word)
    return place is not None and place.form != "within"


def _apposition(text: str, end: int) -> str | None:
    """ "Ismail Demir, president of ...," and "Alexander Mikheev, who heads ...," and "Mikheev of Rosoboronexport"."""
    found = _AFTER.match(text, end)
    if found:
        phrase = re.split(r"\n\s*\n|\s(?:said|told|announced|added|confirmed)\b", found.group(1))[0].strip()
        words = re.findall(r"[\w-]+", phrase.lower())
        if (
            words
            and (words[0] == "who" or any(_is_office(w) for w in words[:6]))
            and words[0] not in ("and", "but", "with")
        ):
            return phrase
    of = re.match(
        r" (of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?= (?:then |also )?\w+(?:ed|id|ld)\b)", text[end : end + 80]
    )
    return of.group(1) if of else None


def _office_before(text: str, start: int) -> str | None:
    """ "Rostec's chief, Sergei ..." and "the US ambassador in Ankara, Tom ...": an office just before the name."""
    before = _BEFORE.search(text, max(0, start - 90), start)
    if not before:
        return None
    words = before.group(1).split()
    for at in range(len(words) - 1, max(-1, len(words) - 7), -1):
        if _is_office(words[at]):
            low = at
            while (
                low
                and (re.match(r"(?i)(?:the|a|an)$", words[low - 1]) is None)
                and re.match(r"[\w.’'-]+$", words[low - 1])
                and (
                    words[low - 1][0].isupper()
                    or words[low - 1]
                    in (
                        "defence",
                        "defense",
                        "prime",
                        "deputy",
                        "foreign",
                        "energy",
                        "economic",
                        "development",
                        "chief",
                        "vice",
                        "procurement",
                        "acquisition",
                        "transport",
                        "program",
                        "programme",
                    )
                )
            ):
                low -= 1
            role = " ".join(words[low:])
            if " of" in role and all(w in load("speech")["roles"]["departments"] for w in words[at + 1 :]):
                return role
            return role if at >= len(words) - 1 or words[at + 1] in ("of", "in", "for", "at", "to") else None
    return None


def _speaks(text: str, end: int) -> bool:
    forms = "|".join(load("speech")["verbs"]["forms"])
    after = re.match(rf"(?:['’]s)?,? (?:has |had |also |then |later )*(?:{forms})\b", text[end : end + 40])
    return bool(after)


def _is_office(word: str) -> bool:
    low = re.sub(r"['’]s$|[.,]", "", word.lower())
    return low in load("speech")["roles"]["office"] or low.removesuffix("s") in load("speech")["roles"]["office"]


def _is_address(word: str) -> bool:
    return word.rstrip(".") in load("speech")["roles"]["forms_of_address"] or word in ("SHRI", "SMT", "MR", "MRS", "DR")


def _bare(name: str) -> str:
    return split_role(name)[1]
