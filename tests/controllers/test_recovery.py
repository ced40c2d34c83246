"""管理员找回码: one use, guarded like a password, renewed by an administrator."""

import pytest

from crm_desktop.controllers import recover_administrator, sign_in
from crm_desktop.errors import AccountLocked, CrmError, PermissionDenied, SignInError

PASSWORD, NEXT = "hongda2026", "another one"
WRONG = "AAAA-AAAA-AAAA-AAAA"


@pytest.fixture
def code(founded):
    return founded[1]


@pytest.fixture
def recover(database, clock):
    return lambda code, password=NEXT: recover_administrator(database, code, "admin", password, clock=clock)


def later(clock, minutes):
    clock.moment = clock.moment.fromtimestamp(clock.moment.timestamp() + minutes * 60, tz=clock.moment.tzinfo)


def kinds(database):
    return [row[0] for row in database.query("SELECT kind FROM operations ORDER BY id")]


def test_a_code_is_good_once_and_brings_the_next(recover, code, database, clock):
    second = recover(code)
    assert second != code
    with pytest.raises(SignInError, match="找回码不正确"):
        recover(code)
    recover(second, "third one")
    assert sign_in(database, "admin", "third one", clock=clock)


def test_a_refused_password_uses_nothing_up(recover, code):
    for password in ("12345", "admin"):
        with pytest.raises(CrmError):
            recover(code, password)
    assert recover(code)


def test_guesses_lock_the_way_back_for_a_while(recover, code, clock, database):
    for _ in range(4):
        with pytest.raises(SignInError, match=r"找回码不正确"):
            recover(WRONG)
    with pytest.raises(AccountLocked, match="找回码连续输错，请在"):
        recover(WRONG)
    with pytest.raises(AccountLocked):
        recover(code)
    assert kinds(database).count("recover_failed") == 5
    later(clock, 15)
    with pytest.raises(SignInError, match=r"^找回码不正确。$"):
        recover(WRONG)  # the count begins anew
    assert recover(code)


def test_a_right_code_forgets_the_failures(recover, code):
    for _ in range(4):
        with pytest.raises(SignInError):
            recover(WRONG)
    recover(code)
    for _ in range(4):
        with pytest.raises(SignInError, match=r"^找回码不正确。$"):
            recover(WRONG)


def test_no_code_is_kept_readable(recover, code, database):
    codes = [code, recover(code)]
    stored = "".join(str(tuple(row)) for table in ("settings", "operations", "audit") for row in database.query(f"SELECT * FROM {table}"))
    assert not [each for each in codes if each in stored or each.replace("-", "") in stored]
    assert WRONG not in stored


def test_an_administrator_makes_a_new_one(office, recover, code, database):
    fresh = office.account.new_recovery_code(PASSWORD)
    with pytest.raises(SignInError):
        recover(code)
    assert recover(fresh)
    assert "recovery_code" in kinds(database)


def test_nobody_else_makes_one(office, hire, recover, code):
    office.db.execute("INSERT INTO permissions SELECT id, 'operators', 'update' FROM roles WHERE name = '客服'")
    for name, role in (("li", "业务员"), ("wang", "客服")):
        with pytest.raises(PermissionDenied):
            hire(name, role).account.new_recovery_code(PASSWORD)
    with pytest.raises(SignInError):
        office.account.new_recovery_code("wrong one")
    assert recover(code)
