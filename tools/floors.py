"""The floors of the quality gate: tests/gate/floors.toml. A figure may not fall below its floor.

usage: python tools/floors.py check SECTION...                    exit 1 where a figure is below its floor
       python tools/floors.py raise SECTION...                    measure, and raise floors that are beaten by more than the margin
       python tools/floors.py raise SECTION --lower FIGURE=VALUE --reason "..."     the only way to lower one

The file is sealed: editing a floor by hand breaks the seal, and the gate fails.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import measure

FLOORS = Path(__file__).parents[1] / "tests/gate/floors.toml"
MARGIN = 0.01  #: a floor stands this far below the figure, so that another machine's last digit does not break it
CALIBRATED = 0.05  #: a test of calibration is passed from here on; more is no better
HEAD = "# Floors of the quality gate, kept by tools/floors.py: do not edit by hand, the seal would break.\n"


def seal(sections: dict[str, Any]) -> str:
    """Hash of the floors and of what they were measured on."""
    return hashlib.sha256(json.dumps(sections, sort_keys=True).encode()).hexdigest()[:16]


def load() -> tuple[dict[str, Any], bool]:
    """The sections, and whether the seal holds."""
    if not FLOORS.exists():
        return {}, True
    told = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    kept = told.pop("seal", "")
    return told, kept == seal(told)


def save(sections: dict[str, Any]) -> None:
    """Write the floors with a new seal."""
    lines = [HEAD, f'seal = "{seal(sections)}"\n']
    for name, section in sorted(sections.items()):
        lines.append(f'\n[{name}]\ncorpus = "{section["corpus"]}"\n')
        lines += [f"lowered = {json.dumps(section['lowered'])}\n"] if section.get("lowered") else []
        lines.append(f"\n[{name}.floors]\n")
        lines += [f'"{figure}" = {value}\n' for figure, value in sorted(section["floors"].items())]
    FLOORS.write_text("".join(lines), encoding="utf-8")


def check(section: str) -> list[str]:
    """What is wrong with a section, a line each."""
    sections, sealed = load()
    if not sealed:
        return ["the seal of tests/gate/floors.toml is broken: floors are changed by tools/floors.py alone"]
    kept = sections.get(section)
    if kept is None:
        return [f"no floors for {section}"]
    if kept["corpus"] != measure.fingerprint(section):
        return [f"{section}: the shared data is not what the floors were measured on; measure anew"]
    found = measure.measure(section)
    missing = sorted(set(kept["floors"]) - set(found))
    below = [f"{section} {name}: {found[name]} is below its floor {floor}" for name, floor in kept["floors"].items() if name in found and found[name] < floor]  # fmt: skip
    return [f"{section} {name}: not measured any more" for name in missing] + below


def lift(section: str, lower: dict[str, float], reason: str) -> None:
    """Measure a section and raise its floors; lower those that are named, with the reason kept."""
    sections, sealed = load()
    if not sealed:
        sys.exit("the seal is broken: restore tests/gate/floors.toml first")
    kept = sections.get(section, {"floors": {}})
    for name, value in measure.measure(section).items():
        if name.endswith("_p"):
            floor = CALIBRATED if value >= CALIBRATED else 0.0
        else:
            floor = value if name.startswith("silent") else round(value - MARGIN, 4)
        kept["floors"][name] = max(floor, kept["floors"].get(name, floor))
    for name, value in lower.items():
        if name not in kept["floors"] or not reason:
            sys.exit("--lower names a figure of the section, and takes --reason")
        kept["floors"][name] = value
        kept["lowered"] = [*kept.get("lowered", []), f"{name} to {value}: {reason}"]
    kept["corpus"] = measure.fingerprint(section)
    sections[section] = kept
    save(sections)


def main() -> int:
    """Check or raise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("check", "raise"))
    parser.add_argument("sections", nargs="+", choices=sorted(measure.SECTIONS))
    parser.add_argument("--lower", action="append", default=[], metavar="FIGURE=VALUE")
    parser.add_argument("--reason", default="")
    given = parser.parse_args()
    if given.what == "raise":
        for section in given.sections:
            lift(section, {n: float(v) for n, _, v in (pair.partition("=") for pair in given.lower)}, given.reason)
        return 0
    faults = [fault for section in given.sections for fault in check(section)]
    print("\n".join(faults) or "every figure is at or above its floor")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
