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
from slipcast.reading import pairs
from slipcast.reading.answers import Answers
from slipcast.reading.channels import channels, is_unnamed
from slipcast.reading.counts import quantity_at
from slipcast.reading.encoder import Encoded, Tag, tags
from slipcast.reading.labels import SHARE
from slipcast.reading.names import Mentions
from slipcast.reading.naming import Naming
from slipcast.reading.persons import Roster, split_role
from slipcast.reading.phrases import DatePhrase, bounded
from slipcast.reading.sentences import Sentence

#: The least chance that a word carries a claim, and that a stretch fills a slot.
FLOOR, SLOT, _SUPPLIER = 0.3, 0.5, 0.75
#: The least chance of a date, of one that no longer holds, of a day of saying, of a name, and of a number.
_DATE, _PREVIOUS, _SAID, _NAMED, _COUNTED = 0.4, 0.35, 0.6, 0.3, 0.5
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|this|that)\s+", re.IGNORECASE)
#: Words quoted within a quotation are mentioned, not claimed: ‘let’s buy it quickly’.
_QUOTED_WITHIN = re.compile(r"(?<!\w)[‘'](?:[^‘’']|(?<=\w)[’'](?=\w))*?[’'](?!\w)")
_SOLE = re.compile(r"(?i)\b(?:sole|only|single|exclusive)(?:-| )?(?:source|supplier|maker|producer|manufacturer)|\bsolely\b|\bexclusively\b|\balone (?:makes|builds|supplies)")  # fmt: skip
_SECOND = re.compile(r"(?i)\b(?:second|alternat\w+|additional|backup)(?:-| )(?:source|supplier|maker|producer)")


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
        return [s for s, _ in self.weighed(read, floor)]

    def weighed(self, read: Iterable[Encoded], floor: float = FLOOR) -> list[tuple[Statement, float]]:
        """The statements of all windows, in the order of the text, each with the chance that its word carries a claim."""
        found: list[tuple[int, Statement, float]] = []
        for one in read:
            for tag in tags(one, floor):
                answers = Answers(self.document.text, one.window, tag)
                sentence = self.sentences[int(one.window.sentence[tag.at])]
                if self._is_mentioned(answers.word[0], sentence):
                    continue
                found.append((answers.word[0], self._statement(one, tag, answers, sentence), tag.chance))
        main = Counter(s.programme for _, s, _ in found if s.programme).most_common(1)
        fallback = self.mentions.main or (main[0][0] if main else "")
        told: dict[Statement, float] = {}
        for _, statement, chance in sorted(found, key=lambda one: one[0]):
            named = statement if statement.programme else replace(statement, programme=fallback)
            told[named] = max(chance, told.get(named, 0.0))
        return list(told.items())

    def _is_mentioned(self, at: int, sentence: Sentence) -> bool:
        """Whether a place lies in words of several that are quoted within a quotation."""
        text = self.document.text
        if not re.search(r"[“”\"]", text[sentence.start : sentence.end]):
            return False
        quoted = _QUOTED_WITHIN.finditer(text, sentence.start, sentence.end)
        return any(q.start() < at < q.end() and " " in q.group() for q in quoted)

    def _statement(self, read: Encoded, tag: Tag, answers: Answers, sentence: Sentence) -> Statement:
        text = self.document.text
        date, previous, said = self._dated(read, tag)
        status, modality = pairs.statuses(read, tag, date, previous, self.document.published)
        if status == "achieved" and self._is_to_come(date):
            status = "planned"
        tranche = answers.best("tranche", SLOT)
        voice = self._voice(answers, sentence)
        statement = Statement(
            doc=self.document.id,
            span=(sentence.start, sentence.end),
            quote=text[sentence.start : sentence.end],
            milestone="participation" if tag.anchor == SHARE else tag.anchor,
            status=status,
            programme=self._programme(read, tag),
            supplier=self._parties("supplier", answers, sentence),
            recipient=self._parties("recipient", answers, sentence),
            tranche=self._tranche(text[slice(*tranche.span)]) if tranche else None,
            quantity=None if tag.anchor == SHARE else self._counted(read, tag, sentence),
            date=date,
            previous_date=previous,
            modality=modality,
            cause=self._words("cause", answers),
            condition=self._words("condition", answers),
            stated_on=said or self.document.published,
            reader=self.reader,
        )
        statement = replace(statement, **voice)
        return self._share(statement, answers) if tag.anchor == SHARE else statement

    def _share(self, statement: Statement, answers: Answers) -> Statement:
        text = self.document.text
        part = answers.best("part", SLOT)
        low, high = part.span if part else answers.word
        who = answers.best("participant", 0.25)
        sourcing = "sole" if _SOLE.search(statement.quote) else "second" if _SECOND.search(statement.quote) else None
        return replace(
            statement,
            relation="workshare",
            participant=_plain(text[slice(*who.span)]) if who else None,
            part=_ARTICLE.sub("", text[low:high]),
            sourcing=sourcing,
        )

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.document.text, self.document.title, self.mentions)

    def _programme(self, read: Encoded, tag: Tag) -> str:
        """The likeliest of the names that the claim may be about; "" where none is likely."""
        found = pairs.name_candidates(read, tag, self._naming, self.document.text)
        if not found:
            return ""
        chances = pairs.name_chances(read, tag, found)
        best = int(chances.argmax())
        return _plain(found[best].name) if chances[best] >= _NAMED else ""

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

    def _parties(self, slot: str, answers: Answers, sentence: Sentence) -> tuple[str, ...]:
        """Who supplies or receives: those whom the claim's own sentence names, else those named elsewhere."""
        found = answers.all(slot, _SUPPLIER if slot == "supplier" else SLOT)
        own = [a for a in found if sentence.start <= a.span[0] < sentence.end]
        told = (_plain(self.document.text[slice(*a.span)]) for a in own or found)
        return tuple(dict.fromkeys(name for name in told if name))

    def _tranche(self, words: str) -> str:
        return _ARTICLE.sub("", words)

    def _dated(self, read: Encoded, tag: Tag) -> tuple[str | None, str | None, str | None]:
        """The date of a claim, the date that no longer holds, and the day of its saying, as EDTF."""
        found = pairs.date_candidates(read, tag, self.dates)
        if not found:
            return None, None, None
        roles = pairs.date_roles(read, tag, found, self.document.text, self.document.published)
        values = [bounded(d) for d in found]
        now, then, told = (int(roles[:, k].argmax()) for k in (1, 2, 3))
        date = values[now] if roles[now, 1] >= _DATE else None
        previous = values[then] if roles[then, 2] >= _PREVIOUS and values[then] != date else None
        said = values[told] if roles[told, 3] >= _SAID else None
        return date, previous, said if said and "/" not in said else None

    @cached_property
    def _roster(self) -> Roster:
        return Roster(self.document.text)

    def _voice(self, answers: Answers, sentence: Sentence) -> dict[str, Any]:
        """The keys of a statement that say whose words it is."""
        heard = answers.best("speaker", SLOT)
        if heard is None:
            return {}
        text = self.document.text
        phrase = _ARTICLE.sub("", text[slice(*heard.span)])
        role, name = split_role(phrase) if phrase[:1].isupper() else (None, phrase)
        person = self._roster.find(name)
        if person is not None:
            name = person.name
        told = answers.best("speaker_role", SLOT)
        if told is not None:
            role = _ARTICLE.sub("", text[slice(*told.span)])
        elif role is None and person is not None:
            role = person.role
        return {
            "speaker": name,
            "speaker_role": role,
            "anonymous": is_unnamed(name, self._roster),
            "via": channels(text[sentence.start : sentence.end], name),
        }

    def _words(self, slot: str, answers: Answers) -> str | None:
        found = [a for a in answers.all(slot, SLOT) if abs(a.span[0] - answers.word[0]) < 600]
        if not found:
            return None
        best = max(found, key=lambda a: a.chance)
        near = [
            a for a in found if abs(a.span[0] - best.span[1]) < 25 or abs(best.span[0] - a.span[1]) < 25 or a is best
        ]
        return self.document.text[min(a.span[0] for a in near) : max(a.span[1] for a in near)]

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
