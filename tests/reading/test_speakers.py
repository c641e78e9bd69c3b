"""Who says it. All people, bodies, programmes and words of speech here are invented."""

from __future__ import annotations

import pytest

from slipcast.reading.names import Mentions
from slipcast.reading.parse import parse
from slipcast.reading.persons import Roster
from slipcast.reading.quotations import find_quotations
from slipcast.reading.sentences import split
from slipcast.reading.speakers import Attribution, find_speakers, speaker_at

REUTERS = "Reuters"


def attributions(text: str, parse_all: bool = True) -> list[Attribution]:
    sentences = split(text)
    doc = next(parse([(text, sentences, [parse_all] * len(sentences))]))
    return find_speakers(doc, Mentions(text))


def voice(text: str, words: str, parse_all: bool = True) -> Attribution | None:
    return speaker_at(attributions(text, parse_all), text.index(words) + len(words) // 2)


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Kari Lund, head of the arms office, said the jet will come in May.", "come in May", "Kari Lund"),
        ("The jet, Kari Lund conceded, will come in May.", "come in May", "Kari Lund"),
        ("The jet will come in May, according to Kari Lund.", "come in May", "Kari Lund"),
        ("The jet will come in May, has said Minister Kari Lund to the press.", "come in May", "Kari Lund"),
        ("“We are late,” said Norvik's chief executive, Paul Orr. “The jet will come in May.”", "come in May", "Paul Orr"),
        ("Kari Lund spoke first. She said the jet is late. In the winter she had said it would come in May.", "come in May", "Kari Lund"),
        ("Paul Orr, director of the yard, met the minister, Kari Lund. The minister said the jet will come in May.", "come in May", "Kari Lund"),
        ("Norvik said on Monday it is late. The company added that the jet will come in May.", "come in May", "The company"),
        ("A senior official told Reuters the jet is late. The official added that it will come in May.", "come in May", "A senior official"),
        ("Boeing expects to deliver the jet in May.", "deliver the jet", "Boeing"),
        ("The navy has rejected a report that the jet will come in May.", "come in May", "The navy"),
        ("The Office of Audit found that the jet will come in May.", "come in May", "The Office of Audit"),
        ("The yard, Norvik Marine, insists that the jet will come in May.", "come in May", "Norvik Marine"),
        ("The newspaper Fjordpost had claimed on Monday that the jet will come in May.", "come in May", "Fjordpost"),
        ("The Torvald plant had sworn that the jet would come in May.", "come in May", "The Torvald plant"),
        ("Kari Lund, the minister, put the arrival of the jet at May.", "at May", "Kari Lund"),
        ("“The jet will come in May,” joked director Paul Orr, whose firm builds it.", "come in May", "Paul Orr"),
        ("The city has not ruled out taking the jet in May.", "taking the jet", "The city"),
        ("In May 2018 a source who was not named told Fjordpost that the jet will come in May.", "that the jet", "a source"),
        ("The jet was moved to May after the plan was agreed with Norway, Kari Lund, head of the arms office, said.", "moved to May", "Kari Lund"),
        ("Mayor Paul Orr wants the jet delivered in May.", "delivered in May", "Paul Orr"),
        ("The jet will come in May, Under Secretary of Defense Kari Lund said, while talks go on.", "come in May", "Kari Lund"),
        ("Kari Lund, the minister, is not convinced: “The jet will never come in May.”", "come in May", "Kari Lund"),
    ],
)  # fmt: skip
def test_a_speaker_is_found(text: str, words: str, speaker: str) -> None:
    found = voice(text, words)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The jet will come in May.",
        "Norway has never said that the jet will come in May.",
        "“Too late” is the word of the day, and the jet will come in May.",
        "The minister resigned while the jet will come in May.",
        "Neither side has said that the jet will come in May.",
        "The company will announce in autumn that the jet will come in May.",
        "The jet, announced in March, will come in May.",
    ],
)
def test_the_outlet_speaks_where_nobody_else_does(text: str) -> None:
    assert voice(text, "come in May") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Norwegian Defence Minister Kari Lund said the jet will come in May.", "Norwegian Defence Minister"),
        ("Kari Lund, who heads the arms office, said the jet will come in May.", "who heads the arms office"),
        ("Norvik's chief, Kari Lund, said the jet will come in May.", "Norvik's chief"),
        ("Kari Lund, head of the arms office, left. Lund said the jet will come in May.", "head of the arms office"),
    ],
)
def test_roles_stay_with_their_people(text: str, role: str) -> None:
    found = voice(text, "come in May")
    assert found is not None
    assert (found.speaker, found.role) == ("Kari Lund", role)


