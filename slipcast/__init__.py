"""slipcast: who promised which delivery by when, what is it waiting for, and when will it really arrive?

The front door: every public name is here, loaded when first used; everything else is private.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

#: public name -> module that holds it
_DOORS = {
    "Document": "slipcast.domain",
    "Statement": "slipcast.domain",
    "Decision": "slipcast.domain",
    "Milestone": "slipcast.domain",
    "Programme": "slipcast.domain",
    "Promise": "slipcast.domain",
    "Forecast": "slipcast.domain",
    "Window": "slipcast.dates",
    "SlipcastError": "slipcast.errors",
    "read": "slipcast.reading.read",
    "find_dates": "slipcast.reading.phrases",
    "Ledger": "slipcast.ledger.store",
    "assemble": "slipcast.programme.assemble",
    "ingest": "slipcast.pipeline.ingest",
    "forecast": "slipcast.pipeline.forecast",
    "predict": "slipcast.forecasting.predict",
    "score": "slipcast.forecasting.scores",
}

__all__ = ["__version__", *_DOORS]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"slipcast has no {name!r}; its front door is {', '.join(_DOORS)}")
    return getattr(importlib.import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
