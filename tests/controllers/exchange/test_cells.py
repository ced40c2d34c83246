"""A cell becomes the text a person would have typed, and never an exception."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers.exchange.cells import CLEANERS, cleaner, has_lost_digits
from crm_desktop.models.fields import Money


@pytest.mark.parametrize(("field", "value", "typed"), [
    ("name", "  宏达\u00a0机械\u3000", "宏达 机械"),
    ("name", "长春宏达机械\r\n有限公司", "长春宏达机械有限公司"),
    ("name", "Hongda\nMachinery", "Hongda Machinery"),
    ("name", "\u200b宏达\ufeff", "宏达"),
    ("name", "'0431", "0431"),
    ("name", 12.0, "12"),
    ("name", 0.1 + 0.2, "0.3"),
    ("name", 0.0000001, "0.0000001"),
    ("name", float("nan"), ""),
    ("name", None, ""),
    ("name", True, "是"),
    ("name", False, "否"),
    ("name", time(8, 30), "08:30"),
    ("name", timedelta(hours=30, seconds=5), "30:00:05"),
    ("name", datetime(2024, 1, 31, 8, 30), "2024-01-31 08:30"),
    ("name", datetime(2024, 1, 31), "2024-01-31"),
    ("remark", "一\r\n二\u200b", "一\n二"),
    ("remark", "无", ""),
    ("phone", "０４３１－８５１２３４５６", "0431-85123456"),
    ("phone", 43185123456.0, "043185123456"),
    ("phone", 1085123456, "01085123456"),
    ("phone", 4001234567, "4001234567"),
    ("phone", 85123456, "85123456"),
    ("phone", 85212345678, "85212345678"),
    ("contact.mobile", 13800000001.0, "13800000001"),
    ("mobile", "1.3812345678E+10", "13812345678"),
    ("mobile", "1.38E+10", "13800000000"),
    ("postcode", 130000.0, "130000"),
    ("postcode", 10050, "010050"),
    ("postcode", "１３００００", "130000"),
    ("area_code", 431, "0431"),
    ("area_code", 10.0, "010"),
    ("area_code", 21, "021"),
    ("area_code", 852, "852"),
    ("area_code", "（0431）", "0431"),
    ("contact.birthday", date(1980, 2, 3), "1980-02-03"),
    ("contact.birthday", datetime(1980, 2, 3, 12), "1980-02-03"),
    ("birthday", 45322.0, "2024-01-31"),
    ("birthday", "45322", "2024-01-31"),
    ("birthday", 20240131.0, "20240131"),
    ("birthday", 1980, "1980"),
    ("birthday", 3654, "1910-01-01"),
    ("birthday", 73415, "2100-12-31"),
    ("birthday", 73416, "73416"),
    ("phone", 21851234, "21851234"),
    ("phone", 218512345, "0218512345"),
    ("birthday", "1980年2月3日", "1980年2月3日"),
    ("employee_count", "约５０人", "50"),
    ("employee_count", "50-100", "50-100"),
    ("star", 5.0, "★★★★★"),
    ("star", "三星级", "★★★"),
    ("gender", "女士", "女"),
    ("gender", "M", "男"),
    ("email", "mailto:a＠example.com ", "a@example.com"),
    ("bank_account", 6222020000000000.0, "6222020000000000"),
    ("old_code", "5E8", "5E8"),
])
def test_a_cell_becomes_what_a_person_types(field, value, typed):
    assert cleaner(field)(value) == typed


@pytest.mark.parametrize("nothing", ["", "  ", "NULL", "无", "-", "/", "\\", "——", "#N/A", "暂无", " - "])
@pytest.mark.parametrize("field", ["name", "phone", "postcode", "birthday", "annual_revenue", "remark"])
def test_what_offices_write_for_nothing_is_nothing(field, nothing):
    assert cleaner(field)(nothing) == ""


@pytest.mark.parametrize(("header", "value", "wan"), [
    ("注册资金", 500.0, 500),
    ("注册资金（万元）", "1,500", 1500),
    ("注册资本(元)", 5000000, 500),
    ("注册资本（单位：人民币元）", "5,000,000.00", 500),
    ("注册资金（亿元）", 1.5, 15000),
    ("注册资金（千元）", 5000, 500),
    ("注册资金（百万元）", 5, 500),
    ("注册资金（元）", "500万元", 500),
])
def test_an_amount_is_taken_in_the_unit_of_its_header(header, value, wan):
    typed = cleaner("registered_capital", header)(value)
    field = Money("registered_capital", "注册资金", in_wan=True)
    assert field.parse(typed, date(2026, 1, 1)) == wan * field.unit


@pytest.mark.parametrize(("value", "lost"), [
    (6222020000000000.0, True), ("6.22202E+18", True), ("1.38E+10", True), ("1.3812345678E+10", False),
    (13800000000.0, False), ("6222020000000000123", False),
    (True, False), (None, False), (float("inf"), False),
])
def test_digits_that_excel_has_dropped_are_noticed(value, lost):
    assert has_lost_digits(value) is lost


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.text("0123456789.eE+-,，　'*元万()/ \n", max_size=20),
)  # fmt: skip


FIELDS = st.sampled_from(["name", "registered_capital", *sorted(CLEANERS)])


@given(FIELDS, st.sampled_from(["", "金额（元）"]), ANYTHING)
def test_no_cell_is_too_strange(field, header, value):
    found = cleaner(field, header)(value)
    has_lost_digits(value)
    assert found == found.strip()
    assert "\n" not in found or field == "remark"


@given(FIELDS, st.text() | st.text("0123456789.E+-' 无/星", max_size=14))
def test_cleaning_twice_changes_nothing(field, value):
    once = cleaner(field)(value)
    assert cleaner(field)(once) == once


@given(st.integers(min_value=0, max_value=999_999))
def test_a_postcode_survives_being_stored_as_a_number(number):
    typed = f"{number:06d}"
    if typed[0] != "0" or typed[1] != "0":  # none begins with 00
        assert cleaner("postcode")(float(typed)) == typed
