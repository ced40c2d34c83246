"""The log cannot be rewritten by the program, and what is done to the file behind its back shows."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers import Office, chain


@pytest.fixture
def bare(office: Office) -> Iterator[sqlite3.Connection]:
    """The file as somebody with another program has it: without the triggers that keep the log."""
    for name in ("a", "b", "c"):
        office.customers.create({"name": name})
    with closing(sqlite3.connect(office.db.path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def problems(office: Office) -> list[str]:
    return [each.problem for each in chain.breaks(office.db)]


def test_every_operation_is_sealed(office: Office) -> None:
    office.customers.update(office.customers.create({"name": "甲"}), {"name": "乙"}, version=1)
    assert problems(office) == []
    assert office.db.value("SELECT count(*) FROM operations WHERE chain = ''") == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE operations SET sentence = '' WHERE id = 2",
        "UPDATE operations SET chain = 'x' WHERE id = 2",
        "DELETE FROM operations WHERE id = 2",
        "UPDATE audit SET new = '{}' WHERE id = 1",
        "DELETE FROM audit WHERE id = 1",
    ],
)
def test_the_program_cannot_rewrite_it(office: Office, sql: str) -> None:
    office.customers.update(office.customers.create({"name": "甲"}), {"name": "乙"}, version=1)
    with pytest.raises(sqlite3.IntegrityError, match="the log only grows"):
        office.db.execute(sql)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE operations SET sentence = '改过' WHERE id = {last} - 1", ["内容被改动过"]),
        ("UPDATE operations SET operator = NULL WHERE id = {last}", ["内容被改动过"]),
        ("DELETE FROM audit WHERE operation = {last}", ["内容被改动过"]),
        ("INSERT INTO audit (operation, entity, record, kind) VALUES ({last}, 'customers', 1, 'delete')", ["内容被改动过"]),
        ("DELETE FROM operations WHERE id = {last} - 1", ["前面缺少 1 条操作"]),
        ("DELETE FROM operations WHERE id = {last}", ["末尾缺少 1 条操作"]),
        ("UPDATE operations SET digest = 'x', chain = 'y' WHERE id = {last}", ["与前一条不衔接", "内容被改动过"]),
    ],
)
def test_tampering_shows(office: Office, bare: sqlite3.Connection, sql: str, found: list[str]) -> None:
    last = bare.execute("SELECT max(id) FROM operations").fetchone()[0]
    bare.execute(sql.format(last=last))
    assert problems(office) == found


def test_what_was_written_before_logs_were_chained_is_passed_over(office: Office, bare: sqlite3.Connection) -> None:
    bare.execute("UPDATE operations SET digest = '', chain = '' WHERE id <= 2")
    third = bare.execute("SELECT digest FROM operations WHERE id = 3").fetchone()[0]
    assert problems(office)  # the third was bound to the second
    bare.execute("UPDATE operations SET chain = ? WHERE id = 3", (chain.link("", third),))
    assert "与前一条不衔接" in problems(office)  # and the fourth to the third


def test_a_rolled_back_operation_leaves_no_hole(office: Office) -> None:
    with pytest.raises(RuntimeError), office.context.operation("test", "不成"):
        raise RuntimeError
    office.customers.create({"name": "甲"})
    assert problems(office) == []


@given(st.lists(st.none() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))).map(tuple))
def test_what_is_sealed_is_written_as_ever(values: tuple[object, ...]) -> None:
    """Digests of years ago are computed anew from it."""
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert chain._canonical(values) == written.encode() + b"\n"
