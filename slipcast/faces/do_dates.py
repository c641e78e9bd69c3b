"""slipcast dates."""

from __future__ import annotations

from slipcast.faces.options import AsJson, Files
from slipcast.faces.tables import heading, print_json, print_table
from slipcast.pipeline.read import date_lines, dated


def run(files: Files, as_json: AsJson = False) -> None:
    """Print the date phrases in documents, as EDTF, each with its span in the text."""
    lines = date_lines(files)
    if as_json:
        print_json(
            {"doc": line.doc, "dates": [{"span": list(d.span), "edtf": d.edtf} for d in dated(line.dates)]}
            for line in lines
        )
        return
    for line in lines:
        heading(line.doc, line.published or "no date")
        print_table(
            ("phrase", "date", "from", "to"), ((d.text, d.edtf or "-", *d.span) for d in line.dates), right=(2, 3)
        )
