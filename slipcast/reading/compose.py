"""From what the encoder found in one document to its statements: names, dates and numbers as the text has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from slipcast import names
from slipcast.dates import parse as parse_edtf
from slipcast.domain import Document, Quantity, Statement
from slipcast.reading import pairs, parties, wordings
from slipcast.reading.answers import Answer, Answers
from slipcast.reading.channels import channels, is_unnamed
from slipcast.reading.claims import claimed
from slipcast.reading.counts import quantity_at
from slipcast.reading.encoder import Encoded, Floats, Tag
from slipcast.reading.labels import SHARE
from slipcast.reading.names import Mentions
from slipcast.reading.naming import Candidate, Naming
from slipcast.reading.parties import Somebody
from slipcast.reading.persons import Roster, split_role
from slipcast.reading.phrases import DatePhrase, bounded, lasting
from slipcast.reading.sentences import Sentence
from slipcast.reading.unsaid import is_unsaid

#: The least chance that a word carries a claim, and that a stretch fills a slot.
FLOOR, SLOT, _PART, _MAKER = 0.4, 0.4, 0.1, 0.25
#: How much less likely than the likeliest a maker may be to be weighed by where it stands.
_CLOSE = 0.15
#: The least chance of a date, of one that no longer holds, of a day of saying, of a name, and of a number.
_DATE, _PREVIOUS, _SAID, _NAMED, _COUNTED = 0.4, 0.35, 0.6, 0.2, 0.5
#: The least chance of a party, and of a speaker.
_PARTY, _SPEAKER = 0.35, 0.55
#: Characters between somebody's name and a role that is theirs.
_BESIDE = 40
#: What is achieved while it goes on, or by being said.
_STATES = frozenset({"negotiation", "announcement", "participation", "other", SHARE})
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|this|that)\s+", re.IGNORECASE)


@dataclass
class Composer:
    """Makes the statements of one document. dates: its date phrases; reader: the name put on each statement."""

    document: Document
    mentions: Mentions
    sentences: Sequence[Sentence]
    dates: Sequence[DatePhrase]
    reader: str

    def statements(self, read: Iterable[Encoded], floor: float = FLOOR) -> list[Statement]:
        """The statements of all windows, in the order of the text. read: the document's windows, encoded."""
        found: list[tuple[int, Statement]] = []
        for one in read:
            for tag in claimed(one, floor):
                answers = Answers(self.document.text, one.window, tag)
                sentence = self.sentences[int(one.window.sentence[tag.at])]
                if is_unsaid(self.document.text, answers.word[0], sentence):
                    continue
                statement = self._statement(one, tag, answers, sentence)
                if not (statement.is_share and _makes_nothing(statement)):
                    found.append((answers.word[0], statement))
        told = [s for _, s in sorted(found, key=lambda pair: pair[0])]
        main = Counter(s.programme for s in told if s.programme).most_common(1)
        fallback = self.mentions.main or (main[0][0] if main else "")
        told = [s if s.programme else replace(s, programme=fallback) for s in told]
        return _once(told)

    def _statement(self, read: Encoded, tag: Tag, answers: Answers, sentence: Sentence) -> Statement:
        text = self.document.text
        phrase, previous, said = self._dated(read, tag)
        date = bounded(phrase) if phrase else None
        status, modality = pairs.statuses(read, tag, date, previous, self.document.published)
        if phrase and status == "suspended":
            date = lasting(phrase)
        quote, at = text[sentence.start : sentence.end], answers.word[0] - sentence.start
        plain = quote.replace("\n", " ")
        named = wordings.year_in_name(plain) if (tag.anchor, status) == ("contract", "achieved") else None
        date = date or named
        if status == "achieved" and self._is_to_come(date):
            status = "planned"
        if status == "achieved" and tag.anchor not in _STATES and wordings.is_meant(plain, at):
            status = "planned"
        if status in ("delayed", "at_risk") and date is None and modality == "certain" and wordings.may_be(plain, at):
            modality = "possible"
        if status == "delayed" and modality == "possible" and date is None:
            status = "at_risk"  # a delay that may come, to no day that is told, is a risk
        #: a contract that is named by its year is no news of a part of it
        tranche = None if named else answers.best("tranche", SLOT)
        supplier, recipient = self._parties(read, tag, answers, sentence)
        voice = self._voice(read, tag, answers, sentence)
        statement = Statement(
            doc=self.document.id,
            span=(sentence.start, sentence.end),
            quote=quote,
            milestone="participation" if tag.anchor == SHARE else tag.anchor,
            status=status,
            programme=self._programme(read, tag, sentence),
            supplier=supplier,
            recipient=recipient,
            tranche=self._tranche(tranche.span, sentence) if tranche else None,
            quantity=None if tag.anchor == SHARE else self._counted(read, tag, sentence),
            date=date,
            previous_date=previous,
            modality=modality,
            cause=self._cause(answers, sentence, wordings.reason_first(plain, at, status)),
            condition=self._words("condition", answers, sentence),
            stated_on=said or self.document.published,
            reader=self.reader,
        )
        statement = replace(statement, **voice)
        return self._share(statement, answers) if tag.anchor == SHARE else statement

    def _share(self, statement: Statement, answers: Answers) -> Statement:
        text = self.document.text
        told = answers.all("part", _PART)
        own = next((a for a in told if a.span[0] <= answers.word[0] < a.span[1]), None)
        part = own or max(told, key=lambda a: a.chance, default=None)  # the claim's word may be "made by", not the part
        low, high = part.span if part else answers.word
        who = _maker(answers.all("participant", _MAKER), low)
        low, high = wordings.one_part(text, low, high, answers.word[0] if own else low)
        words = wordings.bare_part(_ARTICLE.sub("", text[low:high]))
        if names.system(words):
            words = text[wordings.before_whole(text, low) : high]
        return replace(
            statement,
            relation="workshare",
            participant=_plain(text[slice(*who.span)]) if who else None,
            part=_ARTICLE.sub("", words),
            sourcing=wordings.sourcing(statement.quote),
        )

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.document.text, self.document.title, self.mentions)

    def _programme(self, read: Encoded, tag: Tag, sentence: Sentence) -> str:
        """The likeliest of the names that the claim may be about; "" where none is likely."""
        found = pairs.name_candidates(read, tag, self._naming, self.document.text)
        if not found:
            return ""
        at = int(read.window.starts[tag.at])
        compound = next((c for c in found if not c.titled and c.is_system and c.span[1] + 1 == at), None)
        if compound is not None:
            return _plain(compound.name)  # "the S-400 shipment" is a shipment of the S-400
        if tag.anchor == "participation" and (joined := self._joined(found, at)) is not None:
            return _plain(joined.name)
        chances = pairs.name_chances(read, tag, found, self._naming, (sentence.start, sentence.end))
        best = int(chances.argmax())
        return self._naming.fuller(self._naming.single(_plain(found[best].name))) if chances[best] >= _NAMED else ""

    def _joined(self, found: Sequence[Candidate], at: int) -> Candidate | None:
        """What a membership told at a place is in, where the words up to it say so: "from the F-35 programme"."""
        text = self.document.text
        end = next((s.end for s in self.sentences if s.start <= at < s.end), at)
        behind = sorted(
            (c for c in found if not c.titled and c.is_system and at < c.span[0] < end), key=lambda c: c.span
        )
        if not behind:
            return None
        return behind[0] if wordings.leads_into(text[at : behind[0].span[0]]) else None

    def _counted(self, read: Encoded, tag: Tag, sentence: Sentence) -> Quantity | None:
        text, bounds = self.document.text, (sentence.start, sentence.end)
        dated = [d.span for d in self.dates if sentence.start <= d.span[0] < sentence.end]
        found = [
            s
            for s in pairs.number_candidates(text, bounds)
            if pairs.inside(read.window, s).any() and not any(a <= s[0] < b for a, b in dated)
        ]
        if not found:
            return None
        chances = pairs.number_chances(read, tag, found, text)
        best = int(chances.argmax())
        return quantity_at(text, *found[best], bounds) if chances[best] >= _COUNTED else None

    def _parties(
        self, read: Encoded, tag: Tag, answers: Answers, sentence: Sentence
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who supplies and who receives: those whom the claim's own sentence names, else those named elsewhere."""
        found = parties.party_candidates(read.window, answers, sentence, self.mentions.listed)
        if not found:
            return (), ()
        text = self.document.text
        pointed = parties.pointed_at(found, answers)
        chances = parties.party_chances(parties.party_features(read, tag, found, text, pointed, sentence), pointed)
        supplier, recipient = (self._named_best(found, row, sentence) for row in parties.one_side(chances).T)
        return supplier, recipient

    def _named_best(self, found: Sequence[Somebody], chances: Floats, sentence: Sentence) -> tuple[str, ...]:
        likely = [one for one, chance in zip(found, chances, strict=True) if chance >= _PARTY]
        own = [one for one in likely if sentence.start <= one.span[0] < sentence.end]
        told = (_plain(self.document.text[slice(*one.span)]) for one in own or likely)
        named = (name for name in told if name and not wordings.names_nobody(name) and names.outlet(name) is None)
        return tuple(dict.fromkeys(named))

    def _tranche(self, span: tuple[int, int], sentence: Sentence) -> str:
        """Which piece or lot, as the text has it; of a piece of a lot the lot."""
        text = self.document.text
        return wordings.lot_of(text[span[1] : sentence.end]) or _ARTICLE.sub("", text[slice(*span)])

    def _dated(self, read: Encoded, tag: Tag) -> tuple[DatePhrase | None, str | None, str | None]:
        """The date of a claim, and as EDTF the date that no longer holds and the day of its saying."""
        found = pairs.date_candidates(read, tag, self.dates)
        if not found:
            return None, None, None
        roles = pairs.date_roles(read, tag, found, self.document.text, self.document.published)
        values = [bounded(d) for d in found]
        now, then, told = (int(roles[:, k].argmax()) for k in (1, 2, 3))
        date = found[now].turned(pairs.looks_ahead(tag)) if roles[now, 1] >= _DATE else None
        changed = date is None or values[then] != bounded(date)
        previous = values[then] if roles[then, 2] >= _PREVIOUS and changed else None
        said = bounded(found[told].turned(False)) if roles[told, 3] >= _SAID else None
        return date, previous, said if said and "/" not in said else None

    @cached_property
    def _roster(self) -> Roster:
        return self._naming.roster

    def _voice(self, read: Encoded, tag: Tag, answers: Answers, sentence: Sentence) -> dict[str, Any]:
        """The keys of a statement that say whose words it is."""
        text = self.document.text
        found = parties.speaker_candidates(answers, text)
        if not found:
            return {}
        features = parties.speaker_features(read, tag, found, text, answers, sentence, self._roster)
        chances = parties.speaker_chances(features)
        heard = found[int(chances.argmax())]
        if chances.max() < _SPEAKER:
            return {}
        phrase = parties.without_verb(_ARTICLE.sub("", text[slice(*heard.span)]))
        role, name = split_role(phrase) if phrase[:1].isupper() else (None, phrase)
        person = self._roster.find(name)
        if person is not None:
            name = person.name
        told = answers.best("speaker_role", SLOT)
        if told is not None and self._is_beside(told.span, name):
            role = _ARTICLE.sub("", text[slice(*told.span)])
        elif role is None and person is not None:
            role = person.role
        return {
            "speaker": name,
            "speaker_role": role,
            "anonymous": is_unnamed(name, self._roster),
            "via": self._via(sentence, name),
        }

    def _is_beside(self, span: tuple[int, int], name: str) -> bool:
        """Whether a stretch stands next to a mention of somebody."""
        around = self.document.text[max(0, span[0] - _BESIDE) : span[1] + _BESIDE]
        return (name.split() or [""])[-1] in around

    def _via(self, sentence: Sentence, speaker: str) -> tuple[str, ...]:
        """The channels that the sentence names, or, of words within a quotation, the sentence of its paragraph that says whose they are."""
        text = self.document.text
        own = channels(text[sentence.start : sentence.end], speaker)
        first, last = text.rfind("\n", 0, sentence.start) + 1, text.find("\n", sentence.end)
        if own or not re.search('[“"]', text[first : sentence.end]):
            return own
        beside = [s for s in self.sentences if first <= s.start and (last < 0 or s.end <= last) and s != sentence]
        surname = (speaker.split() or [""])[-1]
        told = (channels(text[s.start : s.end], speaker) for s in beside if surname in text[s.start : s.end])
        return next((found for found in told if found), ())

    def _cause(self, answers: Answers, sentence: Sentence, first: str | None) -> str | None:
        """Why: as the encoder points at it, whole where the sentence begins with it."""
        told = self._words("cause", answers, sentence)
        return first if told is None or (first and told in first) else told

    def _words(self, slot: str, answers: Answers, sentence: Sentence) -> str | None:
        found = [a for a in answers.all(slot, SLOT) if abs(a.span[0] - answers.word[0]) < 600]
        if not found:
            return None
        best = max(found, key=lambda a: a.chance)
        near = [
            a for a in found if abs(a.span[0] - best.span[1]) < 25 or abs(best.span[0] - a.span[1]) < 25 or a is best
        ]
        low, high = min(a.span[0] for a in near), max(a.span[1] for a in near)
        return self.document.text[low : wordings.ended(self.document.text, low, high, sentence.end)]

    def _is_to_come(self, edtf: str | None) -> bool:
        """Whether a date lies wholly after the document's own."""
        if not edtf or not self.document.published:
            return False
        window, told = parse_edtf(edtf), parse_edtf(self.document.published)
        return window.earliest is not None and told.latest is not None and window.earliest > told.latest


def _plain(name: str) -> str:
    """A name without article and possessive; a country for its adjective."""
    bare = re.sub(r"['’]s?$", "", _ARTICLE.sub("", name)).strip(' ,;:“”"')
    country = names.country(bare)
    return country.name if country and country.form == "adjective" else bare


def _once(told: Sequence[Statement]) -> list[Statement]:
    """The statements, those of one sentence that make one claim only once, as the fullest has it: "the delay of the delivery"."""
    kept: list[Statement] = []
    for one in told:
        same = next((k for k, other in enumerate(kept) if _is_one_claim(one, other)), None)
        if same is None:
            kept.append(one)
        elif _fullness(one) > _fullness(kept[same]):
            kept[same] = one
    return [one for one in kept if not any(_takes_back(other, one) for other in kept)]


def _takes_back(denial: Statement, one: Statement) -> bool:
    """Whether the same trouble is denied in the same sentence: "there is no going back on the purchase"."""
    if denial.modality != "denied" or one.modality != "certain" or one.status not in wordings.TROUBLES:
        return False
    return all(getattr(denial, key) == getattr(one, key) for key in _SAME if key != "modality")


_SAME = ("span", "milestone", "status", "modality", "programme", "tranche", "part")
_OPEN = ("date", "previous_date", "quantity")


def _is_one_claim(one: Statement, other: Statement) -> bool:
    if any(getattr(one, key) != getattr(other, key) for key in _SAME):
        return False
    return all(
        getattr(one, key) == getattr(other, key) or not (getattr(one, key) and getattr(other, key)) for key in _OPEN
    )


def _fullness(one: Statement) -> int:
    return sum(bool(getattr(one, key)) for key in (*_OPEN, "cause", "condition", "speaker", "supplier", "recipient"))


def _maker(found: Sequence[Answer], part: int) -> Answer | None:
    """Of makers about as likely as the likeliest the one that stands nearest to the part."""
    surest = max((one.chance for one in found), default=0.0)
    likely = (one for one in found if one.chance >= surest - _CLOSE)
    return min(likely, key=lambda one: min(abs(one.span[0] - part), abs(one.span[1] - part)), default=None)


def _makes_nothing(share: Statement) -> bool:
    """Whether a share is none: a whole system is no part of one, and who does not make a part has no share in it."""
    part = names.fold(share.part or "")
    whole = names.system(part)
    named = whole is not None and part in {names.fold(name) for name in (whole.name, *whole.aliases)}
    none = wordings.names_no_part(part) or wordings.is_not_made(share.part or "", share.quote)
    return share.modality == "denied" or named or none
