"""Fitted reference classes: what a forecast rests on, kept as data with provenance (one JSON file a class)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import ReferenceClass
from slipcast.errors import PanelError
from slipcast.forecasting.design import Design, design
from slipcast.forecasting.histories import FILE, Histories, read_histories
from slipcast.forecasting.pooling import pool

Floats = NDArray[np.float64]

#: version of the files' form
FORM = 2
#: horizon in days that is borrowed where no class tells one
USUAL_HORIZON = 1096.0
_REFIT = "make a fit with: slipcast calibrate PANEL --out DIR"


def short(values: Floats | np.float64) -> Floats:
    """The numbers to six digits, as they are written: a fit that was saved and loaded is the same fit."""
    return np.asarray(np.vectorize(lambda value: float(f"{value:.6g}"), otypes=[float])(values))


@dataclass(frozen=True)
class ClassFit:
    """One class as fitted. theta, covariance: around the pool of the others; alone, alone_variance: by itself.

    n promises (open_ of them censored) of `items` projects, stated from `first` to `last`; horizon: their median days
    to the promised day; panel: hash of the rows; left_out: rows that no fit can use, by reason; marks: of its projects, see
    marks.py.
    """

    name: str
    n: int
    items: int
    open_: int
    first: str
    last: str
    horizon: float
    alone: Floats
    alone_variance: Floats
    theta: Floats
    covariance: Floats
    panel: str
    left_out: dict[str, int] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()

    def by_itself(self) -> ClassFit:
        """The class as it was estimated alone, for use where nothing may have seen the others."""
        return replace(self, theta=self.alone, covariance=np.diag(self.alone_variance))

    def record(self, fitted: Fitted) -> dict[str, Any]:
        """The class as it is written to disk."""
        sd = np.sqrt(np.diag(self.covariance))
        columns = zip(
            fitted.design.names,
            self.theta.tolist(),
            short(sd).tolist(),
            self.alone.tolist(),
            self.alone_variance.tolist(),
            strict=True,
        )
        return {
            "form": FORM,
            "class": self.name,
            "promises": self.n,
            "projects": self.items,
            "still_open": self.open_,
            "stated": [self.first, self.last],
            "usual_horizon_days": self.horizon,
            "panel": self.panel,
            "left_out": self.left_out,
            "pooled_with": sorted(set(fitted.classes) - {self.name}),
            "parameters": [
                {"name": n, "value": v, "sd": s, "alone": a, "alone_variance": w} for n, v, s, a, w in columns
            ],
            "covariance": self.covariance.tolist(),
            "marks": sorted(self.marks),
        }

    def reference(self, names: Sequence[str]) -> ReferenceClass:
        """The class as a noun."""
        return ReferenceClass(
            self.name, self.name, self.n, self.items, dict(zip(names, self.theta.tolist(), strict=True)), (self.panel,)
        )


@dataclass(frozen=True)
class Fitted:
    """Fitted reference classes, by name, under one design; histories: what case histories tell beside them."""

    design: Design
    classes: dict[str, ClassFit]
    histories: Histories = field(default_factory=Histories)

    def pool(self, without: str | None = None) -> tuple[Floats, Floats]:
        """Mean and new-class variance of the pool of every class but one."""
        rest = [fit for name, fit in sorted(self.classes.items()) if name != without]
        return pool(((fit.alone, fit.alone_variance) for fit in rest), self.design)

    def coefficients(self, source: str) -> tuple[Floats, Floats]:
        """theta (k,) and its covariance (k, k) for a source; a source never seen has the pool's."""
        if source in self.classes:
            return self.classes[source].theta, self.classes[source].covariance
        mean, variance = self.pool()
        return mean, np.diag(variance)

    def horizon(self, source: str) -> float:
        """Usual days from a promise to its day."""
        if source in self.classes:
            return self.classes[source].horizon
        known = [fit.horizon for fit in self.classes.values()]
        return float(np.exp(np.mean(np.log(known)))) if known else USUAL_HORIZON

    def without(self, sources: Iterable[str]) -> Fitted:
        """The fit as if those classes had never been there: the rest, each as it was estimated alone."""
        gone = set(sources)
        if not gone & set(self.classes):
            return self
        rest = {name: fit.by_itself() for name, fit in self.classes.items() if name not in gone}
        return Fitted(self.design, rest, self.histories)

    def without_history(self, programme: str) -> Fitted:
        """The fit as if the case history of that programme had never been counted."""
        if programme not in self.histories.programmes:
            return self
        return replace(self, histories=self.histories.without(programme))

    def save(self, directory: Path | str) -> list[Path]:
        """Write each class to its own file; returns the paths. Classes of an earlier fit in the folder are removed."""
        folder = Path(directory)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("class-*.json"):
            old.unlink()
        paths = []
        for name, fit in sorted(self.classes.items()):
            path = folder / f"class-{''.join(c if c.isalnum() else '_' for c in name)}.json"
            path.write_text(json.dumps(fit.record(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            paths.append(path)
        (folder / FILE).unlink(missing_ok=True)
        if self.histories.programmes:
            (folder / FILE).write_text(self.histories.to_json(), encoding="utf-8")
            paths.append(folder / FILE)
        return paths

    @staticmethod
    def load(directory: Path | str | None = None) -> Fitted:
        """The fit in a folder, or the one that slipcast ships. Raises PanelError where there is none to be used."""
        folder: Traversable = _shipped() if directory is None else Path(directory)
        if not folder.is_dir():
            raise PanelError("is no folder", where=str(folder), todo=_REFIT)
        found = sorted((f for f in folder.iterdir() if f.name.startswith("class-")), key=lambda f: f.name)
        if not found:
            raise PanelError("holds no fit", where=str(folder), todo=_REFIT)
        fits = [_read(file) for file in found]
        return Fitted(design(), {fit.name: fit for fit in fits}, read_histories(folder / FILE))


def _shipped() -> Traversable:
    return files("slipcast.forecasting") / "fitted"


def _read(file: Traversable) -> ClassFit:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if record["form"] != FORM or tuple(p["name"] for p in record["parameters"]) != design().names:
            raise PanelError("was fitted under another design", where=str(file), todo=_REFIT)
        parameters = record["parameters"]
        first, last = record["stated"]
        column = {key: np.array([p[key] for p in parameters], float) for key in ("value", "alone", "alone_variance")}
        return ClassFit(
            record["class"], record["promises"], record["projects"], record["still_open"], first, last,
            record["usual_horizon_days"], column["alone"], column["alone_variance"], column["value"],
            np.array(record["covariance"], float), record["panel"], record["left_out"], frozenset(record["marks"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise PanelError(f"is no fitted class ({error})", where=str(file), todo=_REFIT) from None
