"""Which date belongs to which event: by the tree first, by nearness after; the day of the saying belongs to none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from slipcast.reading.clauses import is_saying, is_verb
from slipcast.reading.event import Event
from slipcast.reading.lexicon import lemma, words
from slipcast.reading.parse import text_of

_PREVIOUS_BEFORE = ("originally", "initially", "previously", "formerly", "earlier", "instead of", "rather than", "not in", "than", "no longer", "up from", "back from", "forward from", "had been due", "was due", "due date of", "was to", "were to", "date was", "goal was", "target was", "as opposed to", "compared with", "against")  # fmt: skip


#: Verbs after which "from X to Y" is a move, not a stretch of time.
_MOVES = frozenset(["slip", "move", "push", "delay", "postpone", "bring", "advance", "shift", "reschedule", "defer", "revise", "change"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression. start, end: code points of the document; edtf: None where it cannot be resolved."""

    start: int
    end: int
    edtf: str | None
    kind: str = "date"
    relation: str = ""


@dataclass(frozen=True, slots=True)
class EventDates:
    """What an event's dates come to."""

    date: str | None = None
    previous: str | None = None
    relation: str = ""


def attach(
    sentence: Span, events: Sequence[Event], dates: Sequence[Dated], said: Sequence[tuple[int, int]]
) -> list[EventDates]:
    """For each event its date and the date that no longer holds. said: spans of dates that belong to the saying."""
    chosen: list[list[tuple[int, Dated, bool]]] = [[] for _ in events]
    asides: set[tuple[int, int]] = set()
    for dated in dates:
        if any(a < dated.end and dated.start < b for a, b in said) or dated.edtf is None:
            continue
        token = _root(sentence, dated)
        if token is None:
            continue
        owner = _owner(token, events)
        if owner is None:
            continue
        distance = abs(events[owner].anchor.idx - dated.start)
        old = _is_previous(sentence, dated)
        aside = not old and _was_planned(token, events[owner])
        chosen[owner].append((distance, dated, old or (aside and events[owner].status in ("delayed", "at_risk"))))
        if aside and not old:
            asides.add((owner, dated.start))
    out = []
    for k, (event, found) in enumerate(zip(events, chosen, strict=True)):
        if event.status == "planned" and any((k, d.start) not in asides for _, d, _ in found):
            found = [(distance, d, old or (k, d.start) in asides) for distance, d, old in found]
        found.sort(key=lambda item: item[0])
        now = [d for _, d, previous in found if not previous]
        then = [d for _, d, previous in found if previous]
        if now and not then and now[0].kind == "range" and lemma(event.head) in _MOVES and "/" in (now[0].edtf or ""):
            before, _, after = (now[0].edtf or "").partition("/")
            out.append(EventDates(after or None, before or None))
            continue
        date = now[0].edtf if now else None
        previous = then[0].edtf if then else None
        if event.held and date and not previous:
            date, previous = None, date
        out.append(EventDates(date, previous, now[0].relation if now else ""))
    return out


def _root(sentence: Span, dated: Dated) -> Token | None:
    span = sentence.doc.char_span(dated.start, dated.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _owner(token: Token, events: Sequence[Event]) -> int | None:
    """The event a date hangs on: climb the tree until a word of some event's chain is met."""
    start = token
    for _ in range(12):
        owners = [k for k, e in enumerate(events) if token in e.reach]
        if owners:
            exact = [k for k in owners if events[k].anchor == token]
            pool = exact or owners
            before = [k for k in pool if events[k].anchor.i < start.i]
            near = before or pool
            return min(near, key=lambda k: abs(events[k].anchor.i - start.i))
        if is_verb(token) and is_saying(token):
            return None
        if token.head == token:
            break
        token = token.head
    inside = [k for k, e in enumerate(events) if e.head in token.subtree or e.head == token]
    if len(events) == 1:
        return 0
    if not inside:
        return None
    return min(inside, key=lambda k: abs(events[k].anchor.i - start.i))


def _was_planned(token: Token, event: Event) -> bool:
    """Whether a date stands in an aside on the event: 'the flight, planned for May, slipped', 'which was due in 2009'."""
    planned = False
    for _ in range(7):
        if token in event.reach:
            return planned
        if token.head == token:
            return False
        planned = planned or lemma(token) in words("doubt", "embedding", "plan") or token.lower_ == "due"
        if token.dep_ == "relcl" and not any(c.lower_ in ("was", "were", "had") for c in (token, *token.children)):
            return False
        if (
            token.dep_ in ("acl", "relcl", "appos")
            and planned
            and token.head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
        ):
            return True
        token = token.head
    return False


def _is_previous(sentence: Span, dated: Dated) -> bool:
    before = text_of(sentence.doc)[max(sentence.start_char, dated.start - 40) : dated.start].lower().rstrip()
    after = text_of(sentence.doc)[dated.end : min(sentence.end_char, dated.end + 24)].lower()
    tail = " ".join(before.split()[-4:])
    if any(f"{cue} " in tail + " " for cue in _PREVIOUS_BEFORE):
        return True
    if re.match(r"['’]?s? (?:deadline|target|goal)", after):
        return bool(re.search(r"(?:miss|fail|slip|abandon|not meet|not met)", sentence.text.lower()))
    return before.endswith("from") and (after.startswith(" to ") or "until" in after)
