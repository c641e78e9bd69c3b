"""From a milestone to its forecast: which promise stands, what is still to come. The programme is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from slipcast.domain import Document, Entry, Milestone, Programme, Slip, Statement
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.mixtures import Track
from slipcast.forecasting.orders import Order
from slipcast.pipeline.forecast import forecasts_of, to_come
from slipcast.pipeline.orders import Placed, placed
from slipcast.pipeline.promises import heard_on, is_unsigned, promise_of, standing, started_on
from slipcast.pipeline.records import Records, records
from slipcast.pipeline.view import View
from slipcast.pipeline.whole import Told

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


def said(speaker: str, stated_on: str) -> Entry:
    statement = Statement("d", (0, 1), "q", "delivery", "planned", speaker=speaker, stated_on=stated_on)
    return Entry(statement, Document("d", "q", outlet="The Vendel Gazette"), "2021-01-01")


def told(*slips: tuple[str, str, str, str]) -> tuple[Programme, Milestone]:
    """A programme with one delivery. slips: id, speaker, said on, promised for."""
    milestone = Milestone("delivery", "first", "planned", promises=tuple(Slip(i, on, day) for i, _, on, day in slips))
    entries = {i: said(who, on) for i, who, on, _ in slips}
    return replace(PROGRAMME, milestones=(milestone,), entries=entries), milestone


def test_speakers_who_disagree_stand_beside_each_other_with_their_records() -> None:
    programme, milestone = told(("a", "Ada Holm", "2021-01-10", "2022-06"), ("b", "Bo Lind", "2021-02-10", "2023-06"))
    found = standing(programme, milestone, date(2021, 3, 1), Records({"Ada Holm": (3, 4)}, {"others": (3, 5)}))
    assert [(one.speaker, one.track) for one in found] == [
        ("Bo Lind", Track((0, 0), (3, 5), (3, 5))),
        ("Ada Holm", Track((3, 4), (3, 5), (3, 5))),
    ]
    assert [one.record for one in found] == ["Bo Lind (no record)", "Ada Holm (3 of 4 promises held)"]


@pytest.mark.parametrize(
    "earlier",
    [
        ("a", "Bo Lind", "2021-01-10", "2022-06"),  # the same speaker has moved the date
        ("a", "Ada Holm", "2019-01-10", "2022-06"),  # overtaken long ago
        ("a", "Ada Holm", "2021-01-10", "2021-02"),  # past
        ("a", "Ada Holm", "2021-01-10", "2023-06"),  # no other date
    ],
)
def test_what_does_not_stand_beside_the_newest(earlier: tuple[str, str, str, str]) -> None:
    programme, milestone = told(earlier, ("b", "Bo Lind", "2021-02-10", "2023-06"))
    assert [one.speaker for one in standing(programme, milestone, date(2021, 3, 1), Records())] == ["Bo Lind"]


def test_without_a_promise_a_delivery_is_counted_from_its_contract() -> None:
    delivery = Milestone("delivery", "first", "planned")
    contract = Milestone("contract", None, "achieved", achieved="2020-03-01")
    assert started_on(replace(PROGRAMME, milestones=(contract, delivery)), delivery) == ("contract", date(2020, 3, 1))
    disputed = replace(contract, disputed=True)
    assert started_on(replace(PROGRAMME, milestones=(disputed, delivery)), delivery) is None
    assert started_on(replace(PROGRAMME, milestones=(contract,)), replace(delivery, kind="test")) is None
    claimed = replace(delivery, status="achieved", claimed=True)
    assert started_on(replace(PROGRAMME, milestones=(contract, claimed)), claimed) is None


def test_a_lead_time_forecast_says_what_it_is() -> None:
    delivery = Milestone("delivery", "first", "planned")
    contract = Milestone("contract", None, "achieved", achieved="2020-03-01")
    view = View(replace(PROGRAMME, milestones=(contract, delivery)))
    (line,) = forecasts_of(view, date(2021, 6, 1), None, Fitted.load(), 1)
    assert line.promised is None
    assert line.reference_class.startswith("no promise: lead times")
    assert "from the contract of 2020-03-01" in line.reference_class
    assert date(2021, 6, 1) <= line.day_at(0.1) < line.day_at(0.5) < line.day_at(0.9)


@pytest.mark.parametrize(("promised", "answer"), [(None, False), ("2022", True)])
def test_a_membership_that_has_ended_is_not_to_come(promised: str | None, answer: bool) -> None:
    assert to_come(Milestone("participation", None, "suspended", promised=promised)) is answer


def test_the_end_of_a_membership_is_no_trouble_on_its_way() -> None:
    ending = Milestone("participation", None, "cancelled", promised="2022", promises=(Slip("s", "2021-01-10", "2022"),))
    promise = promise_of(PROGRAMME, ending)
    assert promise is not None
    assert promise.status == ""


def test_what_hangs_on_an_order_never_comes_where_the_order_never_does() -> None:
    order = replace(LATE, kind="contract", status="planned")
    signed = replace(order, status="achieved", achieved="2021-02-01", promises=())
    day, fitted = date(2031, 6, 1), Fitted.load()
    waiting = forecasts_of(View(replace(PROGRAMME, milestones=(order, LATE))), day, None, fitted, 1, news=True)
    (alone,) = forecasts_of(View(replace(PROGRAMME, milestones=(signed, LATE))), day, None, fitted, 1)
    assert [line.milestone for line in waiting] == ["contract", "delivery"]
    assert waiting[1].p_never >= waiting[0].p_never
    assert waiting[1].p_never > alone.p_never
    assert waiting[1].never_range is not None
    assert waiting[1].never_range[0] <= waiting[1].p_never <= waiting[1].never_range[1]


def test_a_forecast_says_what_would_move_it_and_how_sure_never_is() -> None:
    view = View(replace(PROGRAMME, milestones=(LATE,)))
    (line,) = forecasts_of(view, date(2021, 6, 1), None, Fitted.load(), 1, news=True)
    assert line.never_range is not None
    assert line.never_range[0] <= line.p_never <= line.never_range[1]
    moves = [abs(one.months) for one in line.would_change]
    assert len(moves) == 3
    assert moves == sorted(moves, reverse=True)
    months = sum(driver.months for driver in line.drivers)
    promised = date(2022, 3, 31)
    assert months == pytest.approx((line.day_at(0.5) - promised).days / 30.4375, abs=0.05)


def test_of_a_promise_whose_day_has_passed_a_new_date_is_the_news() -> None:
    view = View(replace(PROGRAMME, milestones=(LATE,)))
    (line,) = forecasts_of(view, date(2024, 6, 1), None, Fitted.load(), 1, news=True)
    assert line.would_change[0].name == "a new date, three years ahead"


def words(*lines: tuple[str, str, str], kind: str = "delivery", status: str = "planned") -> tuple[Programme, Milestone]:
    """A programme with one milestone. lines: said on, status word, date; Ada Holm says it all."""
    entries = {
        f"w{k}": Entry(
            Statement("d", (0, 1), "q", kind, word, date=day or None, speaker="Ada Holm", stated_on=on),
            Document("d", "q"),
            "2021-01-01",
        )
        for k, (on, word, day) in enumerate(lines)
    }
    slips = tuple(Slip(f"w{k}", on, day) for k, (on, _, day) in enumerate(lines) if day)
    milestone = Milestone(kind, "first", status, promises=slips, evidence=tuple(entries))
    return replace(PROGRAMME, milestones=(milestone,), entries=entries), milestone


def test_silence_counts_from_the_last_word_that_it_is_still_to_come() -> None:
    told = (("2019-01-10", "planned", "2020"), ("2020-03", "at_risk", ""), ("2020-09-01", "denied", ""))
    programme, milestone = words(*told)
    assert heard_on(programme, milestone) == date(2020, 3, 31)
    promise = promise_of(programme, milestone)
    assert promise is not None
    assert (promise.heard_on, promise.status_on) == (date(2020, 3, 31), None)
    assert heard_on(PROGRAMME, Milestone("delivery", "first", "planned")) is None


@pytest.mark.parametrize(
    ("later", "since"),
    [
        ((), date(2020, 3, 1)),
        ((("2020-06-01", "suspended", ""),), date(2020, 3, 1)),
        ((("2020-06-01", "cancelled", ""),), date(2020, 3, 1)),
        ((("2020-06-01", "resumed", ""), ("2020-08-01", "suspended", "")), date(2020, 8, 1)),
    ],
)
def test_a_suspension_counts_from_its_first_word(later: tuple[tuple[str, str, str], ...], since: date) -> None:
    told = (("2019-01-10", "planned", "2020"), ("2020-03-01", "suspended", ""), *later)
    programme, milestone = words(*told, status=later[-1][1] if later else "suspended")
    promise = promise_of(programme, milestone)
    assert promise is not None
    assert promise.status_on == since


def test_an_order_that_is_spoken_of_and_not_established_is_unsigned() -> None:
    delivery = Milestone("delivery", "first", "planned")
    signed = Milestone("contract", "first", "achieved", achieved="2020-03-01")
    talked = Milestone("contract", None, "planned", promised="2022")
    cases = [
        ((), delivery, False),  # nobody speaks of an order
        ((signed,), delivery, False),
        ((talked,), delivery, True),
        ((signed, talked), delivery, False),  # the tranche's own comes first
        ((replace(signed, disputed=True),), delivery, True),
        ((replace(signed, claimed=True),), delivery, True),
        ((), talked, True),
        ((talked,), Milestone("approval", None, "planned"), False),
    ]
    for orders, milestone, answer in cases:
        assert is_unsigned(replace(PROGRAMME, milestones=(*orders, milestone)), milestone) is answer


def ordered(name: str, achieved: str | None, **more: bool) -> Programme:
    contract = Milestone("contract", None, "achieved", achieved="2018-01-01")
    status = "achieved" if achieved else "planned"
    programme, delivery = words(("2020-01-01", "delayed", ""), status=status)
    delivery = replace(delivery, achieved=achieved, **more)
    return replace(programme, id=name, milestones=(contract, delivery))


def test_a_ledgers_orders_are_counted_from_their_contracts() -> None:
    found = placed(
        [ordered("came", "2020-01-01"), ordered("open", None), ordered("claimed", "2020-01-01", claimed=True)]
    )
    assert found == (
        Placed("came", "first", Order("tank", 730.0, True)),
        Placed("open", "first", Order("tank", 730.0, False)),
    )


def test_a_forecast_by_lead_times_learns_from_the_other_orders_and_says_so() -> None:
    delivery = Milestone("delivery", "first", "planned")
    contract = Milestone("contract", None, "achieved", achieved="2020-03-01")
    programme = replace(PROGRAMME, milestones=(contract, delivery))
    own = Placed(programme.id, "first", Order("tank", 9000.0, True))
    others = tuple(Placed(f"other {k}", None, Order("tank", 3000.0, True)) for k in range(3))
    plain, alone, taught = (
        forecasts_of(View(programme, whole=Told(orders=orders)), date(2021, 6, 1), None, Fitted.load(), 1)[0]
        for orders in ((), (own,), others)
    )
    assert alone == plain
    assert taught.day_at(0.5) > plain.day_at(0.5)
    assert "and of 3 in this ledger (3 of this kind, 0 still open)" in taught.reference_class


def test_a_source_without_a_record_is_weighed_by_its_kind() -> None:
    told = (("2018-01-10", "planned", "2019"), ("2020-01-10", "planned", "2022"))
    programme, _ = words(*told)
    found = records([programme])
    assert found.speakers == {"Ada Holm": (0, 1)}
    assert found.kinds == {"others": (0, 1)}
    assert found.of("Bo Lind", "others") == Track((0, 0), (0, 1), (0, 1))
    assert Records().of("Bo Lind", "others") == Track()
