"""Writes the shipped dictionaries into a new database."""

import json
from collections.abc import Container

from crm_desktop.db.connection import Connections
from crm_desktop.models.dictionaries import DICTIONARIES

INSERT = """INSERT INTO dictionary_items
 (kind, name, position, is_active, key, attributes, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


def load_missing(database: Connections, now: str) -> None:
    """After an upgrade of the program: the kinds that the office does not have at all."""
    known = {row[0] for row in database.query("SELECT DISTINCT kind FROM dictionary_items")}
    if DICTIONARIES.keys() - known:
        load_defaults(database, now, known)


def load_defaults(database: Connections, now: str, known: Container[str] = ()) -> None:
    """All kinds but the known ones, with their items in order; ``now`` is the UTC time they count as created."""
    rows = [
        (kind.key, item.name, position, int(item.is_active), item.key,
         json.dumps(item.attributes, ensure_ascii=False), now, now)
        for kind in DICTIONARIES.values()
        if kind.key not in known
        for position, item in enumerate(kind.items, 1)
    ]  # fmt: skip
    with database.atomic():
        database.executemany(INSERT, rows)
