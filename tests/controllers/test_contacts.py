"""联系人: belong to a customer, and one of them is its 主联系人."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import ValidationError
from crm_desktop.models import Query

Log = Callable[[], list[tuple[Any, ...]]]


@pytest.fixture
def customer(office: Office) -> int:
    return office.customers.create({"name": "宏达"})


@pytest.fixture
def add(office: Office, customer: int) -> Callable[..., int]:
    """``add("王", is_primary="是")``: a contact of the customer."""
    return lambda name, **values: office.contacts.create({"name": name, "customer": customer, **values})


def primary(office: Office, customer: int) -> list[str]:
    rows = office.contacts.search(Query(order="id")).rows
    found = [row["name"] for row in rows if row["customer"] == customer and row["is_primary"]]
    shown = office.customers.get(customer)["primary_contact"]
    assert found == ([shown] if shown else [])
    return found


def update(office: Office, contact: int, **values: Any) -> None:
    office.contacts.update(contact, values, version=office.contacts.get(contact)["version"])


def test_the_first_contact_is_the_primary_one(office: Office, customer: int, add: Callable[..., int]) -> None:
    assert office.customers.get(customer)["primary_contact"] is None
    add("王", mobile="13904310001")
    add("李")
    assert primary(office, customer) == ["王"]
    assert office.customers.get(customer)["primary_mobile"] == "13904310001"


def test_a_new_primary_one_takes_the_place(office: Office, customer: int, add: Callable[..., int], log: Log, hire: Callable[..., Office]) -> None:
    first = add("王")
    version = office.contacts.get(first)["version"]
    second = hire("li", "客服").contacts.create({"name": "李", "customer": customer, "is_primary": "是"})
    assert primary(office, customer) == ["李"]
    demoted = office.contacts.get(first)
    assert (demoted["version"], demoted["updated_by_text"]) == (version + 1, "li先生")
    assert ("contacts", first, "update", '{"is_primary": 1}', '{"is_primary": 0}') in log()
    update(office, first, is_primary="是")
    assert primary(office, customer) == ["王"]
    assert office.contacts.get(second)["is_primary"] == 0


def test_nobody_has_to_be_primary(office: Office, customer: int, add: Callable[..., int]) -> None:
    first = add("王")
    update(office, first, is_primary="否")
    assert primary(office, customer) == []
    add("李")
    assert primary(office, customer) == ["李"]


def test_in_a_batch_the_last_named_is_primary(office: Office, customer: int) -> None:
    other = office.customers.create({"name": "一汽"})
    blank = office.contacts.entity.blank
    rows = [
        {**blank, "name": "王", "customer": customer},
        {**blank, "name": "赵", "customer": other},
        {**blank, "name": "李", "customer": customer, "is_primary": 1},
        {**blank, "name": "孙", "customer": customer, "is_primary": 1},
        {**blank, "name": "钱", "customer": other},
    ]
    office.contacts._insert_accepted(rows)
    assert (primary(office, customer), primary(office, other)) == (["孙"], ["赵"])


def test_who_returns_finds_the_place_taken(office: Office, customer: int, add: Callable[..., int], log: Log) -> None:
    first = add("王")
    office.contacts.delete([first])
    assert primary(office, customer) == []
    add("李")
    office.contacts.restore([first])
    assert primary(office, customer) == ["李"]
    assert ("contacts", first, "update", '{"is_primary": 1}', '{"is_primary": 0}') in log()


def test_who_returns_to_an_empty_place_takes_it_again(office: Office, customer: int, add: Callable[..., int]) -> None:
    first = add("王")
    office.contacts.delete([first])
    office.contacts.restore([first])
    assert primary(office, customer) == ["王"]


def test_when_the_primary_one_goes_the_next_takes_the_place(office: Office, customer: int, add: Callable[..., int], log: Log) -> None:
    first, second, third = add("王"), add("李"), add("张")
    office.contacts.delete([first])
    assert primary(office, customer) == ["李"]
    assert log()[-1] == ("contacts", second, "update", '{"is_primary": 0}', '{"is_primary": 1}')
    office.contacts.restore([first])
    assert primary(office, customer) == ["李"]
    office.contacts.delete([second, first])
    assert primary(office, customer) == ["张"]
    office.contacts.delete([third])
    office.contacts.restore([first])  # the only one now, though it was not primary when it went
    assert primary(office, customer) == ["王"]


def test_nobody_is_promoted_where_nobody_was_primary(office: Office, customer: int, add: Callable[..., int]) -> None:
    first, second, _ = add("王"), add("李"), add("张")
    update(office, first, is_primary="否")
    office.contacts.delete([second])
    assert primary(office, customer) == []
    office.contacts.restore([second])
    assert primary(office, customer) == []


def test_two_former_primary_ones_return_together(office: Office, customer: int, add: Callable[..., int]) -> None:
    first = add("王")
    office.contacts.delete([first])
    second = add("李")
    office.contacts.delete([second])
    office.contacts.restore([first, second])
    assert primary(office, customer) == ["王"]


def test_who_moves_leaves_the_other_customer_s_primary_one_alone(office: Office, customer: int, add: Callable[..., int]) -> None:
    other = office.customers.create({"name": "一汽"})
    office.contacts.create({"name": "赵", "customer": other})
    first, _, third = add("王"), add("李"), add("张")
    update(office, first, customer=other)
    assert (primary(office, customer), primary(office, other)) == (["李"], ["赵"])
    update(office, third, customer=other, is_primary="是")
    assert primary(office, other) == ["张"]


def test_who_moves_where_nobody_is_becomes_the_primary_one(
    office: Office, customer: int, add: Callable[..., int], heard: list[tuple[str, set[int] | None]]
) -> None:
    other = office.customers.create({"name": "一汽"})
    add("王")
    second = add("李")
    heard.clear()
    update(office, second, customer=other)
    assert (primary(office, customer), primary(office, other)) == (["王"], ["李"])
    assert sorted(heard) == [("contacts", {second}), ("customers", {customer, other})]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": "", "customer": 1}, "name", "请填写姓名"),
        ({"name": "王"}, "customer", "请填写客户"),
        ({"name": "王", "customer": "没有这家"}, "customer", "没有找到客户“没有这家”"),
        ({"name": "王", "customer": 99}, "customer", "没有找到客户"),
        ({"name": "王", "customer": 1, "birthday": "2024-02-30"}, "birthday", "2 月没有 30 日"),
        ({"name": "王", "customer": 1, "birthday": "2-30"}, "birthday", "生日历法选为农历"),
        ({"name": "王", "customer": 1, "birthday": "5-31", "birthday_calendar": "农历"}, "birthday", "最多 30 天"),
        ({"name": "王", "customer": 1, "anniversary": "2-30", "birthday_calendar": "农历"}, "anniversary", "没有 30 日"),
        ({"name": "王", "customer": 1, "birthday": "闰六月三十"}, "birthday", "闰月"),
        ({"name": "王", "customer": 1, "gender": "不明"}, "gender", "性别应为：男、女、未知"),
        ({"name": "王", "customer": 1, "mobile": "85123456"}, "mobile", "手机号码应为"),
        ({"name": "王", "customer": 1, "customer_owner": 1}, "customer_owner", "联系人没有“customer_owner”这一项"),
    ],
)
def test_bad_input(office: Office, customer: int, values: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        office.contacts.create(values)
    assert words in error.value.fields[field]
    assert office.contacts.search().total == 0


@pytest.mark.parametrize("typed", ["n0431001", "N0431001", "宏达", "hd"])
def test_a_customer_is_named_by_code_name_or_short_name(office: Office, customer: int, typed: str) -> None:
    office.customers.update(customer, {"short_name": "HD"}, version=1)
    assert office.contacts.get(office.contacts.create({"name": "王", "customer": typed}))["customer"] == customer


def test_a_name_that_several_customers_have(office: Office, customer: int) -> None:
    office.customers.create({"name": "宏达"})
    with pytest.raises(ValidationError, match="有多个客户都叫“宏达”"):
        office.contacts.create({"name": "王", "customer": "宏达"})


def test_surnames_are_read_as_surnames(office: Office, customer: int) -> None:
    contact = office.contacts.create({"name": "单小明", "customer": customer})
    assert office.contacts.get(contact)["pinyin"] == "sxm"
    assert [row["id"] for row in office.contacts.search(Query("shanxiaoming")).rows] == [contact]


def test_a_contact_s_own_region_brings_its_postcode(office: Office, customer: int) -> None:
    found = office.contacts.get(office.contacts.create({"name": "王", "customer": customer, "region": "110101"}))
    assert (found["area_code"], found["postcode"]) == ("010", "100010")


def test_the_customer_s_facts_stand_beside(office: Office, customer: int) -> None:
    office.customers.update(customer, {"owner": "admin"}, version=1)
    found = office.contacts.get(office.contacts.create({"name": "王", "customer": customer}))
    assert (found["customer_text"], found["customer_code"], found["customer_owner_text"]) == ("宏达", "n0431001", "admin")


def test_a_lunar_birthday_may_be_a_30th_of_any_month_as_long_as_it_is_lunar(office: Office) -> None:
    values = {"name": "王", "customer": office.customers.create({"name": "甲厂"}), "birthday": "2-30"}
    contact = office.contacts.create({**values, "birthday_calendar": "农历"})
    assert office.contacts.get(contact)["birthday_text"] == "02-30"
    with pytest.raises(ValidationError) as refused:
        office.contacts.update(contact, {"birthday_calendar": "公历"}, version=1)
    assert refused.value.fields.keys() == {"birthday"}
    office.contacts.update(contact, {"birthday_calendar": "公历", "birthday": "1980-02-29"}, version=1)
