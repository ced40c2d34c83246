"""What was exported comes back whole when it is imported into an empty office."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.controllers import create_office, sign_in
from crm_desktop.db import Database
from crm_desktop.models import Query
from crm_desktop.models.fields import Choice

PASSWORD = "hongda2026"
CUSTOMER = {
    "code": "i0431X09", "old_code": "00123", "name": "长春市宏达机械（集团）有限公司", "short_name": "宏达", "pinyin": "CCHDJX",
    "english_name": "Hongda Machinery, Ltd. \"HD\"", "english_address": "1 Renmin St., Changchun", "region": "220104",
    "country": "中国", "area_code": "0431", "postcode": "130012", "address": "吉林省长春市朝阳区人民大街 1 号", "phone": "0431-85123456、85123457",
    "mobile": "13904310001", "fax": "0431-85123458", "email": "a@example.com", "website": "www.example.com", "category": "经销商",
    "nature": "国有企业", "industry": "制造业", "level": "重要", "star": "★★★", "legal_representative": "单小明",
    "registered_capital": "1234.5678", "annual_revenue": "20000", "employee_count": "350", "main_business": "=机床；+附件, \"配件\"",
    "bank": "工商银行", "bank_account": "6222021234567890123", "tax_number": "91220101MA0000000X", "remark": "第一行\n-第二行\n@三",
}  # fmt: skip
CONTACT = {
    "name": "=张三", "gender": "男", "position": "经理", "mobile": "13904310002", "birthday": "1980-02-29", "birthday_calendar": "农历",
    "is_primary": "是", "wechat": "+86wx", "qq": "123456789012345678", "hobby": "-钓鱼", "remark": "两\n行",
}  # fmt: skip


@pytest.fixture
def empty_office(tmp_path, clock):
    database = Database.open(tmp_path / "空.db", create=True)
    create_office(database, "另一家", "admin", PASSWORD, {}, clock)
    yield sign_in(database, "admin", PASSWORD, clock=clock)
    database.close_all()


def fill(office):
    for kind, word in (("category", "经销商"), ("nature", "国有企业"), ("industry", "制造业"), ("position", "经理")):
        if word not in [item["name"] for item in office.dictionaries.items(kind)]:
            office.dictionaries.add(kind, {"name": word})
    first = office.customers.create(CUSTOMER)
    office.contacts.create({**CONTACT, "customer": first})
    second = office.customers.create(
        {"name": "个人客户", "region": "220102", "postcode": "", "remark": "=cmd|' /C calc'!A0"}
    )
    office.contacts.create({"name": "李四", "customer": second})


def contents(controller):
    """Every record as its words, without ids and times."""
    names = [field.name for field in controller.entity.fields]
    rows = controller.search(Query(limit=1000), columns=names).rows
    return sorted([[row.get(f"{name}_text", row[name]) for name in names] for row in rows], key=str)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_customers_and_contacts_lose_nothing(office, empty_office, tmp_path, ending):
    fill(office)
    for entity in ("customers", "contacts"):
        path = tmp_path / f"{entity}.{ending}"
        assert office.exchange.export(entity, path=path) == 2
        preview = empty_office.exchange.preview(entity, path)
        assert preview.errors == [] and preview.ignored == []
        assert empty_office.exchange.run(preview).added == 2
        assert contents(getattr(empty_office, entity)) == contents(getattr(office, entity))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_importing_ones_own_export_changes_nothing(office, tmp_path, ending):
    fill(office)
    before = contents(office.customers)
    office.exchange.export("customers", path=tmp_path / f"a.{ending}")
    preview = office.exchange.preview("customers", tmp_path / f"a.{ending}", mode="update")
    assert [row.fate for row in preview.rows] == ["skip", "skip"]
    office.exchange.run(preview)
    assert contents(office.customers) == before


def test_the_list_on_screen_brings_its_contacts_back(office, empty_office, tmp_path):
    fill(office)
    columns = ["name", "primary_contact", "primary_mobile", "phone"]
    office.exchange.export("customers", path=tmp_path / "a.xlsx", columns=columns)
    result = empty_office.exchange.run(empty_office.exchange.preview("customers", tmp_path / "a.xlsx"))
    assert (result.added, result.contacts) == (2, 2)
    people = [tuple(row) for row in empty_office.db.query("SELECT name, mobile FROM contacts ORDER BY name")]
    assert people == [("=张三", "13904310002"), ("李四", "")]


RECORDS = {
    "products": [
        {"code": "CK-6140", "name": "=数控车床", "category": "整机", "unit": "台", "price": "128000.5", "remark": "两\n行"},
        {"code": "0012", "name": "螺栓", "is_on_sale": "否", "price": "0.35"},
    ],
    "interactions": [
        {"subject": "+询价", "date": "2024-02-29", "time": "09:05", "contact": "=张三", "method": "上门拜访", "handler": "admin",
         "amount": "-12.5", "follow_up": "2024-03-04", "is_followed_up": "是", "content": "第一行\n-第二行", "place": "展厅"},
        {"subject": "来电", "date": "2024-03-01", "direction": "来电", "phone_number": "+86 0431-85123456", "call_result": "已解决", "duration": "1:02:03"},
    ],
    "feedback": [
        {"date": "2024-03-01", "type": "建议", "channel": "电话", "content": "说明书字太小", "handler": "admin"},
        {"number": "旧-7", "date": "2023-12-31", "content": "好", "result": "谢过", "handled_at": "2024-01-01 00:00", "satisfaction": "满意",
         "visited_at": "2024-01-02 09:30", "visited_by": "admin", "visit_opinion": "不错"},
    ],
    "complaints": [
        {"date": "2024-03-01", "contact": "=张三", "complainant": "@李", "severity": "严重", "content": "漏油", "department": "售后服务部"},
        {"number": "0099", "date": "2023-12-31", "content": "响", "due_at": "2024-01-03 12:00", "compensation": "1200.05", "status": "待回访",
         "handled_at": "2024-01-02 14:00", "cause": "装配问题", "measure": "换油封", "result": "修好"},
        {"date": "2024-03-02", "content": "打不通", "status": "已归档", "is_unreachable": "是"},
    ],
    "sales": [
        {"date": "2024-03-01", "product": "CK-6140", "quantity": "1.125", "price": "100000", "discount": "85", "order_number": "20240301000001"},
        {"date": "2024-03-02", "product": "0012", "quantity": "3000", "kind": "退货", "amount": "1000", "contact": "=张三", "salesperson": "admin"},
    ],
}  # fmt: skip


def fill_everything(office):
    """Also two customers of one name: a record names its customer by code, too."""
    fill(office)
    office.customers.create({"name": CUSTOMER["name"]})
    customer = next(iter(office.customers.ids(Query(CUSTOMER["code"]))))
    for entity, records in RECORDS.items():
        for values in records:
            words = {field.name: field.kind for field in office.records[entity].entity.fields if isinstance(field, Choice)}
            for name in values.keys() & words:
                if values[name] not in [item["name"] for item in office.dictionaries.items(words[name])]:
                    office.dictionaries.add(words[name], {"name": values[name]})
            office.records[entity].create({**values, **({} if entity == "products" else {"customer": customer})})


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_kind_of_record_loses_anything(office, empty_office, tmp_path, ending):
    fill_everything(office)
    for entity in ("customers", "contacts", *RECORDS):
        path, kept = tmp_path / f"{entity}.{ending}", contents(office.records[entity])
        assert office.exchange.export(entity, path=path) == len(kept)
        preview = empty_office.exchange.preview(entity, path)
        assert (preview.errors, preview.ignored) == ([], []), entity
        assert empty_office.exchange.run(preview).added == len(kept)
        assert contents(empty_office.records[entity]) == kept
        again = office.exchange.preview(entity, path, mode="update" if entity != "interactions" else "skip")
        assert (again.errors, [row.fate for row in again.rows]) == ([], ["skip"] * len(kept)), entity


# Letters, digits, marks and spaces; shorter texts may be a sign for "nothing", such as a dash.
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), include_characters=" ")
TEXT = st.text(LETTERS, min_size=5, max_size=30)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT.filter(lambda text: text.strip(" '")), min_size=1, max_size=4))
def test_any_text_survives(office, tmp_path, ending, texts):
    made = [office.customers.create({"name": f"甲{text}", "main_business": text, "remark": text}) for text in texts]
    stored = {row["id"]: row for row in office.customers.rows(made, ["code", "name", "main_business", "remark"])}
    office.exchange.export("customers", path=tmp_path / f"t.{ending}", ids=made)
    read = office.exchange.preview("customers", tmp_path / f"t.{ending}", mode="update")
    assert read.errors == []
    told = {
        row.values["code"]: (row.values["name"], row.values["main_business"], row.values["remark"]) for row in read.rows
    }
    assert told == {row["code"]: (row["name"], row["main_business"], row["remark"]) for row in stored.values()}
