"""Founding an office, signing in and out."""

import logging
from collections.abc import Callable

from crm_desktop.clock import Clock
from crm_desktop.controllers import passwords, recovery
from crm_desktop.controllers.company import Company
from crm_desktop.controllers.context import Context, Operator, unattended
from crm_desktop.controllers.doorplate import is_founded
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.rights import DEFAULT_ROLES
from crm_desktop.db import Database, search_index
from crm_desktop.db.dictionaries import load_defaults, load_missing
from crm_desktop.db.regions import load_shipped, update_when_newer
from crm_desktop.errors import DatabaseError, FieldError, SignInError, ValidationError
from crm_desktop.events import EventBus
from crm_desktop.models import OPERATORS
from crm_desktop.models.query import Values
from crm_desktop.models.text import clean_line, to_half_width

OnProgress = Callable[[int, int, str], object]
Cancelled = Callable[[], bool]
logger = logging.getLogger(__name__)
INDEXING = "新版本第一次打开，正在更新查找索引…"
CANCELLED = "已取消登录，数据没有改动。"
ADMINISTRATOR = "管理员"
UNKNOWN = "没有这个操作员"

ACCOUNT = """SELECT o.id, o.name, o.full_name, r.name AS role, c.operator, c.password_hash, c.failed_count,
  c.locked_until, c.must_change
 FROM operators o JOIN roles r ON r.id = o.role JOIN credentials c ON c.operator = o.id
 WHERE o.name = ? COLLATE NOCASE AND o.is_active = 1 AND o.deleted_at IS NULL"""
STILL_THERE = "SELECT 1 FROM operators WHERE id = ? AND name = ?"


def create_office(
    db: Database,
    company: str,
    operator: str,
    password: str,
    profile: Values | None = None,
    clock: Clock | None = None,
) -> str:
    """Found the office in an empty database: its name, its administrator, default roles, dictionaries, regions.

    Returns the recovery code to write down: with it the administrator's password can be set anew.
    """
    clock = clock or Clock()
    name = _accepted_name(operator, clock)
    passwords.check_strength(password, name)
    context = unattended(db, clock)
    with context.operation("found", f"建立办公室：{company}"):
        if is_founded(db):
            raise DatabaseError("这个数据库里已经有一个办公室，不能重复初始化。")
        load_shipped(db)
        load_defaults(db, clock.timestamp())
        roles = _create_roles(db, clock.timestamp())
        _create_administrator(db, name, password, roles[ADMINISTRATOR], clock.timestamp())
        Company(context)._found({**(profile or {}), "name": company})
        search_index.rebuild(db)
        return recovery.renew(db)


def _create_roles(db: Database, now: str) -> dict[str, int]:
    roles = {}
    for name, (scope, rights) in DEFAULT_ROLES.items():
        cursor = db.execute(
            "INSERT INTO roles (name, data_scope, is_system, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (name, scope, int(name == ADMINISTRATOR), now, now),
        )
        roles[name] = int(cursor.lastrowid or 0)
        db.executemany(
            "INSERT INTO permissions (role, area, verb) VALUES (?, ?, ?)",
            [(roles[name], area, verb) for area, verb in sorted(rights)],
        )
    return roles


def _accepted_name(operator: str, clock: Clock) -> str:
    try:
        return str(OPERATORS["name"].accept(operator, clock.today()))
    except FieldError as error:
        raise ValidationError({"operator": str(error)}) from None


def _create_administrator(db: Database, name: str, password: str, role: int, now: str) -> None:
    cursor = db.execute(
        "INSERT INTO operators (name, full_name, role, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
        (name, name, role, now, now),
    )
    passwords.store(db, int(cursor.lastrowid or 0), password)


def sign_in(
    db: Database,
    name: str,
    password: str,
    bus: EventBus | None = None,
    clock: Clock | None = None,
    on_progress: OnProgress = lambda done, total, text: None,
    cancelled: Cancelled = lambda: False,
) -> Office:
    """The office as this operator may use it; SignInError or AccountLocked.

    A newer program may first have to make the search index anew: seconds for 100,000 customers, and told of.
    """
    clock = clock or Clock()
    account = db.one(ACCOUNT, (clean_line(to_half_width(name)),))
    context = Context(db, Operator(None, name, "", ""), bus or EventBus(), clock)
    if account is None:
        passwords.matches(DUMMY_HASH, password)  # takes as long as a real check, so names cannot be guessed by time
        _log_failure(context, UNKNOWN)  # not what was typed: people type their password there
        raise SignInError()
    try:
        passwords.verify(db, clock, account, password)
    except SignInError:
        _log_failure(context, account["name"])
        raise

    def step(done: int, total: int) -> None:
        if cancelled():
            raise SignInError(CANCELLED)
        on_progress(done, total, INDEXING)

    search_index.rebuild_when_outdated(db, step)
    update_when_newer(db)
    load_missing(db, clock.timestamp())
    operator = Operator(account["id"], account["name"], account["full_name"], account["role"])
    signed_in = Context(db, operator, context.bus, clock)
    with signed_in.operation("sign_in", f"登录：{operator.full_name}"):
        pass
    return Office(signed_in)


def sign_out(office: Office) -> None:
    """End the session; logged, unless the office was replaced by one in which nobody has this name."""
    me, database = office.operator, office.db
    try:
        if database.one(STILL_THERE, (me.id, me.name)) is not None:
            with office.context.operation("sign_out", f"退出：{me.full_name}"):
                pass
    except DatabaseError:
        logger.warning("signing out could not be logged")  # who wants to leave is not held up


def _log_failure(context: Context, who: str) -> None:
    with context.operation("sign_in_failed", f"登录失败：{who}"):
        pass


DUMMY_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b7dWRWJTmaaJObG1SQ4l+JE8ZM"
)


def must_change_password(office: Office) -> bool:
    """Whether the operator's password was set by somebody else."""
    context = office.context
    sql = "SELECT must_change FROM credentials WHERE operator = ?"
    return bool(context.db.value(sql, (context.operator.id,)))
