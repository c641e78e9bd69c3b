"""Write the pages of docs/ that are made from the code: docs/cli.md and docs/api.md.

usage: python tools/write_docs.py [--check]     --check writes nothing and exits 1 where a page is out of date
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
os.environ |= {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"}

import typer  # noqa: E402

import slipcast  # noqa: E402
from slipcast.faces.cli import COMMANDS, group  # noqa: E402
from slipcast.settings import SETTINGS  # noqa: E402

HEAD = "<!-- made by tools/write_docs.py from the code: change the code, then run `make docs` -->\n\n"


def command_help(command: str) -> str:
    """What `slipcast COMMAND --help` prints, 100 columns wide."""
    context = typer.Context(group(), info_name="slipcast")
    found = group().get_command(context, command)
    with typer.Context(found, info_name=command, parent=context, max_content_width=100, terminal_width=100) as inner:
        return "\n".join(line.rstrip() for line in found.get_help(inner).splitlines())


def cli_page() -> str:
    """docs/cli.md."""
    lines = [HEAD, "# Command line\n\n"]
    lines.append(
        "Errors are one line on standard error. Exit codes: 0 done, 1 it failed, 2 you asked wrongly, 130 interrupted.\n\n"
    )
    lines.append("| command | what it does |\n|---|---|\n")
    lines += [f"| [{name}](#{name}) | {text} |\n" for name, (_, text) in COMMANDS.items()]
    lines.append("\n## Settings\n\n| variable | default | meaning |\n|---|---|---|\n")
    lines += [f"| `{s.env}` | `{s.default}` | {s.help} |\n" for s in SETTINGS]
    for name in COMMANDS:
        lines.append(f"\n## {name}\n\n```text\n{command_help(name)}\n```\n")
    return "".join(lines)


def api_page() -> str:
    """docs/api.md."""
    lines = [HEAD, "# Python\n\nThe front door; everything else is private and may change.\n"]
    for name in slipcast.__all__:
        thing = getattr(slipcast, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            try:
                signature = re.sub(r"<function (.+?) at 0x\w+>", r"\1", str(inspect.signature(thing)))
            except ValueError:
                signature = ""
            lines.append(f"\n## {name}\n\n```python\n{name}{signature}\n```\n\n{inspect.getdoc(thing) or ''}\n")
            if inspect.isclass(thing):
                lines += [
                    f"\n- `{member}`: {(inspect.getdoc(value) or '').splitlines()[0]}"
                    for member, value in vars(thing).items()
                    if not member.startswith("_")
                    and callable(getattr(value, "__func__", value))
                    and inspect.getdoc(value)
                ]
                lines.append("\n")
    return "".join(lines)


def main() -> int:
    """Write the pages, or check them."""
    stale = []
    for path, text in ((DOCS / "cli.md", cli_page()), (DOCS / "api.md", api_page())):
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    print(f"out of date: {', '.join(stale)}" if stale else "the generated pages are up to date")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
