"""From the events of one document to its statements: whose words, about what, when, how many, how sure, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc, Span, Token

from slipcast.dates import parse as parse_edtf
from slipcast.domain import Document, Statement
from slipcast.reading.doubt import cause_of, condition_of
from slipcast.reading.event import SAME, Event
from slipcast.reading.events import find_events
from slipcast.reading.forms import Formal, recognise
from slipcast.reading.lexicon import lemma, words
from slipcast.reading.names import Mentions
from slipcast.reading.sentences import Sentence
from slipcast.reading.shares import ShareFound, find_shares, resolve_participant
from slipcast.reading.speakers import find_speakers, speaker_at
from slipcast.reading.weigh import FLOOR, features, probability
from slipcast.reading.when import Dated, EventDates, attach

_PRONOUNS = frozenset(["it", "they", "them", "these", "those", "both", "one", "ones", "some", "which"])

#: "Fleet Solid Support (MOD): ...": a title that begins with a programme's name and its owner.
_TITLED = re.compile(r"^(?P<name>[^:()]{3,80}?) \([A-Za-z]{2,6}\):")


def titled_programme(document: Document) -> str:
    """The programme that a document's title names, with the abbreviation its text uses for it; "" where there is none."""
    found = _TITLED.match(document.title or "")
    if not found:
        return ""
    name = found.group("name")
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z0-9]+", name) if word[0].isupper() or word[0].isdigit())
    for size in (len(letters), len(letters) - 1):
        short = letters[:size]
        if size > 1 and re.search(rf"\b{re.escape(short)}\b", document.text):
            return f"{name} ({short})"
    return name


_PARTITIVES = frozenset(["group", "number", "part", "pair", "wave", "load", "dozen", "half", "majority", "rest", "most", "all", "handful", "bulk", "share", "some", "first"])  # fmt: skip


