"""What must hold of any office's file, whatever happened to it."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.controllers import chain
from crm_desktop.db import Database, search_index
from crm_desktop.db.connection import Connections
from crm_desktop.models import ENTITIES
from tests.faults.ledger import Held

CUSTOMERS = """SELECT name, remark, iif(deleted_at IS NULL, 'live', 'bin') AS place,
 (SELECT count(*) FROM contacts c WHERE c.customer = t.id AND (c.deleted_at IS NULL) = (t.deleted_at IS NULL)) AS n
 FROM customers t"""
COMPLAINTS = """SELECT content, (SELECT name FROM customers c WHERE c.id = t.customer) AS customer, status,
 iif(deleted_at IS NULL, 'live', 'bin') AS place FROM complaints t"""
LOGGED = """SELECT record FROM audit WHERE entity = ? AND kind = 'create'
 EXCEPT SELECT record FROM audit WHERE entity = ? AND kind = 'purge'"""


def held_by(database: Connections) -> Held:
    """What the office really holds, in the words of the ledger."""
    customers = {row["name"]: (row["remark"], row["place"], row["n"]) for row in database.query(CUSTOMERS)}
    complaints = {row["content"]: (row["customer"], row["status"], row["place"]) for row in database.query(COMPLAINTS)}
    return Held(customers, complaints)


def assert_sound(database: Connections) -> None:
    """SQLite finds nothing wrong with the file."""
    assert database.value("PRAGMA integrity_check") == "ok"
    assert database.query("PRAGMA foreign_key_check") == []


def assert_whole(database: Connections) -> None:
    """The file is sound, its log has no hole and was not changed, and the log knows every record."""
    assert_sound(database)
    assert list(chain.breaks(database)) == []
    for entity in ("customers", "contacts", "complaints"):
        stored = {row[0] for row in database.query(f"SELECT id FROM {entity}")}
        assert {row[0] for row in database.query(LOGGED, (entity, entity))} == stored


def assert_search_in_step(path: Path, scratch: Path) -> None:
    """The search tables are what rebuilding them gives; looked at in a copy, so that nothing is mended."""
    shutil.copyfile(path, scratch)
    copy = Database.open(scratch)
    with closing(copy.connection()):
        before = indexed(copy)
        search_index.rebuild(copy)
        assert indexed(copy) == before
    copy.close_all()


def indexed(database: Connections) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of the search tables and every word of the full-text ones."""
    found = {
        "phones": {tuple(row) for row in database.query("SELECT reversed, entity, record, field FROM phone_numbers")}
    }
    for entity in ENTITIES.values():
        if entity.is_searchable:
            rows = database.query(f"SELECT * FROM {entity.key}_search")
            found[entity.key] = {tuple(row) for row in rows}
            found[f"{entity.key} words"] = words(database, f"{entity.key}_bigrams")
    return found


def words(database: Connections, table: str) -> set[tuple[Any, ...]]:
    database.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {table}, 'instance')")
    try:
        return {(row["term"], row["doc"]) for row in database.query("SELECT term, doc FROM temp.words")}
    finally:
        database.execute("DROP TABLE temp.words")
