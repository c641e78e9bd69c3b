"""Date phrases against known values. The sentences are our own; the programmes in them are invented."""

from __future__ import annotations

import pytest

from slipcast.reading.phrases import bounded, date_lines, dated, find_dates, lasting

TUESDAY = "2019-11-12"

# (sentence, phrase, EDTF or None): values worked out by hand on a calendar, by the rules in docs/method/dates.md
FORMS = [
    # days
    ("The hull was launched on 31 March 2021.", "31 March 2021", "2021-03-31"),
    ("The hull was launched on March 31st, 2021.", "March 31st, 2021", "2021-03-31"),
    ("The hull was launched on the 5th of May 2020.", "the 5th of May 2020", "2020-05-05"),
    ("Signed 31/03/2021 in Pretoria.", "31/03/2021", "2021-03-31"),
    ("Signed 03/31/2021 in Tulsa.", "03/31/2021", "2021-03-31"),
    ("Signed 2021-03-31 in Lima.", "2021-03-31", "2021-03-31"),
    ("Signed 04/05/2021 at sea.", "04/05/2021", "[2021-04-05,2021-05-04]"),
    ("Signed 04/05/2021 and 31/05/2021 at sea.", "04/05/2021", "2021-05-04"),
    ("The baseline end date is 31/03/23, the board of the UK Ministry of Defence notes.", "31/03/23", "2023-03-31"),
    ("The minister spoke on Nov. 11 in Lagos.", "Nov. 11", "2019-11-11"),
    ("Trials ran on Tues., Nov. 12.", "Tues., Nov. 12", "2019-11-12"),
    ("Trials will run 12-14 May 2020.", "12-14 May 2020", "2020-05-12/2020-05-14"),
    ("Trials will run on May 12 or 13.", "May 12 or 13", "[2020-05-12,2020-05-13]"),
    # months and their neighbours
    ("It received the first radar in July.", "July", "2019-07"),
    ("The radar will arrive in July.", "July", "2020-07"),
    ("It will be ready in December.", "December", "2019-12"),
    ("It was ready in December.", "December", "2018-12"),
    ("Tests begin in mid-July.", "mid-July", "2020-07"),
    ("The yard closed at the end of March 2018.", "the end of March 2018", "2018-03~"),
    ("In April last year the keel was laid.", "April last year", "2018-04"),
    ("It is due in August of next year.", "August of next year", "2020-08"),
    ("Sanctions have stood since last December.", "last December", "2018-12"),
    ("The May figures were late, as was the March report.", "March", "2019-03"),
    ("All milestones stood in Jun 16, and the next came on 3 Feb 20.", "Jun 16", "2016-06"),
    ("All milestones stood in Jun 16, and the next came on 3 Feb 20.", "3 Feb 20", "2020-02-03"),
    ("It was bought in March 2015 and paid for that September.", "that September", "2015-09"),
    ("It was bought in October 2015 and paid for that March.", "that March", "2016-03"),
    ("It would be shipped in April 2021 and be tested on the line in June.", "June", "2021-06"),
    ("It was laid down in September 2016 and launched in March.", "March", "2017-03"),
    ("It was laid down in September and launched in March.", "March", "2019-03"),
    ("It flew on 9 March; a first try had been scrubbed on the 7th.", "the 7th", "2019-03-07"),
    ("Work stopped on the first of this month.", "the first of this month", "2019-11-01"),
    ("The case was approved in Nov 17; the next is planned for Dec 19.", "Dec 19", "2019-12"),
    ("The handover moved from Jan 20 to Aug 20, and no site has been in use since Sep 19.", "Jan 20", "2020-01"),
    # feasts that move are as exact as their month: Easter 2020 was on 12 April, that of 2024 on 31 March
    ("Talks are to be concluded by Easter.", "Easter", "2020-04"),
    ("It is due by Easter 2024.", "Easter 2024", "2024-03"),
    ("It should have come by Thanksgiving 2015.", "Thanksgiving 2015", "2015-11"),
    # quarters, halves, seasons
    ("The contract is hoped for in the first half of 2021.", "the first half of 2021", "2021-40"),
    ("It will be released in the second half of this year.", "the second half of this year", "2019-41"),
    ("The tanker will fly in the third quarter of 2022.", "the third quarter of 2022", "2022-35"),
    ("The tanker will fly in Q3 2022.", "Q3 2022", "2022-35"),
    ("The tanker will fly in the second or third quarter of 2022.", "the second or third quarter of 2022", "[2022-34,2022-35]"),
    ("It was lost in the fourth quarter.", "the fourth quarter", "2019-36"),
    ("Crews are in training; it will come in the spring.", "the spring", "2020-21"),
    ("China took the first regiment this spring.", "this spring", "2019-21"),
    ("The ferry will sail this summer or not at all.", "this summer", "2019-22"),
    ("The first bases get it in late summer or early fall of 2021.", "late summer or early fall of 2021", "[2021-22,2021-23]"),
    ("The last week of May 2021 is kept free.", "The last week of May 2021", "2021-05-25/2021-05-31"),
    # years and decades
    ("Handover slipped to late 2020.", "late 2020", "2020-39"),
    ("Works ended in early 2019.", "early 2019", "2019-37"),
    ("The roll-out lasts until mid-2020.", "mid-2020", "2020-38"),
    ("Production may be ordered early next year.", "early next year", "2020-37"),
    ("Two ships will come by year's end.", "year's end", "2019-12~"),
    ("It might come towards the end of next year.", "the end of next year", "2020-12~"),
    ("Delivery dates are end 2020 for the depot.", "end 2020", "2020-12~"),
    ("They will fly into the 2040s.", "the 2040s", "204X"),
    ("A successor is planned for the early 2030s.", "early 2030s", "2030/2033"),
    ("By the end of the decade the yard will have six docks.", "the end of the decade", "2029~"),
    ("The goal is 2024-25 for both.", "2024-25", "2024/2025"),
    ("The goal is around 2030.", "around 2030", "2030~"),
    # fiscal years
    ("The U.S. Navy will buy two in Q3 FY2021.", "Q3 FY2021", "2021-34"),
    ("In fiscal 2021 the Pentagon buys ten.", "fiscal 2021", "2020-10/2021-09"),
    ("India's air force gets four in Q3 FY2021.", "Q3 FY2021", "2020-36"),
    ("The UK Ministry of Defence spends most in financial year 2020/21.", "financial year 2020/21", "2020-04/2021-03"),
    ("The UK Ministry of Defence spends most in 2024-25.", "2024-25", "2024-04/2025-03"),
    ("The UK board rated it amber at Q2 1920.", "Q2 1920", "2019-35"),
    ("The UK Ministry of Defence counts on FY2021.", "FY2021", "2020-04/2022-03"),
    ("The yard counts on FY2021.", "FY2021", "2021~"),
    ("Funds expire at the end of the current fiscal year, the Pentagon said.", "the end of the current fiscal year", "2020-09~"),
    # counted from today
    ("It flew yesterday.", "yesterday", "2019-11-11"),
    ("It left the hangar this morning.", "this morning", "2019-11-12"),
    ("Talks were held this week.", "this week", "2019-11-11/2019-11-17"),
    ("Talks were held last month.", "last month", "2019-10"),
    ("He spoke on Tuesday of last week.", "Tuesday of last week", "2019-11-05"),
    ("The ministry said on Monday that talks go on.", "Monday", "2019-11-11"),
    ("The trial will begin on Wednesday.", "Wednesday", "2019-11-13"),
    ("It announced plans Friday to shut the dock.", "Friday", "2019-11-08"),
    ("They met on last Monday.", "last Monday", "2019-11-04"),
    # lengths
    ("It was elected ten days ago.", "ten days ago", "2019-11-02"),
    ("Only three weeks ago he denied it.", "three weeks ago", "2019-10"),
    ("Two years ago the keel was laid.", "Two years ago", "2017"),
    ("The dispute will be settled in four to six months.", "in four to six months", "2020-03/2020-05"),
    ("It will be ready 18 months from now.", "18 months from now", "2021-05"),
    ("It will change within the next six months.", "within the next six months", "2020-05"),
    ("It will grow over the next three years.", "over the next three years", "2019/2022"),
    ("It slipped three days later than planned.", "three days", None),
    ("It came six weeks after the first one.", "six weeks after", None),
    ("It was built in two months.", "in two months", None),
    ("It will slip by up to 13 months.", "up to 13 months", None),
    ("The deal was signed on 5 October 2018 and the first is due within 24 months of signature.", "within 24 months of signature", "2020-10"),
    ("Three were bought in March 2018, and the first is due within 18 months of the contract.", "within 18 months of the contract", "2019-09"),
    ("The hull was launched in May 2017 and the engines were installed a year later.", "a year later", "2018-05"),
    ("It delivered 41 engines in the last three months of 2018.", "in the last three months of 2018", "2018-10/2018-12"),
    ("It delivered nine in the first six months of this year.", "in the first six months of this year", "2019-01/2019-06"),
    ("The first is due within 24 months of signature. The deal was signed on 5 October 2018.", "within 24 months of signature", "2020-10"),
    ("On 23 August 2018 he spoke. Asked two days later, he was silent.", "two days later", "2018-08-25"),
    # ranges and alternatives
    ("Between 2022 and 2024 it will build ten.", "Between 2022 and 2024", "2022/2024"),
    ("It took the first between July and October 2018.", "between July and October 2018", "2018-07/2018-10"),
    ("Tests ran from March to June 2018.", "from March to June 2018", "2018-03/2018-06"),
    ("Tests ran from November to March 2018.", "from November to March 2018", "2017-11/2018-03"),
    ("Late 2020 to early 2021 is likely.", "Late 2020 to early 2021", "2020-39/2021-37"),
    ("It would come in December, or possibly already in November.", "December, or possibly already in November", "[2019-11,2019-12]"),
    ("It will come in 2023 or 2024.", "2023 or 2024", "[2023,2024]"),
    ("Trials are set for between 10 and 12 June 2020.", "between 10 and 12 June 2020", "2020-06-10/2020-06-12"),
    # written in other ways
    ("ETA 06/2021 at the yard.", "06/2021", "2021-06"),
    ("Two in Q4'20 and one in 2021Q2.", "Q4'20", "2020-36"),
    ("Two in Q4'20 and one in 2021Q2.", "2021Q2", "2021-34"),
    ("It will come mid- to late-2023.", "mid- to late-2023", "2023-38/2023-39"),
    ("The line will close by mid-decade.", "mid-decade", "2024/2026"),
    ("May 2020's delivery was its last.", "May 2020", "2020-05"),
    ("The radars of the 1980's were bulky.", "the 1980's", "198X"),
    ("It was signed in December 2016 and provides for delivery within 36 months.", "within 36 months", "2019-12"),
    ("Shares rose in September, up from a year earlier.", "a year earlier", "2018-09"),
    # told before
    ("By November of that year it might be late; the year was 2020.", "November of that year", None),
    ("In the autumn of 2016 it was promised; by November of that year it was late.", "November of that year", "2016-11"),
    ("It was ordered in 2016, first in July and again in October.", "July", "2016-07"),
    ("In 2016 the order was signed; in July the first came.", "July", "2016-07"),
    ("The loss was bad in the fourth quarter of 2015 and worse for the entire year.", "the entire year", "2015"),
    ("He said in March that it would come in July.", "July", "2019-07"),
]  # fmt: skip

