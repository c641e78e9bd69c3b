"""An attribution: a stretch of text, whose words it is, and by whom they came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words. content, cue: spans of code points; speaker: as the text names it; via: channels, nearest first.

    said: span of a date phrase that dates the saying ("reiterated Nov. 11"), or None.
    """

    content: tuple[int, int]
    cue: tuple[int, int]
    speaker: str
    role: str | None = None
    anonymous: bool = False
    via: tuple[str, ...] = ()
    said: tuple[int, int] | None = None
