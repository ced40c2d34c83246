"""Founding an office, signing in, the lock after too many failures, and the way back in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import (
    Office,
    create_office,
    is_founded,
    passwords,
    recover_administrator,
    session,
    sign_in,
)
from crm_desktop.db import Database, search_index
from crm_desktop.db import regions as shipped
from crm_desktop.errors import AccountLocked, CrmError, DatabaseError, SignInError, ValidationError

PASSWORD = "hongda2026"


@pytest.fixture
def new(tmp_path: Path) -> Any:
    database = Database.open(tmp_path / "new.db", create=True)
    yield database
    database.close_all()


# Founding


def test_founding_makes_an_administrator_and_no_default_password(new: Database, clock: FixedClock) -> None:
    assert not is_founded(new)
    code = create_office(new, "长春宏达", "admin", PASSWORD, clock=clock)
    assert is_founded(new)
    assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
    assert new.value("SELECT count(*) FROM operators") == 1
    assert sign_in(new, "admin", PASSWORD, clock=clock).operator.role == "管理员"
    assert new.value("SELECT count(*) FROM regions") > 3000
    assert code not in "".join(str(tuple(row)) for row in new.query("SELECT * FROM settings"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"company": " "}, "name"), ({"operator": ""}, "operator"), ({"operator": "长" * 31}, "operator"), ({"password": "12345"}, "password"),
        ({"password": "123456"}, "password"), ({"password": "aaaaaa"}, "password"), ({"password": "Administrator", "operator": "administrator "}, "password"),
        ({"profile": {"phone": "1"}}, "phone"), ({"profile": {"motto": "好"}}, "motto"), ({"profile": {"region": "火星"}}, "region"),
    ],
)  # fmt: skip
def test_a_founding_that_fails_leaves_an_empty_database(new: Database, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        create_office(new, **{"company": "宏达", "operator": "admin", "password": PASSWORD, **values})
    assert error.value.fields.keys() == {field}
    for table in ("company", "operators", "roles", "regions", "dictionary_items", "operations", "settings"):
        assert new.value(f"SELECT count(*) FROM {table}") == 0
    create_office(new, "宏达", "admin", PASSWORD)


def test_an_office_is_founded_once(office: Office) -> None:
    with pytest.raises(DatabaseError, match="不能重复初始化"):
        create_office(office.db, "别的", "other", PASSWORD)
    assert office.company.profile()["name"] == "长春宏达"


# Signing in


@pytest.mark.parametrize("name", ["admin", "ADMIN", " admin ", "ａｄｍｉｎ"])
def test_a_name_in_any_spelling(database: Database, clock: FixedClock, name: str) -> None:
    office = sign_in(database, name, PASSWORD, clock=clock)
    assert (office.operator.name, office.operator.id) == ("admin", 1)
    assert office.audit.operations()[0]["sentence"] == "登录：admin"


@pytest.mark.parametrize(("name", "password"), [("admin", "wrong"), ("admin", ""), ("nobody", PASSWORD), ("", ""), ("admin", PASSWORD + " "), ("admin", "Hongda2026")])
def test_a_wrong_name_or_password(database: Database, clock: FixedClock, name: str, password: str) -> None:
    with pytest.raises(SignInError, match="操作员或密码不正确"):
        sign_in(database, name, password, clock=clock)


def fail(database: Database, clock: FixedClock, times: int) -> list[str]:
    sentences = []
    for _ in range(times):
        with pytest.raises(SignInError) as error:
            sign_in(database, "admin", "wrong one", clock=clock)
        sentences.append(type(error.value).__name__)
    return sentences


def later(clock: FixedClock, minutes: int, seconds: int = 0) -> None:
    from_now = clock.moment.timestamp() + minutes * 60 + seconds
    clock.moment = clock.moment.fromtimestamp(from_now, tz=clock.moment.tzinfo)


def test_five_failures_lock_for_fifteen_minutes(database: Database, clock: FixedClock) -> None:
    assert fail(database, clock, 5) == ["SignInError"] * 4 + ["AccountLocked"]
    with pytest.raises(AccountLocked, match="账号已锁定") as error:
        sign_in(database, "admin", PASSWORD, clock=clock)  # even the right one
    assert error.value.until == "2026-11-22T09:15:00Z"
    later(clock, 14, 59)
    with pytest.raises(AccountLocked):
        sign_in(database, "admin", PASSWORD, clock=clock)
    later(clock, 0, 1)
    assert sign_in(database, "admin", PASSWORD, clock=clock).operator.id == 1


def test_it_says_how_many_are_left(database: Database, clock: FixedClock) -> None:
    fail(database, clock, 2)
    with pytest.raises(SignInError, match="再输错 2 次账号将被锁定"):
        sign_in(database, "admin", "wrong one", clock=clock)


def test_after_a_lock_the_count_starts_anew(database: Database, clock: FixedClock) -> None:
    fail(database, clock, 5)
    later(clock, 15)
    assert fail(database, clock, 5) == ["SignInError"] * 4 + ["AccountLocked"]


def test_trying_while_locked_does_not_lock_longer(database: Database, clock: FixedClock) -> None:
    fail(database, clock, 5)
    later(clock, 10)
    assert fail(database, clock, 3) == ["AccountLocked"] * 3
    later(clock, 5)
    assert sign_in(database, "admin", PASSWORD, clock=clock)


def test_a_success_forgets_the_failures(database: Database, clock: FixedClock) -> None:
    fail(database, clock, 4)
    sign_in(database, "admin", PASSWORD, clock=clock)
    assert fail(database, clock, 4) == ["SignInError"] * 4


def test_both_numbers_are_settings(office: Office, database: Database, clock: FixedClock) -> None:
    office.settings.set_option("lock_after_failures", 2)
    office.settings.set_option("lock_minutes", 1)
    assert fail(database, clock, 2) == ["SignInError", "AccountLocked"]
    later(clock, 1)
    assert sign_in(database, "admin", PASSWORD, clock=clock)


def test_a_smaller_limit_counts_at_once(office: Office, database: Database, clock: FixedClock) -> None:
    fail(database, clock, 4)
    office.settings.set_option("lock_after_failures", 2)
    assert fail(database, clock, 1) == ["AccountLocked"]


def test_guesses_from_two_windows_are_counted_together(database: Database, clock: FixedClock) -> None:
    """Both have read the count before either writes it."""
    credential = database.one("SELECT * FROM credentials WHERE operator = 1")
    for _ in range(4):
        with pytest.raises(SignInError):
            passwords.verify(database, clock, credential, "wrong one")
    with pytest.raises(AccountLocked):
        passwords.verify(database, clock, credential, "wrong one")


def test_failures_are_logged(database: Database, clock: FixedClock) -> None:
    fail(database, clock, 1)
    assert sign_in(database, "admin", PASSWORD, clock=clock).audit.operations()[1]["sentence"] == "登录失败：admin"


def test_an_old_hash_is_renewed_at_sign_in(database: Database, clock: FixedClock) -> None:
    before = passwords.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    database.execute("UPDATE credentials SET password_hash = ?", (before,))
    sign_in(database, "admin", PASSWORD, clock=clock)
    after = database.value("SELECT password_hash FROM credentials")
    assert ",t=1," in after
    assert sign_in(database, "admin", PASSWORD, clock=clock)


def test_a_damaged_hash_lets_nobody_in(database: Database, clock: FixedClock) -> None:
    database.execute("UPDATE credentials SET password_hash = 'x'")
    with pytest.raises(SignInError):
        sign_in(database, "admin", PASSWORD, clock=clock)


def test_signing_in_brings_derived_data_up_to_date(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(search_index, "SEARCH_VERSION", 99)
    monkeypatch.setattr(shipped, "shipped_version", lambda: "new")
    monkeypatch.setattr(shipped, "load_shipped", lambda db: done.append("regions"))
    sign_in(database, "admin", PASSWORD, clock=clock)
    assert done == ["regions"]
    assert database.value("SELECT value FROM settings WHERE key = 'search_version'") == "99"


def test_a_new_search_index_is_told_of_and_can_be_given_up(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(search_index, "SEARCH_VERSION", 99)
    with pytest.raises(SignInError, match="已取消登录"):
        sign_in(database, "admin", PASSWORD, clock=clock, cancelled=lambda: True)
    assert database.value("SELECT value FROM settings WHERE key = 'search_version'") != "99"
    sign_in(database, "admin", PASSWORD, clock=clock, on_progress=lambda done, total, text: told.append(text))
    assert told == [session.INDEXING]
    assert database.value("SELECT value FROM settings WHERE key = 'search_version'") == "99"


# 管理员密码找回


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaces", "together", "wide"])
def test_the_way_back_in(founded: tuple[Path, str], database: Database, clock: FixedClock, typed: str) -> None:
    code = founded[1]
    spelling = {
        "lower": code.lower(), "spaces": code.replace("-", " "), "together": code.replace("-", ""),
        "wide": "".join(chr(ord(char) + 0xFEE0) for char in code),
    }.get(typed, typed.format(code))  # fmt: skip
    fail(database, clock, 5)
    recover_administrator(database, spelling, " ADMIN ", "another one", clock=clock)
    office = sign_in(database, "admin", "another one", clock=clock)  # unlocked as well
    assert office.audit.operations()[1]["sentence"] == "用找回码重设管理员密码：admin"


@pytest.mark.parametrize(
    ("code", "operator", "password", "words"),
    [
        ("AAAA-AAAA-AAAA-AAAA", "admin", "another one", "找回码不正确"),
        ("", "admin", "another one", "找回码不正确"),
        ("right", "li", "another one", "没有这个管理员"),
        ("right", "nobody", "another one", "没有这个管理员"),
        ("right", "admin", "123456", "太容易猜到"),
    ],
)
def test_no_way_in(
    founded: tuple[Path, str], office: Office, hire: Callable[..., Office], clock: FixedClock, code: str, operator: str, password: str, words: str
) -> None:
    hire("li", "客服")
    with pytest.raises(CrmError, match=words):
        recover_administrator(office.db, founded[1] if code == "right" else code, operator, password, clock=clock)
    assert sign_in(office.db, "admin", PASSWORD, clock=clock)


def test_without_an_office_there_is_nothing_to_recover(new: Database) -> None:
    with pytest.raises(SignInError):
        recover_administrator(new, "AAAA-AAAA-AAAA-AAAA", "admin", "another one")
    with pytest.raises(SignInError):
        sign_in(new, "admin", PASSWORD)


def test_an_administrator_s_role_may_have_another_name(founded: tuple[Path, str], database: Database, clock: FixedClock) -> None:
    database.execute("UPDATE roles SET name = '经理' WHERE is_system = 1")
    recover_administrator(database, founded[1], "admin", "another one", clock=clock)
    assert sign_in(database, "admin", "another one", clock=clock)
