"""The Chinese lunar calendar (农历), as far as birthdays and the status bar need it."""

from datetime import date
from typing import NamedTuple


class LunarDay(NamedTuple):
    """A day of the lunar calendar; a leap month counts as the month it repeats."""

    year: int
    month: int
    day: int


def lunar_day(day: date) -> LunarDay:
    """The lunar day of a date from 1900 to 2100."""
    from borax.calendars.lunardate import LunarDate  # only when a lunar birthday is looked at

    lunar = LunarDate.from_solar(day)
    return LunarDay(lunar.year, lunar.month, lunar.day)


def lunar_words(day: date) -> str:
    """How a calendar on the wall names the day: 闰六月初五."""
    from borax.calendars.lunardate import LunarDate  # a moment after start-up, for the status bar

    lunar = LunarDate.from_solar(day)
    return f"{'闰' if lunar.leap else ''}{lunar.cn_month}月{lunar.cn_day}"


def solar_day(year: int, month: int, day: int) -> date:
    """The date of a day of an ordinary lunar month; the 30th of a month that has 29 days is its 29th."""
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate  # as above

    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except InvalidLunarDateError:
        found = LunarDate(year, month, day - 1).to_solar_date()
    return found
