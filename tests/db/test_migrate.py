"""Bringing an older file up to date, shown on migrations made up for the test."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, migrate, schema
from crm_desktop.errors import DatabaseError

WEIGHT = "ALTER TABLE customers ADD COLUMN weight INTEGER;\n"
REBUILD = """-- a CHECK changes, so the table is made anew
CREATE TABLE roles_new (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, data_scope TEXT NOT NULL,
  is_system INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id), version INTEGER NOT NULL DEFAULT 1,
  deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)) STRICT;
INSERT INTO roles_new SELECT * FROM roles;
DROP TABLE roles;
ALTER TABLE roles_new RENAME TO roles;
CREATE UNIQUE INDEX roles_name ON roles(name) WHERE deleted_at IS NULL;
"""


@pytest.fixture
def old(tmp_path: Path, store_in: Callable[..., Any]) -> Path:
    """Today's file with a little in it, taken for an old one."""
    path = tmp_path / "office.db"
    database = Database.open(path, create=True)
    store_in(database, "roles", [{"id": 1, "name": "管理员"}])
    store_in(database, "operators", [{"id": 1, "name": "admin", "full_name": "王", "role": 1}])
    store_in(database, "customers", [{"code": "n001", "name": "长春宏达", "phone": "0431-85123456", "owner": 1}])
    database.close_all()
    return path


@pytest.fixture
def upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """``upgrade(WEIGHT, REBUILD)``: a program two versions newer, with these migrations."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    today = schema.current_version()

    def install(*scripts: str) -> Path:
        for number, script in enumerate(scripts, today + 1):
            (folder / f"{number:04d}_step.sql").write_text(script, encoding="utf-8")
        newest = today + len(scripts)
        text = schema.schema_text().replace(f"user_version = {today}", f"user_version = {newest}")
        text = text.replace("  remark TEXT NOT NULL DEFAULT '',\n  created_at", "  remark TEXT NOT NULL DEFAULT '', weight INTEGER,\n  created_at", 2)
        monkeypatch.setattr(schema, "schema_text", lambda: text)
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)
        return folder

    return install


def rebuild_of(table: str) -> str:
    """The same for a table that views read: they would stop it from being renamed."""
    statements = [each for each in schema.split_statements(schema.schema_text()) if re.search(rf" (TABLE|ON) {table}\b", each)]
    create, *indexes = statements
    return (
        create.replace(f"TABLE {table}", f"TABLE {table}_new")
        + f"INSERT INTO {table}_new SELECT * FROM {table};\nDROP TABLE {table};\nALTER TABLE {table}_new RENAME TO {table};\n"
        + "".join(indexes)
    )


def value(path: Path, sql: str) -> Any:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql).fetchone()[0]


def test_steps_are_applied_in_order_and_the_copy_kept(old: Path, upgrade: Callable[..., Path]) -> None:
    before = schema.current_version()
    upgrade(WEIGHT, REBUILD + rebuild_of("contacts"))
    database = Database.open(old)
    assert database.value("PRAGMA user_version") == before + 2
    assert database.value("SELECT weight IS NULL FROM customers") == 1
    assert database.value("SELECT weight IS NULL FROM v_customers") == 1  # views see what the tables have now
    assert database.value("SELECT name FROM customers_search s JOIN customers ON customers.id = s.id") == "长春宏达"
    assert database.value("SELECT digits FROM phone_numbers") == "043185123456"
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.query("PRAGMA foreign_key_check") == []
    database.close_all()
    copy = old.with_name(f"office_升级前_v{before}.db")
    assert value(copy, "PRAGMA user_version") == before
    assert value(copy, "SELECT count(*) FROM customers") == 1


def test_an_upgraded_file_is_opened_without_further_ado(old: Path, upgrade: Callable[..., Path]) -> None:
    upgrade(WEIGHT, REBUILD)
    Database.open(old).close_all()
    copy = next(old.parent.glob("*升级前*"))
    copy.unlink()
    Database.open(old).close_all()
    assert not copy.exists()


@pytest.mark.parametrize(
    ("second", "error", "words"),
    [
        ("CREATE TABLE extra (a); SELECT nonsense;\n", DatabaseError, "数据库出错"),
        ("UPDATE roles SET name = NULL;\n", sqlite3.IntegrityError, "NOT NULL"),
        ("DELETE FROM roles;\n", DatabaseError, "升级时发现数据不一致"),
    ],
)
def test_a_step_that_fails_leaves_the_old_file(
    old: Path, upgrade: Callable[..., Path], second: str, error: type[Exception], words: str
) -> None:
    before = schema.current_version()
    structure = "SELECT group_concat(name || sql) FROM (SELECT name, sql FROM sqlite_schema WHERE sql <> '' ORDER BY name)"
    whole = value(old, structure)
    upgrade(WEIGHT, second)
    with pytest.raises(error, match=words):
        Database.open(old)
    assert value(old, "PRAGMA user_version") == before
    assert value(old, structure) == whole
    assert value(old, "SELECT count(*) FROM roles") == 1


def test_without_a_copy_there_is_no_upgrade(old: Path, upgrade: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.current_version()
    upgrade(WEIGHT)
    old.with_name(f"office_升级前_v{before}.db").mkdir()
    with pytest.raises(DatabaseError, match="升级数据库之前备份没有完成"):
        Database.open(old)
    assert value(old, "PRAGMA user_version") == before


def test_a_migration_that_is_missing_is_noticed(old: Path, upgrade: Callable[..., Path]) -> None:
    folder = upgrade(WEIGHT, REBUILD)
    sorted(folder.iterdir())[-1].unlink()
    before = value(old, "PRAGMA user_version")
    with pytest.raises(DatabaseError, match="版本太旧"):
        Database.open(old)
    assert value(old, "PRAGMA user_version") == before


def test_who_waited_for_another_window_s_upgrade_does_not_repeat_it(old: Path, upgrade: Callable[..., Path]) -> None:
    upgrade(WEIGHT)
    first, second = Database(old), Database(old)
    asked = second.value("PRAGMA user_version")
    migrate.prepare(first, create=False)
    assert asked < second.value("PRAGMA user_version")
    with second.atomic():
        migrate.apply(second, migrate.pending(second.value("PRAGMA user_version"), migrate.MIGRATIONS))
    first.close_all()
    second.close_all()


def test_pending_steps_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("0010_j.sql", "0002_b.sql", "0003_c.sql", "notes.txt", "0004_d.txt"):
        (tmp_path / name).touch()
    assert [number for number, _ in migrate.pending(2, tmp_path)] == [3, 10]


def test_statements_are_told_apart() -> None:
    script = "-- a; comment\nCREATE TABLE a (b); -- after\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n DELETE FROM a;\nEND;\nINSERT INTO a VALUES (';');\n-- end\n"
    statements = list(schema.split_statements(script))
    assert [each.strip().splitlines()[-1].split()[0] for each in statements] == ["CREATE", "END;", "INSERT"]
    with pytest.raises(ValueError, match="incomplete"):
        list(schema.split_statements("CREATE TABLE a ("))
