"""Writes the shipped dictionaries into a new database."""

import json

from crm_desktop.db.connection import Connections
from crm_desktop.models.dictionaries import DICTIONARIES

INSERT = """INSERT INTO dictionary_items
 (kind, name, position, is_active, key, attributes, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


def load_defaults(database: Connections, now: str) -> None:
    """All kinds with their items in order; ``now`` is the UTC time they count as created."""
    rows = [
        (kind.key, item.name, position, int(item.is_active), item.key,
         json.dumps(item.attributes, ensure_ascii=False), now, now)
        for kind in DICTIONARIES.values()
        for position, item in enumerate(kind.items, 1)
    ]  # fmt: skip
    with database.atomic():
        database.executemany(INSERT, rows)
