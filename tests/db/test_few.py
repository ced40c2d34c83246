"""Records that few conditions leave over are found first; a page is the same whichever way it is read."""

from dataclasses import replace
from typing import Any

import pytest

from crm_desktop.db import Database, few
from crm_desktop.models import Condition, Query
from tests.db.paging import pages, select

RARE, COMMON = (
    Query(conditions=(Condition("address", "contains", text),), order="name") for text in ("人民路7号", "人民路")
)


@pytest.fixture
def street(database: Database, store: Any) -> Database:
    """Sixty customers in one street, five of them in the same house."""
    numbers = [7 if number % 12 == 0 else 100 + number for number in range(60)]
    names = [f"{'长春沈阳天津'[number % 3 * 2:][:2]}第{number % 9}公司" for number in range(60)]
    store("customers", *(
        {"code": f"n{number:03d}", "name": name, "address": f"人民路{house}号"}
        for number, (name, house) in enumerate(zip(names, numbers, strict=True))
    ))  # fmt: skip
    return database


@pytest.mark.parametrize("order", ["name", "-name"])
@pytest.mark.parametrize(("asked", "size"), [(RARE, 5), (COMMON, 60)])
@pytest.mark.parametrize("enough", [1, 1000])
def test_pages_and_ids_are_the_same_either_way(
    street: Database, monkeypatch: pytest.MonkeyPatch, order: str, asked: Query, size: int, enough: int
) -> None:
    monkeypatch.setattr(few, "ENOUGH", enough)
    chosen = select(street, replace(asked, order=order))
    ids, count = chosen.ids(), chosen.count()
    listed = [row[0] for row in street.query(ids.sql, ids.parameters)]
    named = {row["id"]: row["name_sort"] for row in street.query("SELECT id, name_sort FROM customers_search")}
    assert listed == sorted(listed, key=lambda id: (named[id], id), reverse=order == "-name")
    assert len(listed) == street.value(count.sql, count.parameters) == size
    for limit in (2, 5, 100):
        assert pages(street, chosen, limit) == listed


def test_few_are_found_before_they_are_sorted_and_many_are_not(street: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = select(street, RARE).begin()
    assert begun is not None and begun.key is None and begun.before.sql.startswith("json_each")
    assert select(street, COMMON).begin() is None, "a page of them comes soon"
    monkeypatch.setattr(few, "REACH", 0)
    assert select(street, COMMON).begin() is None, "too many to be read first"
    monkeypatch.setattr(few, "HITS_A_ROOT", 10)
    assert select(street, COMMON).begin() is not None


def test_counting_does_not_look_up_names(street: Database) -> None:
    count = select(street, RARE).count()
    plan = [row["detail"] for row in street.query(f"EXPLAIN QUERY PLAN {count.sql}", count.parameters)]
    assert not any("customers_search" in detail for detail in plan)
