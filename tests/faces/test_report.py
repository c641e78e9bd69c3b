"""The report: everything shown, everything cited, nothing that acts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from slipcast.domain import Driver, Quantity
from slipcast.errors import SlipcastError
from slipcast.faces import inert, pages, report, wording
from tests.faces import sample

VOID = {"meta", "img", "br", "hr", "link", "input", "rect", "path", "circle", "line"}


class Outline(HTMLParser):
    """Elements, attributes and text of a page, and whether its tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1:] == [tag], f"</{tag}> closes nothing"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(*programmes: object) -> str:
    made = {"s-400/turkey": sample.forecasts(), sample.hostile().id: [sample.hostile_forecast()]}
    return report.render(pages.report_page(programmes, made, "Two programmes", sample.TODAY))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def told() -> str:
    return rendered(sample.s400(), sample.f35())


def test_it_shows_what_was_promised_and_what_is_forecast(told: str) -> None:
    text = " ".join(Outline(told).text.split())
    assert "Delivery of the second tranche was first promised for 2020" in text
    assert "about Dec 2020" in text
    assert "5 Feb 2032" in text  # P50 of the sample's latest forecast
    assert "78 %" in text  # its chance of never
    assert "centre fuselage" in text
    assert "retold by slipcast" in text


def test_the_sentence_is_shown_as_it_stands_in_the_document(told: str) -> None:
    text = Outline(told).text
    for one in (sample.PROMISED, sample.REPEATED, sample.DELAYED, sample.DENIED):
        assert one.statement.quote in text


def test_every_link_inside_resolves_and_every_id_is_one(told: str) -> None:
    tags = Outline(told).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = {attrs["href"][1:] for tag, attrs in tags if tag == "a" and (attrs["href"] or "").startswith("#")}  # type: ignore[index]
    assert inside
    assert inside <= set(ids)


def test_numbers_link_to_their_evidence_row(told: str) -> None:
    anchor = f"p1-{sample.PROMISED.statement.id[:12]}"
    assert f'<tr role="row" id="{anchor}"' in told
    assert re.search(rf'<a class="fact" href="#{anchor}"[^>]*>2020</a>', told)


def test_links_out_are_web_addresses_and_tell_nobody_where_from(told: str) -> None:
    out = [attrs for tag, attrs in Outline(told).tags if tag == "a" and not (attrs["href"] or "").startswith("#")]
    assert out
    for attrs in out:
        assert re.match(r"https?://", attrs["href"] or "")
        assert attrs["rel"] == "noopener noreferrer"


@pytest.mark.parametrize("build", [sample.s400, sample.hostile, sample.bare])
def test_nothing_on_the_page_acts_or_loads(build: object) -> None:
    page = Outline(rendered(build()))  # type: ignore[operator]
    assert not page.open
    for tag, attrs in page.tags:
        assert tag not in {
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "form",
            "foreignobject",
            "use",
            "image",
        }
        for key, value in attrs.items():
            assert not key.startswith("on")
            assert key not in {"style", "src", "srcset"}
            assert "javascript:" not in (value or "") or key == "title"


def test_the_policy_lets_nothing_load(told: str) -> None:
    policy = next(a["content"] or "" for t, a in Outline(told).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_hostile_text_is_shown_and_stays_text() -> None:
    html = rendered(sample.hostile())
    assert "<script" not in html
    assert "49" not in Outline(html).text.split(sample.MARKUP)[0][-20:]
    assert sample.MARKUP in Outline(html).text
    for unseen in ("\u202e", "\u202c", "\x07"):
        assert unseen not in html
    assert "U+202E" in html


def test_empty_pages_say_what_to_do() -> None:
    assert "No programme is in the ledger" in rendered()
    bare = rendered(sample.bare())
    for words in ("No statement about a milestone", "No forecast", "No date has been promised", "holds no evidence"):
        assert words in bare


def test_same_nouns_same_bytes(told: str) -> None:
    assert rendered(sample.s400(), sample.f35()) == told


def test_same_bytes_in_another_process_with_another_clock_and_hash_seed() -> None:
    code = (
        "from hashlib import sha256; from slipcast.faces import pages, report; from tests.faces import sample;"
        "page = pages.report_page([sample.s400(), sample.hostile()], {'s-400/turkey': sample.forecasts()}, 'x', sample.TODAY);"
        "print(sha256(report.render(page).encode()).hexdigest())"
    )
    path = os.pathsep.join(part or "." for part in sys.path)
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for zone, seed in (("Pacific/Auckland", "1"), ("America/Los_Angeles", "2"))
    }
    assert len(told) == 1


