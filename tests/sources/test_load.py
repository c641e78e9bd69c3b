"""Sources: what becomes of bytes. All texts are invented for these tests, programmes and people included."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.domain import Document
from slipcast.errors import DateError, InputError, UsageError
from slipcast.fingerprints import document_id
from slipcast.sources.load import load

BODY = "The second Heron ferry is now due in 2031, the invented yard Borealis said.\n"
HEADER = "outlet: Invented Gazette\nurl: https://gazette.example/heron\npublished: 2019-11-12\ntitle: Heron\n"


def clock() -> datetime:
    return datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


def one(path: Path, **told: str) -> Document:
    [document] = load(path, clock=clock, **told)
    return document


def test_header_tells_and_is_no_part_of_the_text(write):
    document = one(write("heron.txt", f"{HEADER}after: Another Gazette\n\n{BODY}"))
    assert (document.outlet, document.published, document.title) == ("Invented Gazette", "2019-11-12", "Heron")
    assert (document.after, document.url) == ("Another Gazette", "https://gazette.example/heron")
    assert document.text == BODY
    assert document.name == "heron.txt"


def test_id_hashes_the_bytes_of_a_file_with_its_header(write):
    raw = f"{HEADER}\n{BODY}".encode()
    document = one(write("heron.txt", raw))
    assert document.source == raw
    assert document.id == document_id(raw, document.outlet, document.url, document.published)


def test_plain_text_needs_no_copy_of_its_bytes(write):
    document = one(write("heron.txt", BODY), published="2019-11")
    assert document.source is None
    assert document.id == document_id(BODY, None, None, "2019-11")


def test_arguments_win_over_the_header(write):
    told = {"published": "2020-01-02", "outlet": "Other", "url": "https://other.example"}
    document = one(write("heron.txt", f"{HEADER}\n{BODY}"), **told)
    assert (document.published, document.outlet, document.url) == tuple(told.values())
    assert document.title == "Heron"


@pytest.mark.parametrize(
    "start",
    [
        "title: a story that runs on\nThe yard said so.\n",  # no empty line after it
        "note: not a key\noutlet: X\n\n",
        "The outlet: X\n\n",
        "outlet: X\nand then prose\n\n",
    ],
)
def test_what_is_no_header_is_text(write, start):
    document = one(write("heron.txt", start + BODY), published="2019")
    assert document.text == start + BODY
    assert document.outlet is None


def test_header_that_says_a_thing_twice_is_refused(write):
    with pytest.raises(InputError, match="says outlet twice"):
        one(write("heron.txt", f"outlet: A\noutlet: B\n\n{BODY}"))


def test_byte_order_mark_and_carriage_returns_are_not_in_the_text(write):
    raw = b"\xef\xbb\xbf" + f"{HEADER}\n{BODY}second line\n".replace("\n", "\r\n").encode()
    document = one(write("heron.txt", raw))
    assert document.text == BODY + "second line\n"
    assert document.outlet == "Invented Gazette"
    assert document.id == document_id(raw, document.outlet, document.url, document.published)


def test_utf_16_with_its_mark_is_read(write):
    assert one(write("heron.txt", BODY.encode("utf-16")), published="2019").text == BODY


PAGE = """<!DOCTYPE html><html><head><title>Heron late</title>
<meta charset="{charset}"><meta property="og:site_name" content="Invented Gazette">
<meta property="article:published_time" content="{day}T08:00:00Z">
<link rel="canonical" href="https://gazette.example/2019/heron">
<script>document.title = "SCRIPT"; throw "SCRIPT";</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Heron late</h1>
<p>The second Heron ferry is now due in 2031, the invented yard Borealis said in its yearly letter to the harbour board.</p>
<p>Its hull is café-grey, and the engines wait for gear boxes that the maker Zephyr has promised for the spring of 2030.</p>
<script>alert("SCRIPT")</script><p onclick="alert('SCRIPT')">The first ferry sails since 2029, two years after its day.</p>
</article><footer>Terms, cookies, imprint</footer></body></html>"""


def test_page_gives_text_title_outlet_and_date_but_no_script(write):
    document = one(write("heron.html", PAGE.format(charset="utf-8", day="2019-11-12")))
    assert (document.title, document.outlet, document.published) == ("Heron late", "Invented Gazette", "2019-11-12")
    assert document.url == "https://gazette.example/2019/heron"
    assert document.media_type == "text/html"
    assert "gear boxes that the maker Zephyr" in document.text
    assert "SCRIPT" not in document.text
    assert "cookies" not in document.text


def test_page_is_known_by_its_start_and_header_wins_over_it(write):
    page = PAGE.format(charset="utf-8", day="2019-11-12")
    document = one(write("heron.txt", f"outlet: Told\n\n{page}"))
    assert (document.outlet, document.published) == ("Told", "2019-11-12")


def test_page_is_decoded_as_it_declares(write):
    page = PAGE.format(charset="ISO-8859-1", day="2019-11-12").encode("cp1252")
    assert "café-grey" in one(write("heron.html", page)).text


def test_page_of_unknown_encoding(write):
    with pytest.raises(InputError, match="encoding 'x-klingon' is not known"):
        one(write("heron.html", PAGE.format(charset="x-klingon", day="2019-11-12")))


def test_page_that_forges_its_date_is_refused(write):
    with pytest.raises(DateError, match="lies in the future of 2026-01-01"):
        one(write("heron.html", PAGE.format(charset="utf-8", day="2031-05-06")))


def test_day_in_the_prose_of_a_page_is_not_its_date(write):
    page = "<html><body><p>" + "The ferry is due on 2019-04-05, the yard said. " * 20 + "</p></body></html>"
    with pytest.raises(DateError, match="tells no date of publication"):
        one(write("heron.html", page))


def test_page_without_text(write):
    with pytest.raises(InputError, match="no running text"):
        one(write("heron.html", "<html><head><title>x</title></head><body></body></html>"), published="2019")


def test_page_made_to_hold_up_the_parser_is_refused(write):
    attributes = " ".join(f"a{n}" for n in range(100_000))
    with pytest.raises(InputError, match="more than 5000 attributes"):
        one(write("heron.html", f"<html><body><p {attributes}>{BODY}</p></body></html>"), published="2019")


def test_page_with_a_picture_inside_is_no_such_page(write):
    picture = f'<img src="data:image/png;base64,{"A" * 50_000}" alt="{"a b " * 5000}">'
    page = PAGE.format(charset="utf-8", day="2019-11-12").replace("<article>", f"<article>{picture}")
    assert one(write("heron.html", page)).published == "2019-11-12"


def test_entities_of_a_page_are_not_looked_up(write):
    (kept := write("kept.txt", "SECRET")).chmod(0o600)
    page = PAGE.format(charset="utf-8", day="2019-11-12")
    declared = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{kept}"><!ENTITY b "{"b" * 99}">]>'
    page = page.replace("<!DOCTYPE html>", declared).replace("café", "&x; &b;&b;")
    document = one(write("heron.html", page))
    assert "SECRET" not in document.text
    assert "gear boxes" in document.text


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_json_lines_keep_the_text_and_name(write):
    text = "Heron\r\nis late, \U0001f6a2 the yard said."
    record = {"doc": "a-1", "published": "2019-11-12", "outlet": "G", "url": None, "text": text, "licence": "none"}
    first, second = load(write("d.jsonl", lines(record, {"text": BODY, "published": "2020"})), clock=clock)
    assert (first.name, first.text, first.outlet) == ("a-1", text, "G")
    assert first.id == document_id(text, "G", None, "2019-11-12")
    assert second.name == "d.jsonl:2"


@pytest.mark.parametrize("name", ["d.jsonl.gz", "d.gz", "d.txt"])
def test_json_lines_are_known_by_their_start_too_and_may_be_packed(write, name):
    raw = lines({"doc": "a-1", "published": "2019", "text": BODY}).encode()
    assert one(write(name, gzip.compress(raw) if name.endswith("gz") else raw)).name == "a-1"


def test_packed_text_has_the_id_of_the_text(write):
    packed = one(write("heron.txt.gz", gzip.compress(f"{HEADER}\n{BODY}".encode())))
    assert packed.id == one(write("heron.txt", f"{HEADER}\n{BODY}")).id


def test_documents_before_a_bad_line_are_given(write):
    path = write("d.jsonl", lines({"text": BODY, "published": "2019"}) + "\n{broken\n")
    documents = load(path, clock=clock)
    assert next(documents).text == BODY
    with pytest.raises(InputError, match=r"d\.jsonl line 3: is no JSON"):
        next(documents)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[1, 2]", "no object"),
        ('{"text": 5, "published": "2019"}', "text is no text"),
        ('{"text": " ", "published": "2019"}', "has no text"),
        ('{"doc": "a", "published": "2019"}', "has no text"),
        ('{"text": "a\\u0000b", "published": "2019"}', "NUL"),
        ('{"text": "a\\ud800b", "published": "2019"}', "half a character"),
        ("[" * 100_000, "no JSON|no object"),
        ('{"text": "Heron is late."}', "tells no date"),
        ('{"text": "Heron is late.", "published": "2019-02-30"}', "does not exist"),
        ('{"text": "Heron is late.", "published": "soon"}', "is no date"),
        ('{"text": "Heron is late.", "published": "2019/.."}', "open end"),
        ('{"text": "Heron is late.", "published": "2026-01-03"}', "lies in the future"),
    ],
)
def test_bad_line_is_named(write, line, what):
    with pytest.raises(UsageError, match=what) as caught:
        one(write("d.jsonl", line + "\n"))
    assert "d.jsonl line 1" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_day_after_the_clocks_is_today_somewhere(write):
    assert one(write("heron.txt", BODY), published="2026-01-02").published == "2026-01-02"


def test_undated_documents_pass_where_they_are_asked_for(write):
    [document] = load(write("heron.txt", BODY), clock=clock, undated=True)
    assert document.published is None


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("binary.txt", b"text\x00\x01\x02", "binary"),
        ("latin.txt", "café".encode("latin-1"), "not in UTF-8"),
        ("binary.jsonl", b"\xff\xfe\x00", "not in UTF-8"),
        ("report.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("torn.txt.gz", gzip.compress(BODY.encode() * 99)[:-12], "gzip is damaged"),
        ("torn.gz", b"\x1f\x8bnonsense", "gzip is damaged"),
        ("header.txt", b"published: 2019\n\n", "no text"),
    ],
)
def test_what_is_no_text_is_told_in_one_line(write, name, content, what):
    with pytest.raises(InputError, match=what) as caught:
        one(write(name, content), published="2019")
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_text_without_a_date_says_how_to_give_one(write):
    with pytest.raises(DateError, match="--published"):
        one(write("heron.txt", BODY))


def test_date_lost_in_a_broken_header_says_why(write):
    with pytest.raises(DateError, match="empty line after it"):
        one(write("heron.txt", f"{HEADER}{BODY}"))


def test_date_given_that_does_not_exist(write):
    with pytest.raises(DateError, match="--published: '2019-02-30' does not exist"):
        one(write("heron.txt", BODY), published="2019-02-30")


def test_missing_file_and_folder_with_a_files_name(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        one(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        one(tmp_path / "folder.txt")


def test_device_is_not_read():
    with pytest.raises(InputError, match="no regular file"):
        one(Path("/dev/zero"), published="2019")


def test_bounds_hold_for_texts_lines_archives_and_bombs(write, monkeypatch):
    monkeypatch.setenv("SLIPCAST_MAX_BYTES", "1000")
    monkeypatch.setenv("SLIPCAST_MAX_ARCHIVE", "3000")
    for name, content, what in [
        ("long.txt", b"x" * 1001, "larger than 1000 bytes"),
        ("bomb.txt.gz", gzip.compress(b"x" * 10_000_000), "larger than 1000 bytes"),
        ("long.jsonl", b'{"text": "' + b"x" * 5000 + b'"}', "line 1: is longer than 1000 bytes"),
        ("bomb.jsonl.gz", gzip.compress(b" " * 10_000_000), "line 1: is longer than 1000 bytes"),
        ("many.jsonl.gz", gzip.compress(lines({"text": "x"}).encode() * 1000), "larger than 3000 bytes"),
    ]:
        with pytest.raises(InputError, match=what):
            list(load(write(name, content), published="2019", clock=clock))


def test_line_of_a_gigabyte_is_never_held(tmp_path, monkeypatch):
    monkeypatch.setenv("SLIPCAST_MAX_BYTES", "100000")
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.truncate(2**30)  # sparse: a line of a gigabyte that takes no disk
    with pytest.raises(InputError, match="line 1: is longer than 100000 bytes"):
        one(path)


def test_folder_gives_its_files_in_order_and_says_what_it_skips(write, tmp_path, caplog):
    for name in ("b.txt", "a.txt", "deeper/c.txt", ".hidden.txt", ".git/x.txt", "README.md"):
        write(name, f"published: 2019\n\n{name} {BODY}")
    documents = list(load(tmp_path, clock=clock))
    assert [document.name for document in documents] == ["a.txt", "b.txt", "c.txt"]
    assert len([line for line in caplog.messages if "skipped" in line]) == 3


def test_folder_without_files(tmp_path):
    with pytest.raises(InputError, match="holds no file"):
        list(load(tmp_path))


def attempt(path: Path) -> tuple[list[Document], str]:
    try:
        return list(load(path, published="2019", clock=clock)), ""
    except UsageError as error:
        return [], str(error)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_any_text_is_kept_or_refused_in_one_line(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "any.dat"
    path.write_bytes(text.encode())
    documents, fault = attempt(path)
    assert "\n" not in fault
    for document in documents:
        assert document.media_type != "text/plain" or document.text in text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.binary(max_size=300))
def test_any_bytes_end_in_documents_or_one_line(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any.dat"
    path.write_bytes(content)
    documents, fault = attempt(path)
    assert "\n" not in fault
    assert all(document.text.strip() for document in documents)
    assert documents or fault
