"""From the start of the program to the sign-in, the work, and its end."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from crm_desktop import app, system
from crm_desktop.app import build, main
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database, connection, migrate
from crm_desktop.errors import DatabaseError, ValidationError
from crm_desktop.events import DatabaseReplaced
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.welcome import WelcomePage
from crm_desktop.views.widgets.text_inputs import TextInput

CLOCK = FixedClock.at("2026-11-22")


class Answers:
    """Instead of boxes: what was shown, and the file that is chosen."""

    def __init__(self):
        self.errors, self.messages, self.file = [], [], None

    def show_error(self, error, **options):
        self.errors.append(str(error))

    def show_message(self, text, *, detail="", **options):
        self.messages.append(detail)

    def choose_open_file(self, title, **options):
        return self.file


@pytest.fixture
def application(root, tmp_path, monkeypatch, cheap_passwords):
    """The application in the shared root, which it must not destroy; ``destroyed`` counts that it wanted to."""
    destroyed = []
    monkeypatch.setattr(root, "destroy", lambda: destroyed.append(True))
    made = build(ComputerSettings(tmp_path / "settings.json"), CLOCK, root=root)
    made.dialogs = Answers()
    made.background.on_error = made.dialogs.show_error
    made.destroyed = destroyed
    yield made
    if isinstance(made.page, MainWindow):
        made.page.close(asks=False)
    elif made.page is not None:
        made.page.destroy()
    made.background.close()
    made.close_database()
    root.unbind("<<Quit>>")


@pytest.fixture
def office(tmp_path, office_file):
    """An office's file to open."""
    return Path(shutil.copy(office_file, tmp_path / "office.db"))


@pytest.fixture
def opened(application, office, wait_until):
    """The application asking who works in the office."""
    application.start(office)
    wait_until(lambda: isinstance(application.page, SignInPage))
    return application


@pytest.fixture
def enter(opened, press, type_text, wait_until, password):
    """Sign in by keys; returns the application."""

    def sign_in_by_keys(name="admin", word=password):
        page = opened.page
        page.operator.set("")
        type_text(page.operator.input.control, name)
        type_text(page.password.input.control, word)
        press(page.password.input.control, "<Return>", "<Return>")
        wait_until(lambda: opened.page is not page or page.password.input.error)
        return opened

    return sign_in_by_keys


@pytest.fixture
def working(enter):
    """The administrator at work."""
    application = enter()
    assert isinstance(application.page, MainWindow)
    return application


@pytest.fixture
def in_form(root):
    """``in_form(action)``: call it with the small form as soon as one is open; the caller will be waiting for it."""

    def act_in_form(action):
        def look():
            form = next((child for child in root.winfo_children() if isinstance(child, SmallForm)), None)
            if form is not None and form.winfo_viewable():
                action(form)
            else:
                root.after(10, look)

        root.after(10, look)

    return act_in_form


def colleague(office, password):
    """A second operator, whose password the administrator has set."""
    database = Database.open(office)
    mine = sign_in(database, "admin", password, clock=CLOCK)
    role = next(row["id"] for row in mine.roles.search(columns=["name"]).rows if row["name"] == "业务员")
    mine.operators.add({"name": "lilei", "full_name": "李雷", "role": role}, "erstmal7")
    database.close_all()


# Starting


def test_the_first_start_asks_for_the_office(application):
    application.start()
    assert isinstance(application.page, WelcomePage)
    assert application.page.nametowidget("!frame.note").cget("text").startswith("填好下面几项")


def test_a_database_that_is_gone_is_said(application, tmp_path):
    application.settings["database"] = str(tmp_path / "U盘" / "客户.db")
    application.start()
    note = application.page.nametowidget("!frame.note").cget("text")
    assert note.startswith("找不到上次使用的数据库") and "客户.db" in note


def test_the_last_database_is_opened_again(application, office, wait_until):
    application.settings["database"] = str(office)
    application.start()
    wait_until(lambda: application.page)
    assert isinstance(application.page, SignInPage)
    assert application.root.title() == "长春宏达 - 客户管理系统"


def test_without_a_display_one_sentence_is_said(monkeypatch, capsys):
    monkeypatch.setattr(system, "has_display", lambda: False)
    assert main([]) == 1
    assert capsys.readouterr().err.strip() == app.NO_DISPLAY


# Founding


