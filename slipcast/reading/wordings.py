"""What a few plain turns of English say for certain, where the encoder's chances leave it open."""

from __future__ import annotations

import re

_TROUBLES = frozenset({"delayed", "at_risk", "suspended", "cancelled"})
#: "In response to X, the navy suspended": why, before the clause of the claim.
_BECAUSE = re.compile(r"(?:In response to|Because of|Owing to|Due to|As a result of|On account of) ([^,;]{3,160}),")
#: "may face a delay", "a delay may be meant": up to the claim's word, and from it.
_BEFORE = re.compile(r"\b(?:may|might|could)\b(?: \w+){0,4} $")
_AFTER = re.compile(r"^(?:(?! and | but | while )[^.;]){0,100}? (?:may|might|could) (?:still |well |yet )?(?:face|suffer|experience|see|be|slip|come)\b")  # fmt: skip

_DEAL = r"(?:contract|deal|agreement|order|purchase)"
_BY_YEAR = re.compile(
    rf"(?i)\b((?:19|20)\d\d)(?: \w+)? {_DEAL}\b"
    rf"|\b{_DEAL} (?:of|from|dated|(?:signed|agreed|placed|concluded|awarded) in) ((?:19|20)\d\d)\b"
)
_CONTRACTING = re.compile(r"(?i)\b(?:sign|award|order|contract|conclud|buy|bought|purchas|deal|agreement|option to)")
_MEANT = re.compile(
    r"(?i)\b(?:(?:intend|plan|want|hope|aim|expect|wish|mean|seek)(?:s|ed|ing)?(?: \w+)? to(?: \w+)?"
    r"|(?:hesitations? about|thinking (?:of|about)|considering|interested in|intention of|close to|ready to|prepared to)) $"
)


def reason_first(sentence: str, at: int, status: str) -> str | None:
    """Why something is in trouble, where the sentence begins with the reason. at: where the claim's word stands in it."""
    found = _BECAUSE.match(sentence) if status in _TROUBLES else None
    return found.group(1) if found and found.end() < at else None


def may_be(sentence: str, at: int) -> bool:
    """Whether the word at a place of a sentence is only said to be possible."""
    word = re.match(r"\w*", sentence[at:])
    end = at + (len(word.group()) if word else 0)
    return bool(_BEFORE.search(sentence[:at]) or _AFTER.match(sentence[end:]))


def year_in_name(sentence: str) -> str | None:
    """The year by which a sentence names a contract, where it tells of no other: "the 2017 contract", "the contract of 2017"."""
    named = [(m, m.group(1) or m.group(2)) for m in _BY_YEAR.finditer(sentence)]
    if len({year for _, year in named}) != 1:
        return None
    rest = sentence
    for found, _ in reversed(named):
        rest = rest[: found.start()] + rest[found.end() :]
    return None if _CONTRACTING.search(rest) else named[0][1]


def is_meant(sentence: str, at: int) -> bool:
    """Whether the deed at a place of a sentence is only meant: "still intended to buy", "no hesitation about buying"."""
    return _MEANT.search(sentence[:at]) is not None


def one_part(text: str, low: int, high: int, at: int) -> tuple[int, int]:
    """The stretch of a list's one part that holds the word at a place."""
    left = max(text.rfind(mark, low, at) for mark in ",;") + 1
    cuts = [place for mark in ",;" if (place := text.find(mark, at, high)) >= 0]
    low, high = max(low, left), min([high, *cuts])
    while low < high and text[low].isspace():
        low += 1
    return low, high
