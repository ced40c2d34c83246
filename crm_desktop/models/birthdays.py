"""On which day of a year a birthday or anniversary is celebrated.

29 February is 28 February in a year without it. A lunar day is celebrated in the ordinary month of its number, never
in a leap month, and the 30th of a month that has 29 days on the 29th; both are common usage, no standard has them.
"""

from calendar import isleap
from datetime import date
from typing import NamedTuple

from crm_desktop.models.lunar import lunar_day, solar_day

LEAP_DAY, DAY_BEFORE = "02-29", "02-28"
LONG_MONTH, SHORT_MONTH = 30, 29


class Celebrated(NamedTuple):
    """Days as ``MM-DD``, of the solar and of the lunar calendar."""

    solar: tuple[str, ...]
    lunar: tuple[str, ...]


def celebrated_on(day: date) -> Celebrated:
    """All the birthdays that fall on a day from 1900 to 2100."""
    written = f"{day:%m-%d}"
    solar = (written, LEAP_DAY) if written == DAY_BEFORE and not isleap(day.year) else (written,)
    year, month, number = lunar_day(day)
    numbers = (number, LONG_MONTH) if number == SHORT_MONTH else (number,)
    here = (each for each in numbers if solar_day(year, month, each) == day)
    return Celebrated(solar, tuple(f"{month:02d}-{each:02d}" for each in here))