# no dates at all: designations, counts, prices, names, verbs
NO_DATES = [
    "The F-35, the S-400, the 787-9 and the Su-30 were shown.",
    "Lot 14, Type 26, Block 4, page 2019 and Flight 2020 are names.",
    "They shipped 2,000 tons, 1990 vehicles and 2020 people.",
    "It costs $2020, or €1999, or 2020%.",
    "Call +90 312 555 2020 or +1-202-555-2019.",
    "It may arrive; they march on; prices fall; the sun shines; the second wed the first.",
    "May they prosper. Theresa May said so.",
    "The fall of the town was feared.",
    "The B-52, the A400M, the KC-46A and the Mk 2000 flew.",
    "A four-year deal for a 40-year-old hull was discussed.",
    "The September 11 attacks changed it.",
    "The 2019-built hull is for sale.",
    "The Russell 2000 and the Northern 2020 index fell.",
]

RELATIONS = [
    ("It will come by June 2022.", "by", "2022-06"),
    ("It will come no later than June 2022.", "by", "2022-06"),
    ("It will come no earlier than March 2022.", "not before", "2022-03/.."),
    ("It will not come before 2025.", "not before", "2025/.."),
    ("It will not come until 2026.", "not before", "2026/.."),
    ("She did not expect the first ferry before the end of 2018.", "not before", "2018-12~/.."),
    ("Work is halted until 2022.", "until", "2022"),
    ("It was put off to 2016 at the earliest.", "not before", "2016/.."),
    ("It comes in 2016 at the latest.", "by", "2016"),
    ("It must come before 2030.", "before", "../2030"),
    ("It must come before the end of 2030.", "before", "2030-12~"),
    ("The plant will make 12 per year from 2024.", "from", "2024"),
    ("It has been built since 1960.", "since", "1960"),
    ("It will be sold after 2011.", "after", "2011/.."),
    ("It was sold in 2011.", "", "2011"),
    ("It can come earlier than July 2020.", "before", "../2020-07"),
    ("The papers date from 2017.", "", "2017"),
]


