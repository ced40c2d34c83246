"""数据备份与恢复: verified copies of the whole office, and the way back."""

import re
from datetime import datetime
from pathlib import Path

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import OFFICE, WRITE
from crm_desktop.db import backup, migrate, search_index
from crm_desktop.db.backup import BackupInfo, Progress
from crm_desktop.errors import BackupError
from crm_desktop.events import BackupCreated, DatabaseReplaced

LAST_BACKUP = "last_backup_at"
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


class Backups(Controller):
    area = "backups"

    @requires("create")
    def create(self, folder: Path | str, on_progress: Progress | None = None) -> BackupInfo:
        """Copy the live database into a folder as ``单位_20261122_0900.db``, reopen it and verify it."""
        target = self._free_name(Path(folder))
        if not target.parent.is_dir():
            raise BackupError("目标文件夹不存在或U盘已拔出，备份没有完成。")
        backup.copy_database(self._db.path, target, on_progress)
        info = self._inspect(target)
        with self._context.operation("backup", f"备份到 {target}"):
            self._db.execute(WRITE, (OFFICE, LAST_BACKUP, f'"{self._context.clock.timestamp()}"'))
            self._db.after_commit(lambda: self._context.bus.publish(BackupCreated(str(target))))
        return info

    @requires("view")
    def inspect(self, file: Path | str) -> BackupInfo:
        """Verify a backup and say what is inside, without touching it or the live office."""
        return self._inspect(Path(file))

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
        source = Path(file)
        if source.exists() and source.samefile(self._db.path):
            raise BackupError("这就是正在使用的数据库，不需要恢复。")
        info = self._inspect(source)
        safety = self._free_name(self._db.path.parent, "恢复前")
        backup.copy_database(self._db.path, safety)
        backup.copy_into_live(source, self._db.path)
        migrate.migrate(self._db, migrate.MIGRATIONS)
        search_index.rebuild(self._db)
        with self._context.operation("restore_backup", f"从 {source.name} 恢复（最后修改 {info.last_change}）"):
            pass
        self._context.bus.publish(DatabaseReplaced())
        return safety

    def _inspect(self, file: Path) -> BackupInfo:
        identity = migrate.schema_number(migrate.APPLICATION_ID)
        return backup.inspect(file, identity, migrate.current_version())

    def _free_name(self, folder: Path, note: str = "") -> Path:
        company = self._db.value("SELECT CASE short_name WHEN '' THEN name ELSE short_name END FROM company") or "office"
        moment: datetime = self._context.clock.now().astimezone()
        parts = [UNSAFE_IN_NAMES.sub("", company)[:40] or "office", note, moment.strftime("%Y%m%d_%H%M")]
        stem = "_".join(part for part in parts if part)
        target, number = folder / f"{stem}.db", 2
        while target.exists():
            target, number = folder / f"{stem}_{number}.db", number + 1
        return target
