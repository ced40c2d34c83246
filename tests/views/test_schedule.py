"""日程: the month shows where something is due, keys walk through it, and the list says what."""

from datetime import date

import pytest
from icalendar import Calendar

from crm_desktop.views.form_dialog import FormWindow
from crm_desktop.views.schedule import DONE, DUE

TODAY = date(2026, 11, 22)


@pytest.fixture
def memos(desk):
    create = desk.office.memos.create
    return {
        "today": create({"subject": "回电", "time": "10:00", "customer": 1}),
        "weekly": create({"subject": "周报", "date": "2026-11-20", "repeat": "每周"}),
        "next": create({"subject": "年终会", "date": "2026-12-15"}),
    }


@pytest.fixture
def screen(memos, window, root, wait_until):
    shown = window.open("schedule")
    wait_until(lambda: shown.table.total == 1)
    root.update()
    return shown


def subjects(screen):
    return [row["subject"] for row in screen.table._rows.between(0, screen.table.total)]


def marks(screen, tag):
    return sorted(screen.calendar.calevent_cget(each, "date") for each in screen.calendar.get_calevents(tag=tag))


def test_it_opens_on_today_with_the_keyboard_in_the_month(screen, root):
    assert root.focus_get() is screen.calendar
    assert subjects(screen) == ["回电"]
    assert screen.heading.cget("text") == "2026-11-22　星期日　农历十月十四　休息"
    assert [day.day for day in marks(screen, DUE) if day.month == 11] == [20, 22, 27]


def test_keys_walk_through_days_and_months(screen, press, wait_until):
    press(screen.calendar, "<Left>", "<Left>")
    assert (screen.day, subjects(screen)) == (date(2026, 11, 20), ["周报"])
    assert screen.table.current_row["state"] == "已过"
    press(screen.calendar, "<Next>")
    wait_until(lambda: screen.day == date(2026, 12, 20))
    press(screen.calendar, "<Left>", "<Left>", "<Up>", "<Right>", "<Right>", "<Right>", "<Right>")
    wait_until(lambda: subjects(screen) == ["年终会"])
    press(screen.calendar, "<Home>")
    wait_until(lambda: subjects(screen) == ["回电"])


def test_a_week_and_a_month_at_once(screen, root):
    screen.nametowidget("!frame2.!frame2.!frame.span_1").invoke()
    assert subjects(screen) == ["周报", "回电"]
    assert screen.heading.cget("text") == "2026-11-16 至 2026-11-22"
    screen.nametowidget("!frame2.!frame2.!frame.span_2").invoke()
    assert subjects(screen) == ["周报", "回电", "周报"]


def test_a_line_is_done_for_its_day_only(screen, desk, memos, root, press, wait_until):
    press(screen.calendar, "<Left>", "<Left>", "<Return>")
    assert root.focus_get() is screen.table.tree
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: screen.table.current_row["state"] == "已完成")
    assert marks(screen, DONE) == [date(2026, 11, 20)]
    assert desk.office.memos.get(memos["weekly"])["is_done"] == 0
    press(screen.table.tree, "<Escape>")
    assert root.focus_get() is screen.calendar


def test_a_new_memo_is_for_the_chosen_day(screen, root, press, wait_until):
    press(screen.calendar, "<Right>", "<F2>")
    form = next(child for child in root.winfo_children() if isinstance(child, FormWindow) and child.is_shown)
    assert form.form["date"].get() == "2026-11-23"
    form.form["subject"].set("新安排")
    press(root.focus_get(), "<F8>")
    wait_until(lambda: subjects(screen) == ["新安排"])


def test_putting_off_moves_the_line(screen, desk, memos, dialogs, press, wait_until):
    press(screen.calendar, "<Return>")
    dialogs.answers = ["2026-11-25"]
    press(screen.table.tree, "<Alt-Key-2>")
    wait_until(lambda: screen.table.total == 0)
    assert desk.office.memos.get(memos["today"])["date"] == "2026-11-25"
    assert marks(screen, DUE) == [day for day in marks(screen, DUE) if day != TODAY]


def test_what_colleagues_mean_to_do_is_shown_on_demand(screen, desk, password, wait_until):
    desk.office.operators.add({"name": "li", "full_name": "李四", "role": "客服"}, password)
    desk.office.memos.create({"subject": "李四的事", "owner": "li"})
    wait_until(lambda: screen._job.is_finished)
    assert subjects(screen) == ["回电"]
    screen._mine.set(False)
    screen._mine_chosen()
    wait_until(lambda: "李四的事" in subjects(screen))


def test_f12_writes_a_calendar_file_of_what_is_shown(screen, desk, press, dialogs, tmp_path, wait_until):
    file = tmp_path / "日程.ics"
    dialogs.answers = [file]
    press(screen.calendar, "<F12>")
    wait_until(file.exists)
    assert dialogs.asked == [("save", "保存日程")]
    subjects = [str(each["SUMMARY"]) for each in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    assert subjects == ["回电", "周报", "年终会"]


def test_without_the_right_nothing_is_exported(screen, desk, press, dialogs):
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'memos' AND verb = 'export'")
    press(screen.calendar, "<F12>")
    assert dialogs.asked == []
