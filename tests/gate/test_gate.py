"""The quality gate: what slipcast scores on the shared data may not fall below its floors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("section", ["reading", "dates", "forecast"])
def test_no_figure_is_below_its_floor(section: str) -> None:
    if not (ROOT.parent / "shared/data").is_dir():
        pytest.skip("needs ../shared/data beside the checkout")
    command = [sys.executable, str(ROOT / "tools/floors.py"), "check", section]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
