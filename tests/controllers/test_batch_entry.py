"""批量录入: rows checked as they stand, saved all or nothing, and who changed what meanwhile."""

from typing import Any

import pytest

from crm_desktop.controllers import Office, chain
from crm_desktop.controllers.grids.rows import GridRow
from crm_desktop.errors import CrmError, NotFound, PermissionDenied, ValidationError
from crm_desktop.models import RECORDS, Query


def rows(*many: dict[str, str]) -> list[GridRow]:
    return [GridRow(each) for each in many]


def tables(office: Office) -> dict[str, list[Any]]:
    names = ("customers", "contacts", "operations", "audit", "customers_search", "phone_numbers")
    return {name: [tuple(row) for row in office.db.query(f"SELECT * FROM {name}")] for name in names}


@pytest.mark.parametrize("entity", RECORDS, ids=lambda each: each.key)
def test_what_must_be_filled_comes_first(office: Office, entity: Any) -> None:
    found = [field.name for field in office.batch_entry.columns(entity.key)]
    needed = {field.name for field in entity.fields if field.required and not field.is_made and not field.is_hidden}
    assert set(found[: len(needed)]) == needed
    assert "status" not in found or not entity.workflow


def test_rows_become_records_in_one_operation(office: Office) -> None:
    told: list[tuple[int, int]] = []
    typed = rows({"name": "甲厂", "phone": "0431-85000001", "level": "重要"}, {}, {"name": " 乙厂 ", "region": "吉林省长春市朝阳区"})
    result = office.batch_entry.save("customers", typed, lambda *done: told.append(done))
    assert (result.added, result.updated) == (2, 0)
    found = office.customers.search(Query(order="id"), ["name", "level", "region", "phone"]).rows
    assert [(row["name"], row["level_text"], row["region"]) for row in found] == [("甲厂", "重要", None), ("乙厂", "", "220104")]
    last = office.db.one("SELECT kind, sentence FROM operations ORDER BY id DESC")
    assert last is not None
    assert tuple(last) == ("batch_entry", "批量录入客户：新增 2、修改 0")
    assert told[-1] == (2, 2)
    assert list(chain.breaks(office.db)) == []


def test_every_fault_is_named_and_nothing_is_saved(office: Office) -> None:
    before = tables(office)
    typed = rows({"name": "甲", "phone": "12"}, {"name": ""}, {"name": "", "email": "x"}, {"name": "丁", "level": "没有的"})
    with pytest.raises(ValidationError) as error:
        office.batch_entry.save("customers", typed)
    assert error.value.fields.keys() == {"0.phone", "2.name", "2.email", "3.level"}
    assert tables(office) == before
    check = office.batch_entry.check("customers", typed)
    assert check.errors.keys() == {(0, "phone"), (2, "name"), (2, "email"), (3, "level")}


def test_what_only_shows_when_it_is_written_is_named_too(office: Office) -> None:
    """A code that two rows of the same grid want, or that a deleted customer had."""
    gone = office.customers.create({"name": "旧", "code": "VIP-1"})
    office.customers.delete([gone])
    before = tables(office)
    typed = rows({"name": "甲"}, {"name": "乙", "code": "VIP-1"}, {"name": "丙"})
    with pytest.raises(ValidationError) as error:
        office.batch_entry.save("customers", typed)
    assert error.value.fields.keys() == {"1.code"}
    assert tables(office) == before


def test_rows_that_say_the_same_are_told_apart(office: Office) -> None:
    check = office.batch_entry.check("customers", rows({"name": "甲"}, {"name": "乙", "code": "A-1"}, {"name": "甲", "code": "a-1"}))
    assert check.errors == {(2, "code"): "与第 2 行的客户编号相同。"}
    assert check.warnings == {2: "与第 1 行的客户名称相同。"}


def test_existing_records_are_changed_where_they_were_typed_over(office: Office) -> None:
    record = office.customers.create({"name": "甲", "phone": "0431-85000001", "annual_revenue": "5,000", "level": "重要"})
    (loaded,) = office.batch_entry.load("customers", [record])
    assert loaded.values["level"] == "重要" and loaded.record == record
    assert office.batch_entry.save("customers", [loaded]).operation is None
    changed = GridRow({**loaded.values, "level": "一般", "phone": ""}, record, loaded.version)
    result = office.batch_entry.save("customers", [changed, GridRow({"name": "新"})])
    assert (result.added, result.updated) == (1, 1)
    found = office.customers.get(record)
    assert (found["level_text"], found["phone"], found["annual_revenue_text"]) == ("一般", "", "5,000")


