"""Cells are cleaned by the type of the field they go into."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers.exchange.typed_cells import cleaner
from crm_desktop.models import COMPLAINTS, CONTACTS, CUSTOMERS, INTERACTIONS, PRODUCTS, RECORDS, SALES

TODAY = date(2026, 11, 22)


def cleaned(entity, name, value, header=""):
    return cleaner(name, header, entity[name])(value)


def accepted(entity, name, value, header=""):
    return entity[name].accept(cleaned(entity, name, value, header), TODAY)


@pytest.mark.parametrize(("entity", "name", "value", "raw"), [
    (SALES, "date", datetime(2024, 3, 5, 9, 30), "2024-03-05"), (SALES, "date", "2024-03-05 09:30:00", "2024-03-05"),
    (SALES, "date", "2024年3月5日 9:30", "2024-03-05"), (SALES, "date", 45356.0, "2024-03-05"),
    (COMPLAINTS, "handled_at", datetime(2024, 3, 5, 9, 30), "2024-03-05 09:30"), (COMPLAINTS, "handled_at", 45356.3958333, "2024-03-05 09:30"),
    (COMPLAINTS, "handled_at", "2024.3.5 9:30", "2024-03-05 09:30"), (COMPLAINTS, "due_at", date(2024, 3, 5), "2024-03-05 17:30"),
    (COMPLAINTS, "due_at", datetime(2024, 3, 5), "2024-03-05 00:00"), (COMPLAINTS, "due_at", 45356, "2024-03-05 17:30"),
    (INTERACTIONS, "time", datetime(2024, 3, 5, 9, 30), "09:30"), (INTERACTIONS, "time", 0.395833333, "09:30"),
    (INTERACTIONS, "time", time(14, 5), "14:05"), (INTERACTIONS, "time", "9点半", "09:30"),
    (INTERACTIONS, "duration", "3:20", 200), (INTERACTIONS, "duration", time(3, 20), 200), (INTERACTIONS, "duration", timedelta(minutes=3, seconds=20), 200),
    (INTERACTIONS, "duration", 3.5, 210), (INTERACTIONS, "duration", 4, 240), (INTERACTIONS, "duration", "2 分钟", 120),
    (INTERACTIONS, "is_followed_up", "未跟进", 0), (INTERACTIONS, "is_followed_up", "√", 1), (INTERACTIONS, "direction", "呼入", "来电"),
    (SALES, "quantity", 12.0, 12000), (SALES, "quantity", "12 台", 12000), (SALES, "quantity", "1,200.5米", 1_200_500), (SALES, "quantity", "1.5万", 15_000_000),
    (SALES, "discount", 0.85, 85), (SALES, "discount", 8.5, 85), (SALES, "discount", 85, 85), (SALES, "discount", 1.0, 100), (SALES, "discount", "85折", 85),
    (SALES, "discount", "九五折", 95), (SALES, "discount", "90%", 90), (SALES, "discount", "不打折", 100), (SALES, "discount", 9, 90),
    (SALES, "price", 33.333333, 3333), (SALES, "price", "￥1,200.00元", 120_000), (SALES, "amount", 0.125, 13), (SALES, "kind", "销退", "退货"),
    (SALES, "number", 2.0240305001e10, "20240305001XX"[:11]), (SALES, "order_number", "ＨＴ－2024", "HT-2024"),
    (COMPLAINTS, "status", "已结案", "已归档"), (COMPLAINTS, "status", "处理中", "处理中"), (PRODUCTS, "is_on_sale", "停售", 0),
])  # fmt: skip
def test_a_cell_becomes_what_a_person_would_have_typed(entity, name, value, raw):
    assert accepted(entity, name, value) == raw


@pytest.mark.parametrize(("entity", "name", "header", "value", "raw"), [
    (SALES, "amount", "金额（万元）", 1.25, 1_250_000), (SALES, "amount", "金额（千元）", "3", 300_000), (SALES, "amount", "金额（元）", "3", 300),
    (SALES, "amount", "金额（万元）", "800元", 80_000), (INTERACTIONS, "duration", "通话时长（秒）", 200, 200), (INTERACTIONS, "duration", "时长（秒）", "3:20", 200),
])  # fmt: skip
def test_the_unit_in_a_heading_goes_with_bare_numbers(entity, name, header, value, raw):
    assert accepted(entity, name, value, header) == raw


@pytest.mark.parametrize("entity", RECORDS, ids=lambda entity: entity.key)
@given(value=st.one_of(
    st.none(), st.text(max_size=20), st.integers(-(10**18), 10**18), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(),
    st.timedeltas(),
))  # fmt: skip
def test_no_cell_breaks_a_cleaner(entity, value):
    for field in entity.fields:
        assert isinstance(cleaned(entity, field.name, value), str)


@given(fen=st.integers(0, 10**11))
def test_no_amount_changes_on_its_way_through_a_number_cell(fen):
    assert accepted(SALES, "amount", float(Decimal(fen) / 100)) == fen


def test_what_stands_in_the_house_stays_as_it_was():
    """Customers and contacts have been read by field name before there were types."""
    assert cleaned(CUSTOMERS, "registered_capital", 500, "注册资金（元）") == "500元"
    assert cleaned(CUSTOMERS, "registered_capital", 500, "注册资金（万元）") == "500"
    assert (cleaned(CUSTOMERS, "postcode", 30012.0), cleaned(CONTACTS, "gender", "女士")) == ("030012", "女")
