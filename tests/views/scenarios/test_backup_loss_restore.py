"""The office loses its file: backup, loss, three clicks, and the customers are there; by keys, in the real window."""

import shutil
from pathlib import Path

import pytest

from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.backups.contents import ContentsWindow
from crm_desktop.views.backups.trouble import TroublePage
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.welcome import WelcomePage

HEADING = 100
"""Bytes in which a copy made by SQLite differs from the file."""
CLOCK = FixedClock.at("2026-11-22")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘" / "备份"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def start(root, tmp_path, dialogs, cheap_passwords, monkeypatch):
    """``start(file)``: the program on this computer, from the beginning; what ran before has ended."""
    running = []
    monkeypatch.setattr(root, "destroy", lambda: None)

    def end():
        for app in running:
            if isinstance(app.page, MainWindow):
                app.page.close(asks=False)
            elif app.page is not None:
                app.page.destroy()
            app.background.close()
            app.close_database()
        running.clear()

    def begin(path=None):
        end()
        app = build(ComputerSettings(tmp_path / "settings.json"), CLOCK, root)
        app.dialogs = dialogs
        app.background.on_error = dialogs.show_error
        running.append(app)
        app.start(path)
        return app

    yield begin
    end()
    root.unbind("<<Quit>>")


@pytest.fixture
def office(tmp_path, office_file):
    folder = tmp_path / "客户 数据"
    folder.mkdir()
    return Path(shutil.copy(office_file, folder / "客户.db"))


@pytest.fixture
def sign_in(press, type_text, wait_until, password):
    """By keys; returns the window of the operator."""

    def come_in(app):
        wait_until(lambda: isinstance(app.page, SignInPage), 20)
        entry = app.page.password.input.control
        app.page.operator.set("admin")
        type_text(entry, password)
        press(entry, "<Return>", "<Return>")
        wait_until(lambda: isinstance(app.page, MainWindow), 20)
        return app.page

    return come_in


@pytest.fixture
def back_up(press, wait_until, dialogs):
    """立即备份 by its key; the first time the folder is asked for."""

    def make(window, folder):
        screen = window.open("backups")
        wait_until(lambda: screen.is_ready)
        before = set(folder.iterdir())
        dialogs.answers = [folder]
        press(screen.table.tree, "<F8>")
        wait_until(lambda: len(set(folder.iterdir()) - before) == 2 and "✓" in screen.result.cget("text"), 20)
        return screen

    return make


@pytest.fixture
def confirm(root, press, wait_until):
    """Enter in the window that shows what is inside a backup, once it has been verified; None until one is open."""

    def windows(widget):
        return [each for child in widget.winfo_children() for each in (child, *windows(child))]

    def look():
        found = [each for each in windows(root) if isinstance(each, ContentsWindow) and each.winfo_viewable()]
        if found and found[0].info is not None:
            press(found[0].button, "<Return>")
        else:
            root.after(20, look)

    return lambda: root.after(20, look)


def names(window):
    return {row["name"] for row in window.desk.office.customers.search().rows}


def damage(path):
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def cut_off(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


@pytest.mark.parametrize("lose", [damage, cut_off, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_lost_office_is_back_after_three_keys(
    start, office, stick, sign_in, back_up, confirm, press, wait_until, root, lose
):
    # Work, back up, and leave.
    app = start(office)
    window = sign_in(app)
    window.desk.office.customers.create({"name": "白山松江河商贸", "region": "220100"})
    before = names(window)
    back_up(window, stick)
    app.quit()
    wait_until(lambda: app.database is None)
    app.page = None

    # The file is lost; the program is started as always.
    lose(office)
    was_left = office.read_bytes() if office.exists() else b""
    app = start()
    wait_until(lambda: isinstance(app.page, TroublePage) and app.page.is_ready, 20)
    assert root.focus_get() is app.page.buttons["restore"]
    confirm()
    press(app.page.buttons["restore"], "<Return>")
    window = sign_in(app)
    assert names(window) == before
    assert app.dialogs.errors == []
    kept = [path.read_bytes()[HEADING:] for path in office.parent.rglob("*恢复前*.db")]
    assert not was_left or was_left[HEADING:] in kept


def test_what_was_done_after_a_backup_is_gone_with_the_restore_and_kept_beside(
    start, office, stick, sign_in, back_up, confirm, press, wait_until, dialogs, root
):
    app = start(office)
    window = sign_in(app)
    before = names(window)
    screen = back_up(window, stick)
    window.desk.office.customers.create({"name": "误录入的客户", "region": "220100"})
    window.desk.office.customers.delete([1])
    press(screen.table.tree, "<F5>")
    confirm()
    screen.toolbar.button("restore").invoke()
    wait_until(
        lambda: isinstance(app.page, SignInPage) and ("message", "数据已恢复，请重新登录。") in dialogs.asked, 20
    )
    window = sign_in(app)
    assert names(window) == before
    assert list((office.parent / "备份").glob("*恢复前*.db"))


def test_a_new_computer_begins_with_the_backup(
    start, office, stick, sign_in, back_up, confirm, press, wait_until, dialogs, tmp_path
):
    app = start(office)
    window = sign_in(app)
    before = names(window)
    back_up(window, stick)
    app.quit()
    wait_until(lambda: app.database is None)
    app.page = None
    shutil.rmtree(office.parent)
    (tmp_path / "settings.json").unlink()

    app = start()
    assert isinstance(app.page, WelcomePage)
    place = tmp_path / "新电脑" / "客户.db"
    app.page.fields["database"].set(str(place))
    dialogs.answers = [next(stick.glob("*.db"))]
    confirm()
    press(app.page.nametowidget("!frame.!frame2.restore"), "<Return>")
    window = sign_in(app)
    assert names(window) == before and app.database.path == place
