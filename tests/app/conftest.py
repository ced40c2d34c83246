"""The application in the shared root, and an operator who signs in by keys."""

import shutil
from pathlib import Path

import pytest

from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.small_form import SmallForm

CLOCK = FixedClock.at("2026-11-22")


@pytest.fixture
def clock():
    return CLOCK


class Answers:
    """Instead of boxes: what was shown, and the file that is chosen."""

    def __init__(self):
        self.errors, self.messages, self.file = [], [], None
        self.asked, self.answer = [], False

    def show_error(self, error, **options):
        self.errors.append(str(error))

    def show_message(self, text, *, detail="", **options):
        self.messages.append(detail)

    def ask_yes_no(self, question, **options):
        self.asked.append(question)
        return self.answer

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


@pytest.fixture
def colleague(office, password):
    """A second operator, lilei, whose password the administrator has set."""
    database = Database.open(office)
    mine = sign_in(database, "admin", password, clock=CLOCK)
    role = next(row["id"] for row in mine.roles.search(columns=["name"]).rows if row["name"] == "业务员")
    mine.operators.add({"name": "lilei", "full_name": "李雷", "role": role}, "erstmal7")
    database.close_all()
