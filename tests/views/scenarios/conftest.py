"""The program as a story begins with it: nothing started, nobody signed in."""

import sys

import pytest

from crm_desktop.app import build
from crm_desktop.clock import FixedClock
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.main_window import MainWindow

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
