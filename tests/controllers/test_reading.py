"""Reading through a controller: pages, counts, ids, rows, each within what the operator may see."""

from collections.abc import Callable

import pytest

from crm_desktop.controllers import Office
from crm_desktop.db import connection
from crm_desktop.errors import DatabaseError, FieldError
from crm_desktop.models import All, Condition, Not, Query, Related
from crm_desktop.models import Any as AnyOf


@pytest.fixture
def filled(office: Office) -> Office:
    for number in range(7):
        values = {"name": f"长春{'甲乙丙丁戊己庚'[number]}公司", "level": ["重要", "一般"][number % 2], "region": ["220104", "110101"][number % 2]}
        office.customers.create(values, lines={"contacts": [{"name": f"王{number}", "mobile": f"1390431000{number}"}]})
    return office


def test_pages_follow_each_other(filled: Office) -> None:
    seen, after = [], None
    sizes = []
    while True:
        page = filled.customers.search(Query(order="code", limit=3, after=after))
        seen += [row["code"] for row in page.rows]
        sizes.append(len(page.rows))
        assert page.total == 7
        if page.next is None:
            break
        after = page.next
    assert (seen, sizes) == (sorted(seen), [3, 3, 1])


def test_a_row_has_its_columns_with_their_words_and_nothing_internal(filled: Office) -> None:
    row = filled.customers.search(Query(limit=1), columns=["name", "level"]).rows[0]
    assert row.keys() == {
        "id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at", "name", "level", "name_text",
        "level_text",
    }  # fmt: skip


def test_a_list_shows_what_its_declaration_says(filled: Office) -> None:
    row = filled.customers.search().rows[0]
    assert set(filled.customers.entity.list_columns) <= row.keys()
    assert row["primary_contact"].startswith("王")


def test_counting(filled: Office) -> None:
    assert str(filled.customers.count(Query("长春"))) == "7"
    assert str(filled.customers.count(Query("长春"), cap=3)) == "3+"
    assert str(filled.customers.count(Query("长春"), cap=7)) == "7"
    assert str(filled.customers.count(Query("沈阳"), cap=3)) == "0"


def test_ids_are_in_the_order_of_the_list(filled: Office) -> None:
    query = Query(order="-name")
    assert list(filled.customers.ids(query)) == [row["id"] for row in filled.customers.search(query).rows]


def test_rows_come_in_the_order_asked_for(filled: Office) -> None:
    assert [row["id"] for row in filled.customers.rows([5, 2, 99, 7])] == [5, 2, 7]
    assert filled.customers.rows([]) == []


def test_a_total_is_counted_when_it_is_asked(filled: Office) -> None:
    page = filled.customers.search(Query())
    filled.customers.create({"name": "后来"})
    assert page.total == 8


def test_conditions_together(filled: Office) -> None:
    def found(*conditions: object) -> int:
        return filled.customers.search(Query(conditions=conditions)).total  # type: ignore[arg-type]

    important, beijing = Condition("level", "=", "重要"), Condition("region", "within", "北京市")
    assert (found(important), found(beijing), found(important, beijing), found(AnyOf((important, beijing)))) == (4, 3, 0, 7)
    assert found(All((important, Not(beijing)))) == 4
    assert found(Related("contacts", Query("13904310002"))) == 1
    assert found(Condition("created_at", "today")) == 7
    with pytest.raises(FieldError, match="客户没有“weight”这一项"):
        found(Condition("weight", ">", 3))
    with pytest.raises(FieldError, match="客户没有“weight”这一项"):
        filled.customers.search(Query(order="-weight"))


def test_contacts_by_their_customer(filled: Office) -> None:
    query = Query(conditions=[Condition("customer", "contains", "丙")])
    assert [row["customer_text"] for row in filled.contacts.search(query).rows] == ["长春丙公司"]
    ordered = filled.contacts.search(Query(order="customer")).rows
    assert [row["customer_text"] for row in ordered] == [row["name"] for row in filled.customers.search().rows]


def test_a_saved_condition_follows_the_operator(filled: Office, hire: Callable[..., Office]) -> None:
    li = hire("li", "业务员")
    li.customers.create({"name": "李的"})
    assert [row["name"] for row in li.customers.search().rows] == ["李的"]
    assert filled.customers.search().total == 8


def test_ids_that_nobody_waits_for_any_more_are_not_read_on(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "STEPS_UNASKED", 1)
    with pytest.raises(DatabaseError):
        filled.customers.ids(Query(), lambda: True)
    assert len(filled.customers.ids(Query(), lambda: False)) == 7


def test_a_page_that_takes_long_is_given_up(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "STEPS_UNASKED", 1)
    page = filled.customers.search_while(Query(), ["name"], lambda: False)
    assert page is not None and len(page.rows) == 7
    assert filled.customers.search_while(Query(), ["name"], lambda: True) is None
    assert len(filled.customers.search(Query()).rows) == 7  # nobody asks any more


def test_a_page_that_cannot_be_read_is_not_taken_for_one_that_takes_long(filled: Office) -> None:
    filled.db.execute("DROP TABLE customers_search")
    with pytest.raises(DatabaseError):
        filled.customers.search_while(Query(), ["name"], lambda: False)
