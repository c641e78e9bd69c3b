"""Plain text: the same length always, wrapped lines joined, lists and verses left alone. Texts are our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.domain import Document
from slipcast.reading.legible import plain
from slipcast.reading.read import Reader

WRAPPED = """Delivery of the second KX-9 frigate to the Vendish navy, originally scheduled for 2022, may face a
delay because of talks over local production, the minister said. The talks are to go on until
the summer."""


@given(st.text(alphabet="ab. \n\u200b-A1", max_size=300))
def test_every_offset_stays(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_lines_that_a_narrow_page_cut_are_joined() -> None:
    assert plain(WRAPPED) == WRAPPED.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Orders\nDeliveries\nTalks",  # headings
        "The yard delivers the first ship in May, which is early for it.\n- The second follows in June, and the third too",
        "The first ship of the class will be delivered in May of next year.\n\nThe second follows.",
    ],
)
def test_what_was_not_wrapped_stays(text: str) -> None:
    assert plain(text) == text


def test_a_statement_over_a_line_end_is_read_whole() -> None:
    found = Reader().read(Document("d", WRAPPED, published="2021-05-04"))
    delivery = [s for s in found if s.milestone == "delivery"]
    assert [(s.status, s.tranche) for s in delivery] == [("at_risk", "second")]
    assert all(WRAPPED[slice(*s.span)] == s.quote for s in found)
