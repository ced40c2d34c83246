"""schema.sql and the declarations say the same, and every older file can be brought to it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database, schema, structure
from crm_desktop.models import ENTITIES, Entity, Query
from crm_desktop.models.entity import STANDARD_COLUMNS
from crm_desktop.models.fields import Choice, Flag, Options, Reference, Region

EACH_ENTITY = pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda each: each.key)
NEVER_EMPTY = ("data_scope", "status")
FROZEN = sorted((Path(__file__).parent / "databases").glob("v*.sql"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("schema") / "a.db"
    Database.open(path, create=True).close_all()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def columns(connection: sqlite3.Connection, table: str) -> dict[str, dict[str, Any]]:
    rows = connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
    return {row[1]: {"type": row[2], "not_null": row[3], "default": row[4]} for row in rows}


def table_sql(connection: sqlite3.Connection, table: str) -> str:
    return str(connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


# Declarations and columns


@EACH_ENTITY
def test_declared_fields_are_the_table_s_columns(fresh: sqlite3.Connection, entity: Entity) -> None:
    declared = [field.name for field in entity.fields]
    assert set(columns(fresh, entity.table)) == {*declared, *STANDARD_COLUMNS}


@EACH_ENTITY
def test_computed_fields_are_columns_of_the_view_alone(fresh: sqlite3.Connection, entity: Entity) -> None:
    computed = {field.name for field in entity.computed}
    assert set(columns(fresh, entity.source)) == set(columns(fresh, entity.table)) | computed


@EACH_ENTITY
def test_types_and_emptiness_agree(fresh: sqlite3.Connection, entity: Entity) -> None:
    """What a field leaves when it is empty is what the column has by default."""
    stored = columns(fresh, entity.table)
    for field in entity.fields:
        column = stored[field.name]
        assert column["type"] == field.sql_type, field.name
        default = {None: None, "": "''", 0: "0"}[field.empty]
        is_reference = isinstance(field, Choice | Reference | Region)
        if not is_reference and field.default is None:
            assert column["default"] == default, field.name
            assert bool(column["not_null"]) == (field.empty is not None or field.required), field.name
        if is_reference:
            assert bool(column["not_null"]) == field.required, field.name


@EACH_ENTITY
def test_references_are_foreign_keys(fresh: sqlite3.Connection, entity: Entity) -> None:
    found = {row[3]: row[2] for row in fresh.execute(f"PRAGMA foreign_key_list({entity.table})")}
    expected = {"created_by": "operators", "updated_by": "operators", "deleted_in": "operations"}
    for field in entity.fields:
        if isinstance(field, Choice):
            expected[field.name] = "dictionary_items"
        elif isinstance(field, Region):
            expected[field.name] = "regions"
        elif isinstance(field, Reference):
            expected[field.name] = field.entity
    assert found == expected


@EACH_ENTITY
def test_fixed_words_are_checked_by_the_table_too(fresh: sqlite3.Connection, entity: Entity) -> None:
    text = table_sql(fresh, entity.table)
    for field in entity.fields:
        check = re.search(rf"CHECK \({field.name} IN \(([^)]*)\)\)", text)
        if isinstance(field, Options):
            assert check, field.name
            words = set(re.findall("'([^']*)'", check[1]))
            assert words - {""} == set(field.options)
            assert ("" in words) == (field.name not in NEVER_EMPTY)
        elif isinstance(field, Flag):
            assert check, field.name
            assert check[1] == "0, 1"
        else:
            assert check is None, field.name


@EACH_ENTITY
def test_a_required_text_may_not_be_empty(fresh: sqlite3.Connection, entity: Entity) -> None:
    text = table_sql(fresh, entity.table)
    for field in entity.fields:
        if field.required and field.sql_type == "TEXT" and field.empty == "":
            assert f"CHECK ({field.name} <> '')" in text or f"length({field.name}) BETWEEN 1" in text, field.name


@EACH_ENTITY
def test_unique_values_are_unique_by_an_index(fresh: sqlite3.Connection, entity: Entity) -> None:
    indexes = [
        [each[2] for each in fresh.execute(f"PRAGMA index_info({row[1]})")]
        for row in fresh.execute(f"PRAGMA index_list({entity.table})")
        if row[2]
    ]
    for name in entity.unique:
        assert [name] in indexes


@EACH_ENTITY
def test_what_is_searchable_has_its_tables(fresh: sqlite3.Connection, entity: Entity) -> None:
    names = {row[0] for row in fresh.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {f"{entity.key}_search", f"{entity.key}_bigrams"} <= names or not entity.is_searchable
    assert entity.is_searchable or f"{entity.key}_search" not in names


# The file as a whole


def test_every_table_is_strict(fresh: sqlite3.Connection) -> None:
    tables = [tuple(row) for row in fresh.execute("PRAGMA table_list") if row[2] == "table" and not row[1].startswith("sqlite_")]
    assert len(tables) > 15
    assert [row[1] for row in tables if not row[5]] == []


def test_records_are_numbered_once_and_for_all(fresh: sqlite3.Connection) -> None:
    for entity in ENTITIES.values():
        if entity.key != "company":  # there is only one
            assert "AUTOINCREMENT" in table_sql(fresh, entity.table)


def test_statements_before_and_after_the_derived_part_are_whole() -> None:
    before, _, after = schema.schema_text().partition(schema.DERIVED)
    assert list(schema.split_statements(before))
    derived = list(schema.split_statements(schema.DERIVED + after))
    assert all(re.search(r"CREATE (VIRTUAL )?TABLE|CREATE (UNIQUE )?INDEX|CREATE VIEW", each) for each in derived)
    kept = {*ENTITIES, "operations", "audit", "regions", "settings", "serials", "credentials", "dictionary_items"}
    assert not kept & set(schema.DERIVED_TABLE.findall(after))


def numbers(path: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(path)) as connection:
        names = ("application_id", "user_version")
        return tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)


# Older files


def thaw(script: Path, path: Path) -> Path:
    """A file as the program of that version left it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    return path


