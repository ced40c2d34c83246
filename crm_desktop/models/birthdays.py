"""Birthdays and anniversaries: how they are typed, and on which day of a year they are celebrated.

Who does not tell the year is written without it: ``--05-12``, as ISO 8601:2000 truncates a date.
29 February is 28 February in a year without it. A lunar day is celebrated in the ordinary month of its number, never
in a leap month, and the 30th of a month that has 29 days on the 29th; both are common usage, no standard has them.
"""

import re
from calendar import isleap, monthrange
from datetime import date
from typing import NamedTuple

from crm_desktop.errors import FieldError
from crm_desktop.models import checks
from crm_desktop.models.lunar import lunar_day, solar_day
from crm_desktop.models.text import clean_line, to_half_width

LEAP_DAY, DAY_BEFORE = "02-29", "02-28"
LONG_MONTH, SHORT_MONTH = 30, 29
NO_YEAR = "--"
LEAP_YEAR = 2000
_DAY = re.compile(r"(?:(?P<y>[0-9]{4})[-./年])?(?:--)?(?P<m>[0-9]{1,2})[-./月](?P<d>[0-9]{1,2})[日号]?")


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


def parse_birthday(text: str, today: date) -> str:
    """``1980-05-12`` or ``--05-12`` for what was typed: 1980-5-12, 19800512, 5-12, 5月12日.

    Whether the day belongs to the solar or the lunar calendar is not known here, so any 30th passes.
    """
    typed = clean_line(to_half_width(text)).replace(" ", "")
    if "闰" in typed:
        raise FieldError("闰月的生日请填它所闰的月份，例如闰六月初十填 6-10，每年按六月过。")
    match = _DAY.fullmatch(typed)
    if match is None:
        return checks.parse_date(typed, today)
    month, day = int(match["m"]), int(match["d"])
    if not 1 <= month <= 12:
        raise FieldError(f"没有 {month} 月，请检查日期。")
    if not 1 <= day <= max(LONG_MONTH, monthrange(LEAP_YEAR, month)[1]):
        raise FieldError(f"{month} 月没有 {day} 日。")
    year = checks.parse_date(f"{match['y']}-01-01", today)[:5] if match["y"] else NO_YEAR
    return f"{year}{month:02d}-{day:02d}"


def solar_problem(birthday: str) -> str:
    """Why a birthday cannot be one of the solar calendar; "" when it can."""
    year, month, day = (int(part or LEAP_YEAR) for part in birthday.replace(NO_YEAR, "-").split("-"))
    if day <= monthrange(year, month)[1]:
        return ""
    called = f"{month} 月没有 {day} 日" if birthday.startswith(NO_YEAR) else f"{year} 年 {month} 月没有 {day} 日"
    return f"{called}；农历生日请把生日历法选为农历。" if day <= LONG_MONTH else f"{called}。"


def years_since(birthday: str, day: date) -> int | None:
    """How many years a birthday is celebrated for the n-th time on ``day``; None without its year."""
    return None if birthday.startswith(NO_YEAR) else day.year - int(birthday[:4])
