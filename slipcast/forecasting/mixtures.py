"""Several forecasts of one milestone made into one: speakers who disagree are a mixture, not an average of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from slipcast.domain import Driver
from slipcast.errors import PanelError
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.predict import Prediction
from slipcast.forecasting.priors import speaker_worth
from slipcast.forecasting.waiting import LEVELS


@dataclass(frozen=True, slots=True)
class Track:
    """Records as (promises kept, promises come due): a speaker's own, of speakers of that kind, of everybody."""

    own: tuple[int, int] = (0, 0)
    kind: tuple[int, int] = (0, 0)
    every: tuple[int, int] = (0, 0)


def pool(predictions: Sequence[Prediction], weights: Sequence[float], speakers: Sequence[str] = ()) -> Prediction:
    """The linear pool (Stone 1961, doi:10.1214/aoms/1177704873): P(by t) = sum of weight times each P(by t).

    weights: positive where they count; they are scaled to 1. speakers: whose they are, for the reference class. The promise
    and drivers shown are those of the heaviest, with a driver "other speakers" for the rest, so that they still sum
    to P50 minus that promise.
    Raises PanelError for no predictions, unequal lengths, or weights that are negative or sum to nothing.
    """
    share = np.array(weights, float)
    if not predictions or len(predictions) != len(share):
        raise PanelError(
            f"{len(predictions)} forecasts with {len(share)} weights", where="pool", todo="one weight each"
        )
    if not np.isfinite(share).all() or (share < 0).any() or share.sum() <= 0:
        raise PanelError("weights are negative or sum to nothing", where="pool", todo="give weights of at least 0")
    share = share / share.sum()
    heaviest = predictions[int(np.argmax(share))]
    if len(predictions) == 1:
        return heaviest
    p_never = float(sum(w * made.p_never for w, made in zip(share, predictions, strict=True)))
    grid = np.unique(np.concatenate([[made.days[0] - 1 for made in predictions], *(m.days for m in predictions)]))
    total = np.zeros(len(grid))
    for weight, made in zip(share, predictions, strict=True):
        total += weight * (1 - made.p_never) * np.interp(grid, made.days, np.array(LEVELS), left=0.0, right=1.0)
    arrived = np.maximum.accumulate(total) / max(1 - p_never, 1e-12)
    at = np.searchsorted(arrived, np.minimum(np.array(LEVELS), arrived[-1]) - 1e-9, side="left")
    before, step = np.maximum(at - 1, 0), np.maximum(arrived[at] - arrived[np.maximum(at - 1, 0)], 1e-12)
    part = np.clip((np.array(LEVELS) - arrived[before]) / step, 0.0, 1.0)
    days = np.where(at == 0, grid[0], np.rint(grid[before] + part * (grid[at] - grid[before]))).astype(np.int64)
    return replace(
        heaviest,
        days=np.maximum.accumulate(days),
        p_never=p_never,
        reference_class=_label(predictions, share.tolist(), speakers),
        drivers=_drivers(heaviest, float(days[LEVELS.index(0.5)] - heaviest.days[LEVELS.index(0.5)])),
    )


def _label(predictions: Sequence[Prediction], share: Sequence[float], speakers: Sequence[str]) -> str:
    classes = dict.fromkeys(made.reference_class for made in predictions)
    names = speakers or [made.reference_class for made in predictions]
    told = ", ".join(f"{name} {weight:.0%}" for name, weight in zip(names, share, strict=True))
    return f"{' + '.join(classes)}; a mixture of speakers: {told}" if speakers else told


def _drivers(heaviest: Prediction, days: float) -> tuple[Driver, ...]:
    return (*heaviest.drivers, Driver("other speakers", days / MONTH)) if heaviest.drivers else ()


def weights_of(tracks: Sequence[Track]) -> list[float]:
    """Weights of speakers by how past promises held, summing to 1.

    A speaker's rate is (kept + w r) / (due + w), r the rate of speakers of that kind, which is made likewise from the rate of
    everybody, (kept + 1) / (due + 2). So a speaker without a record counts as such speakers do, and w (priors.toml)
    says how soon an own record counts: shrinkage of a binomial share (Efron and Morris 1975, doi:10.2307/2285814).
    Raises PanelError where more promises are said to be kept than were made.
    """
    if any(not 0 <= kept <= due for track in tracks for kept, due in (track.own, track.kind, track.every)):
        raise PanelError("more promises kept than made", where="weights_of", todo="give (kept, promises)")
    rates = [_rate(track) for track in tracks]
    return [rate / sum(rates) for rate in rates]


def _rate(track: Track) -> float:
    worth, rate = speaker_worth(), (track.every[0] + 1) / (track.every[1] + 2)
    for kept, due in (track.kind, track.own):
        rate = (kept + worth * rate) / (due + worth)
    return rate
