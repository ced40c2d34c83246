"""The office's plan for its backups: where to, when, how many are kept."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from crm_desktop import paths, system
from crm_desktop.controllers import passwords
from crm_desktop.controllers.context import Context, as_json
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.db.connection import Connections
from crm_desktop.errors import BackupError, ValidationError
from crm_desktop.events import SettingsChanged

KEY = "backup_plan"
MOST_TARGETS = 5
LABELS = {
    "targets": "备份位置", "daily": "每日备份", "on_exit": "退出时备份", "before_risky": "重要操作前备份",
    "keep_daily": "每日备份份数", "keep_weekly": "每周备份份数", "keep_monthly": "每月备份份数", "is_encrypted": "加密",
}  # fmt: skip
"""What the log calls the parts of a plan."""
LIMITS = {"keep_daily": ("每日备份", 1, 366), "keep_weekly": ("每周备份", 0, 260), "keep_monthly": ("每月备份", 0, 240)}
NO_PASSWORD = "这台电脑的这个账号里没有保存备份密码，没有备份，请在备份计划里重新输入密码。"


@dataclass(frozen=True)
class BackupPlan:
    """Folders to back up to by itself, the occasions, and how many of each kind stay when older ones are removed."""

    targets: tuple[str, ...] = ()
    daily: bool = True
    on_exit: bool = False
    before_risky: bool = True
    """Before an import and a cleanup; a restore always keeps what was there."""
    keep_daily: int = 7
    keep_weekly: int = 5
    keep_monthly: int = 12
    is_encrypted: bool = False


def read_plan(database: Connections) -> BackupPlan:
    """The office's plan; what a newer program may have added to it is passed over."""
    stored = json.loads(database.value(READ, (OFFICE, KEY)) or "{}")
    known = {each.name: stored[each.name] for each in fields(BackupPlan) if each.name in stored}
    if "targets" in known:
        known["targets"] = tuple(map(paths.from_kept, known["targets"]))
    return BackupPlan(**known)


def write_plan(context: Context, plan: BackupPlan) -> None:
    """Take over a plan; ValidationError when it is none. The log tells what changed."""
    check(plan)
    old, new = asdict(read_plan(context.db)), asdict(plan)
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        return
    with context.operation("settings", "修改备份计划") as operation:
        kept = {**new, "targets": [paths.to_keep(each) for each in plan.targets]}
        context.db.execute(WRITE, (OFFICE, KEY, as_json(kept)))
        before, after = ({name: values[name] for name in changed} for values in (old, new))
        context.audit_change(operation, "settings", 0, before, after)
        context.db.after_commit(lambda: context.bus.publish(SettingsChanged(KEY)))


def check(plan: BackupPlan) -> None:
    """ValidationError names each field that cannot be taken. A stick need not be there now."""
    problems = {}
    if len(plan.targets) > MOST_TARGETS:
        problems["targets"] = f"最多可以设 {MOST_TARGETS} 个备份位置。"
    elif not all(map(is_place, plan.targets)):
        problems["targets"] = "备份位置应为完整的文件夹路径。"
    elif len({Path(each) for each in plan.targets}) < len(plan.targets):
        problems["targets"] = "同一个备份位置写了两次。"
    for name, (label, low, high) in LIMITS.items():
        value = getattr(plan, name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            problems[name] = f"{label}的保留份数应为 {low}–{high}。"
    if problems:
        raise ValidationError(problems)


def is_place(text: object) -> bool:
    """Whether it is a whole path, or one of the stick on which a portable program put it."""
    return isinstance(text, str) and (Path(text).is_absolute() or paths.is_kept(text))


def secret_name(database: Connections) -> str:
    """Under which name the keyring of this account has the password for the backups of this file."""
    return f"backup:{database.path.resolve()}"


def password_of(database: Connections, plan: BackupPlan) -> str:
    """What backups made by the program itself are encrypted with, empty when they are not to be."""
    if not plan.is_encrypted:
        return ""
    password = system.secrets.read(secret_name(database))
    if not password:
        raise BackupError(NO_PASSWORD)
    return password


def keep_password(database: Connections, password: str) -> bool:
    """Put the password into the keyring of this account, or take it out when it is empty.

    False when the system has no keyring, so that it is known only until the program ends.
    """
    if not password:
        system.secrets.forget(secret_name(database))
        return True
    passwords.check_strength(password, "")
    return system.secrets.store(secret_name(database), password)


def knows_password(database: Connections) -> bool:
    return bool(system.secrets.read(secret_name(database)))
