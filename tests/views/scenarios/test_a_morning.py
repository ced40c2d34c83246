"""A clerk's morning: the first page says what waits, and everything on it is seen to without the mouse."""

import shutil
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database

MONDAY = "2026-11-23"


@pytest.fixture
def day():
    return MONDAY


@pytest.fixture
def database(office_file: Path, tmp_path: Path, password: str) -> Path:
    """宏达 waits for a call since Friday, complains, and its 张三 has a birthday tomorrow; a report is due today."""
    path = tmp_path / "客 户.db"
    shutil.copy(office_file, path)
    opened = Database.open(path)
    office = sign_in(opened, "admin", password, clock=FixedClock.at("2026-11-20"))
    contact = office.contacts.create({"customer": 1, "name": "张三", "birthday": "11-24", "mobile": "13904310001"})
    values = {"customer": 1, "contact": contact, "subject": "询价", "date": "2026-11-18", "follow_up": "2026-11-20"}
    office.interactions.create(values)
    office.memos.create({"subject": "交周报", "date": MONDAY, "repeat": "每周", "time": "15:00"})
    office.complaints.create({"customer": 1, "content": "漏油", "severity": "轻微"})
    opened.close_all()
    return path


def test_everything_that_waits_is_seen_to_by_keys(
    signed_in, root, dialogs, press, type_text, wait_until, shown_form, in_form
):
    page = signed_in.open("today")
    wait_until(lambda: page.table.total == 5)
    kinds = [row["kind"] for row in page.table._rows.between(0, 5)]
    assert kinds == ["跟进", "备忘", "生日", "投诉", "备忘"]
    assert root.focus_get() is page.table.tree and page.table.current_row["when"] == "11-20 超期 3 天"

    # The overdue call first: dialled from here, logged from here, and with that it is done.
    press(page.table.tree, "<Alt-Key-1>")
    wait_until(shown_form)
    form = shown_form()
    assert form.form["contact"].input.get() is not None
    type_text(form.form["subject"].input.control, "报了价")
    type_text(form.form["follow_up"].input.control, "2026-11-30")
    press(form.form["follow_up"].input.control, "<F8>")
    wait_until(lambda: page.table.total == 4, 20)

    # The complaint takes its next step.
    while page.table.current_row["kind"] != "投诉":
        press(page.table.tree, "<Down>")

    def assign(step):
        type_text(step.fields["handler"].input.control, "admin")
        press(step.fields["handler"].input.control, "<F8>")

    in_form(assign)
    press(page.table.tree, "<Control-b>")
    wait_until(lambda: any(task.text.endswith("（处理中）") for task in page.tasks.shown), 10)

    # This week's report is done; next week's stays. The birthday is put off to its day.
    press(page.table.tree, "<Home>")
    assert page.table.current_row["when"] == "11-23 今天"
    press(page.table.tree, "<Control-b>")
    wait_until(lambda: page.table.total == 3)
    press(page.table.tree, "<Home>")
    assert page.table.current_row["kind"] == "生日"
    dialogs.answers = ["2026-11-24"]
    press(page.table.tree, "<Alt-Key-2>")
    wait_until(lambda: page.table.total == 2)

    # The month's numbers have followed, and the past of the customer has the call.
    tiles = {tile.figure.key: tile for tile in page.figures.tiles}
    wait_until(lambda: tiles["interactions"].value.cget("text") == "2")
    press(page.table.tree, "<Home>")
    while not page.table.current_row["customer_name"]:
        press(page.table.tree, "<Down>")
    press(page.table.tree, "<Alt-Return>")
    assert signed_in.tabs.current_key == "customer"
    past = signed_in.tabs.current.timeline.table
    wait_until(lambda: past.total == 3)
    assert any("报了价" in row["title"] for row in past._rows.between(0, 3))
    assert dialogs.errors == []
