"""How many, and which part: quantities and tranches, tied to an event by the tree of its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Span, Token

from slipcast.domain import Comparator, Quantity
from slipcast.reading.lexicon import load

#: The named system that a token belongs to: (what one of them is called, where the name begins), or None.
Named = Callable[[Token], tuple[str, int] | None]
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_SERIES = re.compile(
    r"\b(?:(?:Lot|Batch|Tranche|Block|Phase|Increment|Flight|Stage|Option|Spiral|lot|batch|tranche|block|phase|increment|option)s?"
    r"(?: (?:\d+[A-Z]?|[IVX]+\b))(?:(?: to | and |-)(?:\d+|[IVX]+\b))*\s?)+"
)
_INITIAL = re.compile(
    r"\blow-rate initial production(?: (?:lot|option))? \d+|\bLRIP (?:lot )?\d+|\b(?:option|initial) (?:batch|lot|regiment|squadron|order|tranche)"
)
_WHOLE = re.compile(
    r"\b(?:the )?(entire (?:fleet|order|batch)|all(?= (?:of )?(?:the )?(?:\w+ )?(?:trains|aircraft|jets|ships|units|vehicles|systems|batteries|tanks|helicopters)\b))"
)
_NTH = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Part:
    """A tranche phrase: which tokens, and its name."""

    token: Token
    name: str
    single: str | None = None


def _unnamed(_: Token) -> tuple[str, int] | None:
    return None


def quantities(sent: Span, named: Named = _unnamed) -> list[tuple[Token, Quantity]]:
    """All quantities of things in a sentence with the token of their number. named: the system at a token."""
    found: list[tuple[Token, Quantity]] = []
    tokens, at = list(sent), 0
    while at < len(tokens):
        value, length = _number(tokens, at)
        if value is None:
            at += 1
            continue
        unit = _unit(tokens, at, at + length, named)
        if unit is not None and not _is_reference(tokens, at, length):
            found.append((tokens[at + length - 1], Quantity(value, _comparator(tokens, at), unit or None)))
        at += length
    return found


def parts(sent: Span) -> list[Part]:
    """All tranche phrases of a sentence: "second regiment", "Lots 12 to 14", "remaining", "last"."""
    lexicon = load("amounts")["ordinals"]
    found: list[Part] = []
    taken: set[int] = set()
    for pattern in (_INITIAL, _SERIES, _WHOLE):
        for match in pattern.finditer(sent.text):
            span = sent.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or taken & set(range(span.start, span.end)):
                continue
            taken |= set(range(span.start, span.end))
            found.append(Part(span.root, re.sub(r"^the ", "", match.group().strip())))
    for token in sent:
        if token.i in taken:
            continue
        low = token.lower_
        if low in lexicon["words"] or _NTH.fullmatch(low):
            found.extend(_ordinal(token, lexicon))
        elif low in lexicon["rests"] and _counts_rest(token, lexicon):
            found.append(Part(token, low, _noun_after(token) if low in ("last", "final") else None))
    return found


def _ordinal(token: Token, lexicon: Any) -> Iterator[Part]:
    following = _after(token)
    nouns = [t.lower_ for t in following]
    if _NTH.fullmatch(token.lower_) and following and following[0].text[0].isupper():
        return
    if following and (following[0].lower_ in lexicon["never"] or _lemma(following[-1]) in lexicon["never"]):
        return
    if token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == "-":
        return
    if token.dep_ == "advmod" and not following:
        return
    noun = _lemma(following[-1]) if following else ""
    if nouns and noun in lexicon["groups"]:
        yield Part(token, f"{token.lower_} {noun}", noun)
    else:
        yield Part(token, token.lower_, noun or None)


def _counts_rest(token: Token, lexicon: Any) -> bool:
    following = _after(token)
    if token.lower_ == "remainder" or (token.lower_ == "remaining" and token.nbor().like_num):
        return True
    if not following or token.pos_ == "ADV" or (token.pos_ == "VERB" and token.dep_ != "amod"):
        return False
    noun = _lemma(following[-1])
    times = {
        "quarter",
        "half",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "time",
        "moment",
        "minute",
        "night",
    }
    days = {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
    }
    return noun not in times | days and noun not in lexicon["never"] and following[0].ent_type_ != "DATE"


def _after(token: Token) -> list[Token]:
    """The rest of the noun phrase after a modifier, to its head noun."""
    found: list[Token] = []
    for other in token.doc[token.i + 1 : token.sent.end]:
        if (
            other.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "ADV")
            or other.text in ("-", "/")
            or other.tag_ in ("VBN", "VBG")
        ):
            found.append(other)
            if other.pos_ == "NOUN" and not (other.i + 1 < len(token.doc) and token.doc[other.i + 1].pos_ == "NOUN"):
                break
            continue
        break
    while found and found[-1].pos_ not in ("NOUN", "PROPN"):
        found.pop()
    return found


def _noun_after(token: Token) -> str | None:
    following = _after(token)
    return _lemma(following[-1]) if following else None


def _number(tokens: list[Token], at: int) -> tuple[float | None, int]:
    """The number that begins at a token and how many tokens it takes: "two billion", "1,005", "Eighteen"."""
    lexicon = load("amounts")
    text = tokens[at].lower_
    if _DIGITS.fullmatch(text):
        value = float(text.replace(",", ""))
    elif text in lexicon["numbers"]:
        value = float(lexicon["numbers"][text])
    elif "-" in text and all(part in lexicon["numbers"] for part in text.split("-")):
        value = float(sum(lexicon["numbers"][part] for part in text.split("-")))
    elif text == "a" and at + 1 < len(tokens) and tokens[at + 1].lower_ in ("dozen", "hundred", "thousand"):
        value = 1.0
    else:
        return None, 0
    length = 1
    while at + length < len(tokens):
        word = tokens[at + length].lower_
        if word in lexicon["scales"] or word == "dozen":
            value *= lexicon["scales"].get(word, 12)
        elif (
            word == "-"
            and at + length + 1 < len(tokens)
            and tokens[at + length + 1].lower_ in lexicon["numbers"]
            and value >= 20
        ):
            value += lexicon["numbers"][tokens[at + length + 1].lower_]
            length += 1
        else:
            break
        length += 1
    return value, length


def _unit(tokens: list[Token], start: int, end: int, named: Named) -> str | None:
    """The counted noun after a number; "" where it is left out ("the remaining two"); None where nothing is counted."""
    before = tokens[start - 1].lower_ if start else ""
    if before.endswith(("$", "€", "£")) or before in ("usd", "eur", "gbp", "rs"):
        return None
    at = _skip(tokens, end)
    if at < len(tokens) and tokens[at].text in ("%", "percent", "-", "/"):
        return None
    noun: list[Token] = []
    unit = ""
    while at < len(tokens) and len(noun) < 6:
        token = tokens[at]
        if token.text == "(" and noun:
            at = next((k + 1 for k in range(at, min(at + 4, len(tokens))) if tokens[k].text == ")"), len(tokens))
            continue
        if token.text == "-" and noun:
            noun.clear()  # "self-propelled howitzers"
        system = named(token)
        if system:
            unit, at = system[0], at + 1
            while at < len(tokens) and named(tokens[at]) == system:
                at += 1
            continue
        if token.pos_ in ("NOUN", "PROPN") and not (unit and token.pos_ == "PROPN"):
            noun.append(token)
        elif noun or not (token.pos_ == "ADJ" or token.tag_ in ("VBN", "VBG") or token.text == "-"):
            break
        at += 1
    if not noun:
        open_end = before in ("remaining", "other", "further", "additional") or _word(tokens, end) in (
            "more",
            "others",
            "of",
        )
        return unit or ("" if open_end else None)
    head = noun[-1]
    if _word(tokens, end) == "of" and _lemma(head) in load("amounts")["ordinals"]["groups"]:
        return ""  # "17 of the initial lot" counts what the lot is made of
    if len(noun) > 1 and _lemma(noun[0]) in load("amounts")["units"]["never"] and noun[0].pos_ == "NOUN":
        return None
    if _lemma(head) in load("amounts")["units"]["never"] or head.ent_type_ in ("DATE", "MONEY", "PERCENT", "TIME"):
        return unit or None
    if head.pos_ == "PROPN" and head.text[0].isupper() and _lemma(head) not in load("amounts")["units"]["single"]:
        return unit or None
    return " ".join(t.text for t in noun)


def _skip(tokens: list[Token], at: int) -> int:
    """Past "x", "more", "other" and "of the" between a number and its noun."""
    while _word(tokens, at) in ("x", "×", "more", "other", "new", "additional", "further"):
        at += 1
    if _word(tokens, at) == "of" and _word(tokens, at + 1) in ("the", "its", "these", "those", "their"):
        at += 2
    return at


def _word(tokens: list[Token], at: int) -> str:
    return str(tokens[at].lower_) if at < len(tokens) else ""


def _is_reference(tokens: list[Token], at: int, length: int) -> bool:
    """A number that names instead of counting: a year, a day of a month, a lot's number, "one of"."""
    token = tokens[at]
    before = tokens[at - 1].lower_ if at else ""
    if token.lower_ == "one" and at + 1 < len(tokens) and tokens[at + 1].lower_ in ("of", "another", "thing", "day"):
        return True
    if (
        token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT")
        and tokens[min(at + length, len(tokens) - 1)].pos_ != "NOUN"
    ):
        return True
    return before in (
        "lot",
        "lots",
        "batch",
        "block",
        "phase",
        "type",
        "tranche",
        "no.",
        "number",
        "article",
        "section",
        "option",
        "fiscal",
        "increment",
    )


def _comparator(tokens: list[Token], at: int) -> Comparator:
    """The comparator that the words before a number give it."""
    before = " ".join("-" if t.dep_ == "prt" else t.lower_ for t in tokens[max(0, at - 3) : at])
    best, sign = 0, "="
    for phrase, value in load("amounts")["comparators"].items():
        if (before == phrase or before.endswith(" " + phrase)) and len(phrase) > best:
            best, sign = len(phrase), value
    return sign  # type: ignore[return-value]


def _lemma(token: Token) -> str:
    low = str(token.lower_)
    if low in ("batteries",):
        return "battery"
    return str(token.lemma_ or low).lower() if token.pos_ == "NOUN" else re.sub(r"(?<=[a-z]{3})s$", "", low)
