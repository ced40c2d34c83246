"""Hot copies of the database file, and copying one back into the live file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from crm_desktop import system
from crm_desktop.db.connection import beside, connect_existing, open_read_only
from crm_desktop.db.passing_files import PARTIAL, remove_database
from crm_desktop.errors import BackupError

Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]
Seen = TypeVar("Seen")
PAGES = 2000
"""Pages between two reports of progress, 8 MB of the usual size."""
TABLES = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
VIRTUAL = "CREATE VIRTUAL"
CANCELLED = "已取消备份，没有留下文件。"


def copy_database(
    source: Path,
    target: Path,
    on_progress: Progress | None = None,
    is_live: bool = True,
    cancelled: Cancelled | None = None,
) -> None:
    """Write a consistent copy of a database; the target appears only when it is complete and durable.

    A source that is not ``is_live`` is left exactly as it is.
    """
    with partial_of(target) as partial:
        copy_pages(source, partial, has_schema, on_progress, is_live, cancelled)
        system.replace_durably(partial, target)


@contextmanager
def partial_of(target: Path) -> Iterator[Path]:
    """The name under which a file is written until it is good; nothing stays there, whatever happens."""
    partial = beside(target, PARTIAL)
    try:
        remove_database(partial)
        yield partial
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"备份没有完成：{reason(error)}原有数据未改动。") from error
    finally:
        with suppress(OSError):  # the stick may be gone altogether
            remove_database(partial)


def copy_pages(
    source: Path,
    target: Path,
    look: Callable[[sqlite3.Connection], Seen],
    on_progress: Progress | None = None,
    is_live: bool = True,
    cancelled: Cancelled | None = None,
) -> Seen:
    """Copy a database as it is at one moment, and return what ``look`` sees in the source at that moment.

    The connection is in a read transaction all the while: writers go on (WAL), and the copy need not start again
    when they have written, as SQLite otherwise does between two slices.
    """
    connect = connect_existing if is_live else open_read_only
    with closing(connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        original.execute("BEGIN")
        seen = look(original)
        original.backup(copy, pages=PAGES, progress=_progress(on_progress, cancelled))
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy carries the WAL flag; a backup is one plain file
    return seen


def has_schema(connection: sqlite3.Connection) -> bool:
    """The least that can be read, so that a transaction is open; also of a file that is damaged further on."""
    return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has; the search tables can be made anew and are left out."""
    tables = connection.execute(TABLES).fetchall()
    virtual = tuple(f"{name}_" for name, sql in tables if sql.upper().startswith(VIRTUAL))
    stored = [name for name, sql in tables if not sql.upper().startswith(VIRTUAL) and not name.startswith(virtual)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in stored}


def _progress(on_progress: Progress | None, cancelled: Cancelled | None = None) -> Callable[[int, int, int], None]:
    """SQLite tells what remains, people want to know what is done; and Python would wait for a lock for ever."""

    def tell(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")
        stop_when(cancelled)
        if on_progress is not None:
            on_progress(total - remaining, total)

    return tell


def stop_when(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise BackupError(CANCELLED)


def reason(error: Exception) -> str:
    """Why a copy failed, for a clerk."""
    text = str(error).casefold()
    if "full" in text or "no space" in text or "quota" in text:
        return "目标磁盘空间已满。"
    if "too large" in text:
        return "目标磁盘的格式放不下这么大的文件（FAT32 最大 4 GB），请换用 exFAT 或 NTFS 格式的U盘。"
    if "readonly" in text or "permission" in text or "read-only" in text:
        return "目标文件夹不能写入。"
    if "unable to open" in text or "no such" in text or "not a directory" in text:
        return "目标文件夹不存在或已拔出。"
    if "locked" in text or "busy" in text:
        return "数据库正被另一个程序占用，请稍候再试。"
    if "malformed" in text or "not a database" in text:
        return "数据库文件已损坏，请用最近的备份恢复。"
    return "读写磁盘时出错，请检查磁盘或U盘。"


def copy_into_live(backup: Path, live: Path, on_progress: Progress | None = None) -> None:
    """Replace the content of the live file, in one transaction of SQLite's: other handles stay valid."""
    try:
        with closing(open_read_only(backup)) as source, closing(connect_existing(live)) as target:
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target, pages=-1, progress=_progress(on_progress))
    except sqlite3.Error as error:
        raise BackupError(f"恢复没有完成：{reason(error)}原有数据未改动。") from error
