"""What stood when: random histories against a model that keeps everything in lists and looks at all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slipcast.dates import counts_from
from slipcast.domain import Decision, Document, Statement
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger

START = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = ("2019-11-12", "2019-11", "2019", "2019-34", "2019-12-01")


def make_document(number: int) -> tuple[Document, list[Statement]]:
    """An invented document of three statements: said on its own day, on no day told, on another day."""
    published = DAYS[number % len(DAYS)]
    quotes = [f"Heron {n} slips, said the yard ({number})." for n in range(3)]
    text = "\n".join(quotes)
    document = Document(document_id(text, "Gazette", None, published), text, outlet="Gazette", published=published)
    said = []
    for n, quote in enumerate(quotes):
        at = text.index(quote)
        stated_on = (published, None, DAYS[(number + 1) % len(DAYS)])[n]
        said.append(
            Statement(
                document.id, (at, at + len(quote)), quote, "delivery", "delayed", f"Heron {n}", stated_on=stated_on
            )
        )
    return document, said


POOL = [make_document(number) for number in range(4)]


@dataclass
class Model:
    """Everything that ever happened, with its moment; nothing is indexed, every question looks at all of it."""

    last: datetime = START - timedelta(days=999)
    documents: dict[str, str] = field(default_factory=dict)
    statements: list[tuple[str, Document, Statement]] = field(default_factory=list)
    decisions: list[tuple[str, Decision]] = field(default_factory=list)

    def tick(self, now: datetime) -> str:
        self.last = max(now, self.last + timedelta(microseconds=1))
        return self.last.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def record(self, number: int, which: list[int], now: datetime) -> None:
        document, said = POOL[number]
        there = {statement.id for _, _, statement in self.statements}
        fresh = [said[n] for n in which if said[n].id not in there]
        if fresh or document.id not in self.documents:
            moment = self.tick(now)
            self.documents.setdefault(document.id, moment)
            self.statements += [(moment, document, statement) for statement in fresh]

    def decide(self, decision: Decision, now: datetime) -> bool:
        held_before = self.holders(None)
        self.decisions.append(("", decision))
        changed = self.holders(None) != held_before
        self.decisions.pop()
        if changed:
            self.decisions.append((self.tick(now), decision))
        return changed

    def holders(self, known_by: str | None) -> dict[Any, tuple[str, Any]]:
        """What is ruled on -> (id of the decision that rules, what it says)."""
        held: dict[Any, tuple[str, Any]] = {}
        for moment, decision in self.decisions:
            if known_by is not None and moment > known_by:
                continue
            if decision.kind in ("identity", "repeat"):
                abouts: list[Any] = [frozenset(decision.subjects)]
            else:
                abouts = list(decision.subjects)
            for about in abouts:
                if decision.verdict == "withdraw":
                    held = {k: v for k, v in held.items() if k[:2] != (decision.kind, about)}
                elif decision.verdict == "correct":
                    for key, value in json.loads(decision.value or "{}").items():
                        held[decision.kind, about, key] = (decision.id, value)
                else:
                    held[decision.kind, about, None] = (decision.id, decision.verdict)
        return held

    def as_of(self, day: date, known_by: str | None) -> list[tuple[Any, ...]]:
        held = self.holders(known_by)
        found = []
        for moment, document, statement in self.statements:
            if known_by is not None and moment > known_by:
                continue
            published = held.get(("document", document.id, "published"), ("", document.published))[1]
            outlet = held.get(("document", document.id, "outlet"), ("", document.outlet))[1]
            said = statement.stated_on
            if said is None or said == document.published:
                said = published
            rulings = [held.get((kind, key, None)) for kind, key in self._about(document, statement)]
            gone = any(ruling is not None and ruling[1] == "reject" for ruling in rulings)
            if counts_from(said) <= day:
                found.append((statement.id, moment, published, outlet, said, gone))
        return sorted(found)

    @staticmethod
    def _about(document: Document, statement: Statement) -> list[tuple[str, str]]:
        return [("document", document.id), ("statement", statement.id)]


STATEMENT_IDS = [statement.id for _, said in POOL for statement in said]
DOCUMENT_IDS = [document.id for document, _ in POOL]
NAMES = ["Heron", "Heron 1", "HERON"]


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(["statement", "document", "document", "identity", "repeat"]))
    pool = {"statement": STATEMENT_IDS, "document": DOCUMENT_IDS, "identity": NAMES, "repeat": STATEMENT_IDS}[kind]
    several = 2 if kind in ("identity", "repeat") else 1
    subjects = tuple(draw(st.lists(st.sampled_from(pool), min_size=several, max_size=2, unique=True)))
    verdicts = {"statement": ["accept", "reject"], "document": ["accept", "reject", "correct", "correct"]}
    verdict = draw(st.sampled_from([*verdicts.get(kind, ["same", "different"]), "withdraw"]))
    value = None
    if verdict == "correct":
        published, outlet = st.sampled_from([*DAYS, "2018-05-05", "2021-07"]), st.sampled_from(["Other", None])
        value = json.dumps(
            draw(st.fixed_dictionaries({}, optional={"published": published, "outlet": outlet}).filter(bool))
        )
    return Decision(kind, subjects, verdict, draw(st.sampled_from(["Ada", "Bo"])), "invented", value)


jumps = st.integers(-5, 5).map(lambda hours: timedelta(hours=hours))
records = st.tuples(st.integers(0, len(POOL) - 1), st.lists(st.integers(0, 2), unique=True))
histories = st.lists(st.tuples(jumps, records | decisions()), max_size=14)
ON_DAYS = [date(2018, 6, 1), date(2019, 11, 12), date(2019, 11, 30), date(2019, 12, 31), date(2022, 1, 1)]


def replay(url: str, history: list[tuple[timedelta, Any]], questions: list[tuple[date, int | None]]) -> None:
    model, now = Model(), [START]
    with Ledger(url, clock=lambda: now[0]) as ledger:
        for jump, event in history:
            now[0] += jump
            if isinstance(event, Decision):
                known = {"statement": STATEMENT_IDS, "document": DOCUMENT_IDS}.get(event.kind)
                there = {s.id for _, _, s in model.statements} | set(model.documents)
                if known is None or set(event.subjects) <= there:
                    assert ledger.decide(event) == model.decide(event, now[0])
            else:
                document, said = POOL[event[0]]
                ledger.record(document, [said[n] for n in event[1]])
                model.record(*event, now[0])
        moments = sorted(
            set(model.documents.values()) | {m for m, _, _ in model.statements} | {m for m, _ in model.decisions}
        )
        for day, at in questions:
            known_by = None if at is None or not moments else moments[at % len(moments)]
            found = sorted(
                (e.statement.id, e.recorded_at, e.document.published, e.document.outlet, e.stated_on, e.retracted)
                for e in ledger.as_of(day, known_by, retracted=True)
            )
            assert found == model.as_of(day, known_by)
            stood = [row[0] for row in found if not row[-1]]
            assert sorted(e.statement.id for e in ledger.as_of(day, known_by)) == stood
            some = ledger.as_of(day, known_by, programmes=["heron-1", "Heron 2"], retracted=True)
            names = {e.statement.id: e.statement.programme for e in ledger.as_of(day, known_by, retracted=True)}
            assert sorted(e.statement.id for e in some) == sorted(k for k, v in names.items() if v != "Heron 0")
            holding = {decision_id for decision_id, _ in model.holders(known_by).values()}
            assert {decision.id for decision in ledger.decisions(known_by)} == holding
        assert ledger.verify() == []


questions = st.lists(st.tuples(st.sampled_from(ON_DAYS), st.none() | st.integers(0, 30)), min_size=1, max_size=4)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(history=histories, asked=questions)
def test_as_of_is_exactly_what_stood(history, asked):
    replay("sqlite://", history, asked)


@pytest.mark.postgres
@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(history=histories, asked=questions)
def test_as_of_is_exactly_what_stood_on_a_server(new_database, history, asked):
    replay(new_database(), history, asked)


def test_decisions_count_from_their_own_moment_and_can_be_undone(url):
    document, said = POOL[0]
    times = iter([START + timedelta(days=n) for n in range(6)])
    day = date(2030, 1, 1)
    with Ledger(url, clock=lambda: next(times)) as ledger:
        ledger.record(document, said)
        assert ledger.decide(Decision("statement", (said[0].id,), "reject", "Ada", "misread"))
        fixed = Decision(
            "document", (document.id,), "correct", "Ada", "the page was redated", '{"published": "2018-05-05"}'
        )
        assert ledger.decide(fixed)
        assert ledger.decide(Decision("document", (document.id,), "correct", "Bo", "renamed", '{"outlet": "Other"}'))
        assert len(ledger.as_of(date(2018, 6, 1), retracted=True)) == 2  # those said on the document's day
        assert ledger.as_of(date(2018, 6, 1), "2020-01-02") == []  # nobody knew then
        assert ledger.decide(Decision("document", (document.id,), "withdraw", "Ada", "it was right"))
        assert ledger.as_of(date(2018, 6, 1)) == []
        assert [len(ledger.as_of(day, f"2020-01-0{n}")) for n in (1, 2, 5)] == [3, 2, 2]
        assert [d.verdict for d in ledger.decisions()] == ["reject"]
        assert [d.verdict for d in ledger.decisions("2020-01-04")] == ["reject", "correct", "correct"]
        assert [d.verdict for d in ledger.history(document.id)] == ["correct", "correct", "withdraw"]
