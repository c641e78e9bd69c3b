"""Texts of one voice without a label before each answer: interviews, posts, written answers under a name."""

from __future__ import annotations

import re

from slipcast import names
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
#: A title that says whose words the text is: "Statement by Ann Lee", "Ann Lee's speech to the yard".
_TITLED = re.compile(
    rf"(?:[Ii]nterview|[Cc]onversation|Q ?& ?A) with (?:the )?(?P<asked>[^:;]{{0,60}}?{NAME})"
    rf"|(?:[Ss]tatement|[Rr]emarks|[Tt]estimony|[Ss]peech|[Aa]ddress|[Ee]vidence|[Ll]etter|[Rr]eply|[Aa]nswer) (?:by|of|from) (?:the )?(?P<by>[^:;]{{0,60}}?{NAME})"
    rf"|(?P<own>[^:;]{{0,60}}?{NAME})['’]s? (?:[a-z]+ )?(?:statement|remarks|testimony|speech|address|letter|answer)\b"
)
#: A name alone in its line, with or without a time: the head of a turn in a transcript.
_ALONE = re.compile(
    rf"^(?:\(\(|\[)?(?P<who>(?:(?:Mr|Mrs|Ms|Dr|Sir|Gen)\.? )?(?:{NAME}|[A-Z][\w'’-]+))(?:\)\)|\])?(?: ?[:(–—-]? ?\(?\d{{1,2}}:\d\d(?::\d\d)?\)?)?:?[ \t]*(?:\n|(?<=\)\))\s)",
    re.MULTILINE,
)
_QUESTION = re.compile(r"(?:^|\n)[^\n]{8,400}\?[”\"*]*[ \t]*(?=\n|$)")
_FEWEST_QUESTIONS = 2
_FEWEST_TURNS = 2
#: Characters of a title that are read: no longer run of letters is tried for names.
_LONGEST_TITLE = 160


def find_monologues(text: str, roster: Roster, title: str) -> list[Turn]:
    """Stretches that are one person's by layout or by the title: (content, cue, voice), in no order."""
    out: list[Turn] = [*_alone(text, roster)]
    told = _TITLED.search(title[:_LONGEST_TITLE])
    if told is not None:
        out += [((0, len(text)), (0, 0), voice) for voice in _person_in(told.group(told.lastgroup or 0), roster)]
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


def _person_in(phrase: str, roster: Roster) -> list[Voice]:
    """The person whom a phrase of title and name means; none where it is a body's."""
    role, name = split_role(phrase.split(",")[0].strip())
    person = roster.find(name)
    if person is not None:
        return [Voice(person.name, person.role or role)]
    bare = re.search(rf"{NAME}$", name)
    return [Voice(bare.group(), role)] if role and bare and not names.organisation(name) else []


def _alone(text: str, roster: Roster) -> list[Turn]:
    heads = [m for m in _ALONE.finditer(text) if m.group().startswith("((") or roster.find(m.group("who")) is not None]
    if len(heads) < _FEWEST_TURNS:
        return []
    ends = [*(m.start() for m in heads), len(text)][1:]
    people = [(m, end, roster.find(m.group("who"))) for m, end in zip(heads, ends, strict=True)]
    return [
        ((m.end(), end), m.span("who"), Voice(p.name if p else m.group("who"), p.role if p else None))
        for m, end, p in people
    ]


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
