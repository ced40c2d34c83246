"""The dictionaries an office starts with."""

import re
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.customer_code import MAX_LENGTH, code_prefix
from crm_desktop.models.dictionaries import (
    DICTIONARIES,
    DictionaryItem,
    DictionaryKind,
    LevelThresholds,
    level_hint,
)
from crm_desktop.models.regions import ZONES

ISO_CODES = """
CN HK MO TW JP KR KP MN RU VN TH SG MY ID PH IN PK KZ UZ AE SA TR IL EG ZA NG GB FR DE IT ES NL BE CH SE PL UA
US
CA
MX BR AR CL AU NZ
"""
COUNTRIES = [item for item in DICTIONARIES["country"].items if item.name != "其他"]
ALL_ITEMS = [(kind, item) for kind in DICTIONARIES.values() for item in kind.items]
TYPES = {"text": str, "integer": int, "flag": bool, "colour": str}


def items(kind: str) -> dict[str, DictionaryItem]:
    return {item.name: item for item in DICTIONARIES[kind].items}


def test_the_kinds() -> None:
    assert " ".join(DICTIONARIES) == (
        "nature type category credit level satisfaction industry source status business_mode scale"
        " revenue_range employee_range interaction_method call_result feedback_type complaint_type channel"
        " severity product_category unit cause department position honorific zone country"
    )


def test_names_are_unique_within_a_kind_and_clean() -> None:
    for kind in DICTIONARIES.values():
        names = [item.name for item in kind.items]
        assert len(names) == len(set(names)) > 1
        assert all(name == name.strip() and 0 < len(name) <= 20 for name in names)
        assert re.search("[\u4e00-\u9fff]", kind.label)


@pytest.mark.parametrize(("kind", "item"), ALL_ITEMS, ids=lambda value: getattr(value, "name", None))
def test_an_item_has_only_its_kinds_attributes(kind: DictionaryKind, item: DictionaryItem) -> None:
    types = {attribute.key: TYPES[attribute.type] for attribute in kind.attributes}
    for key, value in item.attributes.items():
        assert type(value) is types[key]


def test_system_items() -> None:
    keys = {(kind.key, item.key): item.name for kind, item in ALL_ITEMS if item.is_system}
    assert keys == {
        ("nature", "person"): "个人",
        ("category", "buyer"): "购买使用者", ("category", "competitor"): "竞争对手",
        ("category", "partner"): "合作伙伴", ("category", "supplier"): "供应商",
        ("level", "important"): "重要", ("level", "general"): "一般", ("level", "potential"): "潜在",
        ("status", "active"): "活跃", ("status", "quiet"): "沉寂", ("status", "lost"): "流失",
        ("interaction_method", "phone"): "电话", ("interaction_method", "mail"): "邮件",
        ("interaction_method", "letter"): "信函", ("interaction_method", "return_visit"): "回访",
        ("honorific", "mr"): "先生", ("honorific", "ms"): "女士",
    }


def test_levels() -> None:
    levels = items("level")
    assert {name: level.attributes["letter"] for name, level in levels.items() if level.is_active} == {
        "重要": "i", "一般": "n", "潜在": "p",
    }
    assert [name for name, level in levels.items() if not level.is_active] == [
        "战略合作伙伴", "合作伙伴", "大客户", "重点开发客户",
    ]
    assert "days_without_sale" not in levels["潜在"].attributes
    assert all(item.is_active for kind, item in ALL_ITEMS if kind.key != "level")


def test_satisfaction_falls_from_five_to_one() -> None:
    grades = items("satisfaction").values()
    assert [grade.attributes["score"] for grade in grades] == [5, 4, 3, 2, 1]
    assert [grade.name for grade in grades if grade.attributes["satisfied"]] == ["非常满意", "满意"]
    assert all(re.fullmatch(r"#[0-9A-F]{6}", str(grade.attributes["colour"])) for grade in grades)


def test_credit_severity_and_positions() -> None:
    assert [item.attributes.get("score") for item in items("credit").values()] == [5, 4, 3, 2, 1, None]
    assert [item.attributes["payment_days"] for item in items("credit").values()] == [60, 45, 30, 15, 0, 0]
    assert [item.attributes["due_hours"] for item in items("severity").values()] == [40, 24, 8, 4]
    assert [name for name, item in items("position").items() if not item.attributes["on_envelope"]] == [
        "主管", "会计", "采购员", "销售员", "秘书", "办事员", "其他",
    ]


def test_industries_run_from_a_to_t_with_short_names() -> None:
    industries = DICTIONARIES["industry"].items
    assert "".join(str(item.attributes["code"]) for item in industries) == "ABCDEFGHIJKLMNOPQRST"
    assert industries[0].name == "农、林、牧、渔业" and industries[0].attributes["short_name"] == "农林牧渔"
    assert all(len(str(item.attributes["short_name"])) <= 6 for item in industries)


def test_ranges_rise() -> None:
    for kind, lowers in (("revenue_range", [0, 50, 100, 500, 1000, 5000, 10000]),
                         ("employee_range", [1, 20, 50, 100, 300, 1000])):
        assert [item.attributes["lower"] for item in items(kind).values()] == lowers


def test_zones_are_those_of_the_provinces_and_abroad() -> None:
    assert list(items("zone")) == [*ZONES, "境外"]


@pytest.mark.parametrize(("country", "iso"), list(zip(COUNTRIES, ISO_CODES.split(), strict=True)))
def test_calling_codes_agree_with_phonenumbers(country: DictionaryItem, iso: str) -> None:
    code = country.attributes["country_code"]
    assert code == str(phonenumbers.country_code_for_region(iso))
    assert len(code_prefix("n", str(code))) <= MAX_LENGTH - 3


@pytest.mark.parametrize(("revenue", "employees", "level"), [
    (None, None, None), (Decimal(5000), None, "important"), (None, 300, "important"),
    (Decimal("4999.9"), 299, "general"), (Decimal(500), None, "general"), (Decimal(0), 50, "general"),
    (Decimal(499), 49, "potential"), (None, 0, "potential"),
])
def test_level_hint(revenue: Decimal | None, employees: int | None, level: str | None) -> None:
    assert level_hint(revenue, employees) == level


def test_the_thresholds_are_a_setting() -> None:
    assert level_hint(Decimal(600), None, LevelThresholds(important_revenue=Decimal(600))) == "important"


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 10**6), st.integers(0, 10**5))
def test_a_bigger_customer_is_never_hinted_lower(revenue: int, employees: int, more: int, hired: int) -> None:
    ranks = ["potential", "general", "important"]
    smaller = level_hint(Decimal(revenue), employees)
    bigger = level_hint(Decimal(revenue + more), employees + hired)
    assert smaller and bigger and ranks.index(bigger) >= ranks.index(smaller)
    assert smaller in {item.key for item in DICTIONARIES["level"].items}
