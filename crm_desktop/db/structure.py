"""How a file is built, apart from how its statements happen to be written, and how it should be."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from crm_desktop.db import schema
from crm_desktop.db.connection import Connections
from crm_desktop.db.known_schema import plain
from crm_desktop.db.statements import quote

SHADOW = re.compile(r"_(data|idx|content|docsize|config)$")
"""Tables in which SQLite itself keeps those for full-text search."""
CHECK = re.compile(r"CHECK\s*(\(.*)")
MADE = re.compile(r"^CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER|VIEW) (\w+)", re.MULTILINE)
PARTS = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
BUILT = {"index", "trigger", "view"}
"""What can be made anew without touching a record."""


class Part(NamedTuple):
    """A table, index, trigger or view."""

    kind: str
    facts: Any
    """Equal for two files when the part is the same in both."""


@dataclass(frozen=True)
class Difference:
    """One part of a file that is not as schema.sql has it."""

    name: str
    kind: str
    problem: str
    """missing, unknown or changed."""

    @property
    def is_derived(self) -> bool:
        """A search table: it is made anew from the records."""
        return self.name in derived_tables() and self.problem != "unknown"

    @property
    def is_repairable(self) -> bool:
        return self.kind in BUILT or self.is_derived


def parts(connection: sqlite3.Connection) -> dict[str, Part]:
    """Everything in a file by its name: tables with columns, keys and checks, the rest by its statement."""
    found = {}
    for kind, name, sql in connection.execute(PARTS).fetchall():
        if kind != "table":
            found[name] = Part(kind, plain(sql))
        elif not SHADOW.search(name):
            found[name] = Part(kind, _table(connection, name, sql or ""))
    return found


def _table(connection: sqlite3.Connection, name: str, sql: str) -> Any:
    if sql.startswith("CREATE VIRTUAL"):
        return plain(sql)
    columns = connection.execute(f"PRAGMA table_xinfo({quote(name)})").fetchall()
    keys = connection.execute(f"PRAGMA foreign_key_list({quote(name)})").fetchall()
    return (
        sorted(tuple(row)[1:] for row in columns),
        sorted(tuple(row)[2:] for row in keys),
        sorted(CHECK.findall(sql)),
        plain(sql).endswith("withoutrowid"),
    )


@cache
def wanted() -> dict[str, Part]:
    """What schema.sql makes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.schema_text())
        return parts(connection)


@cache
def derived_tables() -> frozenset[str]:
    text = schema.schema_text()
    return frozenset(schema.DERIVED_TABLE.findall(text[text.index(schema.DERIVED) :]))


def differences(database: Connections) -> list[Difference]:
    """What of a file is missing, unknown, or not as schema.sql has it."""
    found, right = parts(database.connection()), wanted()
    missing = [Difference(name, right[name].kind, "missing") for name in right.keys() - found.keys()]
    unknown = [Difference(name, found[name].kind, "unknown") for name in found.keys() - right.keys()]
    changed = [
        Difference(name, found[name].kind, "changed") for name in found.keys() & right.keys()
        if found[name] != right[name]
    ]  # fmt: skip
    return sorted([*missing, *unknown, *changed], key=lambda each: each.name)


def mend(database: Connections, difference: Difference) -> None:
    """Make an index, trigger or view as schema.sql has it, or take an unknown one away."""
    if difference.problem != "missing":
        database.execute(f"DROP {difference.kind.upper()} {quote(difference.name)}")
    if difference.problem != "unknown":
        database.execute(statement_of(difference.name))


def statement_of(name: str) -> str:
    """The statement of schema.sql that makes a part."""
    made = ((MADE.search(each), each) for each in schema.split_statements(schema.schema_text()))
    return next(statement for match, statement in made if match and match[1] == name)
