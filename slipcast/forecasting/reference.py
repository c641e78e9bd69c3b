"""Reference classes, fitted from promises and what became of them.

A class is a `source`. Fitting is deterministic: same promises, same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Promise
from slipcast.errors import PanelError
from slipcast.fingerprints import digest
from slipcast.forecasting.design import Design, design
from slipcast.forecasting.estimate import Problem, covariance, minimise
from slipcast.forecasting.features import Table, table
from slipcast.forecasting.fitted_classes import ClassFit, Fitted, short
from slipcast.forecasting.histories import Histories
from slipcast.forecasting.loss import Outcomes, official
from slipcast.forecasting.marks import marks
from slipcast.forecasting.pooling import pool
from slipcast.forecasting.predictors import designs

Floats = NDArray[np.float64]


#: correlation between the outcomes of one project's promises (Kish 1965, the design effect)
KINSHIP = 0.5
#: how far two samples of one class may stand from each other, of the distance between two classes
SAMPLES_APART = 0.5


@dataclass(frozen=True)
class Sample:
    """A class's usable rows."""

    table: Table
    seen: Outcomes
    items: NDArray[np.int64]
    left_out: dict[str, int]


def sample(promises: Sequence[Promise]) -> Sample:
    """The rows that a fit can use; the others are counted by why they cannot."""
    rows = [promise for promise in promises if not _unusable(promise)]
    left = next(iter(left_out(promises).values()), {})
    names = {item: number for number, item in enumerate(sorted({promise.item for promise in rows}))}
    ends = [((p.outcome_on or p.followed_until or p.stated_on) - p.stated_on).days for p in rows]
    arrived = np.array([promise.outcome == "delivered" for promise in rows], bool)
    items = np.array([names[promise.item] for promise in rows], np.int64)
    return Sample(table(rows), Outcomes(np.array(ends, float), arrived), items, left)


def left_out(promises: Sequence[Promise]) -> dict[str, dict[str, int]]:
    """source -> why -> how many of its promises no fit can use; sources of which all can be used are left out."""
    found: dict[str, dict[str, int]] = {}
    for promise in promises:
        if why := _unusable(promise):
            reasons = found.setdefault(promise.source, {})
            reasons[why] = reasons.get(why, 0) + 1
    return {source: found[source] for source in sorted(found)}


def can_learn(promises: Sequence[Promise]) -> bool:
    """Whether any of the promises can be used by a fit."""
    return not all(_unusable(promise) for promise in promises)


def must_learn(promises: Sequence[Promise]) -> None:
    """Raises PanelError, with how many rows cannot be used and why, where no promise has an outcome to learn from."""
    if not can_learn(promises):
        why = "; ".join(f"{name}: {told(reasons)}" for name, reasons in left_out(promises).items())
        raise PanelError("no promise with an outcome to learn from", where=why, todo="give panels with outcomes")


def told(reasons: Mapping[str, int]) -> str:
    """Reasons in words: "4 overdue when stated, 1 no outcome"."""
    return ", ".join(f"{count} {why}" for why, count in sorted(reasons.items()))


def _unusable(promise: Promise) -> str | None:
    if not promise.outcome:
        return "no outcome"
    if promise.promised_for is None:
        return "no promised day"
    if promise.promised_for <= promise.stated_on:
        return "overdue when stated"
    end = promise.outcome_on if promise.outcome == "delivered" else promise.followed_until
    if end is None or end <= promise.stated_on:
        return "over before it was stated"
    return None


def fit(
    promises: Sequence[Promise], *, around: Fitted | None = None, before: Mapping[str, ClassFit] | None = None
) -> Fitted:
    """Fit every class among the promises; around: further classes for the pool (same-named ones are replaced).

    before: classes as other projects of theirs told them; each then shrinks to that instead of to the pool.
    Raises PanelError where no row has an outcome that can be learnt from.
    """
    shape = design()
    groups: dict[str, list[Promise]] = {}
    for promise in promises:
        groups.setdefault(promise.source, []).append(promise)
    must_learn(promises)
    samples = {name: sample(groups[name]) for name in sorted(groups)}
    empty = [name for name, rows in samples.items() if not len(rows.table)]
    others = (around.without(samples) if around else Fitted(shape, {})).classes
    alone = {name: _alone(rows, shape) for name, rows in samples.items() if name not in empty}
    earlier = before or {}
    made = {**others, **{name: one for name, one in earlier.items() if name in samples}}
    for name, (theta, variance) in alone.items():
        rest = [(c.alone, c.alone_variance) for c in others.values()]
        rest += [pair for other, pair in alone.items() if other != name]
        prior = _near(earlier[name], shape) if name in earlier else pool(rest, shape)
        one = _around(name, groups[name], samples[name], theta, variance, prior, shape)
        made[name] = _with(one, earlier[name]) if name in earlier else one
    return Fitted(shape, made, around.histories if around else Histories())


def _near(earlier: ClassFit, shape: Design) -> tuple[Floats, Floats]:
    """The prior that another sample of the class makes: mean and variance, (k,) each."""
    return earlier.theta, np.diag(earlier.covariance) + (SAMPLES_APART * shape.between) ** 2


def _with(one: ClassFit, earlier: ClassFit) -> ClassFit:
    """The class with what it rests on besides its own rows."""
    n, items, still_open = one.n + earlier.n, one.items + earlier.items, one.open_ + earlier.open_
    first, last = min(one.first, earlier.first), max(one.last, earlier.last)
    return replace(one, n=n, items=items, open_=still_open, first=first, last=last, marks=one.marks | earlier.marks)


def _problem(rows: Sample, shape: Design) -> Problem:
    horizon = rows.table.ahead
    scale = max(float(official(horizon, rows.seen).mean()), 1.0)
    return Problem(designs(rows.table, horizon, shape), horizon, rows.seen, _weights(rows.items), scale, shape)


def _weights(items: NDArray[np.int64]) -> Floats:
    """Each row's share of what its project tells: m promises of one project count as m / (1 + (m - 1) KINSHIP)."""
    return np.asarray(1 / (1 + (np.bincount(items)[items] - 1) * KINSHIP))


def _alone(rows: Sample, shape: Design) -> tuple[Floats, Floats]:
    problem = _problem(rows, shape)
    theta = minimise(problem, shape.mean, shape.sd**2)
    return theta, np.diag(covariance(problem, theta, shape.sd**2, rows.items)).copy()


def _around(
    name: str,
    promises: Sequence[Promise],
    rows: Sample,
    theta: Floats,
    variance: Floats,
    prior: tuple[Floats, Floats],
    shape: Design,
) -> ClassFit:
    problem = _problem(rows, shape)
    best = minimise(problem, *prior, start=theta)
    days = rows.table.stated.astype(int)
    return ClassFit(
        name,
        len(rows.table),
        int(rows.items.max()) + 1,
        int((~rows.seen.arrived).sum()),
        date.fromordinal(days.min()).isoformat(),
        date.fromordinal(days.max()).isoformat(),
        float(short(np.median(rows.table.ahead))),
        short(theta),
        short(variance),
        short(best),
        short(covariance(problem, best, prior[1], rows.items)),
        digest(repr(promise) for promise in promises)[:16],
        rows.left_out,
        marks(promises),
    )
