"""A new database without an office in it, and a quick way to put records there."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, search_index, statements
from crm_desktop.models import ENTITIES

STAMP = {"created_at": "2026-11-22T01:00:00Z", "updated_at": "2026-11-22T01:00:00Z"}
Store = Callable[..., list[int]]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "a.db", create=True)
    yield opened
    opened.close_all()


@pytest.fixture(scope="session")
def store_in() -> Callable[..., list[int]]:
    """``store_in(database, "customers", [{…}])``: rows as given, indexed, without any rule of an office."""

    def store(database: Database, key: str, records: Sequence[dict[str, Any]]) -> list[int]:
        entity = ENTITIES[key]
        ids = []
        with database.atomic():
            for values in records:
                defaults = {each.name: each.default for each in entity.fields if each.default is not None}
                row = {**entity.blank, **defaults, **STAMP, **values}
                sql = statements.insert(entity.table, list(row))
                ids.append(int(database.execute(sql, tuple(row.values())).lastrowid or 0))
            listed = f"SELECT * FROM {entity.table} WHERE id IN (SELECT value FROM json_each(?))"
            stored = [dict(row) for row in database.query(listed, (json.dumps(ids),))]
            search_index.add_records(database, entity, stored)
        return ids

    return store


@pytest.fixture
def store(database: Database, store_in: Store) -> Store:
    """``store("customers", {…}, {…})``: the same for this test's database."""
    return lambda key, *records: store_in(database, key, records)
