"""The periods a clerk picks, at the ends of weeks, months, quarters and years, and what longer ones fall into."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.periods import PERIODS, UNITS, Span, count_of, fold, month_before, parts, period

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
PICKED = [
    ("2026-11-22", "this_week", "2026-11-16", "2026-11-22"),  # a Sunday
    ("2026-11-23", "this_week", "2026-11-23", "2026-11-29"),
    ("2025-12-31", "this_week", "2025-12-29", "2026-01-04"),
    ("2026-01-01", "this_week", "2025-12-29", "2026-01-04"),
    ("2024-02-29", "this_month", "2024-02-01", "2024-02-29"),
    ("2025-02-28", "this_month", "2025-02-01", "2025-02-28"),
    ("2025-12-31", "this_month", "2025-12-01", "2025-12-31"),
    ("2026-11-22", "this_quarter", "2026-10-01", "2026-12-31"),
    ("2026-01-01", "this_quarter", "2026-01-01", "2026-03-31"),
    ("2026-06-30", "this_quarter", "2026-04-01", "2026-06-30"),
    ("2026-12-31", "this_year", "2026-01-01", "2026-12-31"),
    ("2026-01-01", "last_year", "2025-01-01", "2025-12-31"),
    ("2026-11-22", "custom", "2026-11-01", "2026-11-30"),
]


@pytest.mark.parametrize(("today", "key", "start", "end"), PICKED)
def test_a_picked_period(today, key, start, end):
    assert period(key, date.fromisoformat(today)) == (date.fromisoformat(start), date.fromisoformat(end))


@given(DAYS)
def test_today_lies_in_every_period_but_last_year(today):
    for key in PERIODS:
        assert (today in period(key, today)) is (key != "last_year")


@pytest.mark.parametrize(("day", "unit", "name"), [("2025-03-31", "month", "2025-03"), ("2025-03-31", "quarter", "2025-Q1"), ("2025-10-01", "quarter", "2025-Q4"), ("2025-10-01", "year", "2025")])
def test_the_name_of_a_unit(day, unit, name):
    assert fold(day, unit) == name


@given(DAYS, st.integers(0, 2000), st.sampled_from(sorted(UNITS)))
def test_the_parts_of_a_span_are_all_of_it_once(start, length, unit):
    span = Span(start, min(start + timedelta(length), date(2150, 12, 31)))
    found = list(parts(span, unit))
    assert found[0][1].start == span.start
    assert found[-1][1].end == span.end
    assert all(before.end + timedelta(1) == after.start for (_, before), (_, after) in zip(found, found[1:], strict=False))
    assert all(fold(day.isoformat(), unit) == name for name, part in found for day in part)
    assert len(found) == len({name for name, _ in found}) == count_of(span, unit)


def test_the_month_before():
    assert (month_before(2026, 1), month_before(2026, 12)) == ((2025, 12), (2026, 11))


def test_an_unknown_period():
    with pytest.raises(KeyError):
        period("next_week", date(2026, 1, 1))