def test_programmes_of_which_more_is_known_come_first() -> None:
    page = pages.report_page([sample.bare(), sample.f35(), sample.s400()], {}, "Three", sample.TODAY)
    assert [one.name for one in page.programmes] == ["S-400 for Turkey", "F-35 for Turkey", "Invented Barge"]
    assert [one.name for one in page.brief] == [one.name for one in page.programmes]


def test_what_is_no_longer_forecast_comes_last_and_says_so() -> None:
    made = [sample.forecast(sample.forecasts()[0].as_of, 300, 0.1, tranche="first"), *sample.forecasts()]
    page = pages.report_page([sample.s400()], {"s-400/turkey": made}, "One", sample.TODAY)
    cards = page.programmes[0].forecasts
    assert [(card.name, card.closed) for card in cards] == [
        ("delivery, second tranche", False),
        ("delivery, first tranche", True),
    ]
    assert "last forecast as of 12 Nov 2019; no longer to come" in report.render(page)


def test_the_other_reading_stands_beside_the_current_one() -> None:
    page = pages.report_page([sample.s400()], {}, "One", sample.TODAY)
    readings = page.programmes[0].readings
    assert [(one.milestone, one.side.quote) for one in readings] == [
        ("delivery, second tranche", sample.OBSERVED.statement.quote)
    ]


def test_what_is_planned_and_denied_is_not_yet() -> None:
    assert wording.status("planned", "denied") == "not yet"
    assert wording.status("at_risk", "possible") == "at risk"
    assert wording.quantity(Quantity(100, ">", "aircraft")) == "more than 100 aircraft"
    assert wording.quantity(None) == ""


def test_a_card_gives_the_chance_by_the_promised_day() -> None:
    made = [sample.forecast(date(2019, 11, 12), 640, 0.17)]
    page = pages.report_page([sample.s400()], {"s-400/turkey": made}, "One", date(2019, 11, 12))
    card = page.programmes[0].forecasts[0]
    assert card.by_promise == wording.percent(made[0].chance_by(date(2020, 12, 31)))
    assert (card.by_promise_day, card.p_never) == ("31 Dec 2020", "17\N{NO-BREAK SPACE}%")
    assert [label for label, _, _ in card.days] == ["P10", "P50", "P80", "P90"]


def test_drivers_reach_from_their_zero_line() -> None:
    bars = pages.report_page([sample.s400()], {"s-400/turkey": sample.forecasts()[:1]}, "One", sample.TODAY)
    drawn = bars.programmes[0].forecasts[0].drivers
    assert [bar.months for bar in drawn] == ["+7.2", "+2.4", "+3.1", "−1.3"]
    zero = drawn[-1].start + drawn[-1].length
    assert all(bar.start == pytest.approx(zero, abs=0.2) for bar in drawn[:-1])
    assert max(bar.start + bar.length for bar in drawn) == pytest.approx(100, abs=0.2)


