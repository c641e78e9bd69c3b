"""The event: one claim about a milestone, before it becomes a statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

#: The milestone that was spoken of before.
SAME = "same"


@dataclass(frozen=True, slots=True)
class Event:
    """One claim about a milestone. anchor names it, head is the verb (or noun) that carries its tense.

    held: whether the date beside it no longer holds; reach: every word of the claim's own chain.
    """

    anchor: Token
    head: Token
    milestone: str
    status: str
    modality: str = "certain"
    held: bool = False
    bare: bool = False
    reach: tuple[Token, ...] = field(default=())
    rule: str = ""
    strong: bool = False
    past_plan: bool = False
    marked: bool = False
