"""From a noun phrase to the one who speaks: a person of the roster, a body, an unnamed source; pronouns to the last heard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from slipcast import names
from slipcast.reading.lexicon import lemma, load
from slipcast.reading.persons import NAME, Roster, split_role

_NAME = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who speaks. name: as shown; head: the noun it can be taken up with ("official"); human: he or she."""

    name: str
    role: str | None = None
    anonymous: bool = False
    head: str = ""
    human: bool = True


class Voices:
    """The voices of one document, heard in order."""

    def __init__(self, text: str, roster: Roster) -> None:
        self.text, self.roster = text, roster
        self._heard: list[Voice] = []
        self._seen: list[Voice] = []

    def enter(self, start: int, end: int) -> None:
        """Begin a sentence."""
        self._sentence = (start, end)

    def leave(self, sent: Span) -> None:
        """End a sentence: the person whom it begins with, or names alone, can be the next "he"."""
        named = [p for p in (self.roster.find(m.group()) for m in _NAME.finditer(sent.text)) if p is not None]
        single = next((self.roster.find(w) for w in re.findall(r"^(?:[\w.]+ )?([A-Z]\w+)", sent.text)), None)
        person = named[0] if named else single
        if person is not None and (not self._heard or len(named) <= 1):
            self._seen.append(Voice(person.name, person.role))

    def heard(self, voice: Voice) -> None:
        """Note who has just spoken."""
        self._heard.append(voice)
        self._seen.append(voice)

    def of(self, token: Token) -> Voice | None:
        """The voice of a noun phrase; None where it is nothing that speaks."""
        low = token.lower_
        if low in ("he", "she", "who") or token.pos_ == "PRON":
            return self._pronoun(token)
        if token.pos_ == "PROPN":
            return self._proper(token)
        if token.pos_ in ("NOUN", "ADJ"):
            return self._common(token)
        return None

    def _pronoun(self, token: Token) -> Voice | None:
        low = token.lower_
        if low == "who" and token.head.dep_ == "relcl":
            return self.of(token.head.head)
        if low in ("he", "she"):
            return next((v for v in reversed(self._seen) if v.human), None)
        if low in ("it", "they"):
            return next((v for v in reversed(self._heard) if not v.human or low == "they"), None)
        return None

    def _proper(self, token: Token) -> Voice | None:
        phrase = _phrase(token)
        person = self._person(phrase) or self._person(token.text if token.ent_type_ in ("PERSON", "") else "")
        if person is not None:
            return person
        if token.ent_type_ in ("DATE", "TIME", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW") and not names.organisation(
            phrase
        ):
            return None
        if names.system(phrase):
            return None
        role, name = split_role(phrase)
        if role and name and name != phrase and token.ent_type_ in ("PERSON", "", "ORG", "GPE"):
            return Voice(name, role)
        last = phrase.split()[-1].lower() if phrase else ""
        office = last.removesuffix("s")
        if office in load("speech")["roles"]["office"]:
            return self._office(phrase, office, token)
        human = token.ent_type_ == "PERSON" and not names.organisation(phrase) and not names.country(phrase)
        return Voice(phrase, None, False, last, human)

    def _person(self, phrase: str) -> Voice | None:
        person = self.roster.find(split_role(phrase)[1]) if phrase else None
        if person is None:
            return None
        return Voice(person.name, person.role)

    def _common(self, token: Token) -> Voice | None:
        roles = load("speech")["roles"]
        base = lemma(token)
        for child in token.children:
            if child.dep_ == "appos":
                person = self._person(_phrase(child))
                if person is not None:
                    return person
        phrase = _phrase(token)
        inside = [self._person(m.group()) for m in _NAME.finditer(phrase)]
        if any(inside):
            return next(v for v in inside if v is not None)
        if base in roles["papers"]:
            return self._paper(token, phrase)
        if base in roles["bodies"]:
            return self._body(phrase, base)
        if base in roles["unnamed"] or base in roles["on_record"] or base in roles["office"]:
            return self._office(phrase, base, token)
        return None

    def _office(self, phrase: str, base: str, token: Token) -> Voice | None:
        """ "the official": the one heard before; "a senior official": a new one, unnamed."""
        definite = bool(re.match(r"(?i)(?:the|this|that|the same)\b", phrase))
        if definite:
            for voice in reversed(self._heard):
                if voice.head == base or (voice.role and re.search(rf"(?i)\b{base}\b", voice.role)):
                    return voice
        of = any(c.dep_ in ("prep", "poss", "compound", "amod") for c in token.children)
        if definite and not of:
            person = next(
                (p for p in reversed(self.roster.people) if p.role and re.search(rf"(?i)\b{base}\b", p.role)), None
            )
            if person is not None:
                return Voice(person.name, person.role)
        anonymous = base not in load("speech")["roles"]["on_record"]
        return Voice(phrase, None, anonymous, base)

    def _paper(self, token: Token, phrase: str) -> Voice | None:
        if re.match(r"(?i)(?:the same|the|that|this)\b", phrase) and self._heard:
            return self._heard[-1]
        return Voice(phrase, None, False, lemma(token), False)

    def _body(self, phrase: str, base: str) -> Voice:
        if re.match(r"(?i)the (?:same )?\w+$", phrase):
            for voice in reversed(self._heard):
                if not voice.human and voice.head == base and voice.name.lower() != phrase.lower():
                    return voice
        return Voice(phrase, None, False, base, False)


def _phrase(token: Token) -> str:
    """The noun phrase up to its first clause, apposition or comma."""
    left, right = token.i, token.i
    for child in token.children:
        if (
            child.dep_ in ("det", "compound", "amod", "poss", "nmod", "nummod", "case", "quantmod", "predet")
            and child.i < token.i
        ):
            left = min(left, child.left_edge.i)
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "for", "in", "to", "from", "close", "familiar", "with")
            and child.i == right + 1
        ):
            right = child.right_edge.i
        if child.dep_ in ("flat", "nmod") and child.i == right + 1:
            right = child.i
    text = token.doc[left : right + 1].text
    return re.split(r"[,;:(“\"]| who | which | that ", text)[0].strip()
