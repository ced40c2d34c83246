"""Hot copies of the database file, their verification, and copying one back into the live file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from crm_desktop import system
from crm_desktop.db.connection import beside, connect_existing, open_read_only
from crm_desktop.errors import BackupError

Progress = Callable[[int, int], None]
COUNTED = ("customers", "contacts", "operators")


@dataclass(frozen=True)
class BackupInfo:
    """What is inside a backup file."""

    path: Path
    company: str
    version: int
    counts: dict[str, int]
    last_change: str
    """UTC time of the last recorded operation."""
    size: int
    """Bytes."""


def copy_database(source: Path, target: Path, on_progress: Progress | None = None, is_live: bool = True) -> None:
    """Write a consistent copy of a database; the target appears only when it is complete and durable.

    One step of all pages: copying in slices restarts for ever beside a busy writer. A source that is not
    ``is_live`` is left exactly as it is.
    """
    partial = beside(target, ".part")
    connect = connect_existing if is_live else open_read_only
    try:
        partial.unlink(missing_ok=True)
        with closing(connect(source)) as original, closing(sqlite3.connect(partial)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            original.backup(copy, pages=-1, progress=_progress(on_progress))
            copy.execute("PRAGMA journal_mode = DELETE")  # the copy carries the WAL flag; a backup is one plain file
        system.replace_durably(partial, target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):  # the stick may be gone altogether
            partial.unlink(missing_ok=True)
        raise BackupError(f"备份没有完成：{reason(error)}原有数据未改动。") from error


def _progress(on_progress: Progress | None) -> Callable[[int, int, int], None]:
    """SQLite tells what remains, people want to know what is done; and Python would wait for a lock for ever."""

    def tell(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")
        if on_progress is not None:
            on_progress(total - remaining, total)

    return tell


def remove_database(path: Path) -> None:
    """A database file and what SQLite keeps beside it: a log left alone would be taken for the next file's."""
    for ending in ("-wal", "-shm", "-journal", ""):
        beside(path, ending).unlink(missing_ok=True)


def reason(error: Exception) -> str:
    """Why a copy failed, for a clerk."""
    text = str(error).casefold()
    if "full" in text or "no space" in text:
        return "目标磁盘空间已满。"
    if "readonly" in text or "permission" in text or "read-only" in text:
        return "目标文件夹不能写入。"
    if "unable to open" in text or "no such file" in text or "not a directory" in text:
        return "目标文件夹不存在或已拔出。"
    if "locked" in text or "busy" in text:
        return "数据库正被另一个程序占用，请稍候再试。"
    return "读写磁盘时出错，请检查磁盘或U盘。"


def inspect(path: Path, application_id: int, newest_version: int) -> BackupInfo:
    """Verify a backup without touching it and say what is inside; BackupError says why it is no use."""
    if not path.is_file() or path.stat().st_size == 0:
        raise BackupError("没有找到这个备份文件，或文件是空的。")
    try:
        with closing(open_read_only(path)) as connection:
            return _read_info(connection, path, application_id, newest_version)
    except sqlite3.DatabaseError as error:
        raise BackupError("这个文件已损坏或不是客户管理系统的备份。") from error


def _read_info(connection: sqlite3.Connection, path: Path, application_id: int, newest: int) -> BackupInfo:
    def value(sql: str) -> object:
        row = connection.execute(sql).fetchone()
        return row[0] if row else None

    if value("PRAGMA application_id") != application_id:
        raise BackupError("这个文件不是客户管理系统的备份。")
    version = int(str(value("PRAGMA user_version")))
    if version > newest:
        raise BackupError("这个备份是用更新版本的程序做的，请先升级程序。")
    if value("PRAGMA quick_check") != "ok":
        raise BackupError("这个备份已损坏，不能用来恢复。")
    counts = {
        table: int(str(value(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"))) for table in COUNTED
    }
    return BackupInfo(
        path=path,
        company=str(value("SELECT name FROM company") or ""),
        version=version,
        counts=counts,
        last_change=str(value("SELECT max(at) FROM operations") or ""),
        size=path.stat().st_size,
    )


def copy_into_live(backup: Path, live: Path) -> None:
    """Replace the content of the live file, in one transaction of SQLite's: other handles stay valid."""
    try:
        with closing(open_read_only(backup)) as source, closing(connect_existing(live)) as target:
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target, pages=-1, progress=_progress(None))
    except sqlite3.Error as error:
        raise BackupError(f"恢复没有完成：{reason(error)}原有数据未改动。") from error
