"""People's forecasts: recorded, shown beside the model's, never mixed in, and scored where the outcome is known.

The Grebe mine clearer, its yard and everybody who judges it are invented.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from slipcast.backtest.judged import judged
from slipcast.domain import Decision
from slipcast.errors import LedgerError, NameUnclear, UsageError
from slipcast.faces.cli import main
from slipcast.forecasting.waiting import LEVELS
from slipcast.ledger.registers import read_register
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import forecast
from slipcast.pipeline.judge import Judgement, judge, judgements

HEAD = "stated_on,speaker,system,buyer,supplier,tranche,milestone,status,promised_date,previous_date,occurred_date,note"
ROWS = (
    "2015-02-10,yard,HX-3 Grebe,Chile,Corvane Yard,first ship,delivery,planned,2017-06,,,The first is due in June 2017.",
    "2018-12-05,navy,HX-3 Grebe,Chile,Corvane Yard,first ship,delivery,achieved,,,2018-12-05,It was handed over.",
)
NAME, TODAY = "HX-3/Chile/first ship", date(2016, 1, 1)
DAYS = {0.5: date(2018, 1, 1), 0.8: date(2019, 1, 1)}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    path = tmp_path / "grebe.csv"
    path.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    book = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=lambda: datetime(2016, 1, 1, tzinfo=UTC))
    book.record_many(read_register(path).pairs)
    return book


def enter(book: Ledger, by: str = "A. Lund", today: date = TODAY, **changes: object) -> tuple[Judgement, bool]:
    given = {"quantiles": DAYS, "p_never": 0.1, "reason": "the yard has lost its welders", **changes}
    return judge(book, NAME, "delivery", by=by, today=today, **given)  # type: ignore[arg-type]


def test_a_judgement_is_recorded_once_and_read_back(ledger: Ledger) -> None:
    made, new = enter(ledger)
    assert new
    assert enter(ledger)[1] is False
    (found,) = judgements(ledger, TODAY)
    assert (found.place, found.milestone, found.by, found.p_never) == (made.place, "delivery", "A. Lund", 0.1)
    assert found.quantiles == DAYS
    assert found.recorded_at is not None
    assert ledger.verify() == []


def test_it_moves_no_forecast_of_the_model(ledger: Ledger) -> None:
    before = forecast(ledger, None, TODAY)
    enter(ledger)
    assert forecast(ledger, None, TODAY) == before
    assert len(before) == 1


def test_each_person_has_one_that_stands_and_earlier_ones_stay_on_record(ledger: Ledger) -> None:
    enter(ledger)
    enter(ledger, "B. Vik", p_never=0.3)
    enter(ledger, today=date(2016, 3, 1), p_never=0.2)
    assert [(one.by, one.p_never) for one in judgements(ledger, date(2016, 6, 1))] == [
        ("B. Vik", 0.3),
        ("A. Lund", 0.2),
    ]
    assert [(one.by, one.p_never) for one in judgements(ledger, date(2016, 2, 1))] == [
        ("A. Lund", 0.1),
        ("B. Vik", 0.3),
    ]
    assert judgements(ledger, date(2015, 12, 31)) == []


def test_its_distribution_goes_through_the_days_given(ledger: Ledger) -> None:
    made = enter(ledger)[0].forecast()
    assert abs((made.day_at(0.5) - DAYS[0.5]).days) <= 1
    assert abs((made.day_at(0.8) - DAYS[0.8]).days) <= 1
    days = [made.day_at(level) for level in LEVELS]
    assert days == sorted(days)
    assert days[0] > TODAY
    assert made.p_never == 0.1


def test_a_side_that_was_given_is_kept() -> None:
    one = Judgement("HX-3/Chile", "delivery", "A. Lund", "why", TODAY, {**DAYS, 0.1: date(2017, 11, 1)}, 0.0)
    assert abs((one.forecast().day_at(0.1) - date(2017, 11, 1)).days) <= 1


def test_it_is_scored_beside_the_models_of_its_day(ledger: Ledger) -> None:
    """A sure judgement of the very day errs by 0 months; the promise of June 2017, by 523 days or 17.2 months."""
    sure = {0.1: date(2018, 12, 4), 0.5: date(2018, 12, 5), 0.8: date(2018, 12, 6)}
    enter(ledger, quantiles=sure, p_never=0.0)
    enter(ledger, "B. Vik")
    right, vague = judged(ledger, date(2020, 1, 1))
    assert right.met == date(2018, 12, 5)
    assert right.crps == pytest.approx(0.0, abs=0.1)
    assert right.official == pytest.approx(523 / 30.4375)
    assert right.model is not None
    assert vague.crps is not None
    assert vague.crps > right.crps
    assert vague.model == right.model


def test_an_open_one_is_scored_up_to_today(ledger: Ledger) -> None:
    enter(ledger)
    (row,) = judged(ledger, date(2017, 1, 1))
    assert (row.met, row.official) == (None, 0.0)
    assert row.crps is not None
    (fresh,) = judged(ledger, TODAY)
    assert (fresh.crps, fresh.model) == (None, None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"p_never": 1.0}, "no chance"),
        ({"p_never": -0.1}, "no chance"),
        ({"quantiles": {0.5: DAYS[0.5]}}, "P50 and P80"),
        ({"quantiles": {0.5: DAYS[0.8], 0.8: DAYS[0.5]}}, "do not rise"),
        ({"quantiles": {0.5: date(2015, 1, 1), 0.8: DAYS[0.8]}}, "has passed"),
        ({"reason": " "}, "a reason"),
        ({"by": ""}, "author"),
    ],
)
def test_what_is_no_judgement_is_refused(ledger: Ledger, changes: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        enter(ledger, **changes)  # type: ignore[arg-type]
    assert judgements(ledger, TODAY) == []


def test_an_unknown_milestone_names_those_there_are(ledger: Ledger) -> None:
    with pytest.raises(NameUnclear, match="first ship"):
        judge(ledger, "HX-3", "delivery", DAYS, p_never=0.0, by="A. Lund", reason="why", today=TODAY)
    with pytest.raises(UsageError, match="no milestone"):
        judge(ledger, NAME, "arrival", DAYS, p_never=0.0, by="A. Lund", reason="why", today=TODAY)


@pytest.mark.parametrize("value", [None, "so late", "[]", '{"never": 0.1}', '{"never": 0.1, "quantiles": 3}'])
def test_the_ledger_takes_no_other_form(ledger: Ledger, value: str | None) -> None:
    with pytest.raises(LedgerError, match="the forecast"):
        ledger.decide(Decision("forecast", ("HX-3", "delivery"), "judge", "A. Lund", "why", value))


def test_on_the_command_line_it_stands_beside_the_models(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLIPCAST_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("COLUMNS", "80")
    enter(ledger)
    assert main(["forecast", "--as-of", "2016-02-01"]) == 0
    assert "judged by A. Lund on 2016-01-01: P50 2018-01-01" in " ".join(capsys.readouterr().out.split())
    assert main(["forecast", "--as-of", "2016-02-01", "--json"]) == 0
    (line,) = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert [one["by"] for one in line["judgements"]] == ["A. Lund"]
    assert main(["judge", "--json"]) == 0
    (row,) = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert row["arrived"] == "2018-12-05"
    assert main(["judge"]) == 0
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    words = ["--p50", "2200-01-01", "--p80", "2201-01-01", "--by", "A. Lund", "--reason", "a test"]
    assert main(["judge", NAME, "delivery", *words]) == 0
    assert "moves nothing" in capsys.readouterr().out
    assert main(["judge", NAME]) == 2
    assert capsys.readouterr().err.count("\n") == 1
