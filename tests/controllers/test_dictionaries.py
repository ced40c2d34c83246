"""Dictionaries: ordered, unique names, in use means not deletable, merged without losing a record."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import InUse, NotFound, ValidationError
from crm_desktop.models import Condition, Query
from crm_desktop.models.dictionaries import DICTIONARIES

Log = Callable[[], list[tuple[Any, ...]]]


def item(office: Office, kind: str, name: str) -> dict[str, Any]:
    return next(each for each in office.dictionaries.items(kind) if each["name"] == name)


def names(office: Office, kind: str) -> list[str]:
    return [each["name"] for each in office.dictionaries.items(kind)]


@pytest.mark.parametrize("kind", DICTIONARIES)
def test_an_office_starts_with_every_shipped_item_in_order(office: Office, kind: str) -> None:
    items = office.dictionaries.items(kind)
    assert [each["name"] for each in items] == [each.name for each in DICTIONARIES[kind].items]
    assert [each["position"] for each in items] == list(range(1, len(items) + 1))
    for each, shipped in zip(items, DICTIONARIES[kind].items, strict=True):
        assert {name: each[name] for name in shipped.attributes} == dict(shipped.attributes)
        assert (each["is_system"], bool(each["is_active"])) == (shipped.is_system, shipped.is_active)


def test_only_active_ones_are_offered(office: Office) -> None:
    assert [each["name"] for each in office.dictionaries.items("level", active_only=True)] == ["重要", "一般", "潜在"]


def test_a_new_item_stands_last(office: Office, heard: list[Any], log: Log) -> None:
    added = office.dictionaries.add("credit", {"name": " ＡＡＡＡ ", "score": "6", "payment_days": 90})
    last = office.dictionaries.items("credit")[-1]
    assert (last["id"], last["name"], last["score"], last["payment_days"], last["is_system"]) == (added, "ＡＡＡＡ", 6, 90, False)
    assert heard == [("dictionary_items", {added})]
    assert log()[-1][:3] == ("dictionary_items", added, "create")


def test_a_renamed_item_shows_everywhere(office: Office, log: Log) -> None:
    important = item(office, "level", "重要")
    customer = office.customers.create({"name": "宏达", "level": "重要"})
    office.dictionaries.update(important["id"], {"name": "A 级"})
    assert office.customers.get(customer)["level_text"] == "A 级"
    assert office.customers.search(Query(conditions=[Condition("level", "=", "A 级")])).total == 1
    assert item(office, "level", "A 级")["letter"] == "i"  # what was not given stays
    assert log()[-1][2:] == ("update", '{"name": "重要"}', '{"name": "A 级"}')
    assert office.customers.get(office.customers.create({"name": "一汽", "level": "A 级"}))["code"] == "i0431002"


def test_an_unchanged_item_is_not_logged(office: Office, log: Log) -> None:
    important, before = item(office, "level", "重要"), log()
    office.dictionaries.update(important["id"], {"name": "重要"})
    office.dictionaries.set_active(important["id"], True)
    assert log() == before


@pytest.mark.parametrize(
    ("kind", "values", "field", "words"),
    [
        ("source", {"name": " \u200b"}, "name", "请填写名称"),
        ("source", {"name": "长" * 41}, "name", "最多 40 个字"),
        ("source", {"name": " 展会 "}, "name", "客户来源里已有“展会”"),
        ("credit", {"name": "D", "score": "很高"}, "score", "应为数字"),
        ("credit", {"name": "D", "score": "-1"}, "score", "分值应为整数"),
        ("credit", {"name": "D", "score": 1.5}, "score", "分值应为整数"),
        ("satisfaction", {"name": "好", "colour": "绿"}, "colour", "图表颜色应类似"),
        ("level", {"name": "VIP", "letter": "贵"}, "letter", "编号字母应为一个英文字母"),
        ("level", {"name": "VIP", "letter": "vi"}, "letter", "编号字母应为一个英文字母"),
    ],
)
def test_bad_input(office: Office, kind: str, values: dict[str, Any], field: str, words: str) -> None:
    before = names(office, kind)
    with pytest.raises(ValidationError) as error:
        office.dictionaries.add(kind, values)
    assert words in error.value.fields[field]
    assert names(office, kind) == before


def test_a_name_is_taken_once_in_a_kind(office: Office) -> None:
    with pytest.raises(ValidationError, match="客户级别里已有“一般”"):
        office.dictionaries.update(item(office, "level", "重要")["id"], {"name": "一般"})
    office.dictionaries.add("source", {"name": "一般"})
    office.dictionaries.delete(item(office, "source", "一般")["id"])
    office.dictionaries.add("source", {"name": "一般"})  # a deleted one's name is free


def test_of_two_threads_one_adds_the_name(office: Office) -> None:
    outcomes: list[str] = []
    both = threading.Barrier(2)

    def work() -> None:
        both.wait()
        try:
            office.dictionaries.add("source", {"name": "直播"})
            outcomes.append("added")
        except ValidationError as error:
            outcomes.append(error.fields["name"])

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added", "客户来源里已有“直播”。"]


@pytest.mark.parametrize(("position", "order"), [(1, "CABD"), (3, "ABCD"), (4, "ABDC"), (99, "ABDC"), (0, "CABD"), (-5, "CABD")])
def test_moving(office: Office, position: int, order: str, log: Log) -> None:
    office.db.execute("UPDATE dictionary_items SET deleted_at = 'x' WHERE kind = 'scale'")
    ids = {name: office.dictionaries.add("scale", {"name": name}) for name in "ABCD"}
    office.dictionaries.move(ids["C"], position)
    assert "".join(names(office, "scale")) == order
    assert [each["position"] for each in office.dictionaries.items("scale")] == [1, 2, 3, 4]
    assert json.loads(log()[-1][4]) == {"position": order.index("C") + 1}


def test_lists_follow_the_order(office: Office) -> None:
    for level in ("潜在", "重要", "一般"):
        office.customers.create({"name": level, "level": level})
    office.dictionaries.move(item(office, "level", "潜在")["id"], 1)
    assert [row["name"] for row in office.customers.search(Query(order="level")).rows] == ["潜在", "重要", "一般"]


# System items


@pytest.mark.parametrize(("kind", "name"), [(kind.key, each.name) for kind in DICTIONARIES.values() for each in kind.items if each.key])
def test_what_code_relies_on_is_renamed_at_most(office: Office, kind: str, name: str) -> None:
    found = item(office, kind, name)
    for work in (
        lambda: office.dictionaries.set_active(found["id"], False),
        lambda: office.dictionaries.delete(found["id"]),
        lambda: office.dictionaries.merge(found["id"], office.dictionaries.items(kind)[-1]["id"]),
    ):
        with pytest.raises((InUse, ValidationError)):
            work()
    office.dictionaries.update(found["id"], {"name": "新名称"})
    assert item(office, kind, "新名称")["key"] == found["key"]


# In use


@pytest.fixture
def used(office: Office) -> dict[str, Any]:
    """展会, the source of two customers, one of them in the recycle bin."""
    for name in ("甲", "乙"):
        customer = office.customers.create({"name": name, "source": "展会"})
    office.customers.delete([customer])
    return item(office, "source", "展会")


def test_what_is_used_is_not_deleted_and_says_where(office: Office, used: dict[str, Any]) -> None:
    with pytest.raises(InUse, match=r"“展会”正在使用（客户 2 条），不能删除；可以停用，或合并到另一项。") as error:
        office.dictionaries.delete(used["id"])
    assert error.value.uses == [("客户", 2)]


def test_departments_are_used_by_contacts_and_operators(office: Office) -> None:
    customer = office.customers.create({"name": "宏达"}, lines={"contacts": [{"name": "王", "department": "销售部"}]})
    office.operators.update(1, {"department": "销售部"}, version=1)
    assert customer
    with pytest.raises(InUse) as error:
        office.dictionaries.delete(item(office, "department", "销售部")["id"])
    assert error.value.uses == [("联系人", 1), ("操作员", 1)]


def test_what_is_deactivated_stays_in_old_records(office: Office, used: dict[str, Any], log: Log) -> None:
    office.dictionaries.set_active(used["id"], False)
    assert log()[-1][2:] == ("update", '{"is_active": 1}', '{"is_active": 0}')
    assert "展会" not in [each["name"] for each in office.dictionaries.items("source", active_only=True)]
    assert [row["source_text"] for row in office.customers.search(columns=["source"]).rows] == ["展会"]
    office.dictionaries.set_active(used["id"], True)
    assert "展会" in [each["name"] for each in office.dictionaries.items("source", active_only=True)]


def test_merging_loses_no_record(office: Office, used: dict[str, Any], log: Log, heard: list[Any]) -> None:
    target = item(office, "source", "网站")
    records = [row["id"] for row in office.db.query("SELECT id FROM customers")]
    version = office.customers.get(records[0])["version"]
    assert office.dictionaries.merge(used["id"], target["id"]) == 2
    assert "展会" not in names(office, "source")
    assert office.customers.get(records[0])["source_text"] == "网站"
    assert office.customers.get(records[0])["version"] == version + 1  # an open form must notice
    office.customers.restore([records[1]])
    assert office.customers.get(records[1])["source_text"] == "网站"
    merged = [row for row in log() if row[2] == "update" and row[0] == "customers"]
    assert [(row[1], json.loads(row[3]), json.loads(row[4])) for row in merged] == [
        (record, {"source": used["id"]}, {"source": target["id"]}) for record in records
    ]
    assert ("customers", set(records)) in heard


@pytest.mark.parametrize("into", [("source", "展会"), ("level", "重要")])
def test_merging_needs_another_item_of_the_kind(office: Office, used: dict[str, Any], into: tuple[str, str]) -> None:
    with pytest.raises(ValidationError, match="请选择同一字典里的另一项"):
        office.dictionaries.merge(used["id"], item(office, *into)["id"])


def test_an_unused_item_goes(office: Office) -> None:
    office.dictionaries.delete(item(office, "source", "招投标")["id"])
    assert "招投标" not in names(office, "source")
    with pytest.raises(ValidationError, match="客户来源里没有“招投标”"):
        office.customers.create({"name": "宏达", "source": "招投标"})


def test_what_does_not_exist(office: Office) -> None:
    with pytest.raises(NotFound, match="没有“weather”这个字典"):
        office.dictionaries.items("weather")
    with pytest.raises(NotFound, match="没有“weather”这个字典"):
        office.dictionaries.add("weather", {"name": "晴"})
    for work in (lambda: office.dictionaries.get(9999), lambda: office.dictionaries.delete(9999), lambda: office.dictionaries.move(9999, 1)):
        with pytest.raises(NotFound, match="没有这个字典项目"):
            work()
