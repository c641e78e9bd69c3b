"""Texts of one voice without a label before each answer: interviews, posts, written answers under a name."""

from __future__ import annotations

import re

from slipcast.reading.lexicon import load
from slipcast.reading.persons import NAME, Person, Roster, split_role
from slipcast.reading.voices import Voice

Turn = tuple[tuple[int, int], tuple[int, int], Voice]

#: "Interview with Ann Lee, head of the arms office": a heading.
_WITH = re.compile(
    rf"^(?:[A-Z][\w-]+:? )?(?:[Ii]nterview|[Cc]onversation|Q ?& ?A|[Qq]uestions and [Aa]nswers) with (?:the )?(?P<who>[^\n]{{0,60}}?{NAME})"
    r"(?=[^\n]*[^\n.]\n)",
    re.MULTILINE,
)
#: "Ann Lee @annlee": the head of a post.
_POST = re.compile(rf"^(?P<who>{NAME})\s*(?:\(|·|\s)\s*@\w{{2,30}}\)?[^\n]{{0,30}}\n", re.MULTILINE)
#: A name over an office, each in a line of its own: the head of a written answer.
_UNDER = re.compile(
    rf"^(?P<who>(?:(?:Mr|Mrs|Ms|Dr|Sir)\.? )?{NAME})\n(?P<role>(?:The )?[A-Z][^\n.:?]{{4,110}})\n+(?=\S)", re.MULTILINE
)
_QUESTION = re.compile(r"(?:^|\n)[^\n]{8,400}\?[”\"*]*[ \t]*(?=\n|$)")
_FEWEST_QUESTIONS = 2


def find_monologues(text: str, roster: Roster) -> list[Turn]:
    """Stretches that are one person's by layout: (content, cue, voice), in no order."""
    out: list[Turn] = []
    with_whom = _WITH.search(text, 0, 600)
    if with_whom is not None:
        role, name = split_role(with_whom.group("who").split(",")[0])
        person = roster.find(name)
        out.append(_turn(text, with_whom, Voice(person.name if person else name, person.role if person else role)))
    else:
        out += _questioned(text, roster)
    for match in _POST.finditer(text):
        out.append(_turn(text, match, Voice(match.group("who"))))
    heads = [m for m in _UNDER.finditer(text) if _answers(m.group("role"))]
    for match, end in zip(heads, [*(m.start() for m in heads), len(text)][1:], strict=True):
        name = split_role(match.group("who"))[1]
        out.append(((match.end(), end), match.span("who"), Voice(name, re.sub(r"^The ", "", match.group("role")))))
    return out


def _turn(text: str, match: re.Match[str], voice: Voice) -> Turn:
    return (match.end(), len(text)), match.span("who"), voice


def _answers(role: str) -> bool:
    offices = load("speech")["roles"]
    found = {w for w in re.findall(r"\w+", role.lower()) if w in offices["office"]}
    return bool(found) and not found & set(offices["writing"])


def _questioned(text: str, roster: Roster) -> list[Turn]:
    """Questions in paragraphs of their own, answered in those between: by the person with an office named before them."""
    questions = list(_QUESTION.finditer(text))
    if len(questions) < _FEWEST_QUESTIONS or ":" in "".join(q.group()[:30] for q in questions):
        return []
    asked: Person | None = next((p for p in roster.people if p.role and p.start < questions[0].start()), None)
    if asked is None:
        return []
    return [((questions[0].end(), len(text)), questions[0].span(), Voice(asked.name, asked.role))]
