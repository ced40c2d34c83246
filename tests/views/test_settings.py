"""系统设置 by keyboard: every option is a field, checked where it stands, saved together."""

import pytest

from crm_desktop.events import SettingsChanged
from crm_desktop.settings import OPTIONS


@pytest.fixture
def screen(window, root):
    made = window.open("settings")
    root.update()
    return made


def replace(type_text, press, field, text):
    field.focus()
    press(field.input.control, "<Control-a>", "<BackSpace>")
    type_text(field.input.control, text)


def test_every_option_stands_there_with_its_value(screen, desk):
    assert screen.fields.keys() == OPTIONS.keys()
    assert screen.fields["lock_minutes"].get() == "15"
    assert screen.fields["code_rule"].get() == "area"
    assert screen.fields["code_rule"].input.control.get() == "级别字母＋区号＋序号"
    assert not screen.is_changed and screen.can_close()


def test_changes_are_saved_together(screen, desk, press, type_text, wait_until):
    replace(type_text, press, screen.fields["lock_minutes"], "30")
    press(screen.focus_get(), "<Return>")
    replace(type_text, press, screen.fields["revisit_score"], "4")
    assert screen.is_changed
    press(screen.focus_get(), "<Control-s>")
    wait_until(lambda: desk.office.settings.option("revisit_score") == 4)
    assert desk.office.settings.option("lock_minutes") == 30
    wait_until(lambda: not screen.is_changed)
    sentence = desk.office.audit.operations(limit=1)[0]["sentence"]
    assert sentence == "修改设置：锁定多少分钟、回访满意程度低于多少分退回重新处理"


@pytest.mark.parametrize(("key", "typed", "sentence"), [
    ("lock_minutes", "0", "锁定多少分钟不能小于 1。"), ("lock_minutes", "5.5", "锁定多少分钟应为整数。"),
    ("internet_page", "百 度", "登录Internet 打开的网页应为网址"),
    ("idle_lock_minutes", "481", "多久没有操作就锁定屏幕不能大于 480。"), ("code_rule", "随便", "客户编号规则应为：级别字母"),
])  # fmt: skip
def test_a_bad_value_is_said_at_its_field(screen, desk, key, typed, sentence, wait_until):
    field = screen.fields[key]
    field.input.text.set(typed)
    screen.save()
    wait_until(lambda: field.input.error)
    assert field.input.error.startswith(sentence)
    assert desk.office.db.value("SELECT count(*) FROM settings WHERE key LIKE 'option.%'") == 0
    assert not screen.can_close()


def test_what_another_window_saves_is_shown(screen, desk, wait_until):
    desk.office.settings.set_option("lock_minutes", 99)
    wait_until(lambda: screen.fields["lock_minutes"].get() == "99")
    assert SettingsChanged("lock_minutes").key in screen.fields


def test_who_may_only_look_changes_nothing(window, desk, root):
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'settings' AND verb = 'update'")
    screen = window.open("settings")
    root.update()
    assert all(field.input.is_readonly for field in screen.fields.values())
    assert screen.toolbar.button("save").instate(["disabled"])
