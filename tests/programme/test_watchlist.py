"""Watchlist files: what they say, and what is wrong with those that say nothing."""

from __future__ import annotations

import pytest

from slipcast.errors import InputError
from slipcast.programme.watchlist import read_watchlist

GOOD = """
[[programme]]
system = "HX-9"
recipient = "Chile"
aliases = ["Andean Kestrel"]
[programme.tranches]
second = ["growth package"]
"""


def test_reads_names_aliases_and_tranches(tmp_path):
    path = tmp_path / "watch.toml"
    path.write_text(GOOD, "utf-8")
    (watched,) = read_watchlist(path)
    assert (watched.system, watched.recipient, watched.supplier) == ("HX-9", "Chile", None)
    assert watched.names("andean  kestrel")
    assert (watched.tranche("Growth Package"), watched.tranche("second"), watched.tranche("third")) == (
        "second",
        "second",
        None,
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[programme]]\nsystem = ", "no watchlist"),
        ('[[programme]]\nrecipient = "Chile"', "no system"),
        ('[[programme]]\nsystem = "HX-9"\nbuyer = "Chile"', "unknown keys buyer"),
        ('[[programme]]\nsystem = "HX-9"\ntranches = {second = "growth"}', "no table of lists"),
        ('[[programme]]\nsystem = "HX-9"\naliases = "Kestrel"', "aliases"),
        ('programme = "HX-9"', "programme"),
    ],
)
def test_bad_files_get_one_clear_line(tmp_path, text, says):
    path = tmp_path / "watch.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_watchlist(path)
    assert "watch.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml"):
        read_watchlist(tmp_path / "none.toml")
