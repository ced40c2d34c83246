"""Passwords: the strength rule, argon2 hashes, and when an account is locked."""

import secrets
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from crm_desktop.clock import Clock
from crm_desktop.controllers.settings import read_option
from crm_desktop.db.connection import Connections
from crm_desktop.errors import AccountLocked, SignInError, ValidationError
from crm_desktop.models import password_rule
from crm_desktop.models.moments import local_text

HANDED_OVER = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that look alike on paper."""
PROPOSED_LENGTH = 10

_hasher = PasswordHasher()

COUNTED = "SELECT failed_count, locked_until FROM credentials WHERE operator = ?"
FAILURES = "UPDATE credentials SET failed_count = ?, locked_until = ? WHERE operator = ?"
SUCCESS = """UPDATE credentials SET failed_count = 0, locked_until = NULL, last_sign_in_at = ?, password_hash = ?
 WHERE operator = ?"""
STORE = """INSERT INTO credentials (operator, password_hash, must_change) VALUES (?, ?, ?)
 ON CONFLICT (operator) DO UPDATE SET password_hash = excluded.password_hash, must_change = excluded.must_change,
 failed_count = 0, locked_until = NULL"""


def check_strength(password: str, name: str) -> None:
    """ValidationError when a new password is too easy to guess."""
    problem = password_rule.problem(password, name)
    if problem:
        raise ValidationError({"password": problem})


def store(database: Connections, operator: int, password: str, must_change: bool = False) -> None:
    """Set a password inside the caller's transaction; the account is unlocked by it."""
    database.execute(STORE, (operator, hashed(password), int(must_change)))


def hashed(secret: str) -> str:
    return _hasher.hash(secret)


def matches(password_hash: str, secret: str) -> bool:
    try:
        return _hasher.verify(password_hash, secret)
    except (VerificationError, InvalidHashError):
        return False


def verify(
    database: Connections, clock: Clock, credential: Any, password: str, *, is_sign_in: bool = True
) -> None:
    """Check a password against a row of ``credentials`` and keep count; SignInError or AccountLocked.

    A right one writes nothing unless it is a sign-in or ends a row of failures: it need not wait for an import.
    """
    minutes = read_option(database, "lock_minutes")
    _refuse_locked(clock, credential, minutes)
    if matches(credential["password_hash"], password):
        if not is_sign_in:
            _forget_failures(database, credential)
            return
        fresh = credential["password_hash"]
        if _hasher.check_needs_rehash(fresh):
            fresh = hashed(password)
        with database.atomic():
            database.execute(SUCCESS, (clock.timestamp(), fresh, credential["operator"]))
        return
    limit = read_option(database, "lock_after_failures")
    with database.atomic():  # several windows may be guessing at once: what counts is what is stored now
        stored = database.one(COUNTED, (credential["operator"],))
        assert stored is not None
        _refuse_locked(clock, stored, minutes)
        # An expired lock starts the count anew.
        failures = 1 if stored["locked_until"] else stored["failed_count"] + 1
        until = clock.timestamp(timedelta(minutes=minutes)) if failures >= limit else None
        database.execute(FAILURES, (failures, until, credential["operator"]))
    if until:
        again = local_text(until)[11:]
        raise AccountLocked(f"密码连续输错 {failures} 次，账号锁定 {minutes} 分钟，到 {again} 再试。", until)
    raise SignInError(f"操作员或密码不正确，再输错 {limit - failures} 次账号将被锁定。")


def _forget_failures(database: Connections, credential: Any) -> None:
    if credential["failed_count"]:
        with database.atomic():
            database.execute(FAILURES, (0, None, credential["operator"]))


def _refuse_locked(clock: Clock, credential: Any, minutes: int) -> None:
    """A lock that would last longer than any is from before the clock was set back, and counts no more."""
    until = credential["locked_until"]
    if until and clock.timestamp() < until <= clock.timestamp(timedelta(minutes=minutes)):
        raise AccountLocked(f"账号已锁定，请在 {local_text(until)[11:]} 以后再试，或请管理员解锁。", until)


def proposal() -> str:
    """A first password to hand to a colleague: ten letters and digits that do not look alike."""
    while True:
        password = "".join(secrets.choice(HANDED_OVER) for _ in range(PROPOSED_LENGTH))
        if any(each.isdigit() for each in password) and any(each.isalpha() for each in password):
            return password