def test_an_office_is_founded_and_signed_in_to_by_keys(application, tmp_path, press, type_text, wait_until, root):
    application.start()
    page = application.page
    fields = page.fields
    place = tmp_path / "新办公室" / "客户.db"
    fields["database"].set(str(place))
    fields["backup_folder"].set(str(tmp_path))
    type_text(fields["company"].input.control, "长春宏达")
    press(fields["company"].input.control, "<Return>")
    assert root.focus_get() is fields["address"].input.control
    press(root.focus_get(), "<Return>")
    type_text(fields["postcode"].input.control, "130012")
    press(fields["postcode"].input.control, "<Return>", "<Return>", "<Return>")
    assert root.focus_get() is fields["password"].input.control
    type_text(fields["password"].input.control, "hongda2026")
    press(fields["password"].input.control, "<Return>")
    type_text(fields["again"].input.control, "hongda2026")
    press(fields["again"].input.control, "<Return>", "<Return>", "<Return>")
    assert root.focus_get() is page.button
    press(page.button, "<Return>")
    wait_until(lambda: isinstance(application.page, SignInPage))
    [code] = application.dialogs.messages
    assert len(code) == 19
    assert application.settings["backup_folder"] == str(tmp_path)
    office = sign_in(application.database, "admin", "hongda2026", clock=CLOCK)
    assert office.company.profile()["postcode"] == "130012"
    assert application.database.path == place


def test_a_refused_office_leaves_no_file(application, tmp_path):
    place = tmp_path / "客户.db"
    with pytest.raises(ValidationError) as refused:
        application.found(place, "宏达", "admin", "hongda2026", {"postcode": "130012", "phone": "12"})
    assert refused.value.fields.keys() == {"phone"}
    assert list(tmp_path.glob("客户.db*")) == []


def test_a_full_disk_is_said_at_the_place(application, tmp_path, monkeypatch, wait_until):
    monkeypatch.setattr(connection, "PRAGMAS", (*connection.PRAGMAS, "PRAGMA max_page_count = 40"))
    application.start()
    fields = application.page.fields
    for name, value in {
        "company": "宏达", "password": "hongda2026", "again": "hongda2026", "database": str(tmp_path / "客户.db"),
    }.items():  # fmt: skip
        fields[name].set(value)
    application.page.submit()
    wait_until(lambda: fields["database"].input.error)
    assert fields["database"].input.error.startswith("磁盘空间已满")
    assert list(tmp_path.glob("客户.db*")) == []


# Files that cannot be opened


def text_file(path):
    path.write_text("这不是数据库", encoding="utf-8")


