"""The report: one HTML file that opens offline, asks nothing of any server, and runs no script."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from slipcast.faces import inert
from slipcast.faces.pages import ReportPage
from slipcast.pipeline.files import write_whole


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("slipcast.faces", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["inert"] = inert.shown
    made.filters["line"] = inert.label
    return made


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files("slipcast.faces").joinpath("static/report.css").read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """The page's content security policy: nothing loads, and of styles only the one that is in it."""
    hashed = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


def render(page: ReportPage) -> str:
    """The report as HTML. Same page, same text."""
    return fill("report.html", page)


def fill(template: str, page: object) -> str:
    """A page of ours as HTML that stands alone. Same page, same text."""
    style = _style()
    return _templates().get_template(template).render(page=page, style=Markup(style), policy=_policy(style))


def write(page: ReportPage, path: Path) -> None:
    """Write the report whole or not at all. Raises SlipcastError."""
    write_whole(render(page), path)
