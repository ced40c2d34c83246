"""Stretches of days: the periods a clerk picks, and the months, quarters and years a longer one falls into."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

PERIODS = {
    "this_week": "本周", "this_month": "本月", "this_quarter": "本季", "this_year": "本年", "last_year": "去年",
    "custom": "自定义",
}  # fmt: skip
"""What a screen offers, in its order."""

RELATIVE = {
    "today": "今天", "yesterday": "昨天", "this_week": "本周", "last_week": "上周", "this_month": "本月",
    "last_month": "上月", "this_quarter": "本季", "this_year": "本年", "last_year": "去年",
}  # fmt: skip
"""Days that a condition names from today on, without a number."""

COUNTED = {"last_days": "最近 {} 天内", "next_days": "今后 {} 天内", "before_days": "{} 天以前"}
"""Days that a condition counts from today, which belongs to the first two."""
MOST_DAYS = 36_500

UNITS = {"month": "月", "quarter": "季", "year": "年"}
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


class Span(NamedTuple):
    """Both days belong to it."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def period(key: str, today: date) -> Span:
    """The days of one of ``PERIODS`` or ``RELATIVE`` seen from ``today``; a custom one begins as this month."""
    match key:
        case "today":
            return Span(today, today)
        case "yesterday":
            return Span(today - timedelta(days=1), today - timedelta(days=1))
        case "last_week":
            return period("this_week", today - timedelta(days=7))
        case "last_month":
            return whole(whole(today, "month").start - timedelta(days=1), "month")
        case "this_week":
            monday = today - timedelta(days=today.weekday())
            return Span(monday, monday + timedelta(days=6))
        case "last_year":
            return Span(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case "this_quarter" | "this_year":
            return whole(today, key.removeprefix("this_"))
        case "this_month" | "custom":
            return whole(today, "month")
    raise KeyError(key)


def counted(key: str, days: int, today: date) -> tuple[date | None, date]:
    """First and last day of one of ``COUNTED``; what lies before has no first one."""
    if key == "last_days":
        return today - timedelta(days=days), today
    if key == "next_days":
        return today, today + timedelta(days=days)
    return None, today - timedelta(days=days + 1)


def whole(day: date, unit: str) -> Span:
    """The month, quarter or year that a day lies in."""
    months = MONTHS_OF[unit]
    first = (day.month - 1) // months * months
    return Span(date(day.year, first + 1, 1), last_day(day.year, first + months))


def last_day(year: int, month: int) -> date:
    """Of a month counted from 1."""
    return date(year, month, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def fold(day: str, unit: str) -> str:
    """The name of the unit that an ISO day lies in: 2025-03, 2025-Q1, 2025."""
    match unit:
        case "month":
            return day[:7]
        case "quarter":
            return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return day[:4]


def parts(span: Span, unit: str) -> Iterator[tuple[str, Span]]:
    """Every unit that the span touches, in order, with the days of it that lie in the span."""
    day = span.start
    while True:
        end = whole(day, unit).end
        yield fold(day.isoformat(), unit), Span(day, min(end, span.end))
        if end >= span.end:
            return
        day = end + timedelta(days=1)


def count_of(span: Span, unit: str) -> int:
    """How many of them there are."""
    first, last = (day.year * 12 + day.month - 1 for day in span)
    return last // MONTHS_OF[unit] - first // MONTHS_OF[unit] + 1


def month_before(year: int, month: int) -> tuple[int, int]:
    """Year and month of the month before."""
    return (year, month - 1) if month > 1 else (year - 1, 12)