@pytest.mark.parametrize(("sentence", "phrase", "edtf"), FORMS, ids=[f"{i}: {f[1]}" for i, f in enumerate(FORMS)])
def test_known_forms(sentence: str, phrase: str, edtf: str | None) -> None:
    found = {p.text: p.edtf for p in find_dates(sentence, TUESDAY)}
    assert phrase in found, found
    assert found[phrase] == edtf


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_is_no_date(sentence: str) -> None:
    assert [p for p in find_dates(sentence, TUESDAY) if p.kind != "duration"] == []


@pytest.mark.parametrize(("sentence", "relation", "edtf"), RELATIONS)
def test_relation_and_bound(sentence: str, relation: str, edtf: str) -> None:
    (phrase,) = find_dates(sentence, TUESDAY)
    assert (phrase.relation, bounded(phrase)) == (relation, edtf)


@pytest.mark.parametrize(
    ("sentence", "back", "ahead"),
    [
        ("Peru gets its boat in April.", "2019-04", "2020-04"),
        ("The summer is what they name.", "2019-22", "2020-22"),
        ("The lights go in on Friday.", "2019-11-08", "2019-11-15"),
    ],
)
def test_a_phrase_without_a_year_may_be_turned(sentence: str, back: str, ahead: str) -> None:
    (phrase,) = find_dates(sentence, TUESDAY)
    assert (phrase.turned(False).edtf, phrase.turned(True).edtf) == (back, ahead)
    assert phrase.turned(None) == phrase


