"""Puts a backup in the place of the live file: prepared beside it, then taken over in one step."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from crm_desktop import system
from crm_desktop.db.backup import Progress, copy_database, copy_into_live, reason
from crm_desktop.db.backup_file import write_backup
from crm_desktop.db.connection import Connections, beside, open_read_only
from crm_desktop.db.inspection import BackupInfo
from crm_desktop.db.known_schema import refuse_incomplete, refuse_strangers
from crm_desktop.db.migrate import MIGRATIONS, migrate
from crm_desktop.db.passing_files import RESTORING, remove_database
from crm_desktop.db.search_index import rebuild
from crm_desktop.errors import BackupError, DatabaseError
from crm_desktop.models.progress import part


def restore(
    live: Connections,
    source: Path,
    safety: Path,
    complete: Callable[[Connections], None],
    on_progress: Progress | None = None,
) -> BackupInfo | None:
    """Replace ``live`` by the backup ``source``, brought up to date, and keep what was there as ``safety``.

    ``complete`` writes the log into the new content. Until the last step the live file is untouched, so an error
    or a power cut leaves it as it was. Returns what is in ``safety``, None when that is not sound.
    """
    staged = beside(live.path, RESTORING)
    try:
        _stage(source, staged, complete, part(on_progress, 0, 3))
        return _take_over(live, staged, safety, on_progress)
    except DatabaseError as error:
        raise BackupError(f"恢复没有完成，原有数据未改动：{error}") from error
    except UnicodeDecodeError as error:  # of a damaged backup that is sound as a database
        raise BackupError("这个备份里的文字已损坏，不能用来恢复，原有数据未改动。") from error
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"恢复没有完成：{reason(error)}原有数据未改动。") from error
    finally:
        with suppress(OSError):  # what is left over goes with the next attempt
            remove_database(staged)


def _stage(source: Path, staged: Path, complete: Callable[[Connections], None], on_progress: Progress) -> None:
    """A copy of the backup next to the live file, as this program would have it, and nothing else in it."""
    remove_database(staged)
    copy_database(source, staged, on_progress, is_live=False)
    database = Connections(staged)
    try:
        refuse_strangers(database.connection())
        migrate(database, MIGRATIONS, keeps_copy=False)
        _index_anew(database.connection())
        refuse_incomplete(database.connection())
        with database.atomic():
            rebuild(database)
            refuse_strangers(database.connection())
            complete(database)
    finally:
        database.close_all()


def _index_anew(file: sqlite3.Connection) -> None:
    """A backup is made even of an office whose indexes have suffered: its records are what counts."""
    try:
        file.execute("REINDEX")
    except sqlite3.IntegrityError as error:  # two records hold what only one may
        raise BackupError("这个备份里有损坏的内容，不能用来恢复。") from error


def _take_over(live: Connections, staged: Path, safety: Path, on_progress: Progress | None) -> BackupInfo | None:
    if not is_readable(live.path):
        live.close_all()
        _replace_damaged(live.path, safety, staged)
        return None
    secured = _secure(live.path, safety, part(on_progress, 1, 3))
    copy_into_live(staged, live.path, part(on_progress, 2, 3))
    return secured


def _secure(live: Path, safety: Path, on_progress: Progress) -> BackupInfo | None:
    try:
        return write_backup(live, safety, on_progress=on_progress)
    except BackupError:  # damaged further on: its pages as they are, for whoever may save something from them
        copy_database(live, safety)
        return None


def is_readable(path: Path) -> bool:
    """Whether SQLite recognises the file at all; one that it does not can only be replaced."""
    try:
        with closing(open_read_only(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except UnicodeDecodeError:
        return False
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_CANTOPEN"):
            return False
        raise BackupError("数据库正被另一个程序占用，恢复没有开始，请稍候再试。") from error
    return True


def _replace_damaged(live: Path, safety: Path, staged: Path) -> None:
    """Keep the damaged bytes, with their log, for whoever may save something from them."""
    for ending in ("", "-wal"):
        if beside(live, ending).exists():
            shutil.copy2(beside(live, ending), beside(safety, ending))
    for ending in ("-wal", "-shm", "-journal"):
        beside(live, ending).unlink(missing_ok=True)
    system.replace_durably(staged, live)
