"""When a memo is due: against a reader who goes through the calendar day by day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.models.memo import DAILY, LUNAR_YEARLY, MONTHLY, REPEATS, WEEKLY, WORKING_DAYS, YEARLY
from crm_desktop.models.recurrence import is_done, occurrences

DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))
# Published dates of 春节 (the first of the first), 中秋 (fifteenth of the eighth) and 除夕.
NEW_YEARS = ("2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03")
MOON_FESTIVALS = ("2020-10-01", "2021-09-21", "2022-09-10", "2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25", "2027-09-15", "2028-10-03")
EVES = ("2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25")


def memo(day: date | str, repeat: str = "", until: str | None = None, **more):
    return {"date": str(day), "repeat": repeat, "repeat_until": until, "is_done": 0, "done_until": None, **more}


def comes_on(day: date, start: date, repeat: str) -> bool:
    last = monthrange(day.year, day.month)[1]
    match repeat:
        case "":
            return day == start
        case _ if repeat == DAILY:
            return True
        case _ if repeat == WEEKLY:
            return day.isoweekday() == start.isoweekday()
        case _ if repeat == MONTHLY:
            return day.day == start.day or (day.day == last and start.day > last)
    return day.month == start.month and (day.day == start.day or (day.day == last and start.day > last))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(DAYS, st.sampled_from(["", DAILY, WEEKLY, MONTHLY, YEARLY]), DAYS, st.integers(-3, 900), st.none() | DAYS)
def test_each_day_is_found_and_no_other(start, repeat, first, length, until):
    last = first + timedelta(days=length)
    end = min(last, until) if until else last
    days = (max(first, start) + timedelta(days=n) for n in range(max(0, (end - max(first, start)).days + 1)))
    wanted = [day for day in days if comes_on(day, start, repeat)]
    assert list(occurrences(memo(start, repeat, until and str(until)), first, last)) == wanted


@settings(derandomize=True, deadline=None, max_examples=100)
@given(DAYS, st.sampled_from(REPEATS), DAYS, st.integers(0, 800))
def test_days_come_once_in_order_within_the_span(start, repeat, first, length):
    last = first + timedelta(days=length)
    found = list(occurrences(memo(start, repeat), first, last))
    assert found == sorted(set(found))
    assert all(max(first, start) <= day <= last for day in found)


@pytest.mark.parametrize("days", [NEW_YEARS, MOON_FESTIVALS, EVES])
def test_lunar_days_are_those_that_were_published(days):
    found = occurrences(memo(days[0], LUNAR_YEARLY), date.fromisoformat(days[0]), date.fromisoformat(days[-1]))
    assert [str(day) for day in found] == list(days)


def test_a_day_of_a_leap_month_comes_in_the_ordinary_month():
    start = date(2025, 7, 30)  # 闰六月初六
    found = list(occurrences(memo(start, LUNAR_YEARLY), start, date(2028, 12, 31)))
    assert found == [start, date(2026, 7, 19), date(2027, 7, 9), date(2028, 7, 27)]


def test_working_days_follow_the_published_holidays():
    found = [str(day) for day in occurrences(memo("2026-01-01", WORKING_DAYS), date(2026, 2, 12), date(2026, 3, 1))]
    assert "2026-02-14" in found and "2026-02-17" not in found and "2026-02-28" in found


def test_what_was_seen_to():
    daily = memo("2026-11-01", DAILY, done_until="2026-11-20")
    assert [is_done(daily, date(2026, 11, day)) for day in (19, 20, 21)] == [True, True, False]
    assert is_done(memo("2026-11-01", is_done=1), date(2026, 11, 1))
    assert not is_done(memo("2026-11-01", done_until="2026-11-20"), date(2026, 11, 1))
