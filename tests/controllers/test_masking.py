"""Who lacks 电话号码 sees stars, saves without losing a number, and cannot guess one digit by digit."""

import json

import openpyxl
import pytest

from crm_desktop.errors import Conflict, PermissionDenied, ValidationError
from crm_desktop.models import Condition, Query, Related

MOBILE, PHONE, CALLED = "13904310001", "0431-85123456", "13904319999"
NO_NUMBERS = "DELETE FROM permissions WHERE area = 'phones' AND role = (SELECT id FROM roles WHERE name = '客服')"


@pytest.fixture
def customer(office):
    contacts = [{"name": "王经理", "mobile": MOBILE}]
    made = office.customers.create({"name": "宏达机械", "phone": PHONE, "mobile": MOBILE}, lines={"contacts": contacts})
    values = {"customer": made, "subject": "来电", "date": "2026-11-20", "phone_number": CALLED}
    office.interactions.create(values)
    return made


@pytest.fixture
def masked(office, hire, customer):
    """An operator of 客服, whose right to numbers is taken away."""
    office.db.execute(NO_NUMBERS)
    return hire("wang", "客服")


def ids(office, text="", **query):
    return list(office.customers.ids(Query(text, **query)))


def test_lists_forms_and_calls_show_stars(masked, customer):
    row = masked.customers.get(customer)
    assert (row["mobile"], row["mobile_text"]) == ("139****0001", "139****0001")
    assert masked.customers.search().rows[0]["phone_text"] == "0431-****3456"
    assert masked.customers.rows([customer], ["primary_mobile"])[0]["primary_mobile"] == "139****0001"
    assert masked.interactions.search(Query(), ["phone_number"]).rows[0]["phone_number"] == "139****9999"
    match = masked.calls.find(MOBILE)[0]
    assert (match["number"], match["is_same"]) == ("139****0001", True)


def test_the_office_itself_has_no_secret(masked, office):
    office.company.update(1, {"phone": "0431-85120000"}, office.company.profile()["version"])
    assert masked.company.profile()["phone"] == "0431-85120000"


def test_saving_with_stars_keeps_the_number(masked, office, customer):
    seen = masked.customers.get(customer)
    assert masked.customers.check({"mobile": seen["mobile"]}, customer) == {}
    masked.customers.update(customer, {"mobile": seen["mobile"], "phone": seen["phone"], "remark": "改"}, seen["version"])
    stored = office.customers.get(customer)
    assert (stored["mobile"], stored["phone"], stored["remark"]) == (MOBILE, PHONE, "改")
    masked.customers.update(customer, {"phone": f"{seen['phone']}/0431-85120001"}, stored["version"])
    assert office.customers.get(customer)["phone"] == f"{PHONE}/0431-85120001"


def test_a_new_number_is_taken_and_strange_stars_are_not(masked, office, customer):
    version = masked.customers.get(customer)["version"]
    masked.customers.update(customer, {"mobile": "13904310002"}, version)
    assert office.customers.get(customer)["mobile"] == "13904310002"
    for values in ({"mobile": "139****7777"}, {"phone": "****"}):
        with pytest.raises(ValidationError, match="带星号的号码不能保存"):
            masked.customers.update(customer, values, version + 1)
    with pytest.raises(ValidationError, match="带星号"):
        masked.customers.create({"name": "抄来的", "mobile": "139****0001"})
    with pytest.raises(ValidationError, match="带星号"):
        masked.interactions.create({"customer": customer, "subject": "x", "date": "今天", "phone_number": "139****0001"})


@pytest.mark.parametrize("condition", [
    Condition("mobile", "starts", "1390"), Condition("phone", "=", PHONE), Condition("mobile", "between", ("1", "2")),
    Condition("primary_mobile", "contains", "0431"), Related("contacts", Query(conditions=[Condition("mobile", ">", "1")])),
])  # fmt: skip
def test_numbers_are_not_compared(masked, condition):
    with pytest.raises(PermissionDenied, match="您不能查看电话号码"):
        ids(masked, conditions=[condition])
    with pytest.raises(PermissionDenied):
        masked.customers.count(Query(conditions=[condition]))


def test_whether_there_is_a_number_may_be_asked(masked, customer):
    assert ids(masked, conditions=[Condition("mobile", "empty", False)]) == [customer]


