"""From a milestone to its forecast: which promise stands, what is still to come. The programme is invented."""

from __future__ import annotations

from datetime import date

import pytest

from slipcast.domain import Milestone, Programme, Slip
from slipcast.pipeline.forecast import promise_of, to_come

PROGRAMME = Programme("KX-30/Vendland", date(2021, 6, 1), "KX-30", "tank", (), ("Vendland",), ("first",), ())
SLIPS = (Slip("s1", "2019-05", "2020"), Slip("s2", "2021-01-10", "2022-33", "2020", 456))
LATE = Milestone("delivery", "first", "at_risk", promised="2022-33", promises=SLIPS, conditions=("talks conclude",))


def test_the_last_promise_stands_with_its_history_and_its_condition() -> None:
    promise = promise_of(PROGRAMME, LATE)
    assert promise is not None
    assert (promise.stated_on, promise.promised_for) == (date(2021, 1, 10), date(2022, 3, 31))
    assert promise.history == ((date(2019, 5, 31), date(2020, 12, 31)),)
    assert (promise.status, promise.condition, promise.window_days) == ("at_risk", "talks conclude", 90)


def test_without_a_dated_promise_there_is_none() -> None:
    assert promise_of(PROGRAMME, Milestone("delivery", "first", "planned")) is None


@pytest.mark.parametrize(
    ("milestone", "answer"),
    [
        (LATE, True),
        (Milestone("delivery", "first", "achieved", achieved="2022-03"), False),
        (Milestone("delivery", "first", "achieved"), False),
        (Milestone("delivery", "first", "achieved", achieved="2022-03", claimed=True), True),
        (Milestone("contract", "first", "achieved", achieved="2022-03", disputed=True), True),
        (Milestone("negotiation", "first", "planned", promised="2022"), False),
    ],
)
def test_what_is_to_come(milestone: Milestone, answer: bool) -> None:
    assert to_come(milestone) is answer