@dataclass
class Claims:
    """Reads one parsed document. parsed: its Doc; dates: its date phrases; reader: the name put on each statement."""

    document: Document
    parsed: Doc
    mentions: Mentions
    dates: Sequence[Dated]
    reader: str
    candidates: list[tuple[Statement, list[str]]] | None = None

    def __post_init__(self) -> None:
        """Prepare what one sentence hands on to the next."""
        self._voices = find_speakers(self.parsed, self.mentions)
        self.surest = 0.0
        self._shares: list[ShareFound] = []
        self._winner: str | None = None
        self._awarded = ""
        self._last = "delivery"
        self._made_for = ""
        self._titled = titled_programme(self.document)
        self._named = {
            token.i
            for mention in self.mentions.programmes()
            if (span := self.parsed.char_span(*mention.span, alignment_mode="expand")) is not None
            for token in span
        }

    def statements(self, sentence: Sentence) -> list[Statement]:
        """The statements of one sentence."""
        span = self.parsed.char_span(sentence.start, sentence.end, alignment_mode="expand")
        if span is None or span.text.rstrip().endswith("?"):
            return []
        form = recognise(span.text)
        if form is not None:
            return self._formal(form, sentence)
        shares = find_shares(span)
        cues = {share.cue for share in shares}
        events = [self._named_again(e) for e in find_events(span, self.is_thing) if not self._is_share(e, cues)]
        dates = [d for d in self.dates if sentence.start <= d.start and d.end <= sentence.end]
        anchors = [e.anchor.idx for e in events]
        said = [a.said for a in self._voices if a.said and not any(a.cue[0] <= at < a.cue[1] for at in anchors)]
        dated = attach(span, events, dates, said)
        out = [self._statement(e, d, span, sentence) for e, d in zip(events, dated, strict=True)]
        weighed = [(s, features(e, s, span, self._named, events)) for e, s in zip(events, out, strict=True)]
        if self.candidates is not None:
            self.candidates.extend(weighed)
        chances = [probability(found) for _, found in weighed]
        self.surest = max([self.surest, *chances])
        kept = [statement for (statement, _), chance in zip(weighed, chances, strict=True) if chance >= FLOOR]
        return kept + [self._share(share, sentence) for share in shares]

    def _formal(self, form: Formal, sentence: Sentence) -> list[Statement]:
        """The one statement of a standing form."""
        self.surest = 1.0
        base = replace(self._base(sentence), programme=self._formal_programme(form, sentence), status=form.status)
        if form.kind == "award":
            self._winner = form.winner
            return [replace(base, milestone="contract", supplier=(form.winner,) if form.winner else ())]
        if form.kind == "completion":
            dates = [d for d in self.dates if sentence.start <= d.start and d.end <= sentence.end and d.edtf]
            date = dates[-1].edtf if dates else None
            return [replace(base, milestone="completion", date=date, supplier=(self._winner,) if self._winner else ())]
        if form.kind == "end date":
            return [replace(base, milestone="completion", date=form.date, previous_date=form.previous)]
        return []

    def _formal_programme(self, form: Formal, sentence: Sentence) -> str:
        if form.kind == "award":
            self._awarded = self.mentions.programme_for((sentence.start, sentence.end))
            return self._awarded
        return self._awarded if form.kind == "completion" and self._awarded else self._titled or self.mentions.main

    def is_thing(self, token: Token) -> bool:
        """Whether a word stands for something a programme delivers: equipment, a named system, a pronoun, "the first"."""
        if token.i in self._named or lemma(token) in words("deliverables", "equipment") | words(
            "deliverables", "programme"
        ):
            return True
        if lemma(token) in _PARTITIVES:
            return any(self.is_thing(t) for c in token.children if c.lower_ == "of" for t in c.children)
        if token.pos_ == "PRON":
            return token.lower_ in _PRONOUNS
        return token.pos_ in ("NUM", "ADJ") and token.dep_ in ("nsubj", "nsubjpass", "dobj") and token.ent_type_ in ("CARDINAL", "ORDINAL", "")  # fmt: skip

    def _named_again(self, event: Event) -> Event:
        """Give an event without a name of its own that of the one before."""
        if event.milestone == SAME:
            return replace(event, milestone=self._last)
        if event.milestone in (
            "delivery",
            "entry_into_service",
            "installation",
            "completion",
            "approval",
            "test",
            "shipment",
            "rollout",
            "first_flight",
        ):
            self._last = event.milestone
        return event

    def _is_share(self, event: Event, cues: set[tuple[int, int]]) -> bool:
        return any(start <= event.anchor.idx < end for start, end in cues)

    def _voice(self, start: int, end: int, announced: bool = False) -> dict[str, Any]:
        """The keys of a statement that say whose words it is and when they were said."""
        voice = speaker_at(self._voices, start)
        if voice is None and announced:
            voice = next((a for a in self._voices if a.cue[0] < end and start < a.cue[1]), None)
        if voice is None:
            return {}
        found = {"speaker": voice.speaker, "speaker_role": voice.role, "anonymous": voice.anonymous, "via": voice.via}
        if voice.said:
            told = next(
                (d.edtf for d in self.dates if d.start < voice.said[1] and voice.said[0] < d.end and d.edtf), None
            )
            if told and "/" not in told:
                found["stated_on"] = told
        return found

    def _base(self, sentence: Sentence) -> Statement:
        return Statement(
            doc=self.document.id,
            span=(sentence.start, sentence.end),
            quote=self.document.text[sentence.start : sentence.end],
            milestone="other",
            status="planned",
            stated_on=self.document.published,
            reader=self.reader,
        )

    def _statement(self, event: Event, dated: EventDates, span: Span, sentence: Sentence) -> Statement:
        condition, conditional = condition_of(event, span)
        cause = cause_of(event, span)
        text = self.document.text
        status, modality = event.status, event.modality
        if status == "achieved" and self._is_to_come(dated.date):
            status = "planned"
        if conditional and modality != "denied":
            modality = "conditional"
            status = {"achieved": "planned", "delayed": "at_risk"}.get(status, status)
        status, dated = self._moved(event, status, dated)
        if status == "achieved" and dated.date and dated.date.endswith("/..") and dated.relation in ("since", "from"):
            dated = replace(dated, date=dated.date.removesuffix("/.."))
        parties = self.mentions.parties_for(event.anchor, event.head)
        return replace(
            self._base(sentence),
            **self._voice(event.anchor.idx, event.anchor.idx + len(event.anchor), event.milestone == "announcement"),
            supplier=parties.supplier,
            recipient=parties.recipient,
            tranche=self.mentions.tranche_for(event.anchor),
            quantity=self.mentions.quantity_for(event.anchor),
            milestone=event.milestone,
            status=status,
            programme=self._programme(event, sentence),
            date=dated.date,
            previous_date=dated.previous,
            modality=modality,
            cause=text[cause[0] : cause[1]] if cause else None,
            condition=text[condition[0] : condition[1]] if condition else None,
        )

    def _moved(self, event: Event, status: str, dated: EventDates) -> tuple[str, EventDates]:
        """What the dates say of the status: a plan of the past did not hold, a later date than before is a delay."""
        date, previous = dated.date, dated.previous
        if event.held and not event.marked and not previous and status == "delayed":
            return "planned", dated
        if event.past_plan and date and not previous and self._is_gone(date):
            return "delayed", EventDates(None, date)
        if status == "planned" and date and previous and not date.startswith("../"):
            now, then = parse_edtf(date).deadline, parse_edtf(previous).deadline
            if now and then and now > then:
                return "delayed", dated
        return status, dated

    def _is_gone(self, edtf: str) -> bool:
        """Whether a date lies wholly before the document's own."""
        if not self.document.published:
            return False
        window, told = parse_edtf(edtf), parse_edtf(self.document.published)
        return window.latest is not None and told.earliest is not None and window.latest < told.earliest

    def _programme(self, event: Event, sentence: Sentence) -> str:
        """What an event is about; in a document whose title is a programme's name, that one where the sentence names none."""
        named = any(sentence.start <= m.span[0] < sentence.end for m in self.mentions.programmes())
        if self._titled and not named:
            return self._titled
        return self.mentions.programme_for(event.anchor)

    def _is_to_come(self, edtf: str | None) -> bool:
        """Whether a date lies wholly after the document's own."""
        if not edtf or not self.document.published:
            return False
        window, told = parse_edtf(edtf), parse_edtf(self.document.published)
        return window.earliest is not None and told.latest is not None and window.earliest > told.latest

    def _share_programme(self, share: ShareFound, sentence: Sentence) -> str:
        """What the part is for: a system named outside the part, else that of the shares before, else the one in focus."""
        quote = self.document.text[sentence.start : sentence.end]
        for mention in self.mentions.programmes():
            if sentence.start <= mention.span[0] < sentence.end and mention.kind != "engine":
                at = mention.span[0] - sentence.start
                if share.programme_hint and mention.name in share.programme_hint:
                    return mention.name
                part = quote.find(share.part)
                if not part <= at < part + len(share.part):
                    return mention.name
        if self._shares[:-1] and self._made_for:
            return self._made_for
        self._made_for = self.mentions.programme_for((sentence.start, sentence.start))
        return self._made_for

    def _share_date(self, sentence: Sentence) -> str | None:
        """The one date of a workshare sentence, where it is not that of the saying; of "until X" the X."""
        said = [a.said for a in self._voices if a.said]
        dates = [
            d.edtf
            for d in self.dates
            if sentence.start <= d.start
            and d.end <= sentence.end
            and d.edtf
            and not any(d.start < b and a < d.end for a, b in said)
        ]
        return dates[0].removeprefix("../").removesuffix("/..") if len(dates) == 1 else None

    def _share(self, share: ShareFound, sentence: Sentence) -> Statement:
        share = resolve_participant(share, self._shares)
        self._shares.append(share)
        return replace(
            self._base(sentence),
            **self._voice(*share.cue),
            milestone="participation",
            status=share.status,
            programme=self._share_programme(share, sentence),
            quantity=share.quantity,
            modality=share.modality,
            date=self._share_date(sentence),
            relation="workshare",
            participant=share.participant,
            part=share.part,
            sourcing=share.sourcing,
        )
