"""From tags to statements: what the text has, and no more. Texts are invented."""

from __future__ import annotations

from slipcast.dates import parse
from slipcast.domain import Document, Statement
from slipcast.reading.compose import Composer
from slipcast.reading.encoder import encode
from slipcast.reading.names import Mentions
from slipcast.reading.phrases import find_dates
from slipcast.reading.sentences import split
from slipcast.reading.windows import windows

TEXT = (
    "Nordland signed the contract for 24 K-20 frigates with Norvik Marine in 2027. "
    "The first frigate will be delivered to Nordland in June 2032, Admiral Tove Brandt said on Monday."
)
ARTICLE = Document(id="d", text=TEXT, title="The K-20 frigates", published="2031-05-14")


def composed(document: Document, floor: float = 0.4) -> list[Statement]:
    sentences = split(document.text)
    packed = windows(document.text, sentences, [True] * len(sentences), document.title, document.published)
    dates = [p for p in find_dates(document.text, document.published) if p.kind != "naming"]
    composer = Composer(document, Mentions(document.text, document.title), sentences, dates, "test 1")
    return composer.statements(encode(packed), floor)


def test_each_claim_becomes_a_statement_in_the_order_of_the_text() -> None:
    contract, delivery = composed(ARTICLE)
    assert (contract.milestone, contract.status, contract.date) == ("contract", "achieved", "2027")
    assert (delivery.milestone, delivery.tranche, delivery.date) == ("delivery", "first", "2032-06")
    assert {contract.programme, delivery.programme} == {"K-20"}
    assert {contract.reader, delivery.reader} == {"test 1"}


def test_the_voice_is_parted_from_its_office() -> None:
    said = composed(ARTICLE)[-1]
    assert (said.speaker, said.speaker_role, said.anonymous, said.via) == ("Tove Brandt", "Admiral", False, ())


def test_spans_and_quotes_are_whole_sentences() -> None:
    spans = {(s.start, s.end) for s in split(TEXT)}
    for statement in composed(ARTICLE):
        assert statement.span in spans
        assert TEXT[slice(*statement.span)] == statement.quote


def test_nothing_likely_enough_gives_no_statement() -> None:
    assert composed(ARTICLE, floor=1.1) == []


def test_what_lies_in_the_future_has_not_happened() -> None:
    text = TEXT.replace("will be delivered", "was delivered")
    for statement in composed(Document(id="d", text=text, title="The K-20 frigates", published="2031-05-14")):
        due = parse(statement.date).earliest if statement.date else None
        told = parse("2031-05-14").latest
        assert due is None or told is None or due <= told or statement.status != "achieved"


def test_names_and_words_stand_in_the_text() -> None:
    statements = composed(ARTICLE)
    words = [
        *(w for s in statements for w in (*s.supplier, *s.recipient)),
        *(s.tranche for s in statements if s.tranche),
    ]
    assert words
    assert all(word in TEXT for word in words)


def test_a_workshare_names_who_and_what() -> None:
    text = "The K-20 frigates are late. The gearboxes of the K-20 are made by Norvik Gears, and Fjordtek builds the radar masts."
    shares = [s for s in composed(Document(id="w", text=text, published="2031-05-14")) if s.is_share]
    assert {(s.participant, s.part) for s in shares} <= {
        ("Norvik Gears", "gearboxes of the K-20"),
        ("Norvik Gears", "gearboxes"),
        ("Fjordtek", "radar masts"),
    }
    assert shares
    assert all(s.relation == "workshare" and s.milestone == "participation" for s in shares)
