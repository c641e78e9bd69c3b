"""Who only passes words on: of all who are named beside one saying, the source speaks and the others are its channels.

"X told Z, Y reports, citing W": X speaks; Z, W and Y are the way it came, nearest to X first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from slipcast import names
from slipcast.reading.attribution import Attribution
from slipcast.reading.lexicon import load

_NAMED = re.compile(r"(?:[A-Z0-9][\w.&’'-]*)(?: (?:of|and|the) (?=[A-Z]))?(?: ?[A-Z0-9][\w.&’'-]*)*$")
_REPORTS = re.compile(r"(?:reports?|reported|recounts?|recounted|recalls?|writes|quotes?|cites?)\b")
_ADDRESS = re.compile(r"\b[\w-]+\.(?:com|net|org|info|ru|az|am|uk|de|fr|tr|eu|news)\b")


@dataclass(frozen=True, slots=True)
class Telling:
    """One attribution of a sentence with its frame: said, plan, noun, according, as, cited (W of "citing W"), passed (by Y)."""

    told: Attribution
    frame: str


def is_medium(speaker: str) -> bool:
    """Whether a name is that of an outlet: one known, a web address, or one called a newspaper, a channel, a report."""
    return bool(names.outlet(speaker) or _ADDRESS.search(speaker) or _medium_words().search(speaker))


@lru_cache(maxsize=1)
def _medium_words() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(load('speech')['frames']['media'])})\b")


def is_name(phrase: str) -> bool:
    """Whether all of a phrase is one name, with or without its article."""
    return bool(_NAMED.fullmatch(re.sub(r"^[Tt]he ", "", phrase)))


def medium_name(phrase: str) -> str:
    """The name of an outlet without what it is called: "the Turkish newspaper Hurriyet" is "Hurriyet"."""
    found = re.split(r"(?:^|\s)(?:agency|site|report by)\s", _medium_words().sub("agency", phrase))
    last = found[-1].strip() if len(found) > 1 else ""
    return last if last and _NAMED.fullmatch(last) else re.sub(r"^[Tt]he ", "", phrase)


def sourced(tellings: list[Telling], text: str) -> list[Attribution]:
    """The attributions of a sentence by their sources, each with the channels it came through; plans told by others fall out."""
    relays = [t for t in tellings if t.frame != "plan" and (_passes_on(t) or _is_retold(t, tellings, text))]
    mains = [t for t in tellings if t not in relays and t.frame != "plan"]
    plans = [t for t in tellings if t.frame == "plan"]
    mains += [
        p
        for p in plans
        if not any(_covers(m, p) for m in mains) and not (is_medium(p.told.speaker) and len(tellings) > 1)
    ]
    chain = sorted(relays, key=_distance)
    if not mains and chain:
        first = next((t for t in chain if t.frame != "passed"), None)
        return [] if first is None else [_through(first, [t for t in chain if t is not first])]
    return [_through(_within(m, mains), chain) for m in mains]


def _within(one: Telling, others: list[Telling]) -> Telling:
    """Of words told inside another's: what stands before the verb is that other's ("the step, which B had announced")."""
    low = one.told.content[0]
    for other in others:
        if other is not one and other.told.content[0] < low < other.told.content[1] and other.frame == "said":
            return Telling(replace(one.told, content=(one.told.cue[0], one.told.content[1])), one.frame)
    return one


def _passes_on(one: Telling) -> bool:
    return one.frame in ("passed", "as") or is_medium(one.told.speaker)


def _is_retold(one: Telling, tellings: list[Telling], text: str) -> bool:
    """ "X said, according to Y": Y passes on what X has said of all the words before."""
    reported = one.frame == "said" and _REPORTS.match(text, one.told.cue[0])
    if one.frame not in ("according", "cited") and not reported:
        return False
    low = one.told.content[0]
    return any(
        t.frame == "said"
        and not is_medium(t.told.speaker)
        and t.told.content[0] <= low
        and t.told.cue[1] <= one.told.cue[0]
        and "," in text[t.told.content[0] : t.told.cue[0]]
        for t in tellings
    )


def _distance(one: Telling) -> tuple[int, int]:
    """How near to the source: whoever is cited, the last named first; then who tells, in order; then who repeats it."""
    if one.frame == "cited":
        return 0, -one.told.cue[0]
    return (2 if one.frame == "passed" else 1), one.told.cue[0]


def _covers(teller: Telling, plan: Telling) -> bool:
    return teller.told.content[0] <= plan.told.cue[0] < teller.told.content[1]


def _through(main: Telling, chain: list[Telling]) -> Attribution:
    told, content = main.told, main.told.content
    via = list(told.via)
    for one in chain:
        name = medium_name(one.told.speaker)
        known = any(name in v or v in name for v in via)
        if name != told.speaker and not known:
            via.append(name)
        if main.frame == "cited":
            content = min(content[0], one.told.content[0]), max(content[1], one.told.content[1])
    return replace(told, content=content, via=tuple(via))
