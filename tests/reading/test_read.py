"""The reader as a whole: fields, spans, repeats and bad input. Invented texts unless a source is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.domain import Document
from slipcast.reading.forms import recognise
from slipcast.reading.read import MOST, Reader, read
from slipcast.reading.rules import RuleReader

NEWS = (
    "NORDHAFEN - The second S-400 battery, originally planned for 2020, will reach Nordland in 2021, the ministry said on Friday.\n\n"
    "Nordland signed the contract for four batteries in 2017. It received the first S-400 in July but has not yet installed it."
)


def test_the_fields_of_a_short_report() -> None:
    statements = Reader().read(Document(id="n", text=NEWS, published="2019-11-12"))
    second = next(s for s in statements if s.tranche and s.tranche.startswith("second"))
    assert (second.milestone, second.programme, second.date, second.previous_date) == (
        "delivery",
        "S-400",
        "2021",
        "2020",
    )
    assert second.status == "delayed"
    assert second.speaker is not None
    assert second.speaker.endswith("ministry")
    assert second.stated_on == "2019-11-08"
    assert ("contract", "achieved", "2017") in [(s.milestone, s.status, s.date) for s in statements]
    installed = next(s for s in statements if s.milestone == "installation")
    assert (installed.status, installed.modality) == ("planned", "denied")


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
    text = (
        "The first S-400\u200b battery was\u200b delivered to Nordland in July 2019. The contract was signed in 2017."
    )
    statements = Reader().read(Document(id="z", text=text, published="2019-11-12"))
    assert ("delivery", "achieved", "2019-07") in [(s.milestone, s.status, s.date) for s in statements]
    assert all(text[s.span[0] : s.span[1]] == s.quote for s in statements)


def test_a_document_without_a_date_leaves_relative_dates_open() -> None:
    reader = Reader()
    statements = reader.read(
        Document(id="d", text="The S-400 contract was signed last year. Delivery of the S-400 follows in 2031.")
    )
    assert all(s.stated_on is None for s in statements)
    assert next(s for s in statements if s.milestone == "contract").date is None
    assert any("without a date" in line for line in reader.summary.lines())


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(noise: str) -> None:
    document = Document(
        id="h", text=f"The S-400 contract was signed and delivery follows in 2031. {noise}", published="2019-11-12"
    )
    for statement in Reader().read(document):
        assert document.text[statement.span[0] : statement.span[1]] == statement.quote


def test_the_rules_read_an_award_notice_as_one_contract_and_one_completion() -> None:
    award = "Example Shipyards Inc., Nordhafen, Maine, is being awarded a $9,000,000 contract for two FFG 99 frigates."
    done = "Work will be performed in Nordhafen, Maine, and is expected to be completed by June 2031."
    text = (
        f"{award} {done} Fiscal 2030 shipbuilding funds in the amount of $1,000,000 will be obligated at time of award."
    )
    statements = RuleReader().read(Document(id="a", text=text, published="2030-05-02"))
    assert [(s.milestone, s.status, s.supplier, s.date) for s in statements] == [
        ("contract", "achieved", ("Example Shipyards Inc.",), None),
        ("completion", "planned", ("Example Shipyards Inc.",), "2031-06"),
    ]


def test_an_end_date_line_tells_what_became_of_the_date() -> None:
    line = "The scheduled baseline project end date at Q2 3031 (30th September 2030) is 01/04/40, has extended by 366 days since last year's Q2 2930 date of 01/04/39, due primarily to the following factors;"
    form = recognise(line)
    assert form is not None
    assert (form.status, form.date, form.previous) == ("delayed", "2040-04-01", "2039-04-01")
