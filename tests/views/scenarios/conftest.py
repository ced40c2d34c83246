"""The program as a story begins with it: nothing started, nobody signed in."""

import sys

import pytest

from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

# CUPS does not exist on Windows.
collect_ignore = ["test_letters_go_out.py"] if sys.platform == "win32" else []


@pytest.fixture
def day():
    """The day the story is told on."""
    return "2026-11-22"


@pytest.fixture
def application(root, tmp_path, dialogs, cheap_passwords, day):
    app = build(ComputerSettings(tmp_path / "settings.json"), FixedClock.at(day), root)
    app.dialogs = dialogs
    app.background.on_error = dialogs.show_error
    yield app
    if isinstance(app.page, MainWindow):
        app.page.close()
    app.background.close()
    app.close_database()


@pytest.fixture
def signed_in(application, database, password, press, type_text, wait_until):
    """The window of the administrator, who has come in by the keyboard; the story has its ``database``."""
    application.start(database)
    wait_until(lambda: isinstance(application.page, SignInPage), 20)
    application.page.operator.set("admin")
    type_text(application.page.password.input.control, password)
    press(application.page.password.input.control, "<Return>", "<Return>")
    wait_until(lambda: isinstance(application.page, MainWindow), 20)
    return application.page


@pytest.fixture
def shown_form(root):
    """The form that is in front."""
    return lambda: next((child for child in root.winfo_children() if getattr(child, "is_shown", False)), None)