def test_unnamed_sources_are_anonymous_in_the_words_of_the_text() -> None:
    found = voice("Two people familiar with the matter said the jet will come in May.", "come in May")
    assert found is not None
    assert (found.speaker, found.anonymous) == ("Two people familiar with the matter", True)
    named = voice("Kari Lund, an official, said the jet will come in May.", "come in May")
    assert named is not None
    assert not named.anonymous


@pytest.mark.parametrize(
    "text",
    [
        "Kari Lund, head of the arms office, told Reuters that the jet will come in May.",
        "The jet will come in May, Reuters reported, citing the head of the arms office, Kari Lund.",
        "Reuters quoted Minister Kari Lund as saying that the jet will come in May.",
    ],
)
def test_channels_come_after_the_speaker(text: str) -> None:
    found = voice(text, "come in May")
    assert found is not None
    assert (found.speaker, found.via) == ("Kari Lund", (REUTERS,))


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("The jet will come in May, Kari Lund, the minister, told the agency Reuters on Monday, Fjordpost reports.", "Kari Lund", (REUTERS, "Fjordpost")),
        ("The jet will come in May, Kari Lund said, according to the newspaper Fjordpost, which cited Reuters.", "Kari Lund", (REUTERS, "Fjordpost")),
        ("The jet will come in May, Minister Kari Lund said, as Fjordpost reports.", "Kari Lund", ("Fjordpost",)),
        ("The jet will come in May, Minister Kari Lund said, Fjordpost reports, citing the agency Reuters.", "Kari Lund", (REUTERS, "Fjordpost")),
        ("Fjordpost, citing Reuters, reports that the jet will come in May, according to Minister Kari Lund.", "Kari Lund", (REUTERS, "Fjordpost")),
    ],
)  # fmt: skip
def test_channels_stand_nearest_to_the_speaker_first(text: str, speaker: str, via: tuple[str, ...]) -> None:
    found = voice(text, "come in May")
    assert found is not None
    assert (found.speaker, found.via) == (speaker, via)


def test_a_clause_inside_is_its_own_speakers_and_its_noun_the_outer_ones() -> None:
    text = (
        "The start, which Minister Kari Lund had said would come in May, could take longer, an official told Reuters."
    )
    inner, outer = voice(text, "would come in May"), voice(text, "The start")
    assert inner is not None
    assert outer is not None
    assert (inner.speaker, outer.speaker) == ("Kari Lund", "an official")


def test_an_office_keeps_what_it_is_of() -> None:
    found = voice("Under Secretary of Defense Kari Lund said the jet will come in May.", "come in May")
    assert found is not None
    assert (found.speaker, found.role) == ("Kari Lund", "Under Secretary of Defense")


def test_a_date_that_is_expected_is_not_that_of_the_saying() -> None:
    found = voice("Boeing expects the jet in August.", "the jet")
    assert found is not None
    assert found.said is None


def test_quoted_words_in_single_marks_end_where_they_close() -> None:
    text = "Kari Lund, the minister, spoke of a ‘reset’ of the plan. The jet will come in May."
    assert voice(text, "come in May") is None


def test_a_channel_alone_is_the_speaker() -> None:
    found = voice("Reuters reported that the jet will come in May.", "come in May")
    assert found is not None
    assert (found.speaker, found.via) == (REUTERS, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kari Lund, the minister, repeated Nov. 11 that the jet will come in May.", "Nov. 11"),
        ("The jet will come in May, Boeing said on Friday.", "on Friday"),
        ("Boeing said the jet will come in May.", None),
    ],
)
def test_the_date_of_the_saying(text: str, said: str | None) -> None:
    found = voice(text, "come in May")
    assert found is not None
    assert (text[slice(*found.said)].strip() if found.said else None) == said


