"""Creates a new database from schema.sql and brings older ones up to it, with a backup first."""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from crm_desktop import system
from crm_desktop.db.backup import copy_database
from crm_desktop.db.connection import Connections
from crm_desktop.errors import DatabaseError
from crm_desktop.paths import schema_file

MIGRATIONS = Path(__file__).parent / "migrations"
APPLICATION_ID = re.compile(r"PRAGMA application_id = (\d+);")
USER_VERSION = re.compile(r"PRAGMA user_version = (\d+);")


def refuse_network(path: Path) -> None:
    """SQLite's locks are not safe on network drives, so an office's file must be on this computer."""
    if system.is_network_path(path):
        raise DatabaseError("数据库不能放在网络驱动器上（多人同时写会损坏文件），请放在本机磁盘。")


def prepare(database: Connections, create: bool) -> None:
    """Check that the file is ours and current; create or migrate it."""
    path = database.path
    refuse_network(path)
    if not path.exists():
        if not create:
            raise DatabaseError(f"没有找到数据库文件：{path}")
        path.parent.mkdir(parents=True, exist_ok=True)
    elif path.is_dir():
        raise DatabaseError("这是一个文件夹，不是数据库文件。")
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise DatabaseError("这个文件是空的，不是客户管理系统的数据库。")
        create_schema(database)
        return
    check_identity(database)
    migrate(database, MIGRATIONS)


def schema_text() -> str:
    return schema_file().read_text(encoding="utf-8")


def schema_number(pattern: re.Pattern[str]) -> int:
    match = pattern.search(schema_text())
    assert match, "schema.sql states its application_id and user_version"
    return int(match.group(1))


def current_version() -> int:
    """The schema version this program writes."""
    return schema_number(USER_VERSION)


def create_schema(database: Connections) -> None:
    with database.atomic():
        run_script(database, schema_text())


def run_script(database: Connections, script: str) -> None:
    """Run statements one by one: ``executescript`` would commit the open transaction."""
    for statement in split_statements(script):
        database.execute(statement)


def split_statements(script: str) -> Iterable[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if is_complete(statement):
            yield statement
            statement = ""
    if statement.strip() and not is_only_comment(statement):
        raise ValueError(f"incomplete statement: {statement[:80]!r}")


def is_complete(statement: str) -> bool:
    return sqlite3.complete_statement(statement) and not is_only_comment(statement)


def is_only_comment(statement: str) -> bool:
    return all(not line.strip() or line.strip().startswith("--") for line in statement.splitlines())


def check_identity(database: Connections) -> None:
    """DatabaseError unless the file is an office's and not newer than this program."""
    identity = database.value("PRAGMA application_id")
    if identity != schema_number(APPLICATION_ID):
        raise DatabaseError("这个文件不是客户管理系统的数据库。")
    version = database.value("PRAGMA user_version")
    if version > current_version():
        raise DatabaseError("这个数据库是用更新版本的程序建立的，请先升级程序再打开。")


def pending(version: int, folder: Path) -> list[tuple[int, Path]]:
    """Migration files above ``version`` in order; ``0002_title.sql`` leads to version 2."""
    numbered = sorted((int(file.name[:4]), file) for file in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [(number, file) for number, file in numbered if number > version]


def migrate(database: Connections, folder: Path) -> None:
    """Apply what is missing: backup first, then each step and its number in one transaction."""
    version = database.value("PRAGMA user_version")
    steps = pending(version, folder)
    if not steps:
        return
    copy_database(database.path, database.path.with_name(f"{database.path.stem}_升级前_v{version}.db"))
    database.execute("PRAGMA foreign_keys = OFF")  # ignored inside a transaction, so before BEGIN
    try:
        for number, file in steps:
            apply(database, number, file.read_text(encoding="utf-8"))
    finally:
        database.execute("PRAGMA foreign_keys = ON")


def apply(database: Connections, number: int, script: str) -> None:
    with database.atomic():
        for row in database.query("SELECT name FROM sqlite_schema WHERE type = 'view'"):
            database.execute(f'DROP VIEW "{row["name"]}"')
        run_script(database, script)
        if number == current_version():
            run_script(database, "".join(s for s in split_statements(schema_text()) if "CREATE VIEW" in s))
        if database.query("PRAGMA foreign_key_check"):
            raise DatabaseError("升级时发现数据不一致，数据库没有改动，请联系技术支持。")
        database.execute(f"PRAGMA user_version = {number:d}")
