"""Creates a new database from schema.sql and brings older ones up to it, with a backup first."""

from contextlib import closing
from pathlib import Path

from crm_desktop.db import location, schema
from crm_desktop.db.backup import copy_database
from crm_desktop.db.connection import SENTENCES, Connections, explained, open_read_only
from crm_desktop.db.known_schema import strangers
from crm_desktop.db.passing_files import remove_database, remove_leftovers
from crm_desktop.errors import BackupError, DatabaseError

SMALLEST = 512
"""Bytes of a page; SQLite takes a shorter file for an empty database."""
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(database: Connections, create: bool) -> None:
    """Check that the file is ours and current; create or migrate it."""
    try:
        _prepare(database, create)
    except OSError as error:
        raise DatabaseError(SENTENCES["SQLITE_CANTOPEN"]) from error


def _prepare(database: Connections, create: bool) -> None:
    path = database.path
    if path.is_dir():
        raise DatabaseError("这是一个文件夹，不是数据库文件。")
    if not path.exists() and not create:
        raise DatabaseError(f"没有找到数据库文件：{path}")
    refuse_place(path)
    if not path.exists():
        create_file(database)
        return
    remove_leftovers(path)
    if is_blank(path):
        if not create:
            raise DatabaseError("这个文件是空的，不是客户管理系统的数据库。")
        schema.create(database)
        return
    check_identity(path)
    migrate(database, MIGRATIONS)


def refuse_place(path: Path) -> None:
    """DatabaseError when an office's file cannot lie there."""
    reason = location.refusal(path)
    if reason:
        raise DatabaseError(reason)


def create_file(database: Connections) -> None:
    """A new file; nothing of it stays when it cannot be completed."""
    database.path.parent.mkdir(parents=True, exist_ok=True)
    database.path.touch()
    try:
        schema.create(database)
    except BaseException:
        database.close_all()
        remove_database(database.path)
        raise


def is_blank(path: Path) -> bool:
    """Whether a file has nothing in it, like one whose creation was cut off."""
    if path.stat().st_size == 0:
        return True
    if path.stat().st_size < SMALLEST:
        raise DatabaseError(SENTENCES["SQLITE_NOTADB"])
    with explained(), closing(open_read_only(path)) as file:
        return not file.execute("SELECT 1 FROM sqlite_schema").fetchone()


def check_identity(path: Path) -> None:
    """DatabaseError unless the file is an office's and not newer than this program; it is left as it was."""
    with explained(), closing(open_read_only(path)) as file:
        identity = file.execute("PRAGMA application_id").fetchone()[0]
        version = file.execute("PRAGMA user_version").fetchone()[0]
        strange = [] if identity != schema.application_id() else list(strangers(file, is_office=True))
    if identity != schema.application_id() or version < 1:
        raise DatabaseError("这个文件不是客户管理系统的数据库。")
    if version > schema.current_version():
        raise DatabaseError("这个数据库是用更新版本的程序建立的，请先升级程序再打开。")
    if strange:
        raise DatabaseError(f"这个文件里有不属于客户管理系统的{strange[0]}，可能被人改动过，为安全起见不打开。")


def pending(version: int, folder: Path) -> list[tuple[int, Path]]:
    """Migration files above ``version`` in order; ``0002_title.sql`` leads to version 2."""
    numbered = sorted((int(file.name[:4]), file) for file in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [(number, file) for number, file in numbered if number > version]


def migrate(database: Connections, folder: Path, keeps_copy: bool = True) -> None:
    """Apply what is missing: a copy of the file first, then all steps and the new number in one transaction."""
    version = database.value("PRAGMA user_version")
    if version == schema.current_version():
        return
    if version < 1:  # marked as ours, yet never written by any version of this program
        raise DatabaseError(SENTENCES["SQLITE_NOTADB"])
    if keeps_copy:
        keep_copy(database.path, version)
    database.execute("PRAGMA foreign_keys = OFF")  # ignored inside a transaction, so before BEGIN
    try:
        with database.atomic():
            apply(database, pending(database.value("PRAGMA user_version"), folder))
    finally:
        database.execute("PRAGMA foreign_keys = ON")


def keep_copy(path: Path, version: int) -> None:
    try:
        copy_database(path, path.with_name(f"{path.stem}_升级前_v{version}.db"))
    except BackupError as error:
        raise DatabaseError(f"升级数据库之前{error}") from error


def apply(database: Connections, steps: list[tuple[int, Path]]) -> None:
    from crm_desktop.db import search_index  # late: it needs every kind of field, an office that is current needs none

    schema.drop_views(database)
    for number, file in steps:
        schema.run_script(database, file.read_text(encoding="utf-8"))
        database.execute(f"PRAGMA user_version = {number:d}")
    if database.value("PRAGMA user_version") != schema.current_version():
        raise DatabaseError("这个数据库的版本太旧，本程序不能升级它，数据没有改动。")
    search_index.rebuild(database)
    if database.query("PRAGMA foreign_key_check"):
        raise DatabaseError("升级时发现数据不一致，数据库没有改动，请联系技术支持。")
