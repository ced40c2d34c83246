"""检查数据库 in the window: check, see what is wrong, open it, repair what can be repaired."""

import sqlite3
from contextlib import closing

import pytest

from crm_desktop.controllers.checks.findings import CheckCancelled
from crm_desktop.errors import DatabaseError
from crm_desktop.views.maintenance import MaintenanceScreen


@pytest.fixture
def screen(desk, root):
    made = MaintenanceScreen(root, desk)
    made.pack(fill="both", expand=True)
    root.update()
    return made


def harm(desk, *statements):
    desk.office.db.close_all()
    with closing(sqlite3.connect(desk.office.db.path, isolation_level=None)) as file:
        for statement in statements:
            file.execute(statement)


def rows(table):
    return [table.tree.item(row, "values") for row in table.tree.get_children()]


def test_a_whole_file_is_called_whole_and_the_day_is_remembered(screen, press, wait_until):
    assert screen.last.cget("text") == "还没有检查过。"
    assert screen.toolbar.button("repair").instate(["disabled"])
    screen.focus_set()
    press(screen.toolbar.button("check"), "<Return>")
    wait_until(lambda: screen.result.cget("text") and not screen.is_busy)
    assert screen.result.cget("text") == "数据库完好，没有发现问题。"
    assert screen.last.cget("text").startswith("上次检查：2026-11-22")
    assert screen.last.cget("text").endswith("没有发现问题。")


def test_what_is_wrong_is_listed_opened_and_repaired(screen, desk, root, press, wait_until, dialogs):
    harm(desk, "DROP INDEX customers_owner", "UPDATE contacts SET birthday = '2026-02-31' WHERE id = 1")
    screen.check()
    wait_until(lambda: screen.result.cget("text") and not screen.is_busy)
    assert screen.result.cget("text") == "发现 2 个问题，其中 1 个可以自动修复。"
    assert len(rows(screen.table)) == 2
    assert "索引 customers_owner：缺少" in rows(screen.places)[0]
    assert screen.toolbar.button("open").instate(["disabled"])

    press(screen.table.tree, "<Down>", "<Return>")  # on to the places of the second one
    screen.places.go_to(0)
    assert not screen.toolbar.button("open").instate(["disabled"])
    screen.open_place()
    form = desk.forms["contacts"][0]
    assert form.form["birthday"].get() == "2026-02-31"
    form.cancel()

    dialogs.answers = [False]
    screen.repair()
    assert not screen.is_busy
    dialogs.answers = [True]
    screen.repair()
    wait_until(lambda: not screen.is_busy)
    assert "已修复 1 个问题" in screen.result.cget("text")
    assert "其中 0 个可以自动修复" in screen.result.cget("text")
    assert [text for kind, text in dialogs.asked] == ["要修复 1 个问题吗？"] * 2
    assert screen.toolbar.button("repair").instate(["disabled"])


def test_a_check_that_cannot_be_made_is_said(screen, desk, monkeypatch, wait_until, dialogs):

    def broken(*arguments):
        raise DatabaseError("打不开")

    monkeypatch.setattr(type(desk.office.maintenance), "check", broken)
    screen.check()
    wait_until(lambda: dialogs.errors)
    assert not screen.is_busy


def test_cancelling_gives_the_buttons_back(screen, desk, monkeypatch, wait_until):

    def wait_for_it(on_progress, cancelled):
        while not cancelled():
            pass
        raise CheckCancelled()

    monkeypatch.setattr(desk.office.maintenance, "check", wait_for_it)
    screen.check()
    wait_until(lambda: desk.background._reading)
    for job in list(desk.background._reading):
        job.cancel()
    wait_until(lambda: not screen.is_busy)
    assert screen.result.cget("text") == ""