def test_numbers_are_no_order(masked, office):
    office.customers.create({"name": "阿尔法", "mobile": "13100000000"})
    assert ids(masked, order="-mobile") == ids(masked) != ids(office, order="-mobile")
    assert json.dumps(masked.customers.search(Query(order="mobile", limit=1)).next).count("1390") == 0


@pytest.mark.parametrize("part", ["139", "1390431", "04310001", "4310001", "0001", "904310001", "8512", "0431851"])
def test_a_part_of_a_number_finds_nothing(masked, office, customer, part):
    assert ids(office, part)
    assert ids(masked, part) == []
    assert masked.calls.find(part) == []
    assert list(masked.contacts.ids(Query(part))) == []
    assert masked.customers.possible_duplicates({"phone": part}) == []
    assert ids(masked, conditions=[Related("contacts", Query(part))]) == []
    assert list(masked.interactions.ids(Query(part))) == []


@pytest.mark.parametrize("whole", [MOBILE, "139 0431 0001", "0431 85123456", "85123456"])
def test_a_whole_number_finds_its_customer(masked, office, customer, whole):
    assert ids(masked, whole) == [customer]
    assert {match["customer"] for match in masked.calls.find(whole)} == {customer}
    assert [row["id"] for row in masked.customers.possible_duplicates({"phone": whole})] == [customer]
    office.customers.update(customer, {"phone": "85123456"}, 1)
    assert ids(masked, whole) == [customer]


def test_stars_are_no_duplicate(masked, customer):
    assert masked.customers.possible_duplicates({"mobile": "139****0001", "phone": "****3456"}) == []


def test_colleagues_numbers_are_hidden_too(masked, office):
    wang = office.operators.search(Query("wang")).rows[0]
    office.operators.update(wang["id"], {"mobile": MOBILE}, wang["version"])
    office.db.execute("INSERT INTO permissions SELECT id, 'operators', 'view' FROM roles WHERE name = '客服'")
    assert "0431" not in repr(masked.operators.search().rows)
    assert masked.operators.search(Query("90431")).rows == []
    assert office.operators.search(Query("90431")).rows != []


def test_a_conflict_and_the_history_tell_no_number(masked, office, customer):
    office.customers.update(customer, {"mobile": "13904310002"}, 1)
    with pytest.raises(Conflict) as error:
        masked.customers.update(customer, {"mobile": "13904310003"}, 1)
    assert error.value.changes == {"mobile": ("139****0002", "139****0003")}
    office.db.execute("INSERT INTO permissions SELECT id, 'audit', 'view' FROM roles WHERE name = '客服'")
    changes = masked.audit.history("customers", customer)[-1]["changes"]
    assert changes == [("手机", "139****0001", "139****0002")]
    assert office.audit.history("customers", customer)[-1]["changes"] == [("手机", MOBILE, "13904310002")]


def test_an_export_comes_back_without_harm(masked, office, customer, tmp_path):
    for area in ("export", "import"):
        right = f"INSERT OR IGNORE INTO permissions SELECT id, 'customers', '{area}' FROM roles WHERE name = '客服'"
        office.db.execute(right)
    file = tmp_path / "客户.xlsx"
    masked.exchange.export("customers", Query(), file)
    sheet = openpyxl.load_workbook(file).active
    assert "139****0001" in [cell.value for row in sheet.iter_rows() for cell in row]
    masked.exchange.run(masked.exchange.preview("customers", file, mode="update"))
    assert office.customers.get(customer)["mobile"] == MOBILE
    preview = masked.exchange.preview("customers", file)
    assert any("带星号" in problem.reason for problem in preview.errors)


def test_an_import_is_told_of_whole_numbers_only(masked, office, customer, tmp_path):
    workbook = openpyxl.Workbook()
    for row in (["客户名称", "电话"], ["甲", "4310001"], ["乙", MOBILE], ["丙", "85123456"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "新.xlsx")
    told = {each: [row.duplicates for row in each.exchange.preview("customers", tmp_path / "新.xlsx").rows] for each in (office, masked)}
    assert all(told[office])
    assert told[masked][0] == ()
    assert told[masked][1] == ("电话 139****0001 与已有客户“宏达机械”相同",)
    assert told[masked][2] == ("电话 ****3456 与已有客户“宏达机械”相同",)