def test_a_quotation_goes_on_over_sentences_and_paragraphs() -> None:
    text = (
        "“We are late,” Kari Lund, the minister, said. “That is no secret. The first jet will come in May.\n\n"
        "“The second will follow in June.”\n\nNobody asked the yard. The third has no date."
    )
    for words in ("first jet will", "second will follow"):
        found = voice(text, words)
        assert found is not None
        assert found.speaker == "Kari Lund"
    assert voice(text, "third has no date") is None


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Kari Lund, minister: The jet will come in May.\n\nPaul Orr, chief engineer: It will not.\n", "come in May", "Kari Lund"),
        ("The Secretary of State (Mr Tom Hale): I am sorry.\n\nThe jet will come in May.\n", "come in May", "Tom Hale"),
        ("Mr. BENTON. I thank you. The jet will come in May.\nMr. OAKES. When?\n", "come in May", "BENTON"),
        ("Written statement by Kari Lund, Minister of Defence\n\nThe jet will come in May.", "come in May", "Kari Lund"),
        ("The jet will come in May.\n\nThis was stated by Minister Kari Lund in a written reply.", "come in May", "Kari Lund"),
        ("Dear Chair,\n\nThe jet will come in May.\n\nYours sincerely,\n\nKari Lund\nMinister of Defence", "come in May", "Kari Lund"),
        ("Interview with Kari Lund, head of the arms office\n\nWhen?\n\nThe jet will come in May.", "come in May", "Kari Lund"),
        ("We met Paul Orr, chief engineer.\n\nWhen will it come?\n\nThe jet will come in May.\n\nAnd the tanks?\n\nLater.", "come in May", "Paul Orr"),
        ("Kari Lund\nThe Minister for Procurement\n\nThe jet will come in May.", "come in May", "Kari Lund"),
        ("Kari Lund @karilund\nThe jet will come in May.", "come in May", "Kari Lund"),
        ("14:05 Navy spokesman Paul Orr: the jet will come in May.\n14:20 Rain.", "come in May", "Paul Orr"),
        ("Deputy OAKES asked. The MINISTER OF DEFENCE (Ms. Kari Lund): No. The jet will come in May. Deputy OAKES: Why?", "come in May", "Kari Lund"),
        ("The ministry wrote on Monday:\n\n“We are late. The jet will come in May.”", "come in May", "The ministry"),
        ("We met Paul Orr, chief engineer.\n\nQ: When?\nA: The jet will come in May.\nQ: Sure?\nA: Yes.", "come in May", "Paul Orr"),
    ],
)  # fmt: skip
def test_layout_can_tell_the_speaker(text: str, words: str, speaker: str) -> None:
    found = voice(text, words)
    assert found is not None
    assert found.speaker == speaker


def test_a_notice_with_labels_is_no_dialogue() -> None:
    text = "Contractor: Norvik Yards, Bergen\nItem: two ferries\nFunds: 30 million\nItem: one radar"
    assert attributions(text) == []


def test_a_sentence_that_was_not_parsed_still_has_its_speaker() -> None:
    text = "Kari Lund, the minister, was asked twice. The jet will come in May, Lund said."
    found = voice(text, "come in May", parse_all=False)
    assert found is not None
    assert found.speaker == "Kari Lund"


def test_quotations_need_a_clause_and_follow_their_marks() -> None:
    text = 'The “hot topic” of the day: “We will buy it,” she said. \'It is a 30" screen,\' he said. "Nobody can stop it now."'
    assert [text[slice(*q.span)] for q in find_quotations(text)] == [
        "“We will buy it,”", "'It is a 30\" screen,'", '"Nobody can stop it now."',
    ]  # fmt: skip


def test_the_roster_holds_people_and_no_bodies() -> None:
    text = "Minister Kari Lund met Paul Orr, director of the Federal Service for Ships, at General Dynamics in New York City."
    assert [(p.name, p.role) for p in Roster(text).people] == [
        ("Kari Lund", "Minister"),
        ("Paul Orr", "director of the Federal Service for Ships"),
    ]


@pytest.mark.parametrize("text", ["…", "“", '"""', ": : :", "SAID SAID SAID", "‘’‘’“”", "said"])
def test_odd_text_is_no_reason_to_fail(text: str) -> None:
    for one in attributions(text):
        assert 0 <= one.content[0] <= one.content[1] <= len(text)


def test_a_title_can_tell_whose_words_a_text_is() -> None:
    text = "The jet will come in May. The tanks are late."
    sentences = split(text)
    doc = next(parse([(text, sentences, [True] * len(sentences))]))
    found = find_speakers(doc, Mentions(text, "Speech by Defence Minister Kari Lund"))
    assert [a.speaker for a in found] == ["Kari Lund"]
