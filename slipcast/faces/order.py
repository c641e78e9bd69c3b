"""What a reader sees first: programmes of which more is known, deliveries, and what was promised last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slipcast import dates
from slipcast.domain import Forecast, Milestone, Programme

#: which milestone speaks first, for a card and in a headline
_FOREMOST = ("delivery", "completion", "entry_into_service", "shipment", "installation", "participation")


def rank(programme: Programme, kind: str, tranche: str | None) -> tuple[int, int, str]:
    """A milestone's place in a section: deliveries first, of several tranches the one promised last first."""
    place = _FOREMOST.index(kind) if kind in _FOREMOST else len(_FOREMOST)
    promised = (
        dates.counts_from(slip.stated_on)
        for one in programme.milestones
        if (one.kind, one.tranche) == (kind, tranche)
        for slip in one.promises
    )
    return (place, -max(promised, default=date.min).toordinal(), tranche or "")


def grouped(forecasts: Sequence[Forecast]) -> list[list[Forecast]]:
    """Forecasts by milestone, oldest first."""
    groups: dict[tuple[str, str | None], list[Forecast]] = {}
    for one in sorted(forecasts, key=lambda one: (one.as_of, one.known_by or "")):
        groups.setdefault((one.milestone, one.tranche), []).append(one)
    return list(groups.values())


def spokesman(programme: Programme, groups: Sequence[Sequence[Forecast]]) -> tuple[Milestone | None, Forecast | None]:
    """The milestone that speaks for a programme, with its latest forecast where it has one."""
    ranked = sorted(programme.milestones, key=lambda one: rank(programme, one.kind, one.tranche))
    forecast = {(group[-1].milestone, group[-1].tranche): group[-1] for group in groups}
    for one in ranked:
        if (one.kind, one.tranche) in forecast:
            return one, forecast[(one.kind, one.tranche)]
    dated = [one for one in ranked if one.promises] or ranked
    return (dated[0] if dated else None), None
