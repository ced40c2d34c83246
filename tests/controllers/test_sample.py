"""The sample office is what product.md promises, and the same for everybody."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, create_office, sign_in
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database
from crm_desktop.models import Condition, Query
from crm_desktop.models.lunar import lunar_day

DAY = "2026-11-22"
SAME = {
    "customers": "SELECT code, name, address, phone, created_at FROM customers ORDER BY id",
    "complaints": "SELECT number, content, due_at, handled_at, satisfaction, created_at FROM complaints ORDER BY id",
    "interactions": "SELECT date, time, subject, phone_number, duration, follow_up FROM interactions ORDER BY id",
    "sales": "SELECT number, customer, product, quantity, amount FROM sales ORDER BY id",
}


@pytest.fixture(scope="module")
def sample(sample_of: Callable[[str], Office]) -> Office:
    return sample_of(DAY)


def count(office: Office, sql: str, *values: object) -> int:
    return int(office.db.value(sql, values))


def test_it_has_the_promised_numbers(sample: Office) -> None:
    assert sample.customers.count(Query()).n == 300
    assert sample.contacts.count(Query()).n == 450
    assert count(sample, "SELECT count(*) FROM operators") == 6
    assert count(sample, "SELECT count(*) FROM customers WHERE deleted_at IS NOT NULL") == 3
    assert count(sample, "SELECT count(*) FROM customers WHERE postcode = '' AND deleted_at IS NULL") == 8
    assert sample.customers.count(Query(conditions=[Condition("nature", "=", "个人")])).n == 1
    assert count(sample, "SELECT count(*) FROM customers WHERE length(name) = 30") == 1
    assert count(sample, "SELECT count(*) FROM customers WHERE country IS NOT NULL AND deleted_at IS NULL") >= 15


def test_most_customers_are_from_the_northeast(sample: Office) -> None:
    codes = [row["region"] or "" for row in sample.db.query("SELECT region FROM customers WHERE deleted_at IS NULL")]
    northeast = sum(code[:2] in ("21", "22", "23") for code in codes)

    assert 0.45 <= northeast / len(codes) <= 0.65


def test_levels_stand_one_to_five_to_four(sample: Office) -> None:
    shares = [sample.customers.count(Query(conditions=[Condition("level", "=", name)])).n for name in ("重要", "一般", "潜在")]

    assert 15 <= shares[0] <= 45
    assert 120 <= shares[1] <= 180
    assert 95 <= shares[2] <= 145


def test_six_customers_were_entered_twice(sample: Office) -> None:
    rows = sample.db.query("SELECT id, name, phone FROM customers WHERE deleted_at IS NULL")
    doubled = {
        frozenset((row["id"], other["id"]))
        for row in rows
        for other in sample.customers.possible_duplicates(dict(row), row["id"])
    }

    assert len(doubled) >= 6


def test_two_have_characters_that_few_fonts_know(sample: Office) -> None:
    names = "".join(row["name"] for row in sample.db.query("SELECT name FROM customers UNION ALL SELECT name FROM contacts"))

    assert all(character in names for character in "𠮷𬭎䶮喆")


def test_three_birthdays_fall_into_this_week(sample: Office) -> None:
    today = date.fromisoformat(DAY)
    week = [today + timedelta(days=days) for days in range(8)]
    solar = {f"{day:%m-%d}" for day in week}
    lunar = {f"{each.month:02d}-{each.day:02d}" for each in map(lunar_day, week)}
    rows = sample.db.query("SELECT birthday, birthday_calendar FROM contacts WHERE birthday IS NOT NULL")
    due = [row for row in rows if row["birthday"][5:] in (lunar if row["birthday_calendar"] == "农历" else solar)]

    assert len(due) == 3
    assert sum(row["birthday_calendar"] == "农历" for row in due) == 1


def test_it_is_two_years_old_and_nobody_s(sample: Office) -> None:
    first, last = sample.db.query("SELECT min(created_at), max(created_at) FROM customers")[0]

    assert first[:10] == "2024-11-22"
    assert last[:10] >= "2026-11-15"
    mails = [row[0] for row in sample.db.query("SELECT email FROM customers UNION SELECT email FROM contacts")]
    mobiles = [row[0] for row in sample.db.query("SELECT mobile FROM contacts WHERE mobile <> ''")]
    assert all(mail.endswith("@example.com") for mail in mails if mail)
    assert all(mobile[3:7] == "0000" for mobile in mobiles)


def test_it_is_the_same_for_everybody_but_for_the_password(sample: Office, tmp_path: Path) -> None:
    database = Database.open(tmp_path / "again.db", create=True)
    entry = build_sample(database, FixedClock.at(DAY))
    again = sign_in(database, entry.operator, entry.password, clock=FixedClock.at(DAY))
    for table, sql in SAME.items():
        rows = [tuple(row) for row in again.db.query(sql)]
        assert rows == [tuple(row) for row in sample.db.query(sql)], table
    assert sample_sign_in(again.db) != sample_sign_in(sample.db)
    again.db.close_all()


def test_only_a_sample_tells_its_password(sample: Office, tmp_path: Path) -> None:
    found = sample_sign_in(sample.db)
    assert found is not None
    assert sign_in(sample.db, *found).operator.role == "管理员"

    real = Database.open(tmp_path / "real.db", create=True)
    create_office(real, "长春宏达", "admin", "hongda2026")
    assert sample_sign_in(real) is None
    real.close_all()
