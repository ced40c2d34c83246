"""The computer's clock is set back, by a day or by years, and forward again: nothing is lost, nobody is shut out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, chain, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import AccountLocked, SignInError
from tests.faults.work import PASSWORD

BACK = {"an hour": timedelta(hours=1), "a day": timedelta(days=1), "four years": timedelta(days=1461)}

pytestmark = pytest.mark.parametrize("back", BACK.values(), ids=BACK)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.at("2026-11-22", hour=12)


@pytest.fixture
def office(live: Path, clock: FixedClock, cheap_passwords: None) -> Iterator[Office]:
    office = sign_in(Database.open(live / "office.db"), "admin", PASSWORD, clock=clock)
    yield office
    office.db.close_all()


def complain(office: Office) -> str:
    record = office.complaints.create({"customer": 1, "type": "产品质量", "content": "漏油"})
    return str(office.complaints.get(record)["number"])


def test_a_lock_never_outlasts_its_minutes(office: Office, clock: FixedClock, back: timedelta) -> None:
    """Else a clock that was years ahead once would lock the office out for years."""
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(office.db, "admin", "wrong one", clock=clock)
    with pytest.raises(AccountLocked):
        sign_in(office.db, "admin", PASSWORD, clock=clock)
    clock.moment -= back
    sign_in(office.db, "admin", PASSWORD, clock=clock)


def test_a_lock_set_after_it_holds(office: Office, clock: FixedClock, back: timedelta) -> None:
    clock.moment -= back
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(office.db, "admin", "wrong one", clock=clock)
    clock.moment += timedelta(minutes=14)
    with pytest.raises(AccountLocked):
        sign_in(office.db, "admin", PASSWORD, clock=clock)


def test_the_log_keeps_the_order_in_which_things_happened(office: Office, clock: FixedClock, back: timedelta) -> None:
    office.customers.create({"name": "先"})
    clock.moment -= back
    office.customers.create({"name": "后"})
    assert [row["sentence"] for row in office.audit.operations(limit=2)] == ["新增客户：后", "新增客户：先"]
    assert list(chain.breaks(office.db)) == []


def test_numbers_are_never_given_twice(office: Office, clock: FixedClock, back: timedelta) -> None:
    numbers = [complain(office)]
    clock.moment -= back
    numbers += [complain(office), complain(office)]
    clock.moment += back
    numbers += [complain(office)]
    assert len(set(numbers)) == len(numbers)


def test_backups_replace_nothing(office: Office, clock: FixedClock, back: timedelta, tmp_path: Path) -> None:
    made = [office.backups.create(tmp_path).path]
    clock.moment -= back
    made += [office.backups.create(tmp_path).path]
    clock.moment += back
    made += [office.backups.create(tmp_path).path]
    assert len({path.name for path in made}) == len(made)
    assert all(office.backups.inspect(path).counts["customers"] == 3 for path in made)


def test_thinning_takes_nothing_that_lies_ahead(
    office: Office, clock: FixedClock, back: timedelta, tmp_path: Path
) -> None:
    office.backups.set_plan(replace(office.backups.plan(), targets=(str(tmp_path),)))
    [ahead] = office.backups.run_due("每日")
    clock.moment -= back
    office.customers.create({"name": "后来的"})
    office.backups.run_due("每日")
    assert ahead.info is not None
    assert ahead.info.path.exists()


def test_the_reminder_is_not_put_off(office: Office, clock: FixedClock, back: timedelta, tmp_path: Path) -> None:
    """A backup of a day that has not come says nothing about how well the office is secured."""
    office.backups.create(tmp_path)
    clock.moment -= back
    assert office.backups.state().is_overdue == (back > timedelta(days=7))
    office.backups.create(tmp_path)
    assert not office.backups.state().is_overdue
