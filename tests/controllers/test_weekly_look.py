"""Once a week the program compares the indexes by itself."""

from datetime import timedelta

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.checks import weekly
from crm_desktop.errors import DatabaseError
from tests.spoiled import empty_index


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What came of each comparison."""
    found, compare = [], weekly.has_true_indexes

    def noted(*arguments: object) -> bool:
        found.append(compare(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(weekly, "has_true_indexes", noted)
    return found


def look(office: Office, is_cancelled: bool = False) -> bool:
    return office.maintenance.are_indexes_true(lambda: is_cancelled)


def test_a_week_after_the_last_time(office: Office, looked: list[bool]) -> None:
    clock = office.context.clock
    assert look(office) and look(office) and looked == [True]
    clock.moment += timedelta(days=6)  # type: ignore[attr-defined]
    assert look(office) and looked == [True]
    clock.moment += timedelta(days=2)  # type: ignore[attr-defined]
    assert look(office) and looked == [True, True]
    clock.moment -= timedelta(days=30)  # type: ignore[attr-defined]
    assert look(office) and looked == [True, True, True], "the clock was ahead when it was last done"


def test_what_was_broken_off_or_found_something_is_done_again(office: Office, looked: list[bool]) -> None:
    assert look(office, is_cancelled=True) and look(office) and looked == [True, True]
    office.context.clock.moment += timedelta(days=8)  # type: ignore[attr-defined]
    office.db.close_all()
    empty_index(office.db.path, "operations_at")
    assert not look(office) and not look(office) and looked[2:] == [False, False]


def test_where_it_cannot_be_remembered_nobody_is_bothered(
    office: Office, looked: list[bool], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*arguments: object) -> None:
        raise DatabaseError("磁盘空间已满。")

    with monkeypatch.context() as patch:
        patch.setattr(type(office.db), "execute", full)
        assert look(office)
    assert "weekly look was not kept" in caplog.text
    assert look(office) and looked == [True, True], "so it is done again"
