"""What schema.sql says: its numbers, its statements, and the part that can be made anew from the records."""

import re
import sqlite3
from collections.abc import Iterable
from functools import cache

from crm_desktop.db.connection import Connections
from crm_desktop.paths import schema_file

APPLICATION_ID = re.compile(r"PRAGMA application_id = (\d+);")
USER_VERSION = re.compile(r"PRAGMA user_version = (\d+);")
DERIVED = "-- Derived tables"
"""From this line of schema.sql on, tables and views hold nothing that the records above do not."""
DERIVED_TABLE = re.compile(r"^CREATE (?:VIRTUAL )?TABLE (\w+)", re.MULTILINE)


@cache
def schema_text() -> str:
    return schema_file().read_text(encoding="utf-8")


def number(pattern: re.Pattern[str]) -> int:
    match = pattern.search(schema_text())
    assert match, "schema.sql states its application_id and user_version"
    return int(match.group(1))


def application_id() -> int:
    """What marks a file as an office's."""
    return number(APPLICATION_ID)


def current_version() -> int:
    """The schema version this program writes."""
    return number(USER_VERSION)


def create(database: Connections) -> None:
    with database.atomic():
        run_script(database, schema_text())


def recreate_derived(database: Connections) -> None:
    """Replace search tables and views by empty ones as schema.sql has them, inside the caller's transaction."""
    drop_views(database)
    script = schema_text()[schema_text().index(DERIVED) :]
    for table in DERIVED_TABLE.findall(script):
        database.execute(f"DROP TABLE IF EXISTS {table}")
    run_script(database, script)


def drop_views(database: Connections) -> None:
    """A view over a table that is being rebuilt would stop the migration."""
    for row in database.query("SELECT name FROM sqlite_schema WHERE type = 'view'"):
        database.execute(f'DROP VIEW "{row["name"]}"')


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
    if not is_only_comment(statement):
        raise ValueError(f"incomplete statement: {statement[:80]!r}")


def is_complete(statement: str) -> bool:
    return sqlite3.complete_statement(statement) and not is_only_comment(statement)


def is_only_comment(statement: str) -> bool:
    return all(not line.strip() or line.strip().startswith("--") for line in statement.splitlines())
