"""Options of the office and preferences of each operator."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import ValidationError
from crm_desktop.events import SettingsChanged
from crm_desktop.settings import OPTIONS


@pytest.mark.parametrize("key", OPTIONS)
def test_every_option_has_a_default_that_may_be_set(office: Office, key: str) -> None:
    assert office.settings.option(key) == OPTIONS[key].default
    office.settings.set_option(key, OPTIONS[key].default)
    assert office.db.value("SELECT count(*) FROM settings WHERE key LIKE 'option.%'") == 0


def test_a_changed_option_is_kept_told_and_logged(office: Office) -> None:
    told: list[SettingsChanged] = []
    office.bus.subscribe(SettingsChanged, told.append)
    office.settings.set_option("lock_minutes", 30)
    office.settings.set_option("lock_minutes", 30)
    assert office.settings.option("lock_minutes") == 30
    assert told == [SettingsChanged("lock_minutes")]
    assert office.audit.history("settings", 0)[0]["changes"] == [("锁定多少分钟", "15", "30")]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("code_rule", "none", "客户编号规则应为：级别字母＋区号＋序号、级别字母＋七位序号。"),
        ("lock_minutes", 0, "锁定多少分钟不能小于 1。"),
        ("lock_minutes", 10**6, "锁定多少分钟不能大于 1440。"),
        ("lock_minutes", "5", "应为整数"),
        ("lock_minutes", True, "应为整数"),
        ("internet_page", "百度", "应为网址，例如 https://www.baidu.com。"),
        ("internet_page", "file:///etc/passwd", "应为网址"),
        ("internet_page", 5, "应为网址"),
        ("level_general_revenue", -1, "不能小于 0"),
    ],
)
def test_bad_input(office: Office, key: str, value: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        office.settings.set_option(key, value)
    assert office.settings.option(key) == OPTIONS[key].default


def test_preferences_are_each_operator_s_own(office: Office, hire: Callable[..., Office]) -> None:
    li = hire("li", "只读")
    office.settings.set_preference("columns.customers", ["code", "名称"])
    assert office.settings.preference("columns.customers") == ["code", "名称"]
    assert li.settings.preference("columns.customers") is None
    assert li.settings.preference("columns.customers", []) == []
    office.settings.set_preference("columns.customers", None)
    assert office.settings.preference("columns.customers", 7) is None
