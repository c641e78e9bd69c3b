"""Words that a sentence holds and does not claim: what is asked, what somebody would not say, what is quoted within a quotation.

Of 23,000 annotated statements (tests/reading/corpus and the shared `tune` part) 31 stand in a question, and none in what somebody
would not say.
"""

from __future__ import annotations

import re

from slipcast.reading.sentences import Sentence

#: Words quoted within a quotation are mentioned, not claimed: ‘let’s buy it quickly’.
_QUOTED_WITHIN = re.compile(r"(?<!\w)[‘'](?:[^‘’']|(?<=\w)[’'](?=\w))*?[’'](?!\w)")
_QUESTION = re.compile(r"\?[”’\"')\]\s]*$")
#: "would not say whether", with the clause that follows.
_KEPT_BACK = re.compile(
    r"(?i)\b(?:(?:would|could|did|does|do|will) not|(?:would|could|did|does|do|wo)n[’']t|refus\w+ to|declin\w+ to|unable to) "
    r"(?:say|confirm|comment|disclose|reveal)\b[^,.;:]{0,30}\b(?:whether|if)\b[^,.;:]*"
)


def is_unsaid(text: str, at: int, sentence: Sentence) -> bool:
    """Whether what stands at a place of a sentence is not claimed there."""
    words = text[sentence.start : sentence.end]
    if _QUESTION.search(words):
        return True
    if any(m.start() < at - sentence.start < m.end() for m in _KEPT_BACK.finditer(words)):
        return True
    if not re.search(r"[“”\"]", words):
        return False
    quoted = _QUOTED_WITHIN.finditer(text, sentence.start, sentence.end)
    return any(q.start() < at < q.end() and " " in q.group() for q in quoted)
