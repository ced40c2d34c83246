"""The page of a lost office: the newest backup chosen, three keys to the way back, and the other ways out."""

from pathlib import Path

import pytest

from crm_desktop.controllers.backups import BackupInfo
from crm_desktop.errors import BackupError
from crm_desktop.views.backups.contents import ContentsWindow
from crm_desktop.views.backups.trouble import NOTHING, Rescue, TroublePage

NEWEST = BackupInfo(
    Path("/u/宏达_20261122_0900.db"), "长春宏达", 3, {"customers": 1203}, "2026-11-22T01:00:00Z", 6 << 20
)
OLDER = BackupInfo(
    Path("/u/宏达_20261121_0900.db"), "长春宏达", 3, {"customers": 1199}, "2026-11-21T01:00:00Z", 6 << 20
)
SEALED = BackupInfo(Path("/u/宏达_20261123_0900.crmbak"), "", 0, {}, "", 6 << 20, is_encrypted=True)


@pytest.fixture
def events():
    return []


@pytest.fixture
def show(root, background, dialogs, events, wait_until):
    """``show([backups], restore)``: the page, once it has looked for backups."""

    def show_page(found, restore=lambda chosen: Path("/u/原文件.db")):
        def inspect(file, password, on_progress):
            on_progress(1, 2)
            return next(info for info in found if info.path == file)

        ways = {
            name: lambda name=name: events.append(name) for name in ("retry", "choose_other", "found_other", "quit")
        }
        rescue = Rescue(
            Path("/数据/客户.db"), "“客户.db”已损坏，不能继续使用。", find=lambda: found, inspect=inspect,
            restore=lambda chosen: restore(chosen), on_restored=lambda safety: events.append(safety), **ways,
        )  # fmt: skip
        page = TroublePage(root, background, dialogs, rescue)
        page.pack(fill="both", expand=True)
        wait_until(lambda: page.is_ready)
        return page

    return show_page


@pytest.fixture
def contents(root, wait_until):
    """``contents(page)``: the window that verifies a backup, over the page."""

    def find(page):
        def look():
            windows = [
                each for each in (*root.winfo_children(), *page.winfo_children()) if isinstance(each, ContentsWindow)
            ]
            return next((each for each in windows if each.winfo_viewable()), None)

        wait_until(look)
        return look()

    return find


def test_the_newest_backup_is_chosen_and_two_keys_bring_it_back(show, root, press, contents, wait_until, events):
    page = show([NEWEST, OLDER, SEALED])
    assert [row["state"] for row in page.table._source.first_page("")] == ["完好", "完好", "要密码"]
    assert page.table.current_id == str(NEWEST.path)
    assert root.focus_get() is page.buttons["restore"]

    def confirm():
        window = contents(page)
        wait_until(lambda: window.info)
        assert root.focus_get() is window.button
        press(window.button, "<Return>")

    root.after(50, confirm)
    press(page.buttons["restore"], "<Return>")
    wait_until(lambda: events)
    assert events == [Path("/u/原文件.db")]


def test_a_restore_that_fails_is_told_and_the_page_stays(show, root, press, contents, wait_until, dialogs):
    def refuse(chosen):
        raise BackupError("目标磁盘空间已满。")

    page = show([NEWEST], refuse)

    def confirm():
        window = contents(page)
        wait_until(lambda: window.info)
        window.button.invoke()

    root.after(50, confirm)
    press(page.buttons["restore"], "<Return>")
    wait_until(lambda: dialogs.errors)
    assert str(dialogs.errors[0]) == "目标磁盘空间已满。" and page.winfo_exists()


def test_without_a_backup_the_focus_waits_where_one_can_be_chosen(show, root, dialogs, press):
    page = show([])
    assert page.table.body.empty.cget("text") == NOTHING
    assert root.focus_get() is page.buttons["choose"]
    assert str(page.buttons["restore"].cget("state")) == "disabled"
    press(page.buttons["choose"], "<Return>")
    assert dialogs.asked == [("open", "选择要恢复的备份")]


@pytest.mark.parametrize(
    ("button", "event"), [("retry", "retry"), ("other", "choose_other"), ("found", "found_other"), ("quit", "quit")]
)
def test_the_other_ways_out(show, press, events, button, event):
    press(show([NEWEST]).buttons[button], "<Return>")
    assert events == [event]
