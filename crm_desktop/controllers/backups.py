"""数据备份与恢复: verified copies of the whole office, and the way back."""

import re
from datetime import datetime
from pathlib import Path

from crm_desktop import system
from crm_desktop.controllers import chain
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import OFFICE, WRITE
from crm_desktop.db import backup, schema
from crm_desktop.db.backup import BackupInfo, Progress
from crm_desktop.db.connection import Connections
from crm_desktop.db.restore import restore
from crm_desktop.errors import BackupError, DatabaseError
from crm_desktop.events import BackupCreated, DatabaseReplaced

LAST_BACKUP = "last_backup_at"
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
OFFICE_NAME = "SELECT CASE short_name WHEN '' THEN name ELSE short_name END FROM company"
LOG = """INSERT INTO operations (at, operator, computer, kind, sentence)
 VALUES (?, (SELECT id FROM operators WHERE id = ? AND name = ?), ?, 'restore_backup', ?)"""
"""The operator who restores may not exist in the office as it was then."""


class Backups(Controller):
    area = "backups"

    @requires("create")
    def create(self, folder: Path | str, on_progress: Progress | None = None) -> BackupInfo:
        """Copy the live database into a folder as ``单位_20261122_0900.db``, reopen it and verify it."""
        return back_up(self._context, Path(folder), on_progress)

    @requires("view")
    def inspect(self, file: Path | str) -> BackupInfo:
        """Verify a backup and say what is inside, without touching it or the live office."""
        return inspect(Path(file))

    @requires("view")
    def last_at(self) -> str:
        """UTC time of the last good backup, empty when there was none."""
        sql = "SELECT json_extract(value, '$') FROM settings WHERE operator = ? AND key = ?"
        return str(self._db.value(sql, (OFFICE, LAST_BACKUP)) or "")

    @requires("update")
    def restore(self, file: Path | str) -> Path:
        """Replace the office by a backup, all or nothing; returns the safety copy of what was there before.

        The session ends with it: sign in again, because operators and rights may be others now.
        """
        return restore_backup(self._context, Path(file))


def back_up(context: Context, folder: Path, on_progress: Progress | None = None) -> BackupInfo:
    """What ``Backups.create`` does, also for the program itself when nobody is signed in."""
    if not folder.is_dir():
        raise BackupError("目标文件夹不存在或U盘已拔出，备份没有完成。")
    target = free_name(context, folder)
    backup.copy_database(context.db.path, target, on_progress)
    try:
        info = inspect(target)
    except BackupError as error:
        target.unlink()
        raise BackupError("备份写出后核对不符，已删除这份备份，请检查磁盘或U盘后重做。") from error
    with context.operation("backup", f"备份到 {target}"):
        context.db.execute(WRITE, (OFFICE, LAST_BACKUP, f'"{context.clock.timestamp()}"'))
        context.db.after_commit(lambda: context.bus.publish(BackupCreated(str(target))))
    return info


def inspect(file: Path) -> BackupInfo:
    return backup.inspect(file, schema.application_id(), schema.current_version())


def restore_backup(context: Context, source: Path) -> Path:
    """What ``Backups.restore`` does, also for the program itself, and for a live file that is damaged or missing."""
    live = context.db.path
    if source.exists() and live.exists() and source.samefile(live):
        raise BackupError("这就是正在使用的数据库，不需要恢复。")
    info = inspect(source)
    safety = free_name(context, live.parent, "恢复前")
    sentence = f"从 {source.name} 恢复（最后修改 {info.last_change}）"

    def write_log(restored: Connections) -> None:
        operator = context.operator
        values = (context.clock.timestamp(), operator.id, operator.name, system.computer_name(), sentence)
        chain.seal(restored, int(restored.execute(LOG, values).lastrowid or 0))

    restore(context.db, source, safety, write_log)
    context.bus.publish(DatabaseReplaced())
    return safety


def free_name(context: Context, folder: Path, note: str = "") -> Path:
    """A file name with the office's name and the time that is not taken yet."""
    moment: datetime = context.clock.now().astimezone()
    parts = [office_name(context.db), note, moment.strftime("%Y%m%d_%H%M")]
    stem = "_".join(part for part in parts if part)
    target, number = folder / f"{stem}.db", 2
    while target.exists():
        target, number = folder / f"{stem}_{number}.db", number + 1
    return target


def office_name(database: Connections) -> str:
    """The office's short name as part of a file name; a damaged file has none to tell."""
    try:
        name = database.value(OFFICE_NAME) or ""
    except DatabaseError:
        name = ""
    return UNSAFE_IN_NAMES.sub("", name)[:40] or "office"
