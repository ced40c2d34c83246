"""Makes one backup: written and verified, entered in the table of backups, told in the log."""

import threading
from dataclasses import replace
from pathlib import Path

from crm_desktop import system
from crm_desktop.controllers import passwords
from crm_desktop.controllers.backups.names import PLAIN, free_name, office_name, remove_unfinished
from crm_desktop.controllers.context import Context
from crm_desktop.db import encryption
from crm_desktop.db.backup import Cancelled, Progress
from crm_desktop.db.backup_file import write_backup
from crm_desktop.db.inspection import BackupInfo
from crm_desktop.errors import BackupError
from crm_desktop.events import BackupCreated

MANUAL, DAILY, ON_EXIT = "手动", "每日", "退出"
BEFORE_IMPORT, BEFORE_CLEANUP, BEFORE_RESTORE = "导入前", "清理前", "恢复前"
RISKY = (BEFORE_IMPORT, BEFORE_CLEANUP, BEFORE_RESTORE)
"""Occasions that stand in the file's name, because somebody will look for that one."""
INSERT = """INSERT INTO backups (at, computer, path, occasion, size, sha256, is_encrypted)
 VALUES (?, ?, ?, ?, ?, ?, ?)"""
ONE_AT_A_TIME = threading.Lock()
"""A scheduled one and one by hand in the same minute would be given the same name."""
GONE = "目标文件夹不存在或U盘已拔出，备份没有完成。"
SAFE_TO_REMOVE = "已写完并核对，可以安全拔出U盘。"
ON_THIS_DISK = "已写完并核对。它在本机硬盘上，请常备一份到U盘。"


def back_up(
    context: Context,
    folder: Path | str,
    on_progress: Progress | None = None,
    password: str = "",
    cancelled: Cancelled | None = None,
    occasion: str = MANUAL,
) -> BackupInfo:
    """Copy the live database into a folder and verify the copy; also for the program itself when nobody is signed in.

    With a password it is encrypted. BackupError says why there is none; nothing unfinished stays in the folder.
    """
    if password:
        passwords.check_strength(password, "")
    with ONE_AT_A_TIME:
        target = _target(context, Path(folder), occasion, encryption.SUFFIX if password else PLAIN)
        info = write_backup(context.db.path, target, password, on_progress, cancelled)
    _enter(context, info, occasion)
    return replace(info, message=SAFE_TO_REMOVE if system.is_removable(target) else ON_THIS_DISK)


def _target(context: Context, folder: Path, occasion: str, suffix: str) -> Path:
    try:
        if not folder.is_dir():
            raise BackupError(GONE)
        remove_unfinished(folder, office_name(context.db))
        return free_name(context, folder, occasion if occasion in RISKY else "", suffix)
    except OSError as error:  # a stick that is being pulled, a folder that may not be looked into
        raise BackupError(GONE) from error


def _enter(context: Context, info: BackupInfo, occasion: str) -> None:
    word = "" if occasion == MANUAL else occasion
    with context.operation("backup", f"{word}备份到 {info.path}") as operation:
        made = context.db.execute(INSERT, entry(context, info, occasion)).lastrowid
        context.audit_many(operation, "backups", "create", [int(made or 0)])
        context.db.after_commit(lambda: context.bus.publish(BackupCreated(str(info.path))))


def entry(context: Context, info: BackupInfo, occasion: str) -> tuple[object, ...]:
    """A row of the table of backups."""
    stamp = (context.clock.timestamp(), system.computer_name(), str(info.path.absolute()))
    return (*stamp, occasion, info.size, info.sha256, int(info.is_encrypted))
