"""The parse: laid on the document's own text, only where it is wanted. Texts are invented."""

from slipcast.reading.parse import parse
from slipcast.reading.sentences import split

TEXT = "  The ferry was delivered in May.\n\nNobody came. Nordland will order two more by 2031.\n"


def test_the_parse_has_the_text_character_for_character() -> None:
    sentences = split(TEXT)
    doc = next(parse([(TEXT, sentences, [True, False, True])]))
    assert doc.text == TEXT
    spans = [doc.char_span(s.start, s.end) for s in sentences]
    assert [span.text for span in spans] == [
        "The ferry was delivered in May.",
        "Nobody came.",
        "Nordland will order two more by 2031.",
    ]


def test_only_wanted_sentences_carry_a_parse() -> None:
    sentences = split(TEXT)
    doc = next(parse([(TEXT, sentences, [True, False, True])]))
    first, second, _ = (doc.char_span(s.start, s.end) for s in sentences)
    assert first.root.lemma_ == "deliver"
    assert all(token.pos_ == "" for token in second)


def test_several_texts_come_in_order() -> None:
    texts = ["One ship sank.", "Two ships sailed. Three stayed."]
    cut = [(t, split(t), [True] * len(split(t))) for t in texts]
    assert [doc.text for doc in parse(cut, batch=1)] == texts
