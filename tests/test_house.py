"""The house rule of docs/architecture.md: imports go downstairs only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "slipcast"
GROUND = ["errors", "fingerprints", "dates", "settings", "domain", "names"]  # a staircase: each may use those before it
ROOMS = {"sources", "reading", "ledger", "programme", "schedule", "forecasting"}
ROOF = ["pipeline", "backtest", "cluster"]  # the later may use the first
MODULES = sorted(PACKAGE.rglob("*.py"))


def place(module: str) -> str:
    """The first name below slipcast: the floor that a module stands on."""
    return [*module.split("."), ""][1]


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def own_imports(path: Path) -> list[tuple[str, bool]]:
    """(imported module, stands inside a function) for every import of our own code."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for scope in ast.walk(tree)
        if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for node in ast.walk(scope)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            base = node.module or ""
            whole = (PACKAGE.parent / base.replace(".", "/")).is_dir()
            names = [f"{base}.{alias.name}" if whole else base for alias in node.names]
        else:
            continue
        found += [(name, id(node) in inside) for name in names if name.split(".")[0] == "slipcast"]
    return found


def may(importer: str, imported: str) -> bool:
    """Whether a module at one place of the house may import one at another."""
    here, there = place(importer), place(imported)
    if here == there:
        return True
    if here in GROUND:
        return there in GROUND[: GROUND.index(here)]
    if here in ROOMS:
        return there in GROUND
    if here in ROOF:
        return there in GROUND or there in ROOMS or (there == "pipeline" and here != "pipeline")
    if here == "faces":
        return there in GROUND or there in ROOF
    return here == ""  # the front door, which loads on demand


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_downstairs(path: Path) -> None:
    if "migrations" in path.parts:
        return
    breaches = [imported for imported, _ in own_imports(path) if not may(name_of(path), imported)]
    assert not breaches, f"{name_of(path)} may not import {breaches}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_own_import_hides_in_a_function(path: Path) -> None:
    assert not [imported for imported, hidden in own_imports(path) if hidden]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_most_files_are_under_150_lines() -> None:
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert sizes[len(sizes) // 2] < 150


def test_the_house_is_three_folders_deep() -> None:
    deep = [p for p in MODULES if len(p.relative_to(PACKAGE).parts) > 3 and "migrations" not in p.parts]
    assert not deep


def test_every_module_stands_in_the_house() -> None:
    known = {"", "faces", *GROUND, *ROOMS, *ROOF}
    assert {place(name_of(path)) for path in MODULES} <= known


def test_no_import_cycles() -> None:
    graph = {name_of(p): {i for i, _ in own_imports(p)} for p in MODULES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module in done or module not in graph:
            return
        for imported in graph[module]:
            visit(imported, (*trail, module))
        done.add(module)

    for module in graph:
        if module != "slipcast":
            visit(module, ())


def test_the_rule_can_fail() -> None:
    assert not may("slipcast.reading.read", "slipcast.ledger.store")
    assert not may("slipcast.errors", "slipcast.domain")
    assert not may("slipcast.faces.cli", "slipcast.ledger.store")
    assert may("slipcast.faces.cli", "slipcast.pipeline.view")
    assert may("slipcast.backtest", "slipcast.pipeline.view")
