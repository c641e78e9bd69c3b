"""What a few plain turns of English say for certain, where the encoder's chances leave it open."""

from __future__ import annotations

import re
from functools import lru_cache

from slipcast.reading import designations

TROUBLES = frozenset({"delayed", "at_risk", "suspended", "cancelled"})
#: "In response to X, the navy suspended": why, before the clause of the claim.
_BECAUSE = re.compile(r"(?:In response to|Because of|Owing to|Due to|As a result of|On account of) ([^,;]{3,160}),")
#: "may face a delay", "a delay may be meant": up to the claim's word, and from it.
_BEFORE = re.compile(r"\b(?:may|might|could)\b(?: \w+){0,4} $")
_AFTER = re.compile(r"^(?:(?! and | but | while )[^.;]){0,100}? (?:may|might|could) (?:still |well |yet )?(?:face|suffer|experience|see|be|slip|come)\b")  # fmt: skip

#: Up to a part that somebody does not make.
_NOT_MADE = r"(?i)\b(?:does|do|did)(?: not|n[’']t) (?:make|build|supply|produce|manufacture)\b[^.;:]*"
#: Between a membership and what it is in: "suspended Norland’s partnership in the K-20", and no reason before it.
_MEMBER_OF = re.compile(r"(?i)\b(?:in|from|out of)\b")
_REASON = re.compile(r"(?i)\b(?:response|because|after|over|purchase|acquisition|buying|buys|deal|for|as)\b")
_SOLE = re.compile(r"(?i)\b(?:sole|only|single|exclusive)(?:-| )?(?:source|supplier|maker|producer|manufacturer)|\bsolely\b|\bexclusively\b|\balone (?:makes|builds|supplies)")  # fmt: skip
_SECOND = re.compile(r"(?i)\b(?:second|alternat\w+|additional|backup)(?:-| )(?:source|supplier|maker|producer)")
_MAKING = re.compile(r"(?i)^(?:mak(?:es?|ing)|buil(?:ds?|t|ding)|suppl(?:y|ies|ying)|produc(?:es?|ing)|manufactur(?:es?|ing)|provid(?:es?|ing))\s+(?:(?:the|an?|its|their)\s+)?")  # fmt: skip
_ANY_PARTS = re.compile(r"(?i)(?:(?:all|the|some|many|most|its|their|these|those|other|such|of)\s+)*(?:parts|components|pieces|items|equipment|products)")  # fmt: skip
_ORDINALS = "first|second|third|fourth|fifth|sixth|initial|last|final"
#: "hardware for the F135 engine": what goes before the whole that it is a part of.
_PART_OF = re.compile(r"\b[a-z][\w-]+ (?:for|of) (?:the |its |an? )?$")
#: A phrase that is cut short ends in one of these.
_UNENDED = re.compile(r"(?i)\b(?:the|an?|of|to|in|on|for|from|with|by|at|and|or|its|their|his|her|that)$")
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


@lru_cache(maxsize=1)
def _lots() -> re.Pattern[str]:
    """After an ordinal: the lot that what it numbers is a piece of: "second battery of the first batch"."""
    lots = "|".join(designations.words()["words"]["lots"])
    return re.compile(rf"(?:\s+[\w/’'-]+){{1,4}}?\s+of (?:the|its|that|this) ({_ORDINALS}) (?:{lots})\b")


@lru_cache(maxsize=1)
def _nobody() -> re.Pattern[str]:
    lexicon = designations.words()["words"]
    before, kinds = ("|".join(lexicon[key]) for key in ("nobody_before", "nobody"))
    return re.compile(rf"(?:(?:{before}) )*(?:{kinds})s?")


def ended(text: str, low: int, high: int, end: int) -> int:
    """Where a phrase ends that was cut off behind an article or a preposition: at the next mark. end: of its sentence."""
    if not _UNENDED.search(text[low:high]):
        return high
    mark = re.search(r"[,;:.!?”\"]", text[high:end])
    return high + mark.start() if mark else end


def reason_first(sentence: str, at: int, status: str) -> str | None:
    """Why something is in trouble, where the sentence begins with the reason. at: where the claim's word stands in it."""
    found = _BECAUSE.match(sentence) if status in TROUBLES else None
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


def bare_part(words: str) -> str:
    """A part without the verb that makes it: "make the fan blades"."""
    return _MAKING.sub("", words)


def before_whole(text: str, low: int) -> int:
    """Where a part begins of which only the whole was taken: "hardware for the F135 engine". low: where the whole begins."""
    found = _PART_OF.search(text[max(0, low - 40) : low])
    return low - len(found.group()) if found else low


def names_no_part(part: str) -> bool:
    """Whether it names no part in particular: "all parts"."""
    return _ANY_PARTS.fullmatch(part) is not None


def lot_of(after: str) -> str | None:
    """Which lot a piece is of, told behind its number: " battery of the first batch" is of the first."""
    found = _lots().match(after)
    return found.group(1) if found else None


def names_nobody(party: str) -> bool:
    """Whether a party is named by nothing but its kind: "new suppliers"."""
    return _nobody().fullmatch(party) is not None


def leads_into(words: str) -> bool:
    """Whether the words from a membership up to a system say that it is one in that system: "partnership in the"."""
    return _MEMBER_OF.search(words) is not None and _REASON.search(words) is None


def sourcing(sentence: str) -> str | None:
    """Whether a sentence makes somebody the sole or a second source of a part."""
    if _SOLE.search(sentence):
        return "sole"
    return "second" if _SECOND.search(sentence) else None


def is_not_made(part: str, sentence: str) -> bool:
    """Whether a sentence says that somebody does not make a part."""
    return re.search(_NOT_MADE + re.escape(part), sentence) is not None
