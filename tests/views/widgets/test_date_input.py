"""Dates: typed in usual forms, kept when wrong, picked from a Chinese month by keys."""

from datetime import date

import pytest

from crm_desktop.errors import FieldError
from crm_desktop.views.widgets.calendar_popup import CalendarPopup
from crm_desktop.views.widgets.date_input import DateInput


def tidy(text):
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise FieldError("日期应写成 2024-01-31。") from error


@pytest.fixture
def field(root):
    field = DateInput(root, tidy=tidy, today=lambda: date(2026, 11, 22))
    field.pack()
    root.update()
    return field


def popup(root):
    return next((window for window in root.winfo_children() if isinstance(window, CalendarPopup)), None)


def test_a_date_is_shown_in_iso_and_a_wrong_one_stays(field):
    field.set(date(2024, 1, 31))
    assert field.get() == "2024-01-31"
    field.text.set("20240131")
    assert field.check() and field.get() == "2024-01-31"
    field.text.set("2024-02-30")
    assert not field.check()
    assert field.get() == "2024-02-30" and field.error == "日期应写成 2024-01-31。"


def test_f7_opens_the_month_in_chinese_on_the_typed_day(root, field, press):
    field.set("2024-02-29")
    press(field.control, "<F7>")
    calendar = popup(root).calendar
    assert calendar.selection_get() == date(2024, 2, 29)
    assert str(calendar._header_month.cget("text")) == "二月"
    assert [str(label.cget("text")) for label in calendar._week_days] == [
        "周一", "周二", "周三", "周四", "周五", "周六", "周日"
    ]  # fmt: skip
    press(popup(root), "<Escape>")


def test_keys_choose_a_day_and_the_focus_returns(root, field, press):
    press(field.control, "<F7>")
    press(popup(root), "<Left>", "<Up>", "<Next>", "<Return>")
    assert field.get() == "2026-12-14"
    assert popup(root) is None
    assert root.focus_get() is field.control


def test_a_month_step_lands_on_the_last_day_of_a_short_month(root, field, press):
    field.set("2024-01-31")
    press(field.control, "<F7>")
    press(popup(root), "<Next>", "<Return>")
    assert field.get() == "2024-02-29"


def test_esc_changes_nothing_and_delete_clears(root, field, press):
    field.set("2024-01-31")
    press(field.control, "<F7>")
    press(popup(root), "<Right>", "<Escape>")
    assert field.get() == "2024-01-31"
    press(field.control, "<F7>")
    press(popup(root), "<Delete>")
    assert field.get() == ""


def test_readonly_opens_no_month(root, field, press):
    field.set_readonly()
    press(field.control, "<F7>")
    assert popup(root) is None
