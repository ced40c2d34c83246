"""Birthdays: with and without a year, in both calendars, and their day of every year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Lunar, LunarYear  # type: ignore[import-untyped]

from crm_desktop.errors import FieldError
from crm_desktop.models.birthdays import celebrated_on, parse_birthday, solar_problem, years_since

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("typed", "stored"), [
    ("1980-5-12", "1980-05-12"), ("19800512", "1980-05-12"), ("1980年5月12日", "1980-05-12"), ("1980.5.12", "1980-05-12"),
    ("5-12", "--05-12"), ("5月12日", "--05-12"), ("--05-12", "--05-12"), ("１２－３", "--12-03"),
    ("2-29", "--02-29"), ("2-30", "--02-30"), ("1978-2-30", "1978-02-30"), ("1979-2-29", "1979-02-29"),
])  # fmt: skip
def test_it_is_typed_with_or_without_a_year(typed: str, stored: str) -> None:
    assert parse_birthday(typed, TODAY) == stored
    assert parse_birthday(stored, TODAY) == stored


@pytest.mark.parametrize(("typed", "words"), [
    ("2-31", "2 月没有 31 日"), ("4-31", "4 月没有 31 日"), ("13-1", "没有 13 月"), ("5-0", "5 月没有 0 日"),
    ("闰六月三十", "闰月"), ("1979-闰6-30", "闰月"), ("1850-5-1", "年份"), ("春天", "格式"), ("19790229", "没有 29 日"),
])  # fmt: skip
def test_what_is_no_day_is_told(typed: str, words: str) -> None:
    with pytest.raises(FieldError, match=words):
        parse_birthday(typed, TODAY)


def test_days_of_the_solar_calendar_exist() -> None:
    assert [solar_problem(day) for day in ("1980-02-29", "--02-29", "--01-31", "2026-11-22")] == [""] * 4
    assert "1978 年 2 月没有 30 日" in solar_problem("1978-02-30")
    assert "农历" in solar_problem("1979-02-29") and "2 月没有 30 日" in solar_problem("--02-30")


def test_years_are_counted_where_the_first_is_known() -> None:
    assert years_since("1980-05-12", date(2026, 5, 12)) == 46
    assert years_since("--05-12", date(2026, 5, 12)) is None


@given(st.dates(date(1901, 3, 1), date(2099, 12, 1)))
def test_every_birthday_is_celebrated_once_a_year(day: date) -> None:
    """From one birthday to the next, in either calendar, lies about a year, and no other day between claims it."""
    solar, lunar = celebrated_on(day)
    year = [celebrated_on(day + timedelta(days=n)) for n in range(1, 400)]
    assert sum(solar[0] in each.solar for each in year[:360]) == 0
    assert sum(solar[0] in each.solar for each in year[:368]) == 1 or solar[0] == "02-29"
    for born in lunar:
        assert sum(born in each.lunar for each in year[:350]) == 0
        assert sum(born in each.lunar for each in year) == 1


@given(st.integers(1902, 2098), st.integers(1, 12), st.integers(1, 30))
def test_lunar_birthdays_agree_with_another_calendar(year: int, month: int, day: int) -> None:
    length = LunarYear.fromYear(year).getMonth(month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, length)).getSolar()
    on = date(solar.getYear(), solar.getMonth(), solar.getDay())
    assert f"{month:02d}-{day:02d}" in celebrated_on(on).lunar
