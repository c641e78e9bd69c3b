"""The labels that the learned part of the reader tells apart: what a word carries, and the slots of a claim."""

from __future__ import annotations

from slipcast.domain import MILESTONES

#: What a word may carry: nothing, a milestone, or the name of a part that a participant makes.
NOTHING, SHARE = "nothing", "share"
ANCHORS = (NOTHING, *MILESTONES, SHARE)
#: What is said of a claim elsewhere in its text. `said` is the day of the saying.
SLOTS = (
    "programme", "supplier", "recipient", "tranche", "quantity", "date", "previous_date", "speaker", "speaker_role",
    "said", "cause", "condition", "participant", "part",
)  # fmt: skip
