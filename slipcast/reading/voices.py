"""From a noun phrase to the one who speaks: a person of the roster, a body, an unnamed source; pronouns to the last heard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from slipcast import names
from slipcast.reading.lexicon import lemma, load
from slipcast.reading.persons import NAME, Person, Roster, split_role

_NAME = re.compile(NAME)
#: Prepositions that go on with the name of an unnamed source: "a person close to the programme".
_NOBODY = re.compile(r"(?i)(?:no|none|neither|nobody|nothing|few|this|that|these|those|such|what|which)\b|[\d\W]+$")
_CAPITAL = r"(?:[A-Z](?:[\w&’'-]|\.(?=\w))*|\d+)"
#: The name that stands behind what a body is: "the yard, Oldmark Marine, ...", "the newspaper Merkat".
_CALLED = re.compile(rf",? (?P<name>[A-Z](?:[\w&’'-]|\.(?=\w))*(?: {_CAPITAL})*)")
_JOINS = ("of", "for", "in", "to", "from", "close", "familiar", "with")


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who speaks. name: as shown; head: the noun it can be taken up with ("official"); human: he or she."""

    name: str
    role: str | None = None
    anonymous: bool = False
    head: str = ""
    human: bool = True
    unclear: bool = False


class Voices:
    """The voices of one document, heard in order."""

    def __init__(self, text: str, roster: Roster) -> None:
        self.text, self.roster = text, roster
        self._heard: list[Voice] = []
        self._seen: list[Voice] = []
        self._sentence, self._spoke = (0, 0), False

    def enter(self, start: int, end: int) -> None:
        """Begin a sentence."""
        self._sentence, self._spoke = (start, end), False

    def leave(self, sent: Span) -> None:
        """End a sentence: the first person whom it names can be the next "he", unless another has just spoken in it."""
        if self._spoke:
            return
        for match in re.finditer(r"(?<!of )(?<!with )(?<!to )(?<!by )\b[A-ZÀ-Ž][\w’'-]+", sent.text):
            person = self.roster.find(re.sub(r"['’]s$", "", match.group()))
            if person is not None:
                self._seen.append(Voice(person.name, person.role))
                return
        for entity in sent.ents:
            if entity.label_ == "PERSON" and _NAME.fullmatch(entity.text):
                self._seen.append(Voice(entity.text))
                return

    def heard(self, voice: Voice) -> None:
        """Note who has just spoken."""
        self._spoke = True
        self._heard.append(voice)
        self._seen.append(voice)

    def of(self, token: Token) -> Voice | None:
        """The voice of a noun phrase; None where it is nothing that speaks."""
        low = token.lower_
        if low in ("he", "she", "who") or token.pos_ == "PRON":
            return self._pronoun(token)
        capital = token.text[:1].isupper() and (token.ent_type_ in ("PERSON", "ORG", "GPE") or not token.is_sent_start)
        if token.pos_ == "PROPN" or (capital and token.pos_ in ("NOUN", "ADJ", "VERB", "X")):
            return self._proper(token)
        return self._common(token) if token.pos_ in ("NOUN", "ADJ") else None

    def of_speaking(self, token: Token) -> Voice | None:
        """The voice of the subject of a verb that nothing but a voice can have: a phrase unknown otherwise speaks too."""
        voice = self.of(token)
        if voice is not None or token.pos_ not in ("NOUN", "PROPN", "ADJ", "X", "VERB"):
            return voice
        phrase = _phrase(token)
        if _NOBODY.match(phrase) or len(phrase.split()) > 8:
            return None
        return Voice(self._called(phrase) or phrase, None, False, lemma(token), False)

    def of_words(self, phrase: str) -> Voice | None:
        """The voice of a phrase that has no parse."""
        phrase = phrase.strip(' ,“”"')
        words = phrase.split()
        if not words or len(words) > 14:
            return None
        low = words[-1].lower()
        if low in ("he", "she"):
            return self._he()
        if low in ("it", "they"):
            return self._it(low)
        for match in _NAME.finditer(phrase):
            person = self._person(match.group())
            if person is not None:
                return person
        person = self._person(words[-1]) if words[-1][0].isupper() else None
        if person is not None:
            return person
        core = re.split(r" (?:of|in|at|for|from|who|which|close|familiar|to) ", phrase)[0].split()
        last = re.sub(r"\W", "", core[-1]).lower() if core else ""
        roles = load("speech")["roles"]
        for form in (last, last.removesuffix("s")):
            if form in roles["papers"]:
                return self._paper(phrase, form)
            if form in roles["bodies"]:
                return self._body(phrase, form)
            if form in roles["unnamed"] or form in roles["on_record"] or form in roles["office"]:
                return self._office(phrase, form, len(core) > 2)
        if names.organisation(phrase) or (names.country(phrase) and words[0][0].isupper() and len(words) < 4):
            return Voice(phrase, None, False, low, False)
        return None

    def _he(self) -> Voice | None:
        return next((v for v in reversed(self._seen) if v.human), None)

    def _it(self, low: str) -> Voice | None:
        return next((v for v in reversed(self._heard) if not v.human or low == "they"), None)

    def _pronoun(self, token: Token) -> Voice | None:
        low = token.lower_
        if low == "who" and token.head.dep_ == "relcl":
            return self.of(token.head.head)
        if low in ("he", "she"):
            return self._he()
        return self._it(low) if low in ("it", "they") else None

    def _proper(self, token: Token) -> Voice | None:
        phrase = _phrase(token)
        if " of " in phrase and (person := self._person(phrase.split(" of ")[0])) is not None:
            return person
        tails = [" ".join(phrase.split()[-n:]) for n in (4, 3, 2)] if len(phrase.split()) > 2 else []
        single = len(split_role(phrase)[1].split()) == 1
        alone = token.text if single and token.ent_type_ in ("PERSON", "") else ""
        person = next((p for p in map(self._person, [phrase, *tails, alone]) if p is not None), None)
        if person is not None:
            return person
        if not any(c.isalpha() for c in phrase) or phrase.rstrip(".") in load("speech")["roles"]["forms_of_address"]:
            return Voice(phrase, unclear=True)
        if token.ent_type_ in ("DATE", "TIME", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW") and not names.organisation(
            phrase
        ):
            return None
        if any(
            isinstance(f.entry, names.System) and phrase.endswith(phrase[slice(*f.span)]) for f in names.find(phrase)
        ):
            return None
        if names.organisation(phrase):
            return Voice(phrase, None, False, phrase.split()[-1].lower(), False)
        role, name = split_role(phrase)
        if role and name and name != phrase and token.ent_type_ in ("PERSON", "", "ORG", "GPE"):
            return Voice(name, role)
        last = phrase.split()[-1].lower() if phrase else ""
        office = last.removesuffix("s")
        if office in load("speech")["roles"]["office"]:
            return self._office(phrase, office, _has_more(token))
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
        if re.match(r"(?i)(?:no|neither)\b", phrase):
            return None
        inside = [self._person(m.group()) for m in _NAME.finditer(phrase)]
        if any(inside):
            return next(v for v in inside if v is not None)
        if base in roles["papers"]:
            return self._paper(phrase, base)
        if base in roles["bodies"]:
            return self._body(phrase, base)
        if base in roles["unnamed"] or base in roles["on_record"] or base in roles["office"]:
            return self._office(phrase, base, _has_more(token))
        return None

    def _office(self, phrase: str, base: str, told_more: bool) -> Voice | None:
        """ "the official": the one heard before; "a senior official": a new one, unnamed."""
        definite = bool(re.match(r"(?i)(?:the|this|that|the same)\b", phrase))
        if definite and self._last_in_office(base) is None:
            for voice in reversed(self._heard):
                if voice.head == base or (voice.role and re.search(rf"(?i)\b{base}\b", voice.role)):
                    return voice
        named = re.match(rf",? ({NAME})", self.text[self.text.find(phrase, self._sentence[0]) + len(phrase) :])
        person = self._person(named.group(1)) if named else None
        if person is not None:
            return person
        if definite and not told_more:
            ranked = base in load("speech")["roles"]["ranks"]
            holder = self._last_in_office(base) or (self._he() if ranked else None)
            if holder is not None:
                return Voice(holder.name, holder.role)
        anonymous = base not in load("speech")["roles"]["on_record"]
        return Voice(phrase, None, anonymous, base)

    def _last_in_office(self, base: str) -> Person | None:
        """The person of that office who was named last before this sentence's end."""
        best, at = None, -1
        for person in self.roster.people:
            if person.role and re.search(rf"(?i)\b{base}\b", person.role):
                place = self.text.rfind(person.name.split()[-1], 0, self._sentence[1])
                if place > at:
                    best, at = person, place
        return best

    def _paper(self, phrase: str, base: str) -> Voice | None:
        owner = re.match(r"(.+?)['’]s? ", phrase)
        if owner is not None and (self._person(owner.group(1)) or names.organisation(owner.group(1))):
            return self._person(owner.group(1)) or Voice(owner.group(1), human=False)
        if re.match(r"(?i)(?:its|their) ", phrase):
            return self._it("it") or Voice(phrase, None, False, base, False)
        if re.match(r"(?i)(?:the same|the|that|this)\b", phrase) and self._heard:
            return self._heard[-1]
        return Voice(phrase, None, False, base, False)

    def _body(self, phrase: str, base: str) -> Voice:
        if re.match(r"(?i)the (?:same )?\w+$", phrase):
            for voice in reversed(self._heard):
                if not voice.human and voice.head == base and voice.name.lower() != phrase.lower():
                    return voice
        return Voice(self._called(phrase) or phrase, None, False, base, False)

    def _called(self, phrase: str) -> str | None:
        """The name of a body told by what it is, where it stands right behind: "the yard, Oldmark Marine, ..."."""
        start = self.text.find(phrase, self._sentence[0])
        found = _CALLED.match(self.text, start + len(phrase)) if start >= 0 else None
        if found is None:
            return None
        name = found.group("name")
        closed = self.text[found.end() : found.end() + 1] == ","
        if found.group().startswith(",") and (not closed or len(name) < 4):
            return None
        return None if name.lower() in load("speech")["dates"]["words"] or names.system(name) else name


