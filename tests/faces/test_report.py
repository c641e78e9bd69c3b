"""The report: everything shown, everything cited, nothing that acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from slipcast.errors import SlipcastError
from slipcast.faces import pages, report
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
