"""今日工作: the first page fills itself, and its lines are seen to by keys."""

from datetime import timedelta

import pytest

from crm_desktop.views.form_dialog import FormWindow
from crm_desktop.views.small_form import SmallForm

TODAY = "2026-11-22"


@pytest.fixture
def work(desk):
    """One of each kind, for 宏达."""
    office = desk.office
    office.interactions.create({"customer": 1, "subject": "报价", "date": "2026-11-02", "follow_up": "2026-11-20"})
    office.contacts.create({"customer": 1, "name": "张三", "birthday": "1980-11-24", "mobile": "13904310001"})
    return {
        "follow_up": office.interactions.create({"customer": 1, "subject": "催款", "date": "2026-11-09", "follow_up": TODAY}),
        "memo": office.memos.create({"subject": "交报表", "date": TODAY, "time": "15:00"}),
        "complaint": office.complaints.create({"customer": 1, "content": "漏油", "severity": "轻微"}),
    }  # fmt: skip


@pytest.fixture
def screen(work, window, wait_until):
    shown = window.tabs.current
    wait_until(lambda: shown.table.total == 5)
    return shown


def lines(screen):
    return [row["task"].text for row in screen.table._rows.between(0, screen.table.total)]


def go_to(screen, kind):
    task = next(task for task in screen.tasks.shown if task.kind == kind)
    screen.table.go_to((task.kind, task.record, task.day))
    return task


def test_it_is_the_first_page_and_the_keyboard_is_in_it(screen, window, root):
    assert window.tabs.keys_open == ["today"] and root.focus_get() is screen.table.tree
    assert screen.footer.cget("text") == "共 5 条　超期 1 条"
    assert screen.table.current_row["when"] == "11-20 超期 2 天"
    assert screen.kinds.buttons["follow_up"].cget("text") == "跟进 2"


def test_a_follow_up_is_done_by_a_key_and_its_line_goes(screen, desk, work, press, wait_until):
    go_to(screen, "follow_up")
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: screen.table.total == 4)
    assert screen.footer.cget("text") == "共 4 条"
    go_to(screen, "memo")
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: screen.table.total == 3)
    assert desk.office.memos.get(work["memo"])["is_done"] == 1


def test_the_cursor_stays_as_far_down_as_it_was(screen, press, wait_until):
    press(screen.table.tree, "<Down>")
    before = screen.table.current_id
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: screen.table.total == 4)
    assert screen.table._rows.place(screen.table.current_id) == 1 and screen.table.current_id != before


def test_putting_off_asks_until_when(screen, desk, work, dialogs, press, wait_until):
    screen.table.go_to(("follow_up", work["follow_up"], desk.office.clock.today()))
    dialogs.answers = ["2026-11-30"]
    press(screen.table.tree, "<Alt-Key-2>")
    wait_until(lambda: screen.table.total == 4)
    assert desk.office.interactions.get(work["follow_up"])["follow_up"] == "2026-11-30"
    go_to(screen, "birthday")
    dialogs.answers = [None]
    press(screen.table.tree, "<Alt-Key-2>")
    assert dialogs.asked[-1] == ("choice", "推迟到哪一天？") and screen.table.total == 4


def test_a_complaint_is_neither_put_off_nor_ticked_off(screen, press, in_window, root):
    go_to(screen, "complaint")
    assert str(screen.toolbar.button("postpone").cget("state")) == "disabled"
    titles = []
    in_window(SmallForm, lambda form: (titles.append(form.title()), form.close()))
    press(screen.table.tree, "<Control-b>")
    assert titles and "受理分派" in titles[0]


def test_enter_opens_the_record(screen, root, press):
    go_to(screen, "memo")
    press(screen.table.tree, "<Return>")
    form = next(child for child in root.winfo_children() if isinstance(child, FormWindow) and child.is_shown)
    assert form.form["subject"].get() == "交报表"
    form.close()


def test_a_logged_call_ends_its_follow_up(screen, root, desk, press, wait_until):
    go_to(screen, "follow_up")
    press(screen.table.tree, "<Alt-Key-1>")
    form = next(child for child in root.winfo_children() if isinstance(child, FormWindow) and child.is_shown)
    assert form.form["customer"].get() == 1
    form.form["subject"].set("又谈了一次")
    press(root.focus_get(), "<F8>")
    wait_until(lambda: screen.table.total == 4)
    assert desk.office.interactions.search().total == 3


def test_dialling_brings_the_number_to_the_call_centre(screen, window, press, wait_until):
    go_to(screen, "birthday")
    press(screen.table.tree, "<Alt-Key-0>")
    wait_until(lambda: window.tabs.current_key == "calls")
    assert "13904310001" in window.tabs.current.search.get().replace(" ", "")


def test_one_kind_alone(screen, root):
    screen.kinds.buttons["birthday"].invoke()
    root.update()
    assert lines(screen) == ["张三 46 岁生日，13904310001"]
    assert screen.table.current_row["when"] == "11-24 后天"
    screen.kinds.buttons["quiet"].invoke()
    root.update()
    assert screen.table.total == 0


def test_what_others_save_appears_at_once_or_when_somebody_looks(screen, desk, window, wait_until):
    desk.office.memos.create({"subject": "新来的", "date": TODAY})
    wait_until(lambda: screen.table.total == 6)
    window.open("regions")
    desk.office.memos.create({"subject": "看不见时", "date": TODAY})
    window.open("today")
    wait_until(lambda: screen.table.total == 7)


def test_only_mine(screen, desk, root, wait_until):
    screen._mine.set(True)
    screen._mine_chosen()
    wait_until(lambda: {task.kind for task in screen.tasks.shown} == {"memo"})
    wait_until(lambda: desk.office.settings.preference("today.mine") is True)


def test_a_number_opens_what_it_counts(screen, window, press):
    tiles = {tile.figure.key: tile for tile in screen.figures.tiles}
    assert tiles["complaints"].value.cget("text") == "1"
    press(tiles["complaints"], "<Return>")
    assert window.tabs.current_key == "complaints" and window.tabs.current.table.total == 1


@pytest.mark.parametrize(("days", "words"), [(None, "还没有备份"), (0, "今天已备份"), (1, "上次备份：昨天"), (30, "上次备份：30 天前")])
def test_the_age_of_the_last_backup_is_said(screen, desk, days, words):
    at = "" if days is None else desk.office.clock.timestamp(-timedelta(days=days))
    screen._tell_backup(at)
    assert screen.backup.cget("text") == words
    assert (str(screen.backup.cget("style")) == "Error.TLabel") == (days in (None, 30))


def test_deadlines_pass_by_themselves(screen, desk, wait_until):
    desk.office.clock.moment += timedelta(days=20)
    screen._again._milliseconds = 10
    screen._again.begin()
    wait_until(lambda: sum(task.is_overdue for task in screen.tasks.shown) == 4)


def test_a_birthday_becomes_a_letter(screen, window, desk, wait_until, press):
    task = go_to(screen, "birthday")
    press(screen.table.tree, "<Alt-m>")
    wait_until(lambda: window.tabs.current_key == "compose")
    addressees = window.tabs.current.addressees
    wait_until(lambda: addressees.is_complete)
    assert (addressees.entity, addressees.ids) == ("contacts", [task.contact])
