"""Windows: known values, properties, and the edtf package as an oracle where it has an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.dates import Window, add_months, counts_from, month_end, parse, parse_day
from slipcast.errors import DateError

edtf = pytest.importorskip("edtf", reason="the oracle, in the dev extra")

#: text -> (earliest, latest), from ISO 8601-2:2019 and, for the sub-year codes, its table of groupings
KNOWN = {
    "2020": ("2020-01-01", "2020-12-31"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "2019-02": ("2019-02-01", "2019-02-28"),
    "2019-11-12": ("2019-11-12", "2019-11-12"),
    "2020-21": ("2020-03-01", "2020-05-31"),
    "2020-24": ("2020-12-01", "2021-02-28"),
    "2020-33": ("2020-01-01", "2020-03-31"),
    "2020-36": ("2020-10-01", "2020-12-31"),
    "2020-37": ("2020-01-01", "2020-04-30"),
    "2020-39": ("2020-09-01", "2020-12-31"),
    "2020-40": ("2020-01-01", "2020-06-30"),
    "2020-41": ("2020-07-01", "2020-12-31"),
    "2020-12~": ("2020-12-01", "2020-12-31"),
    "204X": ("2040-01-01", "2049-12-31"),
    "../2020": (None, "2020-12-31"),
    "2020-07/..": ("2020-07-01", None),
    "2019-04/2021-03": ("2019-04-01", "2021-03-31"),
    "2020-33/2020-34": ("2020-01-01", "2020-06-30"),
    "[2019,2021]": ("2019-01-01", "2021-12-31"),
}


@pytest.mark.parametrize(("text", "bounds"), KNOWN.items())
def test_known_windows(text: str, bounds: tuple[str | None, str | None]) -> None:
    window = parse(text)
    assert (window.earliest and window.earliest.isoformat(), window.latest and window.latest.isoformat()) == bounds
    assert str(window) == text


@pytest.mark.parametrize("text", [t for t in KNOWN if "/" not in t and not t.startswith("[") and "-24" not in t])
def test_the_edtf_package_agrees(text: str) -> None:
    theirs = edtf.parse_edtf(text)
    assert tuple(theirs.lower_strict()[:3]) == parse(text).earliest.timetuple()[:3]  # type: ignore[union-attr]
    assert tuple(theirs.upper_strict()[:3]) == parse(text).latest.timetuple()[:3]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "2019-02-30",
        "2019-13",
        "2019-00",
        "2020-25",
        "2021/2020",
        "soon",
        "2020-1",
        "204X-03",
        "٢٠٢٠",
        "2020 ",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse(text)


@pytest.mark.parametrize("text", ["2019-11", "2019-02-29", "12.11.2019", "today", "2019-11-12T00:00"])
def test_what_is_no_day_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(DateError, match=r"--as-of: .*write it as 2019-11-12"):
        parse_day(text, where="--as-of")


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(DAYS)
def test_a_day_is_a_window_of_one_day(day: date) -> None:
    window = parse(day.isoformat())
    assert window == Window(day.isoformat(), day, day)
    assert window.days == 1
    assert window.deadline == window.middle == counts_from(day.isoformat()) == day


@given(DAYS, DAYS)
def test_an_interval_covers_its_ends_and_counts_from_its_last_day(a: date, b: date) -> None:
    low, high = sorted((a, b))
    window = parse(f"{low}/{high}")
    assert window.days == (high - low).days + 1
    assert low <= (window.middle or date.min) <= high
    assert window.deadline == high
    assert window.overlaps(parse(low.isoformat()))
    assert not window.overlaps(parse((high + timedelta(days=1)).isoformat()))


@given(DAYS, st.integers(-1200, 1200))
def test_adding_months_keeps_the_day_or_the_months_end(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, month_end(moved.year, moved.month).day)


def test_adding_months_stops_at_the_ends_of_the_calendar() -> None:
    assert add_months(date(9999, 12, 1), 1) == date.max
    assert add_months(date(1, 1, 1), -1) == date.min


def test_an_open_window_has_no_width() -> None:
    assert parse("../2020").days is None
    assert parse("2020/..").deadline == date(2020, 1, 1)
    assert parse("../..").deadline is None
    assert counts_from("../..") == date.max
