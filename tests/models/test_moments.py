"""Machine times: local days as they are stored, also where the system knows no zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crm_desktop.models.moments import as_stored, local_day, local_text, start_of_day


class OnWindows(datetime):
    """A local time that Windows cannot place: one before 1970, for example."""

    def astimezone(self, tz=None):
        raise OSError(22, "Invalid argument")


def test_a_moment_is_stored_in_utc() -> None:
    assert as_stored(datetime(2026, 11, 22, 17, 5, tzinfo=timezone(timedelta(hours=8)))) == "2026-11-22T09:05:00Z"


@pytest.mark.parametrize("year", [1900, 9000])
def test_a_moment_that_the_system_cannot_place_is_stored_as_it_stands(year: int) -> None:
    assert as_stored(OnWindows(year, 1, 1)) == f"{year}-01-01T00:00:00Z"


def test_a_local_day_begins_where_it_is_read_again() -> None:
    day = date(2026, 11, 22)
    assert (local_day(start_of_day(day)), local_text(start_of_day(day, 1))) == (day, "2026-11-23 00:00")
    assert datetime.fromisoformat(start_of_day(day, 1)) - datetime.fromisoformat(start_of_day(day)) == timedelta(days=1)
    assert datetime.fromisoformat(start_of_day(day)).tzinfo == UTC
