"""What a file from elsewhere may hold: the program's own tables, views and triggers, nothing that runs of itself.

SQLite's own guard, trusted_schema = OFF, cannot be used: up to 3.40 it refuses json_valid in our CHECKs. So what could
run is compared instead; no function with effects is registered on any connection, and extensions cannot be loaded.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from crm_desktop.db import schema
from crm_desktop.errors import BackupError

OBJECTS = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
COMPUTED = """SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c
 WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden IN (2, 3)"""
SEARCHING = re.compile(r"\bUSING fts5\b", re.IGNORECASE)
VIRTUAL = "CREATE VIRTUAL"
COLUMNS = """SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c
 WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'sqlite_%'"""
MADE_BY = re.compile(r"CREATE (?:UNIQUE |VIRTUAL )?(TABLE|VIEW|TRIGGER|INDEX)\b", re.IGNORECASE)
"""SQLite obeys the statement, whatever stands in the column beside it that says of which type it is."""
LABELS = {"table": "表", "view": "视图", "trigger": "触发器", "index": "索引"}


@cache
def own_objects() -> dict[tuple[str, str], str]:
    """(type, name) → definition of everything that schema.sql makes, the inner tables of the search included."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(schema.schema_text())
        return {(kind, name): plain(sql) for kind, name, sql in memory.execute(OBJECTS)}


@cache
def own_columns() -> frozenset[str]:
    """Every ``table.column`` of the program's own version."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(schema.schema_text())
        return frozenset(name for (name,) in memory.execute(COLUMNS))


def refuse_incomplete(file: sqlite3.Connection) -> None:
    """BackupError when a file of today's version lacks a column, or holds what a CHECK forbids.

    Only a connection that may write is told of the latter: integrity_check passes over CHECKs on any other.
    """
    lacking = own_columns() - {name for (name,) in file.execute(COLUMNS)}
    if lacking:
        raise BackupError(f"这个备份不完整，缺少 {min(lacking)}，不能用来恢复。")
    if file.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise BackupError("这个备份里有损坏的内容，不能用来恢复。")


def refuse_strangers(file: sqlite3.Connection, is_office: bool = False) -> None:
    """BackupError when a file holds what this program would never have put there.

    Views and triggers of the program's own version are compared word by word. In an older file their text may be
    another one, but triggers came with version 3, and its views are dropped before anything asks them. In a file
    that ``is_office`` already, a table that somebody added does no harm.
    """
    for stranger in strangers(file, is_office):
        raise BackupError(f"这个文件里有不属于客户管理系统的{stranger}，可能被人改动过，为安全起见不能使用。")


def strangers(file: sqlite3.Connection, is_office: bool = False) -> Iterator[str]:
    """What does not belong there, in words."""
    own, is_current = own_objects(), file.execute("PRAGMA user_version").fetchone()[0] == schema.current_version()
    for kind, name, sql in file.execute(OBJECTS).fetchall():
        known, made = own.get((kind, name)), MADE_BY.match(sql)
        if made is None or made[1].casefold() != kind:
            is_fine = False
        elif kind == "index":  # it can be slow or in the way, but not run
            is_fine = True
        elif kind == "table" and not sql.upper().startswith(VIRTUAL):
            is_fine = known is not None or is_office or name.startswith("sqlite_")
        elif is_current or kind == "trigger":
            is_fine = known == plain(sql)
        else:
            is_fine = known is not None and (kind == "view" or SEARCHING.search(sql) is not None)
        if not is_fine:
            yield f"{LABELS.get(kind, '内容')} {name}"
    for (name,) in file.execute(COMPUTED).fetchall():
        yield f"计算列 {name}"


def plain(sql: str) -> str:
    """A definition without what makes no difference: comments, line breaks, spaces, quotes."""
    return re.sub(r'[\s"]+', "", re.sub(r"--[^\n]*", "", sql)).casefold()
