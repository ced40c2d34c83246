"""批量录入 of dictionaries and regions: by their own rules, all or nothing, and who changed what meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crm_desktop.controllers import Office, chain
from crm_desktop.controllers.grids.grid import MOST_ROWS
from crm_desktop.controllers.grids.rows import GridRow
from crm_desktop.errors import CrmError, NotFound, PermissionDenied, ValidationError
from crm_desktop.models.dictionaries import DICTIONARIES

LEVEL = "dictionary.level"


def stored(office: Office) -> list[Any]:
    tables = ("dictionary_items", "regions", "operations", "audit", "serials")
    return [[tuple(row) for row in office.db.query(f"SELECT * FROM {table}")] for table in tables]


def typed(row: GridRow, **values: str) -> GridRow:
    return replace(row, values={**row.values, **values})


def level(office: Office, name: str) -> dict[str, Any]:
    return next(item for item in office.dictionaries.items("level") if item["name"] == name)


@pytest.mark.parametrize("kind", list(DICTIONARIES))
def test_every_dictionary_can_be_loaded_and_saved_as_it_is(office: Office, kind: str) -> None:
    rows = office.batch_entry.load(f"dictionary.{kind}", None)
    assert [row.values["name"] for row in rows] == [item["name"] for item in office.dictionaries.items(kind)]
    before = office.dictionaries.items(kind)
    assert office.batch_entry.check(f"dictionary.{kind}", rows).errors == {}
    result = office.batch_entry.save(f"dictionary.{kind}", rows)
    assert (result.added, result.updated) == (0, 0)
    assert office.dictionaries.items(kind) == before


def test_items_are_added_renamed_and_put_out_of_use_in_one_operation(office: Office) -> None:
    rows = office.batch_entry.load(LEVEL, None)
    place = next(number for number, row in enumerate(rows) if row.values["name"] == "战略合作伙伴")
    rows[place] = typed(rows[place], name="战略客户", is_active="是", days_quiet="１５")
    rows += [GridRow({"name": " 展会客户 ", "letter": "p", "days_quiet": "60"}), GridRow({}), GridRow({"name": "旧客户", "is_active": "否"})]
    operations = office.db.value("SELECT count(*) FROM operations")
    result = office.batch_entry.save(LEVEL, rows)
    assert (result.added, result.updated) == (2, 1)
    assert office.db.value("SELECT count(*) FROM operations") == operations + 1
    assert office.audit.operations()[0]["sentence"].startswith("批量录入客户级别：新增 2、修改 ")
    renamed, added, old = (level(office, name) for name in ("战略客户", "展会客户", "旧客户"))
    assert (renamed["is_active"], renamed["days_quiet"], renamed["letter"]) == (1, 15, "i")
    assert (added["is_active"], added["letter"], added["days_quiet"]) == (1, "p", 60)
    assert old["is_active"] == 0 and old["position"] == max(item["position"] for item in office.dictionaries.items("level"))
    assert list(chain.breaks(office.db)) == []


def test_every_fault_is_named_and_nothing_is_saved(office: Office) -> None:
    rows = office.batch_entry.load(LEVEL, None)
    important = next(number for number, row in enumerate(rows) if row.values["name"] == "重要")
    rows[important] = typed(rows[important], is_active="否")  # a system item
    wrong = [
        {"name": "新级别"}, {"name": "", "letter": "x"}, {"name": "甲", "letter": "12"}, {"name": "乙", "days_quiet": "很久"},
        {"name": "潜在"}, {"name": "丙" * 41}, {"name": "新级别"}, {"name": "丁", "is_active": "也许"},
    ]  # fmt: skip
    first = len(rows)
    rows += [GridRow(each) for each in wrong]
    found = office.batch_entry.check(LEVEL, rows).errors
    bad = {(first + 1, "name"), (first + 2, "letter"), (first + 3, "days_quiet"), (first + 4, "name"), (first + 5, "name"),
           (first + 6, "name"), (first + 7, "is_active")}  # fmt: skip
    assert bad == found.keys()
    before = stored(office)
    with pytest.raises(ValidationError) as refused:
        office.batch_entry.save(LEVEL, rows)
    told = refused.value.fields
    potential = next(number for number, row in enumerate(rows) if row.values["name"] == "潜在")
    assert told[f"{first + 4}.name"] == f"与第 {potential + 1} 行的名称相同。"
    assert told[f"{first + 6}.name"] == f"与第 {first + 1} 行的名称相同。"
    assert "系统项目" in told[f"{important}.name"]
    assert told.keys() == {f"{important}.name", *(f"{number}.{name}" for number, name in bad)}
    assert stored(office) == before


def test_what_a_colleague_changed_is_not_overwritten(office: Office) -> None:
    rows = office.batch_entry.load(LEVEL, None)
    office.dictionaries.update(level(office, "潜在")["id"], {"days_quiet": "45"})
    place = next(number for number, row in enumerate(rows) if row.values["name"] == "潜在")
    assert office.batch_entry.save(LEVEL, rows).updated == 0  # nothing was typed over
    with pytest.raises(ValidationError, match="别人改过") as refused:
        office.batch_entry.save(LEVEL, [typed(row, days_quiet="70") if number == place else row for number, row in enumerate(rows)])
    assert list(refused.value.fields) == [f"{place}.name"]
    assert level(office, "潜在")["days_quiet"] == 45
    again = office.batch_entry.load(LEVEL, None)
    assert office.batch_entry.save(LEVEL, [typed(again[place], days_quiet="70")]).updated == 1
    item = office.dictionaries.add("source", {"name": "要删的"})
    gone = [row for row in office.batch_entry.load("dictionary.source", None) if row.record == item]
    office.dictionaries.delete(item)
    assert "已被删除" in office.batch_entry.check("dictionary.source", gone).errors[0, "name"]


def test_regions_are_added_below_others_and_corrected(office: Office) -> None:
    rows = office.batch_entry.load("regions", None)
    assert len(rows) > 3000
    place = next(number for number, row in enumerate(rows) if row.values["name"] == "朝阳区" and "长春" in row.values["parent"])
    assert rows[place].values == {"name": "朝阳区", "parent": "吉林省长春市", "area_code": "0431", "postcode": "130012", "is_active": "是"}
    new = [GridRow({"name": "北湖开发区", "parent": "吉林省长春市", "area_code": "0431"}), GridRow({"name": "境外仓", "is_active": "否"})]
    changed = [typed(rows[place], postcode="130099"), *new]
    result = office.batch_entry.save("regions", changed)
    assert (result.added, result.updated) == (2, 1)
    assert office.regions.get("220104")["postcode"] == "130099"
    own = {row["name"]: row for row in office.regions.find("开发区", 500) if row["is_own"]}
    assert own["北湖开发区"]["full_name"] == "吉林省长春市北湖开发区"
    assert [row["name"] for row in office.regions.children(None) if not row["is_active"]] == ["境外仓"]


def test_a_region_that_a_colleague_corrected_stays_corrected(office: Office) -> None:
    rows = office.batch_entry.load("regions", [220104, 220105])
    office.regions.update("220104", {"postcode": "130021"})
    assert office.batch_entry.save("regions", rows).updated == 0
    assert office.regions.get("220104")["postcode"] == "130021"
    with pytest.raises(ValidationError, match="别人改过"):
        office.batch_entry.save("regions", [typed(rows[0], area_code="0432"), rows[1]])
    forgotten = [replace(row, read=None) for row in rows]  # as a draft comes back
    with pytest.raises(ValidationError, match="别人改过"):
        office.batch_entry.save("regions", forgotten)
    assert office.regions.get("220104")["postcode"] == "130021"


def test_what_regions_refuse_is_named(office: Office) -> None:
    rows = office.batch_entry.load("regions", [220104])
    assert [row.values["name"] for row in rows] == ["朝阳区"]
    wrong = [
        typed(rows[0], parent="北京市"), GridRow({"name": "新区", "parent": "没有的省"}),
        GridRow({"name": "新区", "parent": "吉林省长春市", "postcode": "12"}), GridRow({"parent": "吉林省长春市"}),
        GridRow({"name": "南关区", "parent": "吉林省长春市"}), GridRow({"name": "深区", "parent": "吉林省长春市朝阳区"}),
    ]  # fmt: skip
    found = office.batch_entry.check("regions", wrong).errors
    assert found.keys() == {(0, "parent"), (1, "parent"), (2, "postcode"), (3, "name"), (4, "name"), (5, "name")}
    before = stored(office)
    with pytest.raises(ValidationError) as refused:
        office.batch_entry.save("regions", wrong)
    assert {key.partition(".")[0] for key in refused.value.fields} == {"0", "1", "2", "3", "4", "5"}
    assert stored(office) == before


def test_a_region_and_what_lies_in_it_come_in_one_paste(office: Office) -> None:
    new = [GridRow({"name": "海外"}), GridRow({"name": "东京", "parent": "海外"}), GridRow({"name": "港区", "parent": "海外东京"})]
    assert office.batch_entry.check("regions", new).errors == {}
    assert office.batch_entry.check("regions", new, {2}).errors == {}
    assert office.batch_entry.check("regions", [new[1], new[0]]).errors.keys() == {(0, "parent")}
    assert office.batch_entry.save("regions", new).added == 3
    assert [row["full_name"] for row in office.regions.find("港区", 50) if row["is_own"]] == ["海外东京港区"]


def test_rows_with_the_same_name_are_refused_with_every_other_fault(office: Office) -> None:
    rows = [GridRow({"name": "市集"}), GridRow({"name": "市集"}), GridRow({"name": "长" * 41})]
    assert office.batch_entry.check("dictionary.source", rows).errors.keys() == {(1, "name"), (2, "name")}
    with pytest.raises(ValidationError) as refused:
        office.batch_entry.save("dictionary.source", rows)
    assert refused.value.fields.keys() == {"1.name", "2.name"}
    assert refused.value.fields["1.name"] == "与第 1 行的名称相同。"


@pytest.mark.parametrize("key", ["customers", "regions", LEVEL])
def test_no_grid_takes_more_than_it_can_hold(office: Office, key: str) -> None:
    with pytest.raises(ValidationError, match="一次最多保存"):
        office.batch_entry.save(key, [GridRow({"name": f"第{n}"}) for n in range(MOST_ROWS + 1)])


@pytest.mark.parametrize("key", ["operators", "dictionary.none", ""])
def test_what_has_no_grid_is_told(office: Office, key: str) -> None:
    for call in (lambda: office.batch_entry.check(key, []), lambda: office.batch_entry.update_many(key, [1], {})):
        with pytest.raises(NotFound):
            call()


def test_cancelling_saves_nothing(office: Office) -> None:
    before = stored(office)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(CrmError, match="已取消"):
        office.batch_entry.save("dictionary.source", [GridRow({"name": f"来源{n}"}) for n in range(5)], cancelled=cancelled)
    assert stored(office) == before


def test_rights_are_those_of_the_list(office: Office, hire: Callable[..., Office]) -> None:
    clerk = hire("li", "业务员")
    assert {kind.key for kind in office.batch_entry.kinds()} >= {"customers", "regions", LEVEL}
    assert all(kind.area not in ("regions", "dictionaries") for kind in clerk.batch_entry.kinds())
    for call in (clerk.batch_entry.columns, lambda key: clerk.batch_entry.load(key, None), lambda key: clerk.batch_entry.check(key, []),
                 lambda key: clerk.batch_entry.save(key, [GridRow({"name": "新"})])):  # fmt: skip
        for key in (LEVEL, "regions"):
            with pytest.raises(PermissionDenied):
                call(key)
