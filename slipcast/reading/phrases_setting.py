"""What a date phrase is read against: the day of publication, the tense, the dates told before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from slipcast.reading.phrases_lexicon import FiscalYear


@dataclass(frozen=True, slots=True)
class Told:
    """A date that the text has told before.

    near: in the same sentence; verb: the word that gave its tense; aside: told for comparison only ("since 1987"), so
    that "the day" does not go back to it.
    """

    edtf: str
    near: bool
    verb: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against.

    today: the day of publication, None where it is not known; tense: "past", "future", "plan" or "";
    told: dates told before, latest last; country: the fiscal year of the country at this place;
    home: of the country that the text is most about;
    day_first: whether the text writes the day before the month, None where it does not show;
    years_short: whether it writes a month of a year as "Dec 20";
    before: the word that stands before it.
    """

    today: date | None
    tense: str = ""
    told: tuple[Told, ...] = ()
    country: Callable[[], FiscalYear | None] = field(default=lambda: None)
    home: Callable[[], FiscalYear | None] = field(default=lambda: None)
    day_first: Callable[[], bool | None] = field(default=lambda: None)
    years_short: Callable[[], bool] = field(default=lambda: False)
    before: str = ""
