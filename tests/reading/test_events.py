"""Milestone, status and modality, clause by clause. The sentences are invented; systems and firms too, save well-known names."""

import pytest

from slipcast.domain import Document
from slipcast.reading.rules import RuleReader as Reader

_ABOUT = "Nordland ordered the A400M in 2003 and the contract names a delivery date."
CASES = [
    ("Airbus aims to deliver the A400M to Nordland in 2014.", "delivery planned"),
    ("Airbus still aims to deliver the A400M to Nordland in 2014.", "delivery reaffirmed"),
    ("The A400M, which was due in 2009, is now expected in 2013.", "delivery delayed"),
    ("The company is sticking to its plan to deliver the A400M in 2013.", "delivery reaffirmed"),
    ("The delivery date of the A400M has not changed.", "delivery reaffirmed"),
    ("Delivery of the A400M in 2013 is in doubt.", "delivery at_risk"),
    ("A strike threatens the delivery of the A400M.", "delivery at_risk"),
    ("Deliveries of the A400M have been suspended since May.", "delivery suspended"),
    ("Airbus has resumed deliveries of the A400M after a three-month pause.", "delivery resumed"),
    ("The delivery of the last A400M was cancelled.", "delivery cancelled"),
    ("The A400M will not reach the air force before 2014.", "delivery planned"),
    ("Not one firm has cancelled its order.", None),
    ("The ministry denied that it had signed a contract for the A400M.", "contract denied denied"),
    ("No contract for the A400M will be signed this year.", "contract denied denied"),
    ("The government has not yet signed the A400M contract.", "contract planned denied"),
    ("Nordland may order four A400M aircraft.", "contract planned possible"),
    ("Nordland ordered four A400M aircraft in 2005.", "contract achieved"),
    ("Talks on the A400M have been broken off.", "negotiation suspended"),
    ("The first flight of the A400M has been put off until the autumn.", "first_flight delayed"),
    ("The A400M flew for the first time on 11 December.", "first_flight achieved"),
    ("Entry into service of the A400M has slipped to 2014.", "entry_into_service delayed"),
    ("The A400M is not yet operational.", "entry_into_service planned denied"),
    ("Testing of the A400M was halted after a software fault.", "test suspended"),
    ("Certification of the A400M is expected by the end of 2012.", "approval planned"),
    ("Airbus will end production of the A400M in 2030.", "production cancelled"),
    ("Engineers have installed the new radar on the A400M.", "installation achieved"),
    ("Italy withdrew from the A400M programme in 2001.", "participation cancelled"),
    ("Another four A400M aircraft are due next year.", "delivery planned"),
    ("The A400M is unlikely to be delivered in 2013.", "delivery at_risk possible"),
    ("The A400M missed its delivery date.", "delivery delayed"),
]


def told(sentence: str) -> list[str]:
    document = Document(id="t", text=f"{_ABOUT}\n\n{sentence}", published="2012-10-15")
    return [
        f"{s.milestone} {s.status}" + (f" {s.modality}" if s.modality != "certain" else "")
        for s in Reader().read(document)
        if s.quote == sentence
    ]


@pytest.mark.parametrize(("sentence", "meant"), [case for case in CASES if case[1]])
def test_a_clause_is_read_for_what_it_claims(sentence: str, meant: str) -> None:
    assert meant in told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Will the A400M ever be delivered?",
        "The official would not say whether the A400M contract had been signed.",
        "The A400M lifts 37 tonnes.",
    ],
)
def test_what_is_asked_or_only_described_is_no_claim(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        "Talks on the second batch of the KX-9 have reached their closing stage, the minister said.",
        "The two sides have reached a compromise on the KX-9 frigate.",
    ],
)
def test_talks_that_reach_a_stage_deliver_nothing(text):
    found = Reader().read(Document("d", text, title="KX-9 frigate", published="2021-05-04"))
    assert "delivery" not in {s.milestone for s in found}
