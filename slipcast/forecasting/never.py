"""The chance that a promise never comes: a stated prior, moved by what was said and by time that passes.

odds(never) = odds(prior share) * product of the factors of what was said
never | not yet arrived by a = never / (never + (1 - never) (1 - G(a)))        (Bayes)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.priors import family, never

Floats = NDArray[np.float64]


def prior_share(source: str, fitted: Fitted) -> float:
    """The share of never before anything is said: of a fitted class, of a panel not seen before, of statements."""
    if source in fitted.classes:
        return never().of_class(fitted.classes[source].items)
    return never().share if family(source) else never().panel_share


def moved(share: Floats, log_factor: Floats) -> Floats:
    """The share with its odds multiplied."""
    return np.asarray(expit(logit(share) + log_factor))


def after_waiting(share: Floats, log_survival: Floats) -> Floats:
    """The share once nothing has come by a day at which log(1 - G) is log_survival."""
    return np.asarray(expit(logit(share) - log_survival))
