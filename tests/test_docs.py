"""The docs say what is: links lead somewhere, commands and settings exist, generated pages are up to date."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import slipcast
from slipcast.faces.cli import COMMANDS, group
from slipcast.settings import SETTINGS

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("examples/**/*.md")]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/write_docs.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr + "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    missing = [t for t in targets if "://" not in t and not t.startswith("mailto:") and not (page.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_commands_in_the_docs_exist_and_take_those_options(page: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for line in re.findall(r"^\s*(?:\$ )?(?:\.venv/bin/)?(slipcast .+)$", "\n".join(blocks), re.MULTILINE):
        first = re.split(r"\s[#|>]", line)[0]
        words = shlex.split(first)
        if len(words) < 2 or not re.fullmatch(r"[a-z]+", words[1]):
            continue
        assert words[1] in COMMANDS, line
        context = typer.Context(group(), info_name="slipcast")
        command = group().get_command(context, words[1])
        known = {option for p in command.params for option in p.opts} | {"--help"}
        used = {word.split("=")[0] for word in words[2:] if word.startswith("--")}
        assert used <= known, f"{ids(page)}: {line}"


def test_no_page_speaks_of_a_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/work/|/root/|/tmp/", page.read_text(encoding="utf-8")), ids(page)


def test_readme_shows_the_two_commands_and_a_picture_on_its_first_screen() -> None:
    first = "\n".join(README.splitlines()[:40])
    assert "make demo" in first
    assert "make test" in first
    assert re.search(r"!\[[^\]]+\]\(docs/[^)]+\.(?:png|svg)\)", first)


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert all(setting.env in page for setting in SETTINGS)


def test_every_method_page_is_linked_from_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs/method").glob("*.md") if f"method/{p.name}" not in index]
    assert not missing


def test_front_door() -> None:
    names = [name for name in slipcast.__all__ if name != "__version__"]
    assert len(names) <= 20
    assert all(getattr(slipcast, name) is not None for name in names)
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    assert all(f"## {name}\n" in page for name in names)


def test_front_door_refuses_other_names() -> None:
    with pytest.raises(AttributeError, match="front door"):
        slipcast.nothing_of_the_kind  # noqa: B018
