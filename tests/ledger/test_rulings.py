"""Which rulings can be made, and which stand."""

from __future__ import annotations

import pytest

from slipcast.domain import Decision
from slipcast.errors import DateError, LedgerError, UsageError
from slipcast.ledger.rulings import check_decision, rulings_of, standing
from slipcast.ledger.store import Ledger


def ruling(
    kind: str = "statement", subjects: tuple[str, ...] = ("a",), verdict: str = "reject", **more: str
) -> Decision:
    return Decision(kind, subjects, verdict, **{"by": "Ada", "reason": "misread", **more})


@pytest.mark.parametrize(
    ("decision", "what"),
    [
        (ruling(kind="horoscope"), "kind 'horoscope' is not known"),
        (ruling(verdict="same"), "a statement is not ruled 'same'"),
        (ruling(verdict="correct", value='{"published": "2019"}'), "a statement is not ruled 'correct'"),
        (ruling(kind="identity", verdict="correct"), "an? identity is not ruled 'correct'"),
        (ruling(subjects=()), "about nothing"),
        (ruling(subjects=("",)), "about nothing"),
        (ruling(by=" "), "no author"),
        (ruling("document", verdict="correct"), "no JSON"),
        (ruling("document", verdict="correct", value="[]"), "corrects nothing"),
        (ruling("document", verdict="correct", value="{}"), "corrects nothing"),
        (ruling("document", verdict="correct", value='{"text": "x"}'), "corrects nothing"),
        (ruling("document", verdict="correct", value='{"outlet": 5}'), "no text"),
        (ruling("document", verdict="correct", value='{"published": null}'), "needs a date"),
        (ruling("document", verdict="correct", value='{"published": "2019-02-30"}'), "does not exist"),
    ],
)
def test_what_cannot_be_ruled(decision, what):
    with pytest.raises((LedgerError, DateError), match=what):
        check_decision(decision)


def test_ruling_on_what_is_not_there_is_refused(url, pair):
    document, said = pair(1)
    with Ledger(url) as ledger:
        ledger.record(document, said)
        for decision in (ruling(subjects=("0" * 32,)), ruling("document", (said[0].id,))):
            with pytest.raises(UsageError, match="is in the ledger"):
                ledger.decide(decision)
        assert ledger.counts()["decisions"] == 0


def test_same_ruling_twice_is_one_but_can_be_made_again_after_another(url, pair):
    document, said = pair(1)
    reject, accept = (ruling(subjects=(said[0].id,), verdict=verdict) for verdict in ("reject", "accept"))
    with Ledger(url) as ledger:
        ledger.record(document, said)
        assert [ledger.decide(d) for d in (reject, reject, accept, reject)] == [True, False, True, True]
        assert [d.verdict for d in ledger.decisions()] == ["reject"]
        undo = ruling(subjects=(said[0].id,), verdict="withdraw")
        assert [ledger.decide(d) for d in (undo, undo, reject)] == [True, False, True]
        assert ledger.verify() == []


def test_ruling_on_several_statements_holds_for_each():
    first, second = ruling(subjects=("a", "b")), ruling(subjects=("a",), verdict="accept")
    assert standing([first, second]) == [first, second]
    assert rulings_of([first, second]).rejected == {"b"}


def test_ruling_on_names_holds_for_them_together_in_any_order():
    same = ruling("identity", ("S-400", "Triumf"), "same")
    apart = ruling("identity", ("Triumf", "S-400"), "different")
    other = ruling("identity", ("S-400", "S-500"), "different")
    assert standing([same, apart, other]) == [apart, other]


def test_corrections_stand_key_by_key_and_beside_a_rejection():
    day = ruling("document", ("d",), "correct", value='{"published": "2019", "title": "x"}')
    outlet = ruling("document", ("d",), "correct", value='{"outlet": null, "title": "y"}')
    gone = ruling("document", ("d",), "reject")
    found = rulings_of([day, outlet, gone])
    assert found.corrections == {"d": {"published": "2019", "title": "y", "outlet": None}}
    assert found.rejected == {"d"}
    assert standing([day, outlet, gone]) == [day, outlet, gone]
