"""Records without search tables of their own: found by number, by what a list shows, or by whose they are."""

from collections.abc import Callable
from datetime import date

import pytest

from crm_desktop.db import Database, search
from crm_desktop.db.statements import ALWAYS
from crm_desktop.models import COMPLAINTS, INTERACTIONS, Condition, Query

TODAY = date(2026, 11, 22)


@pytest.fixture
def complaints(store: Callable[..., list[int]]) -> list[int]:
    hongda, beifang = store("customers", {"code": "n1", "name": "长春宏达机械", "phone": "0431-85123456"}, {"code": "n2", "name": "北方重工"})
    return store(
        "complaints",
        {"number": "TS20261122-001", "date": "2026-11-22", "customer": hongda, "content": "液压泵漏油"},
        {"number": "TS20261122-012", "date": "2026-11-22", "customer": beifang, "content": "宏达的泵也漏油"},
        {"number": "TS20261101-001", "date": "2026-11-01", "customer": beifang, "content": "发票开错"},
    )


def found(database: Database, text: str, order: str = "number") -> list[int]:
    chosen = search.selection(database, COMPLAINTS, Query(text, order=order), lambda entity: ALWAYS, TODAY).ids()
    return [row[0] for row in database.query(chosen.sql, chosen.parameters)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("TS20261122-001", [0]), ("ts20261122", [0, 1]), ("TS2026", [2, 0, 1]), ("漏油", [0, 1]),
        ("hdjx", [0]), ("宏达", [0, 1]), ("85123456", [0]), ("北方 发票", [2]), ("没有", []), ("TS2027", []),
    ],
)  # fmt: skip
def test_a_word_finds_numbers_contents_and_customers(database: Database, complaints: list[int], text: str, places: list[int]) -> None:
    assert found(database, text) == [complaints[place] for place in places]


def test_a_number_is_looked_up_in_its_index(database: Database, complaints: list[int]) -> None:
    chosen = search.selection(database, COMPLAINTS, Query("TS20261122"), lambda entity: ALWAYS, TODAY).count()
    plan = " ".join(row["detail"] for row in database.query(f"EXPLAIN QUERY PLAN {chosen.sql}", chosen.parameters))
    assert "complaints_number" in plan


def test_open_follow_ups_are_looked_up_in_their_index(database: Database) -> None:
    waiting = (Condition("follow_up", "<=", TODAY), Condition("is_followed_up", "=", 0))
    chosen = search.selection(database, INTERACTIONS, Query(conditions=waiting, order="follow_up"), lambda each: ALWAYS, TODAY).ids()
    plan = " ".join(row["detail"] for row in database.query(f"EXPLAIN QUERY PLAN {chosen.sql}", chosen.parameters))
    assert "SEARCH" in plan and "interactions_follow_up" in plan


@pytest.mark.parametrize("entity", [COMPLAINTS, INTERACTIONS], ids=lambda each: each.key)
def test_any_page_of_a_dated_list_begins_in_the_index(database: Database, entity) -> None:
    chosen = search.selection(database, entity, Query(), lambda each: ALWAYS, TODAY)
    for query, step in ((chosen.page(["t.id"], 50, ["2026-11-22", 3]), "SEARCH"), (chosen.ids(), "SCAN")):
        plan = " ".join(row["detail"] for row in database.query(f"EXPLAIN QUERY PLAN {query.sql}", query.parameters))
        assert step in plan and f"{entity.key}_date" in plan
        assert "FOR ORDER BY" not in plan.partition("SCAN k")[0]


def test_pages_follow_each_other_by_day_and_id(database: Database, store: Callable[..., list[int]], complaints: list[int]) -> None:
    chosen = search.selection(database, COMPLAINTS, Query(), lambda each: ALWAYS, TODAY)
    seen: list[int] = []
    after = None
    for _ in range(3):
        page = chosen.page(["t.id"], 1, after)
        (row,) = database.query(page.sql, page.parameters)
        seen.append(row["id"])
        after = [row["_order"], row["id"]]
    assert seen == found(database, "", order="-date")
