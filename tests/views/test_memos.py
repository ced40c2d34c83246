"""工作备忘 at the keyboard, and the reminder at the lower right."""

from datetime import timedelta

import pytest

from crm_desktop.views import reminders
from crm_desktop.views.memo_actions import days_to_come
from crm_desktop.views.reminders import ReminderWatch, ReminderWindow


@pytest.fixture
def memos(desk):
    """One of today at ten, one that was missed, one that comes every day."""
    create = desk.office.memos.create
    return {
        "today": create({"subject": "回电", "time": "10:00", "customer": 1}),
        "missed": create({"subject": "寄样本", "date": "2026-11-20"}),
        "daily": create({"subject": "例会", "date": "2026-11-20", "repeat": "每天", "time": "9:30"}),
    }


@pytest.fixture
def screen(window, memos, wait_until):
    shown = window.open("memos")
    wait_until(lambda: shown.table.is_complete and shown.table.total == 3)
    return shown


def test_a_memo_is_done_by_a_key(screen, desk, memos, press, wait_until):
    screen.table.go_to(memos["missed"])
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: desk.office.memos.get(memos["missed"])["is_done"])
    screen.table.go_to(memos["daily"])
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: desk.office.memos.get(memos["daily"])["done_until"] == "2026-11-22")
    assert not desk.office.memos.get(memos["daily"])["is_done"]


def test_the_footer_says_what_the_day_asks(screen, wait_until):
    wait_until(lambda: "我今天要做 2 条，超期 1 条" in screen.footer.cget("text"))


def test_putting_off_offers_days(screen, desk, memos, dialogs, press, wait_until):
    screen.table.go_to(memos["today"])
    dialogs.answers = ["2026-11-23"]
    screen.toolbar.button("postpone").invoke()
    wait_until(lambda: desk.office.memos.get(memos["today"])["date"] == "2026-11-23")
    assert ("choice", "推迟到哪一天？") in dialogs.asked


def test_days_to_come_are_each_named_once():
    from datetime import date

    for number in range(14):
        day = date(2026, 11, 22) + timedelta(days=number)
        found = [to for _, to in days_to_come(day)]
        assert found == sorted(set(found)) and found[0] == day + timedelta(days=1)
        assert any(to.weekday() == 0 for to in found)


# Reminders


@pytest.fixture
def clock(desk):
    made = desk.office.clock
    made.moment = made.moment.replace(hour=10, minute=5)
    return made


@pytest.fixture
def watch(root, desk, memos, clock):
    made = ReminderWatch(root, desk)
    yield made
    made.stop()


def shown(watch, wait_until):
    watch.look()
    wait_until(lambda: watch.shown is not None and watch.shown.winfo_exists() and watch.shown.winfo_viewable())
    return watch.shown


def lines(window):
    return [reminder.occurrence.row["subject"] for reminder in window._reminders.values()]


def test_what_is_due_is_shown_without_taking_the_keyboard(watch, root, wait_until):
    root.focus_force()
    root.update()
    before = root.focus_get()
    window = shown(watch, wait_until)
    assert lines(window) == ["寄样本", "例会", "回电"]
    assert window.title_line.cget("text") == "要做的事 3 条，其中错过的 2 条"
    assert root.focus_get() is before
    assert window.winfo_rootx() + window.winfo_width() <= window.winfo_screenwidth()


def test_it_covers_no_more_than_it_has_to_say(watch, wait_until):
    window = shown(watch, wait_until)
    tall = window.winfo_height()
    assert window.table.tree.cget("height") == 3
    window.know()
    wait_until(lambda: window.winfo_height() < tall)


def test_later_and_known_and_done(watch, desk, memos, clock, wait_until):
    window = shown(watch, wait_until)
    number = next(number for number, each in window._reminders.items() if each.occurrence.memo == memos["today"])
    window.table.go_to(number)
    window.later(15)
    wait_until(lambda: number not in window._reminders)
    window.table.go_to(next(iter(window._reminders)))
    window.see_to()
    wait_until(lambda: desk.office.memos.get(memos["missed"])["is_done"])
    while window.winfo_exists() and window._reminders:
        window.know()
    assert not window.winfo_exists()
    clock.moment += timedelta(minutes=16)
    assert lines(shown(watch, wait_until)) == ["回电"]


def test_it_looks_by_itself(root, desk, memos, clock, wait_until, monkeypatch):
    monkeypatch.setattr(reminders, "FIRST_MILLISECONDS", 10)
    made = ReminderWatch(root, desk)
    wait_until(lambda: made.shown is not None)
    made.stop()
    assert not made.shown.winfo_exists()


def test_who_may_not_see_memos_is_reminded_when_the_role_allows_it(root, desk, memos, clock, wait_until, monkeypatch):
    monkeypatch.setattr(reminders, "CHECK_MILLISECONDS", 10)
    asked, allowed = [], []
    monkeypatch.setattr(type(desk.office), "may", lambda self, area, verb: asked.append(area) or bool(allowed))
    made = ReminderWatch(root, desk)
    made.look()
    wait_until(lambda: asked.count("memos") > 2)
    assert made.shown is None
    allowed.append(True)
    wait_until(lambda: made.shown is not None)
    made.stop()


def test_the_window_is_closed_by_its_cross(root, desk):
    window = ReminderWindow(root, desk)
    window.tk.call(*window.tk.splitlist(window.protocol("WM_DELETE_WINDOW")))
    assert not window.winfo_exists()
