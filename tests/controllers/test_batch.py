"""批量修改: everything or nothing, the log, and who may not be changed."""

import json
from typing import Any

import pytest

from crm_desktop.controllers import Office, batch, chain
from crm_desktop.errors import CrmError, NotFound, ValidationError
from crm_desktop.models import CONTACTS, CUSTOMERS, RECORDS, Query


def many(office: Office, number: int) -> list[int]:
    return [office.customers.create({"name": f"客户{n}", "phone": f"0431-85{n:06d}"}) for n in range(number)]


def test_many_records_take_a_value_in_one_operation(office: Office) -> None:
    records = many(office, 5)
    office.batch_entry.update_many("customers", records[:1], {"level": "重要"})
    told: list[tuple[int, int]] = []
    assert office.batch_entry.update_many("customers", records, {"level": "重要", "remark": "老客户"}, lambda *done: told.append(done)) == 5
    assert {office.customers.get(each)["level_text"] for each in records} == {"重要"}
    last = office.db.one("SELECT id, kind, sentence FROM operations ORDER BY id DESC")
    assert last is not None
    assert tuple(last)[1:] == ("batch", "批量修改客户 5 条：客户级别改为重要、备注改为老客户")
    rows = office.db.query("SELECT record, old, new FROM audit WHERE operation = ?", (last["id"],))
    assert [row["record"] for row in rows] == records
    assert json.loads(rows[0]["new"]) == {"remark": "老客户"}  # the first was 重要 already
    assert told == [(5, 5)]
    assert list(chain.breaks(office.db)) == []


def test_records_that_have_the_value_are_not_touched(office: Office) -> None:
    records = many(office, 2)
    assert office.batch_entry.update_many("customers", records, {"remark": ""}) == 0
    assert {office.customers.get(each)["version"] for each in records} == {1}


def test_what_is_searched_is_found_by_its_new_words(office: Office) -> None:
    records = many(office, 3)
    office.batch_entry.update_many("customers", records, {"phone": "0432-66667777"})
    assert set(office.customers.ids(Query("66667777"))) == set(records)
    assert not office.customers.ids(Query("85000001"))


def test_one_refusal_refuses_all_and_says_who(office: Office) -> None:
    customer = office.customers.create({"name": "甲"}, lines={"contacts": [{"name": "小李"}, {"name": "小王"}]})
    contacts = list(office.contacts.ids(Query()))
    with pytest.raises(ValidationError) as error:
        office.batch_entry.update_many("contacts", contacts, {"email": "不是邮箱"})
    assert error.value.fields.keys() == {"email"}
    assert "“小李”：" in str(error.value) or "“小王”：" in str(error.value)
    assert "没有修改任何记录" in str(error.value)
    assert office.customers.get(customer)["version"] == 1
    assert office.db.value("SELECT count(*) FROM operations WHERE kind = 'batch'") == 0


@pytest.mark.parametrize("values", [{"level": "没有的级别"}, {"weight": "1"}])
def test_what_no_record_can_have(office: Office, values: dict[str, Any]) -> None:
    records = many(office, 6)
    with pytest.raises(ValidationError, match=r"等 6 条，没有修改任何记录"):
        office.batch_entry.update_many("customers", records, values)


def test_a_record_that_is_gone_refuses_all(office: Office) -> None:
    records = many(office, 2)
    office.customers.delete(records[:1])
    with pytest.raises(NotFound):
        office.batch_entry.update_many("customers", records, {"remark": "x"})
    assert office.customers.get(records[1])["remark"] == ""


def test_it_can_be_cancelled(office: Office) -> None:
    records = many(office, 2)
    with pytest.raises(CrmError, match="已取消"):
        office.batch_entry.update_many("customers", records, {"remark": "x"}, cancelled=lambda: True)
    assert office.customers.get(records[0])["remark"] == ""


@pytest.mark.parametrize("entity", RECORDS, ids=lambda each: each.key)
def test_what_is_unique_or_moved_by_steps_is_not_offered(entity: Any) -> None:
    offered = {field.name for field in batch.fields(entity)}
    assert not offered & {*entity.unique, entity.title, "status" if entity.workflow else ""}


def test_what_is_offered() -> None:
    assert {"level", "owner", "region", "remark"} <= {field.name for field in batch.fields(CUSTOMERS)}
    assert {"position", "department"} <= {field.name for field in batch.fields(CONTACTS)}
