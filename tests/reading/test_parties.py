"""Who supplies, who receives, whose words it is. Texts are invented."""

from __future__ import annotations

import numpy as np
import pytest

from slipcast import names
from slipcast.domain import Document, Statement
from slipcast.reading import parties
from slipcast.reading.answers import Answers
from slipcast.reading.encoder import encode, tags
from slipcast.reading.persons import Roster
from slipcast.reading.read import read
from slipcast.reading.sentences import split
from slipcast.reading.windows import windows

TEXT = (
    "Norvik Marine will deliver the first K-20 frigate to Norway in June 2032, Admiral Tove Brandt said on Monday. "
    "Sweden was not mentioned."
)


def first_claim(text: str):  # type: ignore[no-untyped-def]
    sentences = split(text)
    packed = windows(text, sentences, [True] * len(sentences), "The K-20 frigates", "2031-05-14")
    one = next(iter(encode(packed)))
    tag = tags(one, 0.3)[0]
    return one, tag, Answers(text, one.window, tag), sentences


def told(text: str) -> Statement:
    return read(Document("d", text, title="The K-20 frigates", published="2031-05-14"))[0]


def test_countries_of_the_claims_sentence_are_candidates_and_those_of_others_are_not() -> None:
    one, _, answers, sentences = first_claim(TEXT)
    found = parties.party_candidates(one.window, answers, sentences[0], names.find(TEXT))
    shown = {TEXT[slice(*s.span)]: s.kind for s in found}
    assert shown["Norway"] == "country"
    assert any("Norvik" in name for name in shown)
    assert "Sweden" not in shown


def test_chances_are_chances_one_row_for_each_candidate() -> None:
    one, tag, answers, sentences = first_claim(TEXT)
    found = parties.party_candidates(one.window, answers, sentences[0], names.find(TEXT))
    pointed = parties.pointed_at(found, answers)
    chances = parties.party_chances(parties.party_features(one, tag, found, TEXT, pointed, sentences[0]), pointed)
    assert chances.shape == (len(found), len(parties.PARTIES))
    assert ((chances >= 0) & (chances <= 1)).all()
    speakers = parties.speaker_candidates(answers, TEXT)
    said = parties.speaker_features(one, tag, speakers, TEXT, answers, sentences[0], Roster(TEXT))
    assert parties.speaker_chances(said).shape == (len(speakers),)


def test_who_supplies_who_receives_and_who_says_it() -> None:
    statement = told(TEXT)
    assert statement.supplier == ("Norvik Marine",)
    assert statement.recipient == ("Norway",)
    assert statement.speaker == "Tove Brandt"


@pytest.mark.parametrize(
    ("before", "after", "before_says", "after_says"),
    [
        ("according to the ", ".", True, False),
        ("", " said on Monday", False, True),
        ("", ", the agency's head, told reporters", False, True),
        ("", ". The ministry said nothing", False, False),
        ("said ", ".", True, False),
        ("delivered to ", " in May", False, False),
    ],
)
def test_verbs_of_saying_beside_a_name(before: str, after: str, before_says: bool, after_says: bool) -> None:
    assert parties._spoken(before) is before_says
    assert parties._speaks(after) is after_says


def test_a_pronoun_is_nobody() -> None:
    text = "An official who asked not to be named said that the K-20 would be delivered to Norway in May."
    _, _, answers, _ = first_claim(text)
    assert not {"who", "that"} & {text[slice(*s.span)] for s in parties.speaker_candidates(answers, text)}


def test_a_verb_of_saying_is_not_of_the_name() -> None:
    assert parties.without_verb("Tove Brandt reiterated") == "Tove Brandt"
    assert parties.without_verb("Tove Brandt") == "Tove Brandt"
    assert parties.without_verb("senior official who") == "senior official"


def test_nobody_stands_on_both_sides() -> None:
    chances = np.array([[0.9, 0.4], [0.4, 0.8], [0.1, 0.0]], dtype=np.float32)
    assert parties.one_side(chances).tolist() == pytest.approx(np.array([[0.9, 0], [0, 0.8], [0.1, 0]]), abs=1e-6)
