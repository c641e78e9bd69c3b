"""The report as a browser shows it: quiet, whole, narrow, readable, reachable by keyboard, and deaf to hostile text."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from slipcast.faces import pages, report
from tests.faces import sample

pytestmark = pytest.mark.browser
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
#: text whose contrast with the ground behind it is below 4.5 (WCAG 2.2, 1.4.3)
PALE = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const pale = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const ink = light(parse(e.namespaceURI.endsWith('svg') ? style.fill : style.color)), back = light(ground(e));
    const ratio = (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05);
    if (ratio < 4.5) pale.push(e.tagName + ' ' + e.textContent.slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return pale; }"""
#: lines of text in one chart that lie over each other
COLLIDING = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('figure svg')) {
    const texts = [...svg.querySelectorAll('text')].filter(t => t.getClientRects().length && !/rotate/.test(t.getAttribute('transform')));
    const boxes = texts.map(t => t.getBoundingClientRect()), edge = svg.getBoundingClientRect();
    boxes.forEach((a, i) => {
      if (a.left < edge.left - 1 || a.right > edge.right + 1) found.push('outside: ' + texts[i].textContent);
      boxes.slice(i + 1).forEach((b, j) => {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
          found.push(texts[i].textContent + ' / ' + texts[i + 1 + j].textContent);
      });
    });
  }
  return found; }"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: apt-get install chromium")
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    hostile = sample.hostile()
    made = {
        "told": pages.report_page(
            [sample.s400(), sample.f35(), sample.bare()], {"s-400/turkey": sample.forecasts()}, "Three", sample.TODAY
        ),
        "hostile": pages.report_page([hostile], {hostile.id: [sample.hostile_forecast()]}, sample.MARKUP, sample.TODAY),
        "empty": pages.report_page([], {}, "None", sample.TODAY),
    }
    for name, page in made.items():
        report.write(page, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in made}


class Visit:
    """One page opened in the browser, and everything that it said or asked for."""

    def __init__(self, browser: object, path: Path, width: int) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


@pytest.fixture(params=[1280, 400, 320])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=["told", "hostile", "empty"])
def visit(request: pytest.FixtureRequest, browser: object, files: dict[str, Path], width: int) -> Iterator[Visit]:
    opened = Visit(browser, files[request.param], width)
    yield opened
    opened.page.close()


def test_it_opens_in_silence_and_asks_for_nothing(visit: Visit) -> None:
    assert visit.said == []
    assert visit.asked == [visit.page.url]


def test_nothing_hangs_over_the_edge(visit: Visit, width: int) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    over = """w => [...document.querySelectorAll('body *')].filter(e => !e.closest('.unseen-text, thead, .skip, svg g') &&
      e.getClientRects().length && e.getBoundingClientRect().right > w + 1).map(e => e.outerHTML.slice(0, 80))"""
    assert visit.page.evaluate(over, width) == []


def test_all_text_stands_out_from_its_ground(visit: Visit) -> None:
    assert visit.page.evaluate(PALE) == []


def test_no_label_of_a_chart_lies_over_another(visit: Visit) -> None:
    assert visit.page.evaluate(COLLIDING) == []


def test_every_anchor_resolves(visit: Visit) -> None:
    lost = """() => [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
      .filter(id => !document.getElementById(id))"""
    assert visit.page.evaluate(lost) == []


def test_one_width_of_each_chart_is_seen(visit: Visit, width: int) -> None:
    seen = "q => [...document.querySelectorAll('figure ' + q)].filter(e => e.getClientRects().length).length"
    charts = visit.page.evaluate("document.querySelectorAll('figure').length")
    assert visit.page.evaluate(seen, ".wide") == (charts if width > 720 else 0)
    assert visit.page.evaluate(seen, ".narrow") == (0 if width > 720 else charts)


def test_the_keyboard_reaches_links_and_shows_where_it_is(browser: object, files: dict[str, Path]) -> None:
    page = Visit(browser, files["told"], 1280).page
    for expected in ("Skip to the programmes", "S-400 for Turkey"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == expected
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.close()


def test_a_number_leads_to_the_sentence_behind_it(browser: object, files: dict[str, Path]) -> None:
    page = Visit(browser, files["told"], 1280).page
    page.click(".headline a >> nth=0")
    assert page.evaluate("document.querySelector('tr:target').textContent").find(sample.PROMISED.statement.quote) > 0
    page.close()


def test_hostile_text_makes_no_elements(browser: object, files: dict[str, Path]) -> None:
    page = Visit(browser, files["hostile"], 1280).page
    assert page.evaluate("document.querySelectorAll('script, img, iframe, object, embed, form, b').length") == 0
    assert (
        page.evaluate(
            "[...document.querySelectorAll('a')].filter(a => !/^(#|https?:)/.test(a.getAttribute('href'))).length"
        )
        == 0
    )
    assert sample.MARKUP in page.inner_text("h1")
    page.close()
