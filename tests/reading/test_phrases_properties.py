"""Date phrases: what holds for every text, and what hostile text does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.dates import parse
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases import DatePhrase, bounded, find_dates

MONTHS = "January February March April May June July August September October November December".split()
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 12, 31))
PUBLISHED = st.one_of(
    st.none(), DAYS.map(date.isoformat), DAYS.map(lambda d: d.isoformat()[:7]), DAYS.map(lambda d: str(d.year))
)
#: words of the grammar and around it, so that random rows of them hit many rules
WORDS = st.sampled_from(
    """the of in on by to and or a from between until within over for than now first second third last next this that same
    early late mid end beginning middle quarter quarters half year years month months week weeks day days decade fiscal FY
    FY21 Q3 H1 3Q21 May March July Dec. Sept Monday Fri Fri. spring fall winter Christmas today tomorrow yesterday tonight
    morning ago later earlier after before about around two 12 31 45 2,000 2019 2020 2024-25 2019/20 1990s '90s '08 31/03/2021
    04/05/21 2021-03 1st 15th few several up at least more not no was will would said expected due signed signature delivered
    's , . ; ( ) - – F-35 Lot 14 tons people $ U.S. India UK Navy is has been following previous coming past
    """.split()
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


def _sound(text: str, phrases: list[DatePhrase]) -> None:
    end = 0
    for phrase in phrases:
        assert end <= phrase.span[0] < phrase.span[1] <= len(text)
        assert text[phrase.span[0] : phrase.span[1]] == phrase.text
        end = phrase.span[1]
        for edtf in (phrase.edtf, bounded(phrase)):
            assert edtf is None or parse(edtf).edtf == edtf
        for member in phrase.members:
            assert phrase.span[0] <= member.span[0] < member.span[1] <= phrase.span[1]
            assert member.edtf is None or parse(member.edtf)


@settings(max_examples=400, deadline=None)
@given(TEXTS, PUBLISHED)
def test_spans_are_in_order_and_every_edtf_parses(text: str, published: str | None) -> None:
    _sound(text, find_dates(text, published))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), PUBLISHED)
def test_any_text_is_read_without_a_fault(text: str, published: str | None) -> None:
    _sound(text, find_dates(text, published))


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS)
def test_the_same_text_reads_the_same(text: str, day: date) -> None:
    assert find_dates(text, day.isoformat()) == find_dates(text, day.isoformat())


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS)
def test_a_vaguer_publication_day_never_contradicts_the_exact_one(text: str, day: date) -> None:
    exact, vague = find_dates(text, day.isoformat()), find_dates(text, f"{day:%Y-%m}")
    assert [p.span for p in exact] == [p.span for p in vague]
    for sure, unsure in zip(exact, vague, strict=True):
        if unsure.edtf is not None:
            assert sure.edtf is not None
            inner, outer = parse(sure.edtf), parse(unsure.edtf)
            assert (outer.earliest or date.min) <= (inner.earliest or date.min)
            assert (inner.latest or date.max) <= (outer.latest or date.max)
    unknown = find_dates(text, None)
    assert [p.span for p in unknown] == [p.span for p in exact]


RENDERED = [
    (lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}", lambda d: d.isoformat()),
    (lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}", lambda d: d.isoformat()),
    (lambda d: d.isoformat(), lambda d: d.isoformat()),
    (lambda d: f"{MONTHS[d.month - 1]} {d.year}", lambda d: f"{d:%Y-%m}"),
    (lambda d: f"{MONTHS[d.month - 1][:3]} {d.year}", lambda d: f"{d:%Y-%m}"),
    (lambda d: f"Q{(d.month + 2) // 3} {d.year}", lambda d: f"{d.year}-{32 + (d.month + 2) // 3}"),
    (lambda d: f"early {d.year}", lambda d: f"{d.year}-37"),
    (lambda d: f"the end of {d.year}", lambda d: f"{d.year}-12~"),
    (lambda d: f"the {d.year // 10}0s", lambda d: f"{d.year // 10}X"),
    (lambda d: str(d.year), lambda d: str(d.year)),
]


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(RENDERED), PUBLISHED)
def test_a_rendered_date_is_read_back(day: date, form: tuple, published: str | None) -> None:  # type: ignore[type-arg]
    write, edtf = form
    (phrase,) = find_dates(f"The keel was laid in {write(day)}.", published)
    assert phrase.edtf == edtf(day)


#: words whose window may not be narrower than so many days
GRANULARITY = [
    ("in July", 28), ("last month", 28), ("next year", 365), ("early next year", 100), ("this quarter", 90), ("in the spring", 89),
    ("last week", 7), ("two weeks ago", 7), ("six months ago", 28), ("three years ago", 365), ("in the second half", 180),
    ("by the end of the decade", 365), ("over the next two years", 365), ("mid-March", 28), ("early in June", 28),
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(DAYS, st.sampled_from(GRANULARITY), st.sampled_from(["It came", "It will come", "It comes"]))
def test_never_narrower_than_the_words(day: date, case: tuple[str, int], verb: str) -> None:
    words, days = case
    for phrase in find_dates(f"{verb} {words}.", day.isoformat()):
        assert phrase.edtf is not None
        assert (parse(phrase.edtf).days or 10**6) >= days


@settings(max_examples=150, deadline=None)
@given(DAYS, st.integers(0, 11), st.booleans())
def test_tense_decides_between_the_last_and_the_next(day: date, month: int, ahead: bool) -> None:
    verb = "will arrive" if ahead else "arrived"
    (phrase,) = find_dates(f"The ferry {verb} in {MONTHS[month]}.", day.isoformat())
    window = parse(phrase.edtf or "")
    assert window.earliest is not None
    assert window.latest is not None
    assert window.latest >= day if ahead else window.earliest <= day
    assert abs((window.earliest - day).days) < 367


HOSTILE = [
    "7" * 200_000, "7 " * 100_000, "the first half of " * 12_000, "2020 or " * 6_000, "from 2019 to " * 4_000, "may May " * 6_000,
    "2020-" * 40_000, "1,111" + ",111" * 50_000, "1/" * 100_000, "1." * 100_000, "12 to " * 30_000, "not " * 50_000,
    "the end of " * 20_000, "within 18 months of " * 3_000, "'" * 200_000, " " * 200_000, "early late mid " * 14_000,
    "two days later " * 4_000, "that year " * 5_000, "In\u200b 20\u200b20 it came. " * 3_000, "F-" * 100_000, "२०२० ٢٠٢٠ " * 20_000,
    "\u202eJuly 2020\u202c " * 3_000, "Q3 FY2021 " * 4_000, "((((" * 50_000, "in the fourth quarter of the " * 4_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:18] for text in HOSTILE])
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    marked = text + " It was signed on 3 May 2018."
    phrases = find_dates(marked, "2019-11-12")
    _sound(marked, phrases)
    assert phrases[-1].edtf == "2018-05-03"


@pytest.mark.parametrize("unit", ["the second half of 2021, or late 2020, ", "in July ", "on Monday two weeks ago "])
def test_work_grows_with_the_text_and_not_faster(unit: str) -> None:
    """Counted in phrases, not in seconds: each repeat gives its own, and the same ones."""
    small, large = find_dates(unit * 50, "2019-11-12"), find_dates(unit * 500, "2019-11-12")
    assert len(large) == pytest.approx(10 * len(small), rel=0.1)


@settings(max_examples=200, deadline=None)
@given(DAYS, DAYS)
def test_a_stretch_of_days_keeps_its_ends(one: date, other: date) -> None:
    low, high = min(one, other), max(one, other)
    window = parse(calendar.stretch(low, high))
    assert (window.earliest, window.latest) == (low, high)


@settings(max_examples=200, deadline=None)
@given(DAYS, DAYS)
def test_what_two_days_have_in_common_holds_both(one: date, other: date) -> None:
    shared = calendar.common(one.isoformat(), other.isoformat())
    window = parse(shared) if shared else None
    assert (window is None) == (one.year != other.year)
    if window:
        assert window.earliest is not None
        assert window.latest is not None
        assert window.earliest <= min(one, other) <= max(one, other) <= window.latest
