"""One customer stands there twice: found, put side by side, made one, and taken back; through the window, by keys."""

import shutil
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.models import Query
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.merging import MergeWindow
from crm_desktop.views.sign_in import SignInPage

NAMES = ("长春鸿运机械制造有限公司", "鸿运机械制造（长春）有限责任公司")


@pytest.fixture
def database(office_file: Path, tmp_path: Path, password: str) -> Path:
    path = tmp_path / "客 户.db"
    shutil.copy(office_file, path)
    opened = Database.open(path)
    office = sign_in(opened, "admin", password, clock=FixedClock.at("2026-11-20"))
    for name, phone, contact in zip(NAMES, ("", "0431-85000009"), ("单小明", "王芳"), strict=True):
        made = office.customers.create({"name": name, "phone": phone, "region": "220104"}, {"contacts": [{"name": contact}]})
        office.interactions.create({"customer": made, "contact": contact, "subject": f"{contact}来访"})
    opened.close_all()
    return path


def everything(office):
    rows = office.interactions.search(Query(order="id"), ["customer", "contact", "subject"]).rows
    people = office.contacts.search(Query(order="id"), ["name", "customer", "is_primary"]).rows
    customers = office.customers.search(Query(order="id"), ["name", "phone", "old_code"]).rows
    stamps = ("updated_at", "version")
    return [{name: value for name, value in row.items() if name not in stamps} for row in (*customers, *people, *rows)]


def test_a_customer_who_stands_there_twice(
    application, database, password, press, type_text, wait_until, in_front, dialogs
):
    application.start(database)
    wait_until(lambda: isinstance(application.page, SignInPage), 20)
    page = application.page
    page.operator.set("")
    type_text(page.operator.input.control, "admin")
    page.password.set(password)
    press(page.password.input.control, "<Return>", "<Return>")
    wait_until(lambda: isinstance(application.page, MainWindow), 20)
    window = application.page
    office = window.desk.office
    before = everything(office)

    screen = window.open("duplicates")
    press(screen.toolbar.button("find"), "<F5>")
    wait_until(lambda: screen.table.total and not screen.is_busy, 20)
    press(screen.table.tree, "<Home>", "<Return>")
    wait_until(lambda: in_front(MergeWindow), 20)
    shown = in_front(MergeWindow)
    press(shown.matrix.tree, "<F8>")
    wait_until(lambda: in_front(MergeWindow) is None, 20)

    kept = office.customers.search(Query("鸿运")).rows
    assert [(row["name"], row["phone"], row["primary_contact"]) for row in kept] == [(NAMES[0], "0431-85000009", "单小明")]
    own = {row["subject"] for row in office.interactions.search().rows if row["customer"] == kept[0]["id"]}
    assert own == {"单小明来访", "王芳来访"}
    assert f"合并客户：{'、'.join(NAMES)}" in {row["sentence"] for row in office.audit.operations()}

    dialogs.answers = [True]
    press(window.status.link, "<space>")
    wait_until(lambda: everything(office) == before, 20)
    assert office.maintenance.check().findings == ()
    assert dialogs.errors == []
