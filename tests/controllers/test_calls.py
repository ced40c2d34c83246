"""客户呼叫中心: a number in any spelling leads to its owner; where it is from; what is open; keeping the call."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import NotFound, PermissionDenied, ValidationError
from crm_desktop.models import Query, phones


def found(office, text):
    return [(row["name"], row["contact_name"], row["label"], row["number"]) for row in office.calls.find(text)]


@pytest.fixture
def hongda(office: Office) -> int:
    """A customer with three telephones and a contact with two."""
    values = {"name": "长春宏达机械厂", "level": "重要", "phone": "0431-85123456/57", "fax": "0431-85123499"}
    contact = {"name": "单小明", "mobile": "13904310002", "office_phone": "0431-8512345"}
    return office.customers.create(values, lines={"contacts": [contact]})


# Whose number


@pytest.mark.parametrize("typed", [
    "0431-85123456", "（0431）8512 3456", "043185123456", "+86 431 85123456", "0086-431-85123456", "８５１２３４５６",
    "85123456", "0431-85123456-801", "85123456 转 801", "85123457",
])  # fmt: skip
def test_any_spelling_of_a_landline_leads_to_its_customer(office, hongda, typed):
    row = office.calls.find(typed)[0]
    assert (row["entity"], row["record"], row["customer"], row["name"]) == ("customers", hongda, hongda, "长春宏达机械厂")
    assert (row["label"], row["level"], row["number"], row["is_same"]) == ("电话", "重要", "0431-85123456/57", True)


@pytest.mark.parametrize("typed", ["13904310002", "139 0431 0002", "+86-139-0431-0002", "013904310002", "１３９０４３１０００２"])
def test_a_mobile_leads_to_the_contact_and_its_customer(office, hongda, typed):
    (row,) = office.calls.find(typed)
    assert (row["entity"], row["contact_name"], row["customer"], row["label"]) == ("contacts", "单小明", hongda, "手机")


def test_a_number_kept_without_its_area_code_is_found_with_it(office):
    office.customers.create({"name": "本地的", "phone": "85000001"})
    assert [row["name"] for row in office.calls.find("0431-85000001")] == ["本地的"]


def test_the_number_itself_comes_before_longer_ones(office, hongda):
    assert found(office, "0431-8512345") == [
        ("长春宏达机械厂", "单小明", "办公电话", "0431-8512345"),
        ("长春宏达机械厂", "", "电话", "0431-85123456/57"),
    ]
    assert [row["is_same"] for row in office.calls.find("0431-8512345")] == [True, False]


def test_what_begins_with_the_digits_comes_before_what_holds_them(office):
    for name, phone in (("含", "0431-81390000"), ("始", "13900000001")):
        office.customers.create({"name": name, "phone": phone})
    assert [row["name"] for row in office.calls.find("1390")] == ["始", "含"]
    assert [row["name"] for row in office.calls.find("0139 0")] == ["始", "含"]  # the 0 before a mobile, half typed


@pytest.mark.parametrize("typed", ["", "8", "85", "851", "  ", "-", "0 4 3"])
def test_three_digits_or_fewer_find_nothing(office, hongda, typed):
    assert office.calls.find(typed) == []


@pytest.mark.parametrize("typed", ["宏达", "cchd", "单小明", "sxm"])
def test_a_name_is_found_too(office, hongda, typed):
    assert {row["customer"] for row in office.calls.find(typed)} == {hongda}


def test_what_is_deleted_is_not_found(office, hongda):
    contact = office.calls.find("13904310002")[0]["record"]
    office.contacts.delete([contact])
    assert office.calls.find("13904310002") == []
    office.customers.delete([hongda])
    assert office.calls.find("85123456") == []
    office.customers.restore([hongda])
    assert len(office.calls.find("85123456")) == 1


def test_only_their_own_are_found_at_all(office, hongda, hire):
    li = hire("li", "业务员")
    own = li.customers.create({"name": "李的", "phone": "0431-85123456"})
    assert [row["customer"] for row in li.calls.find("85123456")] == [own]
    assert [row["customer"] for row in li.calls.find("85123456", limit=1)] == [own]  # foreign ones take no places
    with pytest.raises(NotFound):
        li.calls.overview(hongda)


def test_without_the_right_to_customers_nothing_is_found(office, hongda, hire, database):
    wang = hire("wang", "客服")
    database.execute("DELETE FROM permissions WHERE area = 'contacts' AND verb = 'view'")
    assert wang.calls.find("13904310002") == wang.calls.find("单小明") == []
    database.execute("DELETE FROM permissions WHERE area = 'customers' AND verb = 'view'")
    with pytest.raises(PermissionDenied):
        wang.calls.find("85123456")


AREAS = ("010", "024", "0431", "0898")


@pytest.fixture(scope="module")
def directory(founded: tuple[Path, str], tmp_path_factory):
    """Two hundred customers, their numbers with and without area code, close to one another."""
    path = tmp_path_factory.mktemp("calls") / "office.db"
    shutil.copyfile(founded[0], path)
    database = Database.open(path)
    office = sign_in(database, "admin", "hongda2026", clock=FixedClock.at("2026-11-22"))
    chance = random.Random(3)
    numbers = {}
    for place in range(200):
        local = f"8{chance.randint(0, 30):02d}1{chance.randint(0, 99):04d}"
        digits = chance.choice([local, chance.choice(AREAS) + local, f"139{chance.randint(0, 20):04d}{chance.randint(0, 99):04d}"])
        numbers[office.customers.create({"name": f"客户{place}", "phone": digits})] = digits
    yield office, numbers
    database.close_all()


def spelled(digits: str, way: int, spaces: list[int]) -> str:
    """A whole number as somebody might write it."""
    is_mobile = digits.startswith("1")
    lead = {0: "", 1: "+86 ", 2: "0086", 3: "0" if is_mobile else ""}[way]
    body = digits[1:] if lead.strip() in ("+86", "0086") and digits.startswith("0") else digits
    if lead and not is_mobile and not digits.startswith("0"):
        lead = ""
    for place in sorted({each for each in spaces if 0 < each < len(body)}, reverse=True):
        body = body[:place] + " -("[place % 3] + body[place:] if place % 3 != 2 else body[:place] + " " + body[place:]
    return lead + body


def same(one: str, other: str) -> bool:
    """Whether two canonical numbers are one, an area code missing on either side: the naive way."""
    if one == other:
        return True
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return not shorter.startswith(("0", "1")) and longer.startswith("0") and longer in {area + shorter for area in AREAS}


@settings(max_examples=60)
@given(place=st.integers(0, 199), way=st.integers(0, 3), spaces=st.lists(st.integers(1, 11), max_size=3))
def test_a_whole_number_finds_just_whom_a_scan_finds(directory, place, way, spaces):
    office, numbers = directory
    typed = spelled(list(numbers.values())[place], way, spaces)
    wanted = {record for record, digits in numbers.items() if same(digits, phones.canonical(typed))}
    rows = office.calls.find(typed, limit=500)
    assert {row["record"] for row in rows if row["is_same"]} == wanted, typed
    assert {row["record"] for row in rows[: len(wanted)]} == wanted  # and before all others


@settings(max_examples=60)
@given(place=st.integers(0, 199), cut=st.tuples(st.integers(0, 11), st.integers(4, 12)))
def test_a_number_begun_finds_just_whom_a_scan_finds(directory, place, cut):
    office, numbers = directory
    digits = list(numbers.values())[place]
    typed = digits[cut[0] : cut[0] + cut[1]]
    rows = [row["record"] for row in office.calls.find(typed, limit=500)]
    looked_for = phones.typed_digits(typed)
    if len(looked_for) < 4:
        assert rows == []
        return
    wanted = {record for record, each in numbers.items() if looked_for in each or same(each, looked_for)}
    assert set(rows) == wanted and len(rows) == len(wanted)


# What kind of number


@pytest.mark.parametrize(("number", "kind", "place"), [
    ("0431-85123456", "固定电话", "吉林省长春市"), ("01085123456", "固定电话", "北京市"), ("023-85123456", "固定电话", "重庆市"),
    ("024-85123456", "固定电话", "辽宁省沈阳市、抚顺市、本溪市、铁岭市"), ("0728-2123456", "固定电话", "湖北省仙桃市、潜江市、天门市"),
    ("0371-85123456", "固定电话", "河南省郑州市、开封市"), ("85123456", "固定电话", ""), ("13904310001", "手机", ""),
    ("95588", "服务号码", ""), ("400-123-4567", "服务号码", ""), ("+852 2345 6789", "境外", "香港特别行政区"), ("+1 650 253 0000", "境外", ""),
    ("0431-12", "", ""), ("宏达", "", ""), ("", "", ""),
])  # fmt: skip
def test_where_a_number_is_from(office, number, kind, place):
    assert office.calls.place(number) == (kind, place)


def test_what_is_no_number_is_said(office):
    assert "电话应为手机" in office.calls.problems("0431-12")
    assert office.calls.problems("431-85123456") == "区号前面缺少 0，应为 043185123456。"
    assert office.calls.problems("0431-85123456") == ""


@pytest.mark.parametrize(("number", "entity", "values"), [
    ("139 0431 0009", "customers", {"mobile": "13904310009"}), ("0431 85123456", "customers", {"phone": "0431-85123456"}),
    ("139 0431 0009", "contacts", {"mobile": "13904310009"}), ("85123456", "contacts", {"office_phone": "85123456"}),
    ("张三", "customers", {"name": "张三"}), ("0431-12", "customers", {}),
])  # fmt: skip
def test_a_new_record_begins_with_the_number_in_its_field(office, number, entity, values):
    assert office.calls.proposal(number, entity) == values


# What is open


def test_the_customer_at_a_glance(office, hongda):
    for day in range(10, 17):
        office.interactions.create({"subject": f"第{day}日", "customer": hongda, "date": f"2026-11-{day}", "follow_up": f"2026-12-{30 - day}"})
    office.interactions.create({"subject": "做完了", "customer": hongda, "date": "2026-11-01", "follow_up": "2026-11-02", "is_followed_up": True})
    office.complaints.create({"customer": hongda, "date": "2026-11-10", "severity": "重大", "content": "坏了"})
    office.complaints.create({"customer": hongda, "date": "2026-11-22", "severity": "轻微"})
    office.complaints.create({"customer": hongda, "date": "2026-11-01", "satisfaction": "满意"})  # filed
    office.feedback.create({"customer": hongda, "date": "2026-11-20"})
    seen = office.calls.overview(hongda)
    assert seen.customer["name"] == "长春宏达机械厂"
    assert [(row["days"], row["is_overdue"]) for row in seen.complaints] == [(12, True), (0, False)]
    assert [row["date"] for row in seen.feedback] == ["2026-11-20"]
    assert [row["subject"] for row in seen.interactions] == [f"第{day}日" for day in (16, 15, 14, 13, 12)]
    assert seen.follow_up["subject"] == "第16日"


def test_what_may_not_be_seen_is_left_out(office, hongda, hire, database):
    office.complaints.create({"customer": hongda})
    office.calls.log("来电", hongda, follow_up="2026-12-01")
    wang = hire("wang", "客服")
    database.execute("DELETE FROM permissions WHERE area = 'complaints'")
    assert wang.calls.overview(hongda).complaints == []
    assert wang.calls.overview(hongda).follow_up


# The call itself


def test_a_call_is_kept_as_an_interaction(office, hongda):
    contact = office.calls.find("13904310002")[0]["contact"]
    record = office.calls.log(
        "来电", hongda, contact, "+86 139 0431 0002", result="已接通", duration="3:20", content="问报价\n要快", follow_up="2026-12-01"
    )
    kept = office.interactions.get(record)
    told = {name: kept[f"{name}_text"] for name in ("subject", "method", "direction", "handler", "contact", "duration", "call_result")}
    assert told == {
        "subject": "问报价", "method": "电话", "direction": "来电", "handler": "admin", "contact": "单小明",
        "duration": "3:20", "call_result": "已接通",
    }  # fmt: skip
    assert (kept["date"], kept["phone_number"], kept["follow_up"]) == ("2026-11-22", "13904310002", "2026-12-01")
    assert len(kept["time"]) == 5


@pytest.mark.parametrize(("direction", "subject"), [("来电", "客户来电"), ("去电", "去电联系"), ("未接", "未接来电")])
def test_a_call_of_which_nothing_is_said_is_called_what_it_is(office, hongda, direction, subject):
    assert office.interactions.get(office.calls.log(direction, hongda))["subject"] == subject


@pytest.mark.parametrize(("wrong", "field"), [
    ({"number": "0431-12"}, "phone_number"), ({"duration": "很久"}, "duration"), ({"follow_up": "2026-11-21"}, "follow_up"),
    ({"customer": 99}, "customer"), ({"direction": "喊"}, "direction"), ({"result": "没有的"}, "call_result"),
])  # fmt: skip
def test_a_call_is_refused_at_its_field(office, hongda, wrong, field):
    with pytest.raises(ValidationError) as error:
        office.calls.log(**{"direction": "来电", "customer": hongda, **wrong})
    assert error.value.fields.keys() == {field}
    assert office.interactions.count(Query()).n == 0


def test_a_call_of_a_deleted_customer_is_refused(office, hongda):
    office.customers.delete([hongda])
    with pytest.raises(ValidationError, match="可能已被删除"):
        office.calls.log("来电", hongda)
