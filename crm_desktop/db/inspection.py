"""What is inside a backup, and whether it is good: read without changing the file or anything beside it."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_desktop.db import encryption, schema
from crm_desktop.db.backup import Cancelled, Progress, reason, stop_when
from crm_desktop.db.connection import beside, open_read_only
from crm_desktop.db.known_schema import refuse_strangers
from crm_desktop.db.passing_files import passing_copy
from crm_desktop.errors import BackupError
from crm_desktop.models import RECORDS
from crm_desktop.models.progress import part

COUNTED = (*(each.table for each in RECORDS), "attachments", "operators")
DIGEST = ".sha256"
DIGEST_LENGTH = 64
PIECE = 1 << 20
CACHE_KIBIBYTES = 64 * 1024
"""Comparing every index with its table reads pages again and again; with this much it takes a third less."""
STEPS_OF_SQLITE = 200_000
"""Of its inner instructions, between two looks whether somebody cancelled."""


@dataclass(frozen=True)
class BackupInfo:
    """What is inside a backup file."""

    path: Path
    company: str
    version: int
    counts: dict[str, int]
    """Records in use, by table."""
    last_change: str
    """UTC time of the last recorded operation."""
    size: int
    """Bytes."""
    is_encrypted: bool = False
    sha256: str = ""
    message: str = field(default="", compare=False)
    """What the clerk may do with the medium now; only after writing."""


def inspect(
    path: Path, password: str = "", live: Path | None = None, on_progress: Progress | None = None
) -> BackupInfo:
    """Verify a backup from end to end and say what is inside; BackupError says why it is no use.

    An encrypted one is decrypted beside ``live``, or in a folder of this account's, and removed again.
    """
    if not path.is_file() or path.stat().st_size == 0:
        raise BackupError("没有找到这个备份文件，或文件是空的。")
    try:
        digest = compare_digest(path, part(on_progress, 0, 2))
        with plain_file(path, password, live, part(on_progress, 1, 2)) as plain:
            is_encrypted = plain != path
            info = inspect_plain(plain, is_as_written=is_encrypted or bool(written_digest(path)))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # what is said of damage may quote its bytes
        raise BackupError("这个文件已损坏或不是客户管理系统的备份。") from error
    except OSError as error:
        raise BackupError(f"读不出这个备份：{reason(error)}") from error
    return replace(info, path=path, size=path.stat().st_size, sha256=digest, is_encrypted=is_encrypted)


@contextmanager
def plain_file(path: Path, password: str, live: Path | None, on_progress: Progress) -> Iterator[Path]:
    """A backup that SQLite can read: the file itself, or what is inside an encrypted one, for as long as needed."""
    if not encryption.is_encrypted(path):
        yield path
    elif live is not None:
        with passing_copy(live) as plain:
            encryption.decrypt(path, plain, password, on_progress)
            yield plain
    else:
        with TemporaryDirectory(prefix="crm-backup-") as folder:
            plain = Path(folder) / "plain.db"
            encryption.decrypt(path, plain, password, on_progress)
            yield plain


def inspect_plain(path: Path, is_as_written: bool) -> BackupInfo:
    """Whether a file that is not encrypted is an office, of a version this program knows, and whole.

    One that nothing vouches for is compared with its indexes, too: a changed byte shows there.
    """
    with closing(open_read_only(path)) as connection:
        if _value(connection, "PRAGMA application_id") != schema.application_id():
            raise BackupError("这个文件不是客户管理系统的备份。")
        if int(str(_value(connection, "PRAGMA user_version"))) > schema.current_version():
            raise BackupError("这个备份是用更新版本的程序做的，请先升级程序。")
        refuse_strangers(connection)
        if is_cut_off(connection, path) or not is_sound(connection) or not (is_as_written or agrees(connection)):
            raise BackupError("这个备份已损坏，不能用来恢复。")
        return facts(connection, path)


def is_cut_off(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the end of a file is missing, which SQLite would read as zeros; a log beside it may hold that end."""
    pages, size = int(str(_value(connection, "PRAGMA page_count"))), int(str(_value(connection, "PRAGMA page_size")))
    return not beside(path, "-wal").exists() and pages * size > path.stat().st_size


def is_sound(connection: sqlite3.Connection, cancelled: Cancelled | None = None) -> bool:
    """Whether every page of a database is whole, every value allowed, and every reference leads somewhere.

    Whether its indexes hold what they should takes four times as long; restoring makes them anew.
    """
    if cancelled is not None:
        connection.set_progress_handler(cancelled, STEPS_OF_SQLITE)
    try:
        is_whole = _value(connection, "PRAGMA quick_check(1)") == "ok"
        return is_whole and not connection.execute("PRAGMA foreign_key_check").fetchmany(1)
    except sqlite3.OperationalError:
        stop_when(cancelled)
        raise


def agrees(connection: sqlite3.Connection) -> bool:
    """Whether every index holds what its table holds."""
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    return _value(connection, "PRAGMA integrity_check(1)") == "ok"


def facts(connection: sqlite3.Connection, path: Path) -> BackupInfo:
    """What a sound office tells about itself; an older one lacks some of the tables."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    counts = {
        table: int(str(_value(connection, f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL")))
        for table in COUNTED
        if table in tables
    }
    return BackupInfo(
        path=path,
        company=str(_value(connection, "SELECT name FROM company") or ""),
        version=int(str(_value(connection, "PRAGMA user_version"))),
        counts=counts,
        last_change=str(_value(connection, "SELECT max(at) FROM operations") or ""),
        size=path.stat().st_size,
    )


def compare_digest(path: Path, on_progress: Progress) -> str:
    """SHA-256 of a file; BackupError when another one was written beside it."""
    digest = sha256_of(path, on_progress)
    written = written_digest(path)
    if written and written != digest:
        raise BackupError(f"这个备份与“{path.name}{DIGEST}”里的校验值不符，写完之后被改动过或已损坏。")
    return digest


def written_digest(path: Path) -> str:
    """What the file beside a backup says; empty without one."""
    file = beside(path, DIGEST)
    if not file.is_file():
        return ""
    return file.read_bytes()[:DIGEST_LENGTH].decode("ascii", errors="replace").casefold()


def sha256_of(path: Path, on_progress: Progress, cancelled: Cancelled | None = None) -> str:
    """In hex, with little in memory."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            stop_when(cancelled)
            digest.update(piece)
            done += len(piece)
            on_progress(done, max(total, done))
    return digest.hexdigest()


def _value(connection: sqlite3.Connection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None