def _has_more(token: Token) -> bool:
    return any(c.dep_ in ("prep", "poss", "compound", "amod") for c in token.children)


def _is_loose(token: Token, joint: Token) -> bool:
    """Whether "for" behind a name begins anything but more of the name."""
    return token.pos_ == "PROPN" and joint.lower_ == "for" and not joint.nbor().text[:1].isupper()


def _phrase(token: Token) -> str:
    """The noun phrase up to its first clause, apposition or comma."""
    left, right = token.i, token.i
    joins = ("of", "for") if token.pos_ == "PROPN" else _JOINS
    for child in token.children:
        if (
            child.dep_ in ("det", "compound", "amod", "poss", "nmod", "nummod", "case", "quantmod", "predet")
            and child.i < token.i
        ):
            left = min(left, child.left_edge.i)
        if child.dep_ == "prep" and child.lower_ in joins and child.i == right + 1 and not _is_loose(token, child):
            right = child.right_edge.i
        if child.i == right + 1 and (
            child.dep_ in ("flat", "nmod") or (child.dep_ == "amod" and child.lower_ in _JOINS)
        ):
            right = child.right_edge.i
    text = token.doc[left : right + 1].text
    return re.split(r"[,;:(“\"]| who | which |(?<! of) that ", text)[0].strip()