def foreign_database(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE a (b)")


def newer_database(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 999")


def damaged_database(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * (size - 100))


def empty_office(path):
    path.unlink()
    Database.open(path, create=True).close_all()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (text_file, "这个文件不是客户管理系统的数据库。"),
        (foreign_database, "这个文件不是客户管理系统的数据库。"),
        (newer_database, "请先升级程序"),
        (damaged_database, "数据库文件已损坏"),
        (lambda path: path.write_bytes(b""), "这个文件是空的"),
        (Path.unlink, "没有找到数据库文件"),
        (empty_office, "还没有办公室"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_words(application, office, tmp_path, spoil, sentence, wait_until):
    bad = tmp_path / "bad.db"
    if spoil is not foreign_database:
        shutil.copy(office, bad)
    spoil(bad)
    application.start(bad)
    wait_until(lambda: application.dialogs.errors)
    assert sentence in application.dialogs.errors[0]
    assert isinstance(application.page, WelcomePage)


def test_a_read_only_file_is_refused(application, office, monkeypatch, wait_until):
    monkeypatch.setattr(migrate.os, "access", lambda path, mode, **options: False)
    application.start(office)
    wait_until(lambda: application.dialogs.errors)
    assert "只读" in application.dialogs.errors[0]


def test_a_network_drive_is_refused(application, office, monkeypatch, wait_until):
    monkeypatch.setattr(system, "is_network_path", lambda path: True)
    application.start(office)
    wait_until(lambda: application.dialogs.errors)
    assert "网络驱动器" in application.dialogs.errors[0]


def test_another_file_that_is_bad_leaves_the_sign_in_where_it_was(opened, tmp_path, wait_until):
    page = opened.page
    text_file(tmp_path / "bad.db")
    opened.dialogs.file = tmp_path / "bad.db"
    page.nametowidget("!frame.!frame2.other").invoke()
    wait_until(lambda: opened.dialogs.errors)
    assert opened.page is page
    assert opened.settings["database"].endswith("office.db")


# At work


def test_the_operator_is_remembered_and_the_focus_waits_for_the_password(working, root):
    assert working.settings["last_operator"] == "admin"
    working.sign_out()
    root.update()
    assert working.page.operator.get() == "admin"
    assert root.focus_get() is working.page.password.input.control


def test_the_title_follows_the_name_of_the_office(working, wait_until):
    office = working.page.desk.office
    profile = office.company.profile()
    office.company.update(profile["id"], {"name": "长春宏达集团"}, profile["version"])
    wait_until(lambda: working.root.title() == "长春宏达集团 - 客户管理系统")


def test_a_second_window_is_only_noted(working, office, monkeypatch, wait_until):
    assert working.page.status.text("windows") == ""
    monkeypatch.setattr("crm_desktop.views.main_window.WATCH_MILLISECONDS", 10)
    working.page._show_other_windows()
    with system.InstanceLock(office):
        wait_until(lambda: working.page.status.text("windows") == "另一个窗口也打开了这个数据库")
    wait_until(lambda: working.page.status.text("windows") == "")


def test_a_password_set_by_others_must_be_changed_first(opened, enter, office, password, in_form):
    colleague(office, password)
    notes = []

    def change(form):
        notes.append(form.nametowidget("!frame.note").cget("text"))
        for name, word in {"old": "erstmal7", "password": "zweitens8", "again": "zweitens8"}.items():
            form.fields[name].set(word)
        form.submit()

    in_form(change)
    enter("lilei", "erstmal7")
    assert notes[0].startswith("您的密码是别人设置的")
    assert isinstance(opened.page, MainWindow)
    opened.sign_out()
    enter("lilei", "zweitens8")
    assert isinstance(opened.page, MainWindow)


def test_who_does_not_change_it_stays_outside(opened, enter, office, password, in_form):
    colleague(office, password)
    in_form(SmallForm.cancel)
    enter("lilei", "erstmal7")
    assert isinstance(opened.page, SignInPage)


def test_five_wrong_passwords_lock_the_account(opened, enter, password):
    for left in (4, 3, 2, 1):
        enter("admin", "falsch11")
        assert f"再输错 {left} 次" in opened.page.password.input.error
    enter("admin", "falsch11")
    assert opened.page.password.input.error.startswith("密码连续输错 5 次，账号锁定 15 分钟")
    enter("admin", password)
    assert opened.page.password.input.error.startswith("账号已锁定")


def test_a_restored_backup_ends_the_session_without_asking(working, wait_until):
    working.page.tabs.current.can_close = lambda: False
    working.page.desk.office.bus.publish(DatabaseReplaced())
    wait_until(lambda: isinstance(working.page, SignInPage))


# Leaving


def test_a_screen_with_something_unsaved_keeps_the_operator(working):
    working.page.open("regions")
    working.page.tabs.current.can_close = lambda: False
    working.sign_out()
    assert isinstance(working.page, MainWindow)
    assert working.page.tabs.keys_open == ["customers", "regions"]
    working.quit()
    assert working.destroyed == []


def test_the_end_waits_for_what_is_being_saved(working, wait_until, root):
    may_end, saved = threading.Event(), []
    working.page.desk.run(lambda job: may_end.wait(5) and saved.append(True), is_saving=True)
    working.quit()
    working.quit()
    wait_until(lambda: root.tk.call("after", "info"))
    assert working.destroyed == []
    may_end.set()
    wait_until(lambda: working.destroyed)
    assert saved == [True] and working.destroyed == [True]
    assert working.database is None


def test_a_window_that_waits_for_an_answer_comes_first(working, wait_until, root):
    form = SmallForm(root, working.background, "修改", lambda values: None)
    form.add("name", "名称", TextInput)
    form.show(form.fields["name"].input.control, wait=False)
    root.update()
    working.quit()
    assert working.destroyed == []
    form.cancel()
    working.quit()
    assert working.destroyed == [True]


def test_the_place_of_the_window_is_remembered(working, root):
    working.quit()
    assert working.settings["window"] == f"{root.winfo_width()}x{root.winfo_height()}+{root.winfo_x()}+{root.winfo_y()}"


class Tk:
    """Stands for the real root, whose own reporter the tests have replaced."""

    def report_callback_exception(self, kind, error, trace):
        pytest.fail("printed and forgotten")


def test_errors_in_handlers_are_told():
    told = []
    made = SimpleNamespace(root=Tk(), dialogs=SimpleNamespace(show_error=told.append))
    app.Application._catch_errors(made)
    error = DatabaseError("磁盘满了。")
    made.root.report_callback_exception(DatabaseError, error, None)
    assert told == [error]
