"""A word about indexes that are not true, beside the work and to whom it concerns."""

from tkinter import Frame

import pytest

from crm_desktop.controllers.maintenance import Maintenance
from crm_desktop.views.backups import weekly


@pytest.fixture
def window(desk):
    made = Frame(desk.root)
    yield made
    made.destroy()


@pytest.fixture
def told(desk, monkeypatch):
    """The words and what the link beside them is called."""
    told = []
    monkeypatch.setattr(weekly, "LATER_MILLISECONDS", 1)
    desk.notify = lambda text, action=None: told.append((text, action and action[0]))
    return told


def test_the_administrator_is_led_to_the_check(desk, window, told, monkeypatch, wait_until):
    opened = []
    desk.notify = lambda text, action: (told.append(text), action[1]())
    desk.open = opened.append
    monkeypatch.setattr(Maintenance, "are_indexes_true", lambda *arguments: False)
    weekly.WeeklyLook(desk, window)
    wait_until(lambda: told)
    assert told == [weekly.UNTRUE] and opened == ["maintenance"]


def test_whoever_may_not_check_is_told_without_a_link(desk, window, told, monkeypatch, wait_until):
    monkeypatch.setattr(Maintenance, "are_indexes_true", lambda *arguments: False)
    monkeypatch.setattr(type(desk.office), "may", lambda self, area, verb: area != "maintenance")
    weekly.WeeklyLook(desk, window)
    wait_until(lambda: told)
    assert told == [(weekly.UNTRUE, None)]


def test_nothing_is_said_of_what_is_right_or_without_the_window(desk, window, told, monkeypatch, wait_until):
    asked = []
    monkeypatch.setattr(Maintenance, "are_indexes_true", lambda *arguments: bool(asked.append(True)) or len(asked) == 1)
    weekly.WeeklyLook(desk, window)
    wait_until(lambda: asked)
    gone = Frame(desk.root)
    weekly.WeeklyLook(desk, gone)
    gone.destroy()
    desk.root.after(50, lambda: told.append("later"))
    wait_until(lambda: "later" in told)
    assert told == ["later"] and asked == [True]
