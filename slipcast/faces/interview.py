"""Questions to a person, one at a time, with the sentence in view, and what is ruled on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slipcast.domain import Decision
from slipcast.faces.do_status import who
from slipcast.faces.tables import heading, say
from slipcast.pipeline.review import Question

SHOWN = 5  #: sentences under a question
_CHOICES = {
    "statement": "[a]ccept, [r]eject, [n]ext, [q]uit",
    "join": "[j]oin, s[p]lit, [n]ext, [q]uit",
}

Ask = Callable[[str], str]


@dataclass(slots=True)
class _Author:
    """Who rules, and why; asked for where it was not given."""

    ask: Ask
    by: str
    reason: str

    def decision(self, kind: str, subjects: Sequence[str], verdict: str) -> Decision:
        while not self.by:
            self.by = self.ask("Your name, recorded with each ruling: ").strip()
        reason = self.reason or self.ask("Why? ").strip()
        return Decision(kind, tuple(subjects), verdict, self.by, reason)


def interview(
    questions: Sequence[Question], ask: Ask, rule: Callable[[Decision], bool], *, by: str = "", reason: str = ""
) -> int:
    """Ask each question until it is answered or the person quits (q, or the end of input). Returns how many were ruled.

    ask: prints a prompt and returns a line; rule: records a decision.
    """
    author, ruled = _Author(ask, by, reason), 0
    for number, question in enumerate(questions, 1):
        show(question, f"{number} of {len(questions)}")
        try:
            answer = _answer(question, ask)
            decision = None if answer == "n" else _ruling(question, answer, author) if answer != "q" else None
        except EOFError:
            answer, decision = "q", None
        if answer == "q":
            break
        if decision:
            ruled += rule(decision)
            say(f"  recorded: {told(decision)}", hang=2)
    say(f"{ruled} ruling{'s' * (ruled != 1)} recorded.")
    return ruled


def _answer(question: Question, ask: Ask) -> str:
    choices = _CHOICES[question.kind]
    known = {choices[at + 1] for at, letter in enumerate(choices) if letter == "["}
    while True:
        answer = ask(f"{choices}: ").strip().lower()[:1]
        if answer in known:
            return answer


def _ruling(question: Question, answer: str, author: _Author) -> Decision | None:
    """The decision that an answer makes; None where the person leaves it after all."""
    if answer in "ar":
        return author.decision("statement", question.subjects, "accept" if answer == "a" else "reject")
    verdict = "same" if answer == "j" else "different"
    if len(question.subjects) > 1:
        return author.decision("identity", question.subjects, verdict)
    wanted = "Where do they belong" if verdict == "same" else "Where do they not belong"
    place = author.ask(f"{wanted}? SYSTEM[/RECIPIENT[/TRANCHE]], or nothing to leave it: ").strip()
    ids = [entry.statement.id for entry in question.entries]
    return author.decision("identity", (place, *ids), verdict) if place else None


def show(question: Question, number: str) -> None:
    """A question with its reasons, its sentences and the commands that rule on it."""
    heading(f"{number}, {question.kind}: {question.about}")
    for why in question.why:
        say(f"  {why}", hang=2)
    for entry in question.entries[:SHOWN]:
        said = entry.said_on or "no day"
        say(f"    {entry.statement.id[:12]}  {said}, {who(entry)}", hang=2)
        say(f"      {entry.statement.quote}")
    if len(question.entries) > SHOWN:
        say(f"    and {len(question.entries) - SHOWN} more: see --json")
    say(f"  {commands(question)}", hang=4)


def commands(question: Question) -> str:
    """How a script rules on it."""
    if question.kind == "statement":
        return f"rule: --accept {question.subjects[0][:12]}, or --reject {question.subjects[0][:12]}"
    if len(question.subjects) > 1:
        names = " ".join(f'"{name}"' for name in question.subjects[:2])
        return f"rule: --same {names}, or --different {names}"
    first = question.entries[0].statement.id[:12] if question.entries else question.subjects[0]
    return f"rule: --same {first} SYSTEM/RECIPIENT/TRANCHE, or --different {first} SYSTEM/RECIPIENT"


def told(decision: Decision) -> str:
    """A ruling in a line."""
    subjects = ", ".join(s[:12] if len(s) == 32 else s for s in decision.subjects)
    value = f" {decision.value}" if decision.value else ""
    return f"{decision.verdict} ({decision.kind}): {subjects}{value}"