def test_a_record_that_somebody_saved_first_refuses_all(office: Office) -> None:
    record = office.customers.create({"name": "甲"})
    (loaded,) = office.batch_entry.load("customers", [record])
    office.customers.update(record, {"remark": "别人的"}, version=1)
    with pytest.raises(ValidationError, match="修改"):
        office.batch_entry.save("customers", [GridRow({**loaded.values, "remark": "我的"}, record, loaded.version), GridRow({"name": "新"})])
    assert office.customers.get(record)["remark"] == "别人的"
    assert office.customers.search().total == 1


def test_a_record_that_is_gone_is_named(office: Office) -> None:
    record = office.customers.create({"name": "甲"})
    (loaded,) = office.batch_entry.load("customers", [record])
    office.customers.delete([record])
    assert office.batch_entry.check("customers", [loaded]).errors.keys() == {(0, "name")}
    with pytest.raises(ValidationError):
        office.batch_entry.save("customers", [GridRow({**loaded.values, "remark": "x"}, record, loaded.version)])


def test_other_entities_have_the_same_grid(office: Office) -> None:
    office.customers.create({"name": "甲厂"})
    typed = rows({"customer": "甲厂", "subject": "回访", "date": "11-20"}, {"customer": "没有的", "subject": "x"})
    assert office.batch_entry.check("interactions", typed).errors.keys() == {(1, "customer")}
    assert office.batch_entry.save("interactions", typed[:1]).added == 1
    office.batch_entry.save("complaints", rows({"customer": "甲厂", "content": "漏油"}, {"customer": "甲厂", "content": "异响"}))
    numbers = [row["number"] for row in office.complaints.search(Query(order="id")).rows]
    assert len(set(numbers)) == 2


@pytest.mark.parametrize("typed", [[], rows({}, {"name": "  "})])
def test_an_empty_grid_is_refused(office: Office, typed: list[GridRow]) -> None:
    with pytest.raises(ValidationError, match="还没有内容"):
        office.batch_entry.save("customers", typed)


def test_it_can_be_cancelled(office: Office) -> None:
    before = tables(office)
    with pytest.raises(CrmError, match="已取消"):
        office.batch_entry.save("customers", rows({"name": "甲"}), cancelled=lambda: True)
    assert tables(office) == before


def test_rights_of_each_entity_hold(office: Office, enter: Any) -> None:
    office.operators.add({"name": "zhao", "full_name": "小赵", "role": "只读"}, "hongda2026")
    zhao = enter("zhao", "hongda2026")
    record = office.customers.create({"name": "甲"})
    for work in (
        lambda: zhao.batch_entry.columns("customers"),
        lambda: zhao.batch_entry.load("customers", [record]),
        lambda: zhao.batch_entry.check("customers", rows({"name": "乙"})),
        lambda: zhao.batch_entry.save("customers", rows({"name": "乙"})),
    ):
        with pytest.raises(PermissionDenied):
            work()
    with pytest.raises(NotFound):
        office.batch_entry.columns("operators")


def test_a_thousand_rows(office: Office) -> None:
    many = rows(*({"name": f"客户{n}", "phone": f"0431-85{n:06d}"} for n in range(1000)))
    assert office.batch_entry.check("customers", many).errors == {}
    assert office.batch_entry.save("customers", many).added == 1000
    assert len({row["code"] for row in office.db.query("SELECT code FROM customers")}) == 1000


def test_customers_that_are_there_already_are_told(office: Office) -> None:
    office.customers.create({"name": "长春市宏达机械制造有限公司", "phone": "0431-85123456"})
    typed = rows({"name": "宏达机械制造（长春）有限公司"}, {"name": "别家", "phone": "85123456"}, {}, {"name": "新厂", "phone": "0431-85999999"})
    warnings = office.batch_entry.check("customers", typed).warnings
    assert warnings.keys() <= {0, 1} and 1 in warnings
    assert "长春市宏达机械制造有限公司" in warnings[1] and warnings[1].endswith("。")
    assert office.batch_entry.save("customers", typed).added == 3  # told, not forbidden