def test_a_card_says_what_would_move_it_and_how_far_never_hangs_on_its_prior() -> None:
    news = (Driver("the order is signed", -7.25), Driver("it is suspended", 12.0))
    made = replace(sample.forecasts()[-1], would_change=news, never_range=(0.61, 0.9))
    page = pages.report_page([sample.s400()], {"s-400/turkey": [made]}, "One", sample.TODAY)
    text = " ".join(Outline(report.render(page)).text.split())
    assert "in months of P50: the order is signed −7.2; it is suspended +12.0." in text
    assert "Never is 61 % to 90 %" in text


def test_a_word_without_a_new_date_stands_in_the_history() -> None:
    page = pages.report_page([sample.s400()], {}, "One", sample.TODAY)
    rows = page.programmes[0].histories[0].rows
    assert [row.promised.text for row in rows] == [
        "2020",
        "about Dec 2020",
        "no new date; 2020 no longer holds",
        "no new date",
    ]
    assert [row.current for row in rows] == [False, True, False, False]


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2020", "2020"), ("2019-07", "Jul 2019"), ("2019-07-02", "2 Jul 2019"), ("2020-33", "Q1 2020"),
        ("2020-12~", "about Dec 2020"), ("../2019-07", "by Jul 2019"), ("2026/..", "from 2026"), ("203X", "the 2030s"),
        ("2020-01/2020-03", "Jan 2020 to Mar 2020"), ("[2020,2021]", "2020 or 2021"), ("2020-40", "first half of 2020"),
    ],
)  # fmt: skip
def test_edtf_in_words(edtf: str, told: str) -> None:
    assert wording.of_edtf(edtf) == told


@pytest.mark.parametrize(
    ("text", "link", "words"),
    [
        ("Ynet, https://www.ynetnews.com/articles/0,7340,L-5219767,00.html",
         "https://www.ynetnews.com/articles/0,7340,L-5219767,00.html", "Ynet"),
        ("The News (Pakistan) https://example.org/a", "https://example.org/a", "The News (Pakistan)"),
        ("https://example.org/a.", "https://example.org/a", "example.org"),
        ("javascript:alert(1)", None, "javascript:alert(1)"),
        ("data:text/html,<b>", None, "data:text/html,<b>"),
        ("//example.org/a", None, "//example.org/a"),
        ("http://", None, "http://"),
        ("http://[bad", None, "http://[bad"),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(text: str, link: str | None, words: str) -> None:
    assert inert.address(text) == link
    assert inert.without_address(text) == words


@given(st.text())
def test_shown_text_is_inert_and_loses_nothing_that_is_seen(text: str) -> None:
    html = str(inert.shown(text))
    outline = Outline(html)
    assert {tag for tag, _ in outline.tags} <= {"span"}
    assert all(attrs == {"class": "unseen"} for _, attrs in outline.tags)
    html.encode("utf-8")
    seen = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffc]", "", text)
    assert re.sub(r'<span class="unseen">U\+[0-9A-F]{4}</span>', "", html) == str(escape(seen))


@pytest.mark.parametrize(
    ("chance", "told"),
    [
        (0, "0\N{NO-BREAK SPACE}%"),
        (0.004, "under 1\N{NO-BREAK SPACE}%"),
        (0.235, "24\N{NO-BREAK SPACE}%"),
        (0.996, "over 99\N{NO-BREAK SPACE}%"),
        (1, "100\N{NO-BREAK SPACE}%"),
    ],
)
def test_chances_are_never_rounded_to_certainty(chance: float, told: str) -> None:
    assert wording.percent(chance) == told


def test_evidence_that_is_not_held_is_said() -> None:
    broken = sample.s400()
    broken.entries.pop(sample.PROMISED.statement.id)
    with pytest.raises(SlipcastError, match="cited but not held"):
        rendered(broken)


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    page = pages.report_page([sample.bare()], {}, "A barge", sample.TODAY)
    target = tmp_path / "report.html"
    report.write(page, target)
    assert target.read_text(encoding="utf-8") == report.render(page)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(SlipcastError, match="cannot be written"):
        report.write(page, tmp_path / "nowhere" / "report.html")
