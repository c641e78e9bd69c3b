"""Lead times, mixtures of speakers, the prior of never, the kinds of milestone, and the case slipcast was born from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from slipcast.domain import Promise
from slipcast.errors import PanelError
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.kinds import KINDS, kind_of
from slipcast.forecasting.lead_times import lead_times, predict_lead_time
from slipcast.forecasting.mixtures import Track, pool, weights_of
from slipcast.forecasting.orders import Order
from slipcast.forecasting.predict import predict
from slipcast.forecasting.priors import never, speaker_worth
from slipcast.forecasting.sensitivity import would_change

FITTED = Fitted.load()
#: facts: on 2019-07-31 delivery "in 2020" was announced; in November 2019 it was said that it may be delayed by talks
SECOND = Promise(
    "statements", "S-400/Turkey", "delivery", date(2019, 7, 31), date(2020, 12, 31), window_days=366,
    status="at_risk", condition="talks on technology",
)  # fmt: skip


def test_the_second_system_is_judged_soberly() -> None:
    """A sanity check from the public record, never a target: it had not come by November 2026."""
    days = [date(2019, 11, 12), date(2020, 12, 31), date(2026, 11, 23)]
    then, due, now = predict([SECOND] * 3, FITTED, days)
    assert then.probability_by(date(2020, 12, 31)) < 0.5
    assert due.quantile(0.5) > then.quantile(0.5)
    assert then.p_never < due.p_never < now.p_never
    assert now.p_never > now.probability_by(date(2028, 11, 23))


def ordered(kind: str = "air defence", day: date = date(2018, 1, 1)) -> Promise:
    return Promise("statements", "KX-30/Vendland", "delivery", day, None, sector=kind, started_on=day)


def test_lead_times_hold_their_quantiles() -> None:
    """Air defence, first delivery: median 2 years, 80 % within 4, 90 % within 5 (the shipped table); nearly nothing is dropped."""
    start = date(2018, 1, 1)
    made = predict_lead_time(ordered(), start, yearly=1e-6)
    assert (made.quantile(0.5) - start).days == pytest.approx(2 * 365.25, abs=20)
    assert (made.quantile(0.8) - start).days == pytest.approx(4 * 365.25, rel=0.1)
    assert (made.quantile(0.9) - start).days == pytest.approx(5 * 365.25, rel=0.15)
    assert "no promise" in made.reference_class
    assert predict_lead_time(ordered(), start, whole=True).quantile(0.5) > made.quantile(0.5)


def test_lead_times_wait_too() -> None:
    day = date(2018, 1, 1)
    made = [predict_lead_time(ordered("tank"), day + timedelta(365 * k)) for k in range(12)]
    assert [m.p_never for m in made] == sorted(m.p_never for m in made)
    assert all(m.quantile(0.5) > m.as_of for m in made)


def test_a_kind_without_a_class_says_so() -> None:
    made = predict_lead_time(ordered("launcher"), date(2018, 1, 1))
    assert "launcher, which has no class of its own" in made.reference_class
    assert len(lead_times()) == 16


def test_lead_times_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("kind,n,first_p50,first_p80,first_p90,last_p50,last_p80,last_p90\nother,3,1,2,3,2,3,4\n")
    assert predict_lead_time(ordered(""), date(2018, 1, 1), table=table).n == 3
    table.write_text("a,b\n1,2\n")
    lead_times.cache_clear()
    with pytest.raises(PanelError, match="no table of lead times"):
        predict_lead_time(ordered(""), date(2018, 1, 1), table=table)
    with pytest.raises(PanelError, match="before the start"):
        predict_lead_time(ordered(""), date(2017, 1, 1))


def median_after(*orders: Order, kind: str = "tank") -> float:
    made = predict_lead_time(ordered(kind), date(2018, 1, 1), orders=orders, yearly=1e-6)
    return (made.quantile(0.5) - date(2018, 1, 1)).days / 365.25


def test_the_ledgers_own_orders_move_lead_times_towards_themselves() -> None:
    """Tanks take 2 years in the table. Twenty of the ledger's own that took 6 years draw the median most of the way."""
    slow, table = [Order("tank", 6 * 365.25, True)] * 20, median_after()
    assert table == pytest.approx(2.0, abs=0.06)
    assert table < median_after(slow[0]) < median_after(*slow[:5]) < median_after(*slow) < 6.0
    assert median_after(*slow) > 4.0
    assert median_after(*[Order("tank", 0.5 * 365.25, True)] * 5) < table


