"""Which backups stay when older ones are removed."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.thinning import kept

NOW = datetime(2026, 11, 22, 18, 0)
MOMENTS = st.sets(st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)), max_size=60)
COUNTS = st.tuples(st.integers(1, 10), st.integers(0, 6), st.integers(0, 14))


def days_ago(*days: int) -> list[datetime]:
    return [NOW - timedelta(days=each) for each in days]


def test_a_backup_every_day_for_a_year() -> None:
    stay = sorted(kept(days_ago(*range(365)), NOW, 7, 5, 12), reverse=True)
    assert stay[:7] == days_ago(0, 1, 2, 3, 4, 5, 6)
    assert [each.date().isoformat() for each in stay[7:11]] == ["2026-11-15", "2026-11-08", "2026-11-01", "2026-10-31"]
    assert len({(each.year, each.month) for each in stay}) == 12
    assert len(stay) == 7 + 4 + 11


def test_the_last_of_a_day_stands_for_it() -> None:
    morning, noon, evening = (NOW.replace(hour=hour) for hour in (8, 12, 17))
    assert kept([noon, evening, morning], NOW, 1, 0, 0) == {evening}


def test_an_office_that_was_closed_for_a_year_loses_nothing() -> None:
    moments = days_ago(400, 401, 402)
    assert kept(moments, NOW, 3, 0, 0) == set(moments)


def test_a_clock_that_was_set_back_thins_nothing_that_is_newer() -> None:
    moments = days_ago(*range(30))
    back = NOW - timedelta(days=200)
    assert kept([*moments, back], back, 1, 0, 0) == {*moments, back}


def test_a_clock_that_jumped_ahead_leaves_the_others_their_places() -> None:
    ahead = NOW + timedelta(days=5000)
    assert kept([*days_ago(0, 1, 2, 3), ahead], ahead, 3, 0, 0) == {ahead, *days_ago(0, 1)}


def test_weeks_go_from_monday_and_across_the_year() -> None:
    sunday, monday = datetime(2026, 1, 4, 9), datetime(2026, 1, 5, 9)
    thursday_before = datetime(2026, 1, 1, 9)  # the same ISO week as the Sunday, and as 29 December
    december = datetime(2025, 12, 29, 9)
    assert kept([december, thursday_before, sunday, monday], NOW, 1, 2, 0) == {sunday, monday}


def test_nothing_to_keep() -> None:
    assert kept([], NOW, 7, 5, 12) == set()


@given(MOMENTS, COUNTS)
def test_the_newest_of_the_past_always_stays(moments: set[datetime], counts: tuple[int, int, int]) -> None:
    stay = kept(moments, NOW, *counts)
    past = [each for each in moments if each <= NOW]
    assert stay <= moments
    assert not past or max(past) in stay
    assert {each for each in moments if each > NOW} <= stay


@given(MOMENTS, COUNTS)
def test_thinning_twice_is_thinning_once(moments: set[datetime], counts: tuple[int, int, int]) -> None:
    stay = kept(moments, NOW, *counts)
    assert kept(stay, NOW, *counts) == stay


@given(MOMENTS, COUNTS, COUNTS)
def test_who_keeps_more_loses_no_more(moments: set[datetime], counts: tuple[int, int, int], more: tuple[int, int, int]) -> None:
    larger = tuple(each + extra for each, extra in zip(counts, more, strict=True))
    assert kept(moments, NOW, *counts) <= kept(moments, NOW, *larger)


@given(MOMENTS, COUNTS)
def test_thinning_after_every_backup_keeps_as_much_as_the_plan_says(moments: set[datetime], counts: tuple[int, int, int]) -> None:
    """Removing step by step as time goes by never loses a day that thinning at the end would have kept."""
    there: set[datetime] = set()
    for moment in sorted(moments):
        there = kept({*there, moment}, moment, *counts)
    assert there == kept(moments, max(moments, default=NOW), *counts)
