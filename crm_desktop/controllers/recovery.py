"""管理员找回码: the way back in for the last administrator, good for one use and guarded like a password."""

import json
import secrets
from datetime import timedelta
from typing import Any

from crm_desktop.clock import Clock
from crm_desktop.controllers import passwords
from crm_desktop.controllers.context import unattended
from crm_desktop.controllers.settings import OFFICE, READ, WRITE, read_option
from crm_desktop.db import Database
from crm_desktop.db.connection import Connections
from crm_desktop.errors import AccountLocked, SignInError
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import clean_line, to_half_width

CODE_KEY, FAILURES_KEY = "recovery_hash", "recovery_failures"
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without the letters and digits that look alike on paper."""
LENGTH = 16
ADMINISTRATORS = """SELECT o.id, o.name FROM operators o JOIN roles r ON r.id = o.role
 WHERE r.is_system = 1 AND o.is_active = 1 AND o.deleted_at IS NULL AND o.name = ? COLLATE NOCASE"""


def renew(db: Connections) -> str:
    """A new code in place of the one before, inside the caller's transaction; it is stored as a hash only."""
    code = as_written("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    _write(db, CODE_KEY, passwords.hashed(code))
    _write(db, FAILURES_KEY, {"count": 0, "until": None})
    return code


def as_written(code: str) -> str:
    """A code as it was shown, however its groups and letters are typed."""
    letters = "".join(char for char in to_half_width(code).upper() if char.isalnum())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def recover_administrator(db: Database, code: str, operator: str, password: str, clock: Clock | None = None) -> str:
    """管理员密码找回: set an administrator's password with the code; returns the new code to write down.

    Wrong codes are counted and lock the way back for a while, like wrong passwords; all of it is in the log.
    """
    clock = clock or Clock()
    _check(db, code, clock)
    account = db.one(ADMINISTRATORS, (clean_line(to_half_width(operator)),))
    if account is None:
        raise SignInError("没有这个管理员。")
    passwords.check_strength(password, operator)
    with unattended(db, clock).operation("recover", f"用找回码重设管理员密码：{account['name']}"):
        passwords.store(db, account["id"], password)
        return renew(db)


def _check(db: Database, code: str, clock: Clock) -> None:
    _refuse_locked(db, clock)
    stored = _read(db, CODE_KEY)
    if stored is not None and passwords.matches(stored, as_written(code)):
        return
    with unattended(db, clock).operation("recover_failed", "找回码不正确"):
        until = _count_failure(db, clock)
    if until:
        raise AccountLocked(f"找回码连续输错，请在 {local_text(until)[11:]} 以后再试。", until)
    raise SignInError("找回码不正确。")


def _count_failure(db: Connections, clock: Clock) -> str | None:
    """One more in a row, as stored now; until when nothing is tried any more once there are too many."""
    before = _read(db, FAILURES_KEY) or {"count": 0, "until": None}
    count = 1 if before["until"] else before["count"] + 1
    minutes = timedelta(minutes=read_option(db, "lock_minutes"))
    until = clock.timestamp(minutes) if count >= read_option(db, "lock_after_failures") else None
    _write(db, FAILURES_KEY, {"count": count, "until": until})
    return until


def _refuse_locked(db: Connections, clock: Clock) -> None:
    until = (_read(db, FAILURES_KEY) or {}).get("until")
    if until and until > clock.timestamp():
        raise AccountLocked(f"找回码输错太多次，请在 {local_text(until)[11:]} 以后再试。", until)


def _read(db: Connections, key: str) -> Any:
    stored = db.value(READ, (OFFICE, key))
    return None if stored is None else json.loads(stored)


def _write(db: Connections, key: str, value: Any) -> None:
    db.execute(WRITE, (OFFICE, key, json.dumps(value)))
