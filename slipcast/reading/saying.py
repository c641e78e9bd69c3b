"""What stands around a verb of saying: the channel that the words were given to, and the date of the saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from slipcast import names

_DATE = re.compile(
    r"(?:on |in |of |by |last |this |early |late |earlier |later )*(?:\d{1,2} )?"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: of (?:last|this) week)?|"
    r"\b(?:\d{1,2} )?(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May(?! (?:be|not|have))|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)(?: \d{1,2}\b(?!\d))?(?:,? (?:19|20)\d\d)?|"
    r"\b(?:yesterday|today|earlier this (?:week|month|year)|(?:last|this) (?:week|month|year|spring|summer|autumn|fall|winter)|"
    r"(?:a|an|one|two|three|four|five|six|\d+) (?:days?|weeks?|months?|years?) (?:ago|earlier|later|before))\b",
)


_BREAK = re.compile(r"[“\":;,]|\bthat\b|\babout\b|\bof (?!last|this)")


def channels(verb: Token, sent: Span) -> Iterator[str]:
    """Outlets that the words were given to: "told NTV", "said on NTV", "in an interview with Kommersant"."""
    doc = sent.doc
    for child in verb.children:
        if (
            child.dep_ in ("dobj", "dative", "prep", "npadvmod", "agent", "acl", "advcl", "oprd", "nsubj")
            and child.i > verb.i
        ):
            if child.dep_ == "prep" and child.lower_ not in ("to", "on", "in", "by", "with", "through", "via", "at"):
                continue
            phrase = doc[child.left_edge.i : min(child.right_edge.i, child.i + 9) + 1]
            head = re.split(r"\bthat\b|,", phrase.text)[0]
            for found in names.find(head):
                if isinstance(found.entry, names.Organisation) and found.entry.kind == "outlet":
                    yield re.sub(r"^The ", "", head[slice(*found.span)])


def said_on(verb: Token, subject: Token | None, content: tuple[int, int], sent: Span) -> tuple[int, int] | None:
    """The date that belongs to the saying: between subject, verb and what is said, or around a verb behind it."""
    doc = sent.doc
    text, base = sent.text, sent.start_char
    verb_end = verb.idx + len(verb.text)
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None)
    upto = doc[clause.left_edge.i].idx if clause is not None else sent.end_char
    if (
        content[0] < (subject.idx if subject is not None else verb.idx) - 1
        and content[0] == sent.start_char
        and clause is None
    ):
        upto = min(sent.end_char, verb_end + 80)
    pieces = [(verb_end, upto)]
    if subject is not None:
        pieces.append((subject.idx, verb.idx))
        if content[0] >= verb.idx:
            pieces.append((sent.start_char, doc[subject.left_edge.i].idx))
    for low, high in pieces:
        region = text[: max(0, high - base)]
        if low == verb_end:
            region = text[: low - base] + _BREAK.split(region[low - base :])[0]
        found = _DATE.search(region, max(0, low - base))
        if found:
            return base + found.start(), base + found.end()
    return None
