"""On which days a memo is due, and whether it has been seen to on one of them.

A month or year without the day has its last day instead: the 31st is 30 April, 29 February is 28 February. A lunar
day comes once a lunar year: of a leap month in the ordinary month, the 30th of a month with 29 days on the 29th.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from crm_desktop.models.lunar import lunar_day, solar_day
from crm_desktop.models.memo import DAILY, LUNAR_YEARLY, MONTHLY, WEEKLY, WORKING_DAYS, YEARLY
from crm_desktop.models.working_time import is_working_day

Memo = Mapping[str, Any]
"""A record of 工作备忘: ``date``, ``repeat``, ``repeat_until``, ``is_done``, ``done_until``."""

_RULES = {"": "", DAILY: "FREQ=DAILY", WEEKLY: "FREQ=WEEKLY", MONTHLY: "FREQ=MONTHLY", YEARLY: "FREQ=YEARLY"}
SHORTEST_MONTH = 28
END_OF_DAY = "T155959Z"
"""The last second of a day of Beijing, in UTC, as rules of what has a time want it."""


def occurrences(memo: Memo, first: date, last: date) -> Iterator[date]:
    """The days on which it is due, in order, both ends included."""
    start = date.fromisoformat(memo["date"])
    end = min(last, date.fromisoformat(memo["repeat_until"])) if memo["repeat_until"] else last
    for day in _of_rule(memo["repeat"], start, max(first, start), end):
        if max(first, start) <= day <= end:
            yield day


def is_done(memo: Memo, day: date) -> bool:
    """Whether it was seen to on that day; of a repeated one every day up to ``done_until`` was."""
    return bool(memo["is_done"]) or (bool(memo["repeat"]) and (memo["done_until"] or "") >= day.isoformat())


def calendar_rule(memo: Memo) -> str | None:
    """The same days as an RRULE of RFC 5545, "" for a single day; None where no rule can say them."""
    start = date.fromisoformat(memo["date"])
    rule = _RULES.get(memo["repeat"])
    if rule is None:
        return None
    if memo["repeat"] == MONTHLY:
        rule += _last_of(start.day)
    elif memo["repeat"] == YEARLY and (start.month, start.day) == (2, 29):
        rule += f";BYMONTH=2{_last_of(start.day)}"
    if rule and memo["repeat_until"]:
        end = memo["repeat_until"].replace("-", "")
        rule += f";UNTIL={end}{END_OF_DAY if memo['time'] else ''}"
    return rule


def _last_of(day: int) -> str:
    """The day of the month, or the month's last where it has no such day."""
    if day <= SHORTEST_MONTH:
        return f";BYMONTHDAY={day}"
    days = ",".join(map(str, range(SHORTEST_MONTH, day + 1)))
    return f";BYMONTHDAY={days};BYSETPOS=-1"


def _of_rule(repeat: str, start: date, first: date, last: date) -> Iterator[date]:
    """Days that may lie a little outside."""
    match repeat:
        case "":
            yield start
        case _ if repeat == DAILY:
            yield from _days(first, last, 1)
        case _ if repeat == WORKING_DAYS:
            yield from filter(is_working_day, _days(first, last, 1))
        case _ if repeat == WEEKLY:
            yield from _days(first + timedelta(days=(start.weekday() - first.weekday()) % 7), last, 7)
        case _ if repeat == MONTHLY:
            for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
                yield _day_of(month // 12, month % 12 + 1, start.day)
        case _ if repeat == YEARLY:
            for year in range(first.year, last.year + 1):
                yield _day_of(year, start.month, start.day)
        case _ if repeat == LUNAR_YEARLY:
            yield start
            born = lunar_day(start)
            for year in range(max(born.year + 1, first.year - 1), last.year + 1):
                yield solar_day(year, born.month, born.day)


def _days(first: date, last: date, step: int) -> Iterator[date]:
    for number in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=number)


def _day_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
