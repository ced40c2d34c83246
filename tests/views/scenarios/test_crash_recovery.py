"""The power goes while a clerk is typing: another process is killed, and the next one goes on where it stopped."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.models import Query
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.drafts import DraftsWindow
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

PROJECT = Path(__file__).resolve().parents[3]
PASSWORD = "hongda2026"
PASTED = '甲厂\t\t重要\t"0431-85000001\n转 5"\n"乙""厂"""\t\t一般\t12\n'


@pytest.fixture
def kill(tmp_path: Path, office_file: Path) -> Callable[..., Path]:
    """``kill(at, last, *pasted)``: the file of an office whose program was killed once ``last``, typed into that
    ``at``, had been written down."""

    def kill_when_written(at: str, last: str, *pasted: str) -> Path:
        office = Path(shutil.copy(office_file, tmp_path / "办公室 1.db"))
        module = "tests.views.scenarios.typing_child"
        program = [sys.executable, "-m", module, str(office), str(tmp_path / "other.json"), PASSWORD, at, *pasted]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        child = subprocess.Popen(program, env=environment, stderr=subprocess.PIPE)
        try:
            deadline = time.monotonic() + 60
            while not is_written(office, last):
                assert child.poll() is None, child.stderr and child.stderr.read().decode()
                assert time.monotonic() < deadline, "no draft was written"
                time.sleep(0.1)
        finally:
            child.kill()
            child.communicate()
        assert office.with_name("办公室 1.db-wal").stat().st_size > 0
        return office

    return kill_when_written


def is_written(office: Path, last: str) -> bool:
    with closing(sqlite3.connect(office)) as file:
        rows = file.execute("SELECT content FROM drafts").fetchall()
    return any(last in row[0] for row in rows)


@pytest.fixture
def start_again(root, tmp_path, dialogs, cheap_passwords, wait_until, press, type_text):
    """``start_again(office)``: sign in the next day, and go on with what is offered; returns the desk."""
    application = build(ComputerSettings(tmp_path / "settings.json"), FixedClock.at("2026-11-23"), root)
    application.dialogs = dialogs
    application.background.on_error = dialogs.show_error
    seen = []

    def go_on():
        window = next((each for each in root.winfo_children() if isinstance(each, DraftsWindow)), None)
        if window is None or not window.winfo_viewable():
            root.after(20, go_on)
            return
        seen.append(window.sentence.cget("text"))
        press(window.table.tree, "<Return>")

    def start(office: Path) -> Any:
        application.start(office)
        wait_until(lambda: isinstance(application.page, SignInPage), 20)
        type_text(application.page.operator.input.control, "admin")
        type_text(application.page.password.input.control, PASSWORD)
        root.after(20, go_on)
        press(application.page.password.input.control, "<Return>", "<Return>")
        wait_until(lambda: isinstance(application.page, MainWindow) and seen, 20)
        assert seen == ["上次有 1 份没有保存的内容："]
        return application.page

    yield start
    if isinstance(application.page, MainWindow):
        application.page.close(asks=False)
    application.background.close()
    application.close_database()


def assert_settled(desk, wait_until):
    """Nothing is left of the draft, and the file is whole."""
    wait_until(lambda: not desk.background.is_saving)
    assert desk.office.drafts.mine() == []
    assert desk.office.maintenance.check().is_whole


def test_what_was_typed_before_the_crash_is_saved_after_it(kill, start_again, wait_until, press):
    desk = start_again(kill("form", "13904310001")).desk
    wait_until(lambda: desk.forms.get("customers") and desk.forms["customers"][0].is_shown, 20)
    form = desk.forms["customers"][0]
    assert form.form["remark"].get() == "第一行\n第二行"
    press(form.form["name"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown, 20)

    saved = desk.office.customers.get(4)
    assert (saved["name"], saved["phone"], saved["remark"]) == ("长春宏达", "0431-85123456", "第一行\n第二行")
    assert (saved["primary_contact"], saved["primary_mobile"]) == ("单小明", "13904310001")
    assert_settled(desk, wait_until)


def test_a_grid_comes_back_with_every_cell_and_is_saved(kill, start_again, wait_until, press):
    """A record of the office that was changed, rows pasted from Excel below it, and one typed."""
    window = start_again(kill("grid", "ding", PASTED))
    desk, screen = window.desk, window.open("batch_entry")
    wait_until(lambda: screen.is_changed, 20)
    columns = [field.name for field in screen.fields]
    rows = [{name: text for name, text in zip(columns, row, strict=True) if text} for row in screen.sheet.rows()[:5]]
    old, pasted, typed = rows[0], rows[1:3], rows[3:]
    assert (old["name"], old["phone"]) == ("长春宏达机械制造有限公司", "043185123456")
    assert screen.sheet.keys()[:4] == ["1", "", "", ""]
    assert pasted == [
        {"name": "甲厂", "level": "重要", "phone": "0431-85000001\n转 5"},
        {"name": '乙"厂"', "level": "一般", "phone": "12"},
    ]
    assert typed == [{"name": "ding"}, {}]

    bad = (2, columns.index("phone"))
    wait_until(lambda: set(screen._bad_cells()) == {bad}, 20)
    screen.sheet.set_cell(*bad, "0431-85000002")
    press(screen, "<F8>")
    wait_until(lambda: "已保存：新增 3、修改 1 条客户。" in window.status.message, 20)
    saved = desk.office.customers.search(Query(order="id"), ["name", "phone", "level"]).rows
    assert [(row["name"], row["phone"], row["level_text"]) for row in saved if row["id"] not in (2, 3)] == [
        ("长春宏达机械制造有限公司", "043185123456", ""),
        ("甲厂", "0431-85000001 转 5", "重要"), ('乙"厂"', "0431-85000002", "一般"), ("ding", "", ""),
    ]  # fmt: skip
    assert_settled(desk, wait_until)
