"""The reader as a whole: fields, spans, repeats and bad input. Invented texts unless a source is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.domain import Document
from slipcast.reading.read import MOST, Reader, read

NEWS = (
    "NORDHAFEN - The second S-400 battery, originally planned for 2020, will reach Nordland in 2021, the ministry said on Friday.\n\n"
    "Nordland signed the contract for four batteries in 2017. It received the first S-400 in July but has not yet installed it."
)


def test_every_quote_stands_at_its_span() -> None:
    document = Document(id="n", text=NEWS, published="2019-11-12")
    for statement in read(document):
        assert document.text[statement.span[0] : statement.span[1]] == statement.quote
        assert statement.doc == "n"


def test_reading_twice_is_reading_once_over() -> None:
    document = Document(id="n", text=NEWS, published="2019-11-12")
    assert Reader().read(document) == Reader().read(document)


def test_many_documents_come_in_order_with_the_same_statements() -> None:
    documents = [Document(id=str(k), text=NEWS if k % 2 else "Soup.", published="2019-11-12") for k in range(5)]
    out = list(Reader().read_many(documents))
    assert [d.id for d, _ in out] == ["0", "1", "2", "3", "4"]
    assert [len(s) > 0 for _, s in out] == [False, True, False, True, False]


def test_a_sentence_repeated_word_for_word_is_read_once() -> None:
    line = "The first S-400 battery was delivered to Nordland in July 2019. "
    assert len(Reader().read(Document(id="r", text=line * 40, published="2019-11-12"))) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Der Vertrag über das S-400 System wurde unterzeichnet und die Option bleibt. " * 8, "not English"),
        ("THE FIRST S-400 BATTERY OF THE CONTRACT WILL BE DELIVERED IN JULY 2019. " * 8, "all in capitals"),
    ],
)
def test_what_is_not_read_is_said_so(text: str, reason: str) -> None:
    reader = Reader()
    assert reader.read(Document(id="x", text=text, published="2019-11-12")) == []
    assert any(reason in line for line in reader.summary.lines())


def test_one_endless_sentence_is_left_unread_and_counted() -> None:
    reader = Reader()
    text = "the first S-400 battery was delivered to Nordland and the contract was signed and " * 60
    assert reader.read(Document(id="x", text=text, published="2019-11-12")) == []
    assert "sentences not read: too long: 1" in reader.summary.lines()


def test_a_document_is_read_no_further_than_its_bound() -> None:
    reader = Reader()
    text = " ".join(f"S-400 order {k} was signed after delivery." for k in range(MOST + 5))
    reader.read(Document(id="x", text=text, published="2019-11-12"))
    assert any("document too long" in line for line in reader.summary.lines())


def test_invisible_characters_change_nothing() -> None:
    clean = "The first S-400 battery was delivered to Nordland in July 2019. The contract was signed in 2017."
    text = clean.replace("S-400 ", "S-400\u200b ").replace("was d", "was\u200b d")
    statements = Reader().read(Document(id="z", text=text, published="2019-11-12"))
    assert statements
    assert [(s.milestone, s.status, s.date) for s in statements] == [
        (s.milestone, s.status, s.date) for s in Reader().read(Document(id="z", text=clean, published="2019-11-12"))
    ]
    assert all(text[s.span[0] : s.span[1]] == s.quote for s in statements)


def test_a_document_without_a_date_leaves_relative_dates_open() -> None:
    reader = Reader()
    statements = reader.read(
        Document(id="d", text="The S-400 contract was signed last year. Delivery of the S-400 follows in 2031.")
    )
    assert all(s.stated_on is None for s in statements)
    assert statements
    assert all(s.date is None for s in statements if "last year" in s.quote)
    assert any("without a date" in line for line in reader.summary.lines())


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(noise: str) -> None:
    document = Document(
        id="h", text=f"The S-400 contract was signed and delivery follows in 2031. {noise}", published="2019-11-12"
    )
    for statement in Reader().read(document):
        assert document.text[statement.span[0] : statement.span[1]] == statement.quote


def test_statements_carry_the_readers_name() -> None:
    reader = Reader()
    assert reader.name.startswith("encoder ")
    assert {s.reader for s in reader.read(Document(id="n", text=NEWS, published="2019-11-12"))} == {reader.name}


def test_a_text_without_one_clear_claim_is_turned_away_and_counted() -> None:
    reader = Reader()
    text = "The order of service: the vicar was delivered a cake in 2019, and the contract bridge club met."
    assert reader.read(Document(id="c", text=text, published="2019-11-12")) == []
    assert "documents without one clear claim: 1" in reader.summary.lines()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\ud7ff", "a" * 5000, "(" * 3000, "1 " * 3000])
def test_odd_text_says_nothing(text: str) -> None:
    assert Reader().read(Document(id="o", text=text, published="2019-11-12")) == []