def test_today_s_schema_is_frozen() -> None:
    """Else nobody could prove that its files are opened tomorrow: python tests/databases/freeze.py."""
    assert f"v{schema.current_version()}" in [script.stem for script in FROZEN]
    assert [script.stem for script in FROZEN] == [f"v{number}" for number in range(1, len(FROZEN) + 1)]


@pytest.mark.parametrize("script", FROZEN, ids=lambda each: each.stem)
def test_an_older_file_becomes_today_s(script: Path, tmp_path: Path) -> None:
    Database.open(tmp_path / "fresh.db", create=True).close_all()
    old = thaw(script, tmp_path / "old.db")
    database = Database.open(old)
    assert structure.differences(database) == []
    database.close_all()
    assert numbers(old) == numbers(tmp_path / "fresh.db")


@pytest.mark.parametrize("script", FROZEN, ids=lambda each: each.stem)
def test_an_older_office_goes_on_working(script: Path, tmp_path: Path) -> None:
    database = Database.open(thaw(script, tmp_path / "old.db"))
    assert database.value("PRAGMA integrity_check") == "ok"
    assert database.query("PRAGMA foreign_key_check") == []
    office = sign_in(database, "admin", "hongda2026", clock=FixedClock.at("2030-01-01"))
    for text in ("hdjx", "宏达", "85123456", "13904310001", "i0431001"):
        assert [row["name"] for row in office.customers.search(Query(text)).rows] == ["长春宏达机械制造有限公司"]
    found = office.customers.get(1)
    assert (found["owner_text"], found["annual_revenue_text"], found["primary_contact"]) == ("李四", "5,000", "单小明")
    assert office.contacts.search(Query("王𠮷")).total == 1
    assert ("年营业额", "", "5,000") in office.audit.history("customers", 1)[1]["changes"]
    assert (office.regions.get("220105")["postcode"], office.settings.option("lock_minutes")) == ("130099", 30)
    office.customers.restore([3])
    assert office.customers.get(3)["source_text"] == "网站"
    for code in ("vip-1", "vip-2"):
        assert "code" in office.customers.check({"name": "新的", "code": code})
    assert office.customers.create({"name": "新的", "level": "重要", "region": "220104"}) == 5
    assert office.customers.get(5)["code"] == "i0431002"
    office.customers.update(1, {"name": "长春宏达"}, version=found["version"])
    database.close_all()


@pytest.mark.parametrize("script", [each for each in FROZEN if each.stem < "v5"], ids=lambda each: each.stem)
def test_who_printed_lists_of_regions_still_may(script: Path, tmp_path: Path) -> None:
    """Until version 5 the right to print customers was asked for that."""
    database = Database.open(thaw(script, tmp_path / "old.db"))
    sql = "SELECT role, verb FROM permissions WHERE area = ? AND verb IN ('print', 'export') ORDER BY 1, 2"
    printing = {tuple(row) for row in database.query(sql, ("customers",))}
    assert printing and printing <= {tuple(row) for row in database.query(sql, ("regions",))}
    database.close_all()
