"""What listings show: text as it is, never markup, never control; dates and shares as a reader writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.faces.tables import about, percent, plain, print_table, say, words


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("[red]urgent[/red]", "[red]urgent[/red]"),  # rich's markup is text here
        ("clear\x1b[2Jscreen", "clear\N{REPLACEMENT CHARACTER}[2Jscreen"),  # a terminal's command loses its teeth
        ("a\u202egnorw\u202c", "agnorw"),  # the order of reading cannot be turned
        ("zero\u200bwidth", "zerowidth"),
        (None, ""),
    ],
)
def test_hostile_text_is_inert(hostile: str | None, shown: str) -> None:
    assert str(plain(hostile)) == shown


@given(st.text())
def test_no_control_character_is_ever_shown(text: str) -> None:
    assert not any(ord(c) < 32 and c not in "\t\n" for c in str(plain(text)))


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.994, "99 %"), (0.999, ">99 %"), (1.0, "100 %")],
)
def test_nothing_is_certain_that_is_not(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_words_and_dates() -> None:
    assert words("entry_into_service") == "entry into service"
    assert about("2020-12~") == "about 2020-12"
    assert about(None) == ""


def test_a_paragraph_hangs_and_fits(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    say("  - " + "word " * 20, hang=2)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("  - word")
    assert all(line.startswith("    word") for line in lines[1:])
    assert max(map(len, lines)) <= 40


def test_a_long_word_is_folded_not_cut(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_table(("name", "day"), [("a" * 90, "2020-01-01")], fixed=(1,))
    told = capsys.readouterr().out
    assert told.replace("name", "").replace("day", "").count("a") == 90
    assert "2020-01-01" in told
