"""Deadlines in working hours: never outside them, later for more hours, around holidays and make-up weekends."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.working_time import WorkingHours, is_working_day
from crm_desktop.settings import OPTIONS

WORKING = WorkingHours.parse("8:30-12:00 13:00-17:30")
A_DAY = 8
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-24 09:00", 1, "2026-11-24 10:00"),
        ("2026-11-24 11:30", 1, "2026-11-24 13:30"),  # over lunch
        ("2026-11-24 12:30", 1, "2026-11-24 14:00"),
        ("2026-11-24 07:00", A_DAY, "2026-11-24 17:30"),  # to the last minute of the day
        ("2026-11-24 17:30", 1, "2026-11-25 09:30"),
        ("2026-11-27 17:00", 1, "2026-11-30 09:00"),  # Friday to Monday
        ("2026-11-22 10:00", 4, "2026-11-23 13:30"),  # came in on a Sunday
        ("2025-09-30 16:30", 2, "2025-10-09 09:30"),  # over National Day
        ("2025-10-10 16:30", 2, "2025-10-11 09:30"),  # a Saturday that is worked
        ("2031-01-03 16:30", 2, "2031-01-06 09:30"),  # a year nobody has announced yet: Monday to Friday
    ],
)
def test_a_deadline_by_hand(start: str, hours: float, due: str) -> None:
    assert WORKING.after(datetime.fromisoformat(start), hours) == datetime.fromisoformat(due)


@given(start=MOMENTS, hours=st.integers(1, 60))
def test_a_deadline_lies_within_working_hours_and_after_the_beginning(start: datetime, hours: int) -> None:
    due = WORKING.after(start, hours)
    assert due > start and is_working_day(due.date())
    assert any(begin < due.time() <= end for begin, end in WORKING.sessions)


@given(start=MOMENTS, hours=st.integers(1, 60), more=st.integers(1, 40))
def test_more_hours_are_later_and_add_up(start: datetime, hours: int, more: int) -> None:
    first = WORKING.after(start, hours)
    assert first < WORKING.after(start, hours + more) == WORKING.after(first, more)


@given(start=MOMENTS, later=st.integers(1, 5000), hours=st.integers(1, 40))
def test_who_comes_later_is_not_served_earlier(start: datetime, later: int, hours: int) -> None:
    assert WORKING.after(start, hours) <= WORKING.after(start + timedelta(minutes=later), hours)


@pytest.mark.parametrize("text", OPTIONS["working_hours"].choices)
def test_every_choice_of_hours_can_be_read(text: str) -> None:
    working = WorkingHours.parse(text)
    assert working.begin == working.sessions[0][0]
    assert all(begin < end for begin, end in working.sessions)


def test_hours_that_never_pass_give_no_moment_and_no_endless_loop() -> None:
    assert all(WORKING.after(datetime(2026, 11, 24), hours) is None for hours in (-8, 0, 9000, 10**6, 10**30))


def test_holidays_and_make_up_days() -> None:
    assert not is_working_day(date(2025, 10, 1)) and is_working_day(date(2025, 10, 11))