def test_other_kinds_and_open_orders_tell_less_than_own_ones_that_came() -> None:
    came = median_after(*[Order("tank", 5 * 365.25, True)] * 5)
    other = median_after(
        *[Order("submarine", 15 * 365.25, True)] * 5
    )  # 2.5 times the table's 6 years, as the tanks' 5 are
    still = median_after(*[Order("tank", 1 * 365.25, False)] * 5)
    assert median_after() < other < came
    assert median_after() <= still < came
    assert (
        "of 5 in this ledger (5 of this kind, 5 still open)"
        in predict_lead_time(
            ordered("tank"), date(2018, 1, 1), orders=[Order("tank", 100.0, False)] * 5
        ).reference_class
    )


def test_a_pool_of_speakers_is_the_mixture_of_their_chances() -> None:
    a, b = predict([SECOND, replace(SECOND, promised_for=date(2023, 12, 31))], FITTED)
    mixed = pool([a, b], [3, 1])
    assert mixed.p_never == pytest.approx(0.75 * a.p_never + 0.25 * b.p_never)
    for year in range(2020, 2032):
        day = date(year, 6, 30)
        assert mixed.probability_by(day) == pytest.approx(
            0.75 * a.probability_by(day) + 0.25 * b.probability_by(day), abs=0.012
        )
    assert sum(d.months for d in mixed.drivers) == pytest.approx(
        (mixed.quantile(0.5) - date(2020, 12, 31)).days / 30.4375, abs=1e-6
    )


def test_a_pool_of_one_is_that_one_and_bad_weights_are_refused() -> None:
    (a,) = predict([SECOND], FITTED)
    assert pool([a], [2.0]) is a
    for weights in ([], [-1.0], [0.0], [float("nan")]):
        with pytest.raises(PanelError):
            pool([a], weights)


def test_speakers_weigh_as_their_promises_held() -> None:
    """With w = 2: everybody (0+1)/(0+2) = 1/2; own (3 + 2/2)/(4 + 2) = 4/6, (0 + 1)/(4 + 2) = 1/6, 1/2; scaled to 4:1:3."""
    assert speaker_worth() == 2.0
    found = weights_of([Track((3, 4)), Track((0, 4)), Track()])
    np.testing.assert_allclose(found, np.array([4, 1, 3]) / 8)
    with pytest.raises(PanelError):
        weights_of([Track((3, 2))])


def test_a_speaker_without_a_record_weighs_as_such_speakers_do() -> None:
    """Suppliers kept 1 of 10, recipients 9 of 10; everybody 10 of 20 makes 11/22 = 1/2: (1+1)/12 against (9+1)/12."""
    low, high = weights_of([Track(kind=(1, 10), every=(10, 20)), Track(kind=(9, 10), every=(10, 20))])
    assert high / low == pytest.approx(5.0)


def test_a_pool_names_its_speakers() -> None:
    a, b = predict([SECOND, replace(SECOND, promised_for=date(2023, 12, 31))], FITTED)
    mixed = pool([a, b], [3, 1], ["Ada Holm (3 of 4 promises held)", "Bo Lind (no record)"])
    assert mixed.reference_class.startswith(a.reference_class)
    assert mixed.reference_class.endswith("Ada Holm (3 of 4 promises held) 75%, Bo Lind (no record) 25%")


def test_never_hangs_on_its_prior() -> None:
    made = [predict([SECOND], FITTED, yearly=rate)[0] for rate in (never().low, never().yearly, never().high)]
    chances = [each.p_never for each in made]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[2] < 0.5


def test_what_would_change_it_most_comes_first() -> None:
    (made,) = predict([SECOND], FITTED, [date(2019, 11, 12)])
    news = would_change(made, FITTED, date(2019, 11, 12))
    moves = [abs(each.months) for each in news]
    assert moves == sorted(moves, reverse=True)
    found = {each.news: each for each in news}
    assert found["the condition is met"].months < 0 < found["it is suspended"].months
    assert "it is at risk" not in found
    assert "the order is signed" not in found


def test_of_what_is_overdue_a_new_date_would_tell_most() -> None:
    day = date(2022, 6, 1)
    (made,) = predict([replace(SECOND, unsigned=True)], FITTED, [day])
    found = {each.news: each for each in would_change(made, FITTED, day)}
    assert set(found) == {"a new date, a year ahead", "a new date, three years ahead", "it is suspended"}
    assert found["a new date, three years ahead"].months > found["a new date, a year ahead"].months
    assert found["a new date, a year ahead"].p_never < made.p_never < found["it is suspended"].p_never


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("closing", "closing"),
        ("Critical Design Review (CDR)", "review"),
        ("IOT&E Complete", "test"),
        ("Initial Operational Capability", "fielding"),
        ("entry_into_service", "fielding"),
        ("Full Rate Production Decision", "decision"),
        ("Lead Ship Delivery", "delivery"),
        ("Start", "start"),
        ("Complete", "complete"),
        ("EPLRS*", "other"),
    ],
)
def test_kinds_of_milestones(name: str, kind: str) -> None:
    assert KINDS[kind_of(name)] == kind
