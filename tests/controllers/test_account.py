"""Proving once more who sits there; what of it stands in the log."""

import sqlite3

import pytest

from crm_desktop.controllers import recover_administrator, sign_in
from crm_desktop.errors import AccountLocked, PermissionDenied, SignInError

PASSWORD = "hongda2026"


def sentences(office):
    return [row[0] for row in office.db.query("SELECT sentence FROM operations ORDER BY id DESC")]


def test_the_right_password_is_right_while_somebody_else_is_writing(office, database):
    before = database.one("SELECT * FROM credentials")
    with sqlite3.connect(database.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        office.account.verify_password(PASSWORD)
        other.execute("ROLLBACK")
    other.close()
    assert tuple(database.one("SELECT * FROM credentials")) == tuple(before)


def test_the_right_password_forgets_the_failures(office, database):
    with pytest.raises(SignInError):
        office.account.verify_password("geheim77")
    office.account.verify_password(PASSWORD)
    assert database.value("SELECT failed_count FROM credentials") == 0


def test_wrong_passwords_are_counted_with_those_of_the_sign_in(office, clock, database):
    for _ in range(4):
        with pytest.raises(SignInError):
            office.account.verify_password("geheim77")
    with pytest.raises(AccountLocked):
        sign_in(database, "admin", "geheim77", clock=clock)
    with pytest.raises(AccountLocked):
        office.account.verify_password(PASSWORD)
    assert sentences(office)[0] == "密码不正确：admin"
    assert "geheim77" not in "".join(sentences(office))


def test_the_old_password_is_counted_when_it_is_changed(office):
    for _ in range(4):
        with pytest.raises(SignInError, match="原密码不正确"):
            office.operators.change_password("geheim77", "another one")
    with pytest.raises(AccountLocked):
        office.operators.change_password("geheim77", "another one")


def test_who_was_deactivated_does_not_come_back(office, hire):
    wang = hire("wang", "客服")
    office.db.execute("UPDATE operators SET is_active = 0 WHERE name = 'wang'")
    with pytest.raises(PermissionDenied):
        wang.account.verify_password(PASSWORD)


def test_no_password_is_kept_readable(office, hire, database, clock):
    words = {"erstmal77", "zweitens88", "vergessen99", "geheim77"}
    wang = hire("wang", "客服")
    wang.operators.change_password(PASSWORD, "erstmal77")
    office.operators.reset_password(wang.operator.id, "zweitens88")
    recover_administrator(database, office.account.new_recovery_code(PASSWORD), "admin", "vergessen99", clock=clock)
    for work in (lambda: office.account.verify_password("geheim77"), lambda: sign_in(database, "geheim77", "geheim77", clock=clock)):
        with pytest.raises(SignInError):
            work()
    stored = b"".join(file.read_bytes() for file in database.path.parent.iterdir())
    assert b"password_failed" in stored
    assert not [word for word in (*words, PASSWORD) if word.encode() in stored]


@pytest.mark.parametrize("typed", ["nobody", PASSWORD, "wang"])
def test_an_unknown_name_is_logged_without_what_was_typed(office, hire, database, clock, typed):
    hire("wang", "客服")
    database.execute("UPDATE operators SET is_active = 0 WHERE name = 'wang'")
    with pytest.raises(SignInError):
        sign_in(database, typed, "whatever", clock=clock)
    row = database.one("SELECT kind, sentence, computer, operator FROM operations ORDER BY id DESC LIMIT 1")
    assert (row["kind"], row["sentence"], row["operator"]) == ("sign_in_failed", "登录失败：没有这个操作员", None)
    assert row["computer"]
