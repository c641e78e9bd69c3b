"""Ingest: whole documents, in batches, and what came before a bad one is kept. The dispatches are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from slipcast.domain import Document
from slipcast.errors import InputError
from slipcast.ledger.store import Ledger
from slipcast.pipeline.ingest import batches, ingest


def broken(count: int) -> Iterator[Document]:
    for number in range(count):
        yield Document(str(number), "text")
    raise InputError("cannot be read", where="the next one")


@pytest.mark.parametrize("count", [0, 3, 4, 9])
def test_what_comes_before_a_bad_document_is_given_first(count: int) -> None:
    chunks: list[list[Document]] = []
    with pytest.raises(InputError, match="the next one"):
        chunks.extend(batches(broken(count), 4))
    assert [document.id for chunk in chunks for document in chunk] == [str(number) for number in range(count)]
    assert all(len(chunk) <= 4 for chunk in chunks)


def test_a_bad_file_is_told_and_those_before_it_stay(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name in ("a", "b"):
        text = f"published: 2021-05-04\n\nVendland received a KX-9 frigate in March 2021, says letter {name}.\n"
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    (news / "c.txt").write_bytes(b"\x00\x01" * 50)
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        with pytest.raises(InputError, match=r"c\.txt"):
            ingest([news], ledger)
        assert ledger.counts()["documents"] == 2
        assert ledger.verify() == []
