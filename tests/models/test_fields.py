"""Field types: what is taken, what is refused and with which sentence, and how values are shown."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import FieldError
from crm_desktop.models import CONTACTS, CUSTOMERS, ENTITIES
from crm_desktop.models.fields import (
    AreaCode,
    Choice,
    Date,
    Field,
    Flag,
    Half,
    Integer,
    Money,
    Note,
    Options,
    Phone,
    Reference,
    Region,
    Text,
    Timestamp,
)

TODAY = date(2026, 11, 22)
EVERY_FIELD = [(key, each.name) for key, entity in ENTITIES.items() for each in entity.fields]


def taken(field: Field, value: object) -> object:
    return field.accept(value, TODAY)


def refusal(field: Field, value: object) -> str:
    with pytest.raises(FieldError) as error:
        taken(field, value)
    return str(error.value)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Text("a", "项"), "  长春\t宏达 \n 公司 ", "长春 宏达 公司"),
        (Text("a", "项"), "宏\u200b达\x00", "宏达"),
        (Text("a", "项"), "ＡＢＣ（１）", "ＡＢＣ（１）"),
        (Half("a", "项"), "ＡＢ－１２　３", "AB-12 3"),
        (Note("a", "项"), "一\r\n  二 \r三\n\n", "一\n  二\n三"),
        (AreaCode("a", "区号"), "０４３１", "0431"),
        (Phone("a", "电话"), "０４３１－８５１２３４５６", "0431-85123456"),
        (Phone("a", "电话"), "0431-85123456 / 13904310001", "0431-85123456 / 13904310001"),
        (Integer("a", "人数"), "１，２００", 1200),
        (Integer("a", "人数"), "1.2万", 12000),
        (Money("a", "金额"), "¥1,234.50", 123450),
        (Money("a", "金额", in_wan=True), "50", 50_000_000),
        (Money("a", "金额", in_wan=True), "0.0001", 100),
        (Money("a", "金额", in_wan=True), "5000元", 500_000),
        (Date("a", "日期"), "2024.1.31", "2024-01-31"),
        (Date("a", "日期"), "1-31", "2026-01-31"),
        (Date("a", "日期"), datetime(2024, 1, 31, 8), "2024-01-31"),
        (Flag("a", "主"), "是", 1),
        (Flag("a", "主"), "Ｎ", 0),
        (Flag("a", "主"), True, 1),
        (Options("a", "性别", options=("男", "女")), "女", "女"),
        (Choice("a", "级别", kind="level"), " 重要 ", "重要"),
        (Choice("a", "级别", kind="level"), 7, 7),
        (Region("a", "区域"), "吉林省 长春市", "吉林省 长春市"),
        (Reference("a", "客户", entity="customers"), 2**40, 2**40),
    ],
)
def test_what_is_typed_is_taken(field: Field, typed: object, kept: object) -> None:
    assert taken(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (Text("a", "名称", length=3), "一二三四", "名称最多 3 个字，现在有 4 个。"),
        (Text("a", "名称"), 5, "名称应为文字。"),
        (AreaCode("a", "区号"), "长春", "区号只能是数字，例如 0431。"),
        (AreaCode("a", "区号"), "①", "区号只能是数字，例如 0431。"),
        (Integer("a", "人数"), "1.5", "人数应为整数。"),
        (Integer("a", "人数"), "-1", "人数应在 0 到 1000000000 之间。"),
        (Integer("a", "人数"), True, "人数的值无效。"),
        (Integer("a", "人数"), "很多", "应为数字"),
        (Money("a", "金额"), "1.234", "金额最多 2 位小数。"),
        (Money("a", "金额", in_wan=True), "1.00001", "金额最多 4 位小数。"),
        (Money("a", "金额"), "9" * 11, "金额太大了。"),
        (Money("a", "金额"), 2**70, "金额的值无效。"),
        (Date("a", "日期"), "2024-02-30", "2 月没有 30 日"),
        (Date("a", "日期"), 45000, "日期应为日期。"),
        (Flag("a", "主"), "也许", "主请填“是”或“否”。"),
        (Flag("a", "主"), 2, "主请填“是”或“否”。"),
        (Options("a", "性别", options=("男", "女")), "无", "性别应为：男、女。"),
        (Options("a", "性别", options=("男", "女")), 1, "性别应为：男、女。"),
        (Choice("a", "级别", kind="level"), 2**70, "级别的值无效。"),
        (Choice("a", "级别", kind="level"), 1.0, "级别的值无效。"),
        (Text("a", "名称", required=True), "  ", "请填写名称。"),
        (Reference("a", "客户", entity="customers", required=True), None, "请填写客户。"),
    ],
)
def test_what_cannot_be_is_refused(field: Field, value: object, sentence: str) -> None:
    assert sentence in refusal(field, value)


@pytest.mark.parametrize(("key", "name"), EVERY_FIELD)
def test_every_field_takes_emptiness_unless_it_is_required(key: str, name: str) -> None:
    field = ENTITIES[key][name]
    for nothing in (None, "", " 　\t"):
        if field.required and not field.is_made:
            assert refusal(field, nothing) == f"请填写{field.label}。"
        else:
            assert taken(field, nothing) == field.empty


@pytest.mark.parametrize(("key", "name"), EVERY_FIELD)
@given(value=st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.binary() | st.lists(st.text()))
def test_a_field_takes_a_value_or_says_why_not(key: str, name: str, value: object) -> None:
    """Never another exception, and what is taken can be taken again and shown."""
    field = ENTITIES[key][name]
    try:
        raw = taken(field, value)
    except FieldError as error:
        assert str(error).endswith("。")
        return
    assert isinstance(field.format(raw), str)
    if isinstance(raw, str):
        raw.encode("utf-8")
        assert taken(field, raw) == raw


@pytest.mark.parametrize(
    ("field", "raw", "shown"),
    [
        (Money("a", "金额"), 123450, "1,234.50"),
        (Money("a", "金额"), None, ""),
        (Money("a", "金额"), 0, "0.00"),
        (Money("a", "金额", in_wan=True), 50_000_000, "50"),
        (Money("a", "金额", in_wan=True), 1_234_567_800, "1,234.5678"),
        (Flag("a", "主"), 1, "是"),
        (Flag("a", "主"), 0, ""),
        (Integer("a", "人数"), None, ""),
        (Timestamp("a", "时间"), "", ""),
    ],
)
def test_how_values_are_shown(field: Field, raw: object, shown: str) -> None:
    assert field.format(raw) == shown


@given(st.integers(0, 10**9))
def test_money_that_is_shown_can_be_typed_back(amount: int) -> None:
    for field, raw in ((Money("a", "金额"), amount), (Money("a", "金额", in_wan=True), amount * 100)):
        assert taken(field, field.format(raw)) == raw


def test_lengths_count_characters_outside_the_basic_plane_once() -> None:
    assert taken(Text("a", "名称", length=2), "𠮷𬭎") == "𠮷𬭎"


def test_a_code_is_short_and_latin() -> None:
    code = CUSTOMERS["code"]
    assert taken(code, " ｉ010110 ") == "i010110"
    assert "不能有汉字" in refusal(code, "长春001")
    assert "最多 8 位" in refusal(code, "i04310011")


def test_a_mobile_field_takes_no_landline() -> None:
    assert "手机号码应为" in refusal(CONTACTS["mobile"], "0431-85123456")
