"""Backups: made and checked, shown, restored only after everything that could be lost was asked about."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from crm_desktop.errors import BackupError
from crm_desktop.models.text import size_text
from crm_desktop.views.backups import Folder, look_into


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "U盘"
    made.mkdir()
    return made


@pytest.fixture
def screen(window, desk, folder, wait_until):
    """The screen with a folder chosen on this computer."""
    desk.computer["backup_folder"] = str(folder)
    desk.left = []
    desk.sign_out = lambda **options: desk.left.append(options)
    shown = window.open("backups")
    wait_until(lambda: shown.note.cget("text"))
    return shown


@pytest.fixture
def backup(screen, press, wait_until, folder):
    """One backup, made by its key."""
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 1 and screen.result.cget("text"))
    return next(folder.glob("*.db"))


def labels(screen):
    return [str(label.cget("text")) for label in (screen.last, screen.place, screen.note, screen.result)]


def act(screen, id):
    """Press the button, greyed or not."""
    screen.toolbar.button(id).invoke()


def test_a_backup_is_counted_and_said_to_be_good(screen, backup, window):
    last, place, note, result = labels(screen)
    assert last.startswith("上次备份：2026-11-22")
    assert place == f"备份到：{backup.parent}" and "可用空间" in note
    assert str(backup) in result and "客户 3 条、联系人 2 条、操作员 1 条" in result and "已校验完好" in result
    assert screen.table.current_row["name"] == backup.name
    assert window.status.text("backup").startswith("上次备份：2026-11-22")


def test_the_first_backup_asks_where_to(window, desk, dialogs, folder, press, wait_until):
    screen = window.open("backups")
    assert "还没有选择备份文件夹" in labels(screen)[1]
    press(screen.table.tree, "<F8>")
    assert dialogs.asked == [("folder", "选择备份文件夹")] and desk.computer["backup_folder"] == ""
    dialogs.answers = [folder]
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 1)
    assert desk.computer["backup_folder"] == str(folder)


def test_a_stick_that_was_pulled_out_is_said(screen, folder, dialogs, press, wait_until):
    screen.desk.background.on_error = dialogs.show_error
    folder.rmdir()
    press(screen.table.tree, "<F5>", "<F8>")
    wait_until(lambda: dialogs.errors)
    assert "U盘已拔出" in str(dialogs.errors[0]) and "U盘已拔出" in labels(screen)[2]


def test_enter_says_what_is_inside(screen, backup, press, wait_until):
    screen.result.configure(text="")
    press(screen.table.tree, "<Return>")
    wait_until(lambda: screen.result.cget("text"))
    assert screen.result.cget("text").startswith(f"{backup.name}\n长春宏达：客户 3 条")


def test_restoring_brings_the_office_back_and_ends_the_session(screen, backup, dialogs, wait_until):
    office = screen.desk.office
    office.customers.delete([1])
    dialogs.answers = [True]
    act(screen, "restore")
    wait_until(lambda: screen.desk.left and len(dialogs.asked) == 2)
    assert office.customers.search().total == 3
    assert [kind for kind, _ in dialogs.asked] == ["yes_no", "message"]
    assert backup.name in dialogs.asked[0][1]
    assert list((office.db.path.parent / "备份").glob("*恢复前*.db"))


def test_nothing_happens_when_the_clerk_says_no(screen, backup, dialogs, wait_until):
    screen.desk.office.customers.delete([1])
    act(screen, "restore")
    wait_until(lambda: dialogs.asked)
    assert not screen.desk.background.is_saving and screen.desk.left == []
    assert screen.desk.office.customers.search().total == 2


def test_a_restore_cancelled_while_it_waited_does_nothing(screen, backup):
    screen.desk.office.customers.delete([1])
    with pytest.raises(BackupError, match="已取消"):
        screen._replace(SimpleNamespace(is_cancelled=lambda: True), backup)
    assert screen.desk.office.customers.search().total == 2


def test_a_screen_that_wants_to_stay_keeps_the_office(screen, backup, dialogs, window):
    window.open("customers").can_close = lambda: False
    act(screen, "restore")
    window.update()
    assert dialogs.asked == [] and screen.desk.left == []


def test_another_window_on_the_same_file_keeps_the_office(screen, backup, dialogs):
    screen.desk.has_other_windows = lambda: True
    act(screen, "restore")
    assert "另一个窗口" in str(dialogs.errors[0]) and dialogs.asked == []


def test_a_file_that_is_no_backup_is_refused(screen, dialogs, tmp_path, wait_until):
    bad = tmp_path / "照片.db"
    bad.write_bytes(b"not a database at all" * 100)
    dialogs.answers = [bad]
    act(screen, "other")
    wait_until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], BackupError)
    assert [kind for kind, _ in dialogs.asked] == ["open"]


def test_without_a_backup_only_a_file_elsewhere_can_be_restored(screen):
    assert [action.id for action in screen.actions if action.available()] == ["backup", "folder", "refresh", "other"]


def test_the_newest_backup_stands_first_and_the_office_itself_is_none(tmp_path):
    for place, name in enumerate(("a.db", "b.db", "office.db")):
        (tmp_path / name).write_bytes(b"x" * 3000)
        os.utime(tmp_path / name, (place * 1000, place * 1000))
    (tmp_path / "note.txt").touch()
    found = look_into(tmp_path, tmp_path / "office.db")
    assert [row["name"] for row in found.rows] == ["b.db", "a.db"]


@pytest.mark.parametrize("folder", [None, Path("nowhere")])
def test_without_a_folder_there_is_a_sentence(folder):
    found = look_into(folder, Path("office.db"))
    assert isinstance(found, Folder) and found.rows == [] and found.note.endswith("。")


@pytest.mark.parametrize(("size", "text"), [(10, "1 KB"), (2048, "2 KB"), (3 << 20, "3.0 MB"), (5 << 29, "2.5 GB")])
def test_sizes_are_said_as_people_do(size, text):
    assert size_text(size) == text
