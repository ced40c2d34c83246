"""What the controllers tell a form while it is being filled in."""

import pytest


def test_a_name_is_spelled_as_saving_would_spell_it(office):
    assert office.customers.pinyin_of("长春单县机械厂") == "ccsxjxc"
    assert office.contacts.pinyin_of("单小明") == "sxm"  # a surname
    assert office.customers.pinyin_of("") == ""


def test_items_can_be_found_by_their_initials(office):
    assert [item["initials"] for item in office.dictionaries.items("level", active_only=True)] == ["zy", "yb", "qz"]


@pytest.mark.parametrize("level", ["重要", None])
def test_a_level_is_suggested_only_where_it_differs(office, level):
    hints = office.customers.warnings({"annual_revenue": "8000", "level": level})
    assert hints.get("level", "") == ("" if level else "按年营业额和员工人数，建议级别：重要。")
    ids = {item["name"]: item["id"] for item in office.dictionaries.items("level")}
    assert "level" not in office.customers.warnings({"annual_revenue": "8000", "level": ids["重要"]})
    assert "level" in office.customers.warnings({"annual_revenue": "8000", "level": ids["一般"]})
