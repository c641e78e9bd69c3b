"""A saying at the end of its sentence by its commas: "…, Tom Hale, head of the yard, said on Monday." for parses that lose it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from slipcast.reading.attribution import Attribution
from slipcast.reading.lexicon import load
from slipcast.reading.relays import Telling
from slipcast.reading.voices import Voices

_FEWEST_WORDS = 3
_AFTER = r"(?=\s*(?:[.,;]|$|to\b|on\b|in\b|at\b|during\b|after\b|before\b|earlier\b|last\b|this\b|from\b|yesterday\b|today\b|with\b|by\b|[A-Z]|reporters\b|journalists\b|lawmakers\b|analysts\b|investors\b|members\b|the\b|a\b|his\b|her\b|[A-Z][a-z]+day\b))"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = "|".join(load("speech")["verbs"]["forms"])
    helpers = r"(?:(?:has|had|have|also|then|later|earlier)\s+)*"
    behind = re.compile(
        rf"[,”\"]\s+(?P<who>[^,;:“”\"]{{2,90}}?)(?:,\s+(?P<role>[^;:“”\"]{{2,140}}?),)?\s+{helpers}(?P<verb>{forms})\b(?!\s+(?:that|it|he|she|they)\b){_AFTER}"
    )
    turned = re.compile(
        rf"[,”\"]\s+{helpers}(?P<verb>{forms})\s+(?P<who>[^;:“”\"]{{2,90}}?)(?=[,.;]|\s(?:in|on|at|to)\s|$)"
    )
    return behind, turned


def trailing(text: str, start: int, known: list[Telling], voices: Voices) -> Iterator[Telling]:
    """Tellings set off behind what they tell that the parse did not find. text, start: the sentence and where it begins."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if len(text[: match.start()].split()) < _FEWEST_WORDS or _THAT.search(
                text, match.end("verb"), match.end("verb") + 60
            ):
                continue
            cue = (start + match.start("verb"), start + match.end("verb"))
            own = next((t for t in known if t.told.cue[0] < cue[1] and cue[0] < t.told.cue[1]), None)
            if own is not None and own.told.content[0] < cue[0] - 1:
                continue
            voice = None if own is not None else voices.of_words(match.group("who"))
            low = text.rfind("; ", 0, match.start())
            content = (start + (low + 2 if low >= 0 else 0), start + len(text))
            if own is not None and own.frame == "said":
                told = own.told
                yield Telling(
                    Attribution(content, cue, told.speaker, told.role, told.anonymous, told.via, told.said), "said"
                )
            elif voice is not None:
                voices.heard(voice)
                yield Telling(Attribution(content, cue, voice.name, voice.role, voice.anonymous), "said")
            break


_THAT = re.compile(r"\bthat\b|:\s*[“\"]|\bhow\b|\bwhether\b")
