"""The scoreboard written down: HTML that stands alone, and Markdown with its charts beside it."""

from __future__ import annotations

from pathlib import Path

from slipcast.backtest.board import Board
from slipcast.faces.report import fill
from slipcast.faces.scores_page import ScoreboardPage, scoreboard_page
from slipcast.pipeline.files import write_whole


def save(board: Board, folder: Path) -> int:
    """Write README.md, scoreboard.html and the charts to a folder; returns how many files. Raises SlipcastError."""
    page = scoreboard_page(board)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("chart-*.svg"):
        old.unlink()
    files = {"README.md": markdown(page), "scoreboard.html": fill("scoreboard.html", page)}
    files |= {f"chart-{name}.svg": chart.wide + "\n" for name, chart in page.charts}
    files |= {f"chart-{one.anchor}.svg": one.chart.wide + "\n" for one in page.fans}
    for name, text in files.items():
        write_whole(text, folder / name)
    return len(files)


def markdown(page: ScoreboardPage) -> str:
    """The page as Markdown; its charts are files beside it."""
    out = [f"# {page.title}", "", *(f"{line}  " for line in page.lines), ""]
    out += [
        "Written by `slipcast backtest CASES --out DIR`; the same as one page: [scoreboard.html](scoreboard.html).",
        "",
    ]
    out += ["## Calibration and skill", ""]
    for name, chart in page.charts:
        out += [f"**{chart.title}.**", "", f"![{chart.description}](chart-{name}.svg)", ""]
    for table in page.tables:
        out += [f"## {table.title}", "", f"| {' | '.join(page.heads)} |", f"|---|{'---:|' * (len(page.heads) - 1)}"]
        out += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in table.rows] + [""]
    out += ["## Each milestone's forecasts over time", ""]
    out += ["P50 as a line, P20 to P80 and P10 to P90 as bands, the promised day as steps, the outcome dashed.", ""]
    for one in page.fans:
        out += [f"**{one.name}.** {one.note}", "", f"![{one.chart.description}](chart-{one.anchor}.svg)", ""]
    out += ["## How to read it", "", *(f"- {note}" for note in page.notes), ""]
    return "\n".join(out)
