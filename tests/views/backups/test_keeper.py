"""Backups without being asked for: due after sign-in and on exit, with a word and never a box."""

from dataclasses import replace
from pathlib import Path

import pytest

from crm_desktop.controllers.backups import BackupState, TargetResult
from crm_desktop.errors import BackupError
from crm_desktop.views.backups import leaving
from crm_desktop.views.backups.keeper import Keeper, reminders
from crm_desktop.views.backups.leaving import LeavingPage


class Memory:
    """What a computer would remember."""

    def __init__(self):
        self.folders = []

    def remember(self, path, folders):
        self.folders += [folder for folder in folders if folder not in self.folders]


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def keeper(desk, memory):
    """What it says is in ``desk.noticed``."""
    desk.noticed = []
    desk.notify = lambda text, action=None: desk.noticed.append(text)
    return Keeper(desk, memory)


def plan(desk, **values):
    backups = desk.office.backups
    backups.set_plan(replace(backups.plan(), **values))


def test_the_daily_backup_is_made_in_the_background_and_only_once(keeper, desk, dialogs, stick, memory, wait_until):
    plan(desk, targets=(str(stick),))
    keeper.begin()
    wait_until(lambda: desk.said, 20)
    assert desk.said[0][0] == "每日备份完成，已校验。" and desk.noticed == [] and dialogs.asked == []
    assert memory.folders == [stick]
    keeper.begin()
    desk.run(lambda job: None, lambda nothing: desk.said.append("later"))
    wait_until(lambda: "later" in desk.said)
    assert len(list(stick.glob("*.db"))) == 1


def test_the_founders_folder_enters_the_plan(keeper, desk, stick, wait_until):
    desk.computer["backup_folder"] = str(stick)
    keeper.begin()
    wait_until(lambda: desk.said, 20)
    assert desk.office.backups.plan().targets == (str(stick),)
    assert list(stick.glob("*.db"))


def test_a_place_that_is_gone_is_told_above_the_screens(keeper, desk, stick, wait_until):
    plan(desk, targets=(str(stick),))
    stick.rmdir()
    keeper.begin()
    wait_until(lambda: len(desk.noticed) == 2)
    assert desk.noticed[0].startswith("还没有备份过。")
    assert desk.noticed[1].startswith(f"备份文件夹现在不在：{stick}")
    assert desk.said[0][0].startswith("每日备份没有全部完成")


def test_a_place_that_cannot_be_written_to_is_told_by_its_name(keeper, desk, stick, monkeypatch, wait_until):
    results = [TargetResult(str(stick), None, "目标磁盘空间已满。")]
    monkeypatch.setattr(desk.office.backups, "run_due", lambda *arguments: results)
    keeper.begin()
    wait_until(lambda: desk.noticed)
    assert desk.noticed[0] == f"每日备份没有写到 {stick}：目标磁盘空间已满。"


def test_what_goes_wrong_altogether_is_told_too(keeper, desk, monkeypatch, wait_until):
    def fail(*arguments):
        raise BackupError("数据库正被另一个程序占用。")

    monkeypatch.setattr(desk.office.backups, "run_due", fail)
    keeper.begin()
    wait_until(lambda: desk.noticed)
    assert desk.noticed == ["每日备份没有完成：数据库正被另一个程序占用。"]


def test_reminders_say_what_to_see_to():
    assert reminders(BackupState("2026-11-20T01:00:00Z", 2, False, ())) == []
    [late] = reminders(BackupState("2026-11-01T01:00:00Z", 21, True, ()))
    assert late == "最近一次好的备份已是 21 天前。"
    [never] = reminders(BackupState("", None, True, ()))
    assert never.startswith("还没有备份过")
    [gone] = reminders(BackupState("2026-11-20T01:00:00Z", 2, False, ("E:\\备份", "F:\\")))
    assert "E:\\备份、F:\\" in gone


# On exit


@pytest.fixture
def leave(root, desk):
    """``leave()``: the page shown on the way out; ``desk.ended`` counts that the program ended."""
    desk.ended = []

    def show():
        page = LeavingPage(root, desk, lambda: desk.ended.append(True))
        page.pack(fill="both", expand=True)
        root.update()
        return page

    return show


def test_the_backup_on_exit_is_made_when_the_plan_wants_it(desk, stick, leave, wait_until):
    plan(desk, targets=(str(stick),))
    assert not leaving.is_wanted(desk)
    plan(desk, on_exit=True)
    assert leaving.is_wanted(desk)
    leave()
    wait_until(lambda: desk.ended == [True], 20)
    assert len(list(stick.glob("*.db"))) == 1 and desk.computer["backup_failures"] == {}


def test_what_failed_on_exit_is_told_once_at_the_next_sign_in(desk, keeper, stick, leave, wait_until):
    plan(desk, targets=(str(stick),), on_exit=True, daily=False)
    stick.rmdir()
    leave()
    wait_until(lambda: desk.ended)
    keeper.begin()
    assert desk.noticed[0].startswith(f"上次退出时的备份没有完成：{stick}：")
    desk.noticed.clear()
    keeper.begin()
    assert desk.noticed == []


def test_an_error_on_exit_does_not_keep_the_program(desk, leave, monkeypatch, wait_until):
    def fail(*arguments):
        raise BackupError("数据库正被另一个程序占用。")

    monkeypatch.setattr(desk.office.backups, "run_due", fail)
    leave()
    wait_until(lambda: desk.ended)
    assert desk.computer["backup_failures"] == {str(desk.office.db.path): "数据库正被另一个程序占用。"}


def test_the_backup_on_exit_can_be_skipped(desk, stick, leave, monkeypatch, press, wait_until):
    def wait_for_cancel(occasion, on_progress, cancelled):
        on_progress(1, 4)
        while not cancelled():
            pass
        raise BackupError("已取消备份。")

    monkeypatch.setattr(desk.office.backups, "run_due", wait_for_cancel)
    page = leave()
    wait_until(lambda: int(float(page.bar.cget("value"))) == 1)
    press(page.button, "<Escape>")
    wait_until(lambda: desk.ended == [True])
    assert desk.computer["backup_failures"] == {} and list(Path(stick).iterdir()) == []