@pytest.mark.parametrize(
    "sentence", ["It came in April 2019.", "It came last Friday.", "It comes next month.", "It came in Jun 16."]
)
def test_what_tells_its_year_is_not_turned(sentence: str) -> None:
    (phrase,) = find_dates(sentence, TUESDAY)
    assert phrase.turned(True) == phrase.turned(False) == phrase


def test_on_a_month_and_number_is_a_day_whatever_the_text_is_used_to() -> None:
    found = find_dates(
        "It was agreed on 2 April 2019. On February 14 they signed, and in February 14 is how it reads.", TUESDAY
    )
    assert [p.edtf for p in found] == ["2019-04-02", "2019-02-14", "2014-02"]


def test_a_pause_lasts_until_its_date() -> None:
    (halted,) = find_dates("Work is halted until 2022.", TUESDAY)
    (due,) = find_dates("Work resumes by 2022.", TUESDAY)
    assert (lasting(halted), lasting(due)) == ("../2022", "2022")


def test_a_date_that_moved_is_no_range() -> None:
    old, new = find_dates("The first ferry slipped from October to March 2021.", TUESDAY)
    assert [(p.edtf, p.relation) for p in (old, new)] == [("2020-10", "moved from"), ("2021-03", "")]


def test_a_year_that_names_is_marked() -> None:
    (phrase,) = find_dates("The 1991 agreement holds.", TUESDAY)
    assert (phrase.edtf, phrase.kind) == ("1991", "naming")


@pytest.mark.parametrize(
    ("published", "sentence", "edtf"),
    [
        (None, "It will come in July.", None),
        (None, "It will come in July 2021.", "2021-07"),
        (None, "It will come next year.", None),
        ("2019", "It will come next year.", "2020"),
        ("2019", "It came on Monday.", None),
        ("2019", "It will come in July.", None),
        ("2019-11", "It came in July.", "2019-07"),
        ("2019-11", "It came today.", "2019-11"),
        ("2019-11", "It came last month.", "2019-10"),
        ("2019-11/2020-02", "It came last month.", None),
        ("not a date", "It came last month.", None),
    ],
)
def test_a_vague_day_of_publication_gives_no_false_certainty(
    published: str | None, sentence: str, edtf: str | None
) -> None:
    (phrase,) = find_dates(sentence, published)
    assert phrase.edtf == edtf


def test_ranges_and_choices_have_members_with_spans_of_their_own() -> None:
    text = "It is planned for 2023, 2024 or late 2025, and not from March to June 2021."
    choice, span = find_dates(text, TUESDAY)
    assert [(m.text, m.edtf) for m in choice.members] == [("2023", "2023"), ("2024", "2024"), ("late 2025", "2025-39")]
    assert [(m.text, m.edtf) for m in span.members] == [("March", "2021-03"), ("June 2021", "2021-06")]
    assert [p.text for p in dated([choice, span])] == ["2023", "2024", "late 2025", "March", "June 2021"]


def test_the_fixed_form_holds_only_what_has_a_date() -> None:
    line = date_lines({"doc": "d", "published": TUESDAY, "text": "It took three weeks and ended in June 2018."})
    assert line == {"doc": "d", "dates": [{"span": [33, 42], "edtf": "2018-06"}]}


def test_zero_width_characters_and_foreign_digits() -> None:
    text = "Due in Ju\u200bly 20\u200b21, not in ٢٠٢٠."
    (phrase,) = find_dates(text, TUESDAY)
    assert phrase.edtf == "2021-07"
    assert phrase.text == text[phrase.span[0] : phrase.span[1]] == "Ju\u200bly 20\u200b21"


def test_all_capitals() -> None:
    found = find_dates("DELIVERY WILL BEGIN IN MAY 2021 AND END IN JULY.", TUESDAY)
    assert [p.edtf for p in found] == ["2021-05", "2021-07"]  # "and end in July": of the year told before it
