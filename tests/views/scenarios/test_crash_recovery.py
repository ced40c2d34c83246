"""The power goes while a clerk is typing: another process is killed, and the next one goes on where it stopped."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.drafts import DraftsWindow
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

PROJECT = Path(__file__).resolve().parents[3]
PASSWORD = "hongda2026"
CHILD = """
import sys
from pathlib import Path
from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.models import CUSTOMERS
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.main_window import MainWindow

app = build(ComputerSettings(Path(sys.argv[2])), FixedClock.at("2026-11-22"))
app.start(Path(sys.argv[1]))

def sign_in():
    if not hasattr(app.page, "password"):
        return app.root.after(50, sign_in)
    app.page.operator.set("admin")
    app.page.password.set(sys.argv[3])
    app.page.submit()
    app.root.after(50, type_in)

def type_in():
    if not isinstance(app.page, MainWindow):
        return app.root.after(50, type_in)
    form = open_form(app.page.desk, CUSTOMERS, None).form
    for name, text in (("name", "长春宏达"), ("phone", "0431-85123456"), ("remark", "第一行\\n第二行"),
                       ("contacts.0.name", "单小明"), ("contacts.0.mobile", "13904310001")):
        control = form[name].input.control
        control.focus_force()
        control.insert("insert", text)

sign_in()
app.root.mainloop()
"""


@pytest.fixture
def killed(tmp_path: Path, office_file: Path) -> Path:
    """The file of an office whose program was killed once the last key had been written down."""
    office = Path(shutil.copy(office_file, tmp_path / "办公室 1.db"))
    program = [sys.executable, "-c", CHILD, str(office), str(tmp_path / "other.json"), PASSWORD]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    child = subprocess.Popen(program, env=environment, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not written(office):
            assert child.poll() is None, child.stderr and child.stderr.read().decode()
            assert time.monotonic() < deadline, "no draft was written"
            time.sleep(0.1)
    finally:
        child.kill()
        child.communicate()
    assert office.with_name("办公室 1.db-wal").stat().st_size > 0
    return office


def written(office: Path) -> bool:
    """Whether the last field has been written down."""
    with closing(sqlite3.connect(office)) as file:
        rows = file.execute("SELECT content FROM drafts").fetchall()
    return any("13904310001" in row[0] for row in rows)


def test_what_was_typed_before_the_crash_is_saved_after_it(
    killed, root, tmp_path, dialogs, cheap_passwords, wait_until, press, type_text
):
    application = build(ComputerSettings(tmp_path / "settings.json"), FixedClock.at("2026-11-23"), root)
    application.dialogs = dialogs
    application.background.on_error = dialogs.show_error
    try:
        application.start(killed)
        wait_until(lambda: isinstance(application.page, SignInPage), 20)
        type_text(application.page.operator.input.control, "admin")
        type_text(application.page.password.input.control, PASSWORD)
        seen = []

        def go_on():
            window = next((each for each in root.winfo_children() if isinstance(each, DraftsWindow)), None)
            if window is None or not window.winfo_viewable():
                root.after(20, go_on)
                return
            seen.append(window.sentence.cget("text"))
            press(window.table.tree, "<Return>")

        root.after(20, go_on)
        press(application.page.password.input.control, "<Return>", "<Return>")
        wait_until(lambda: isinstance(application.page, MainWindow), 20)
        desk = application.page.desk
        wait_until(lambda: desk.forms.get("customers") and desk.forms["customers"][0].is_shown, 20)
        assert seen == ["上次有 1 份没有保存的内容："]
        form = desk.forms["customers"][0]
        assert form.form["remark"].get() == "第一行\n第二行"
        press(form.form["name"].input.control, "<F8>")
        wait_until(lambda: not form.is_shown, 20)

        saved = desk.office.customers.get(4)
        assert (saved["name"], saved["phone"], saved["remark"]) == ("长春宏达", "0431-85123456", "第一行\n第二行")
        assert (saved["primary_contact"], saved["primary_mobile"]) == ("单小明", "13904310001")
        wait_until(lambda: not desk.background.is_saving)
        assert desk.office.drafts.mine() == []
        assert desk.office.maintenance.check().is_whole
    finally:
        if isinstance(application.page, MainWindow):
            application.page.close(asks=False)
        application.background.close()
        application.close_database()
