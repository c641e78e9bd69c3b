"""slipcast status: a programme as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from slipcast.faces.do_status import show
from slipcast.pipeline.view import View
from tests.faces.sample import f35


def test_a_programme_of_parts_alone_shows_no_empty_table(capsys: pytest.CaptureFixture[str]) -> None:
    whole = f35(date(2020, 3, 1))
    view = View(replace(whole, milestones=()))
    show(view, brief=True)
    assert "no milestone told; 2 parts shared out" in capsys.readouterr().out
    show(view, brief=False)
    told = capsys.readouterr().out
    assert "who makes which part" in told
    assert "tranche" not in told
