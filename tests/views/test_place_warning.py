"""Where the office's file lies is spoken of when it matters, and a file that is gone costs no typing."""

import os

from crm_desktop import system
from crm_desktop.errors import DatabaseError
from crm_desktop.models import CUSTOMERS
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.place_warning import warn_of_place


def test_a_stick_is_spoken_of_once_in_a_window_and_each_time_below(desk, root, monkeypatch, dialogs, wait_until):
    monkeypatch.setattr(system, "is_removable", lambda path: True)
    for number in (1, 2):
        warn_of_place(desk, root)
        wait_until(lambda number=number: len(desk.said) == number)
    assert ["U盘" in text for kind, text in dialogs.asked] == [True]
    assert desk.computer["warned_places"] == [str(desk.office.db.path.resolve())]


def test_a_synchronised_folder_comes_first(desk, root, monkeypatch, dialogs, wait_until):
    monkeypatch.setattr(system, "is_removable", lambda path: True)
    monkeypatch.setattr(system, "synchronised_by", lambda path: "坚果云")
    warn_of_place(desk, root)
    wait_until(lambda: dialogs.asked)
    assert "由坚果云同步" in desk.said[0][0]
    assert dialogs.asked[0][1].count("\n") == 1


def test_the_window_asks_and_the_computer_s_own_disk_is_nothing_to_speak_of(desk, root, monkeypatch, dialogs, wait_until):
    asked = []
    monkeypatch.setattr(system, "is_removable", lambda path: asked.append(path) or False)
    window = MainWindow(root, desk)
    wait_until(lambda: asked)
    wait_until(lambda: not desk.background._reading)
    assert dialogs.asked == []
    window.close()


def test_a_stick_that_is_pulled_out_costs_no_typing(desk, dialogs, type_text, wait_until, tmp_path):
    if os.name == "nt":  # an open file keeps its folder there
        return
    form = open_form(desk, CUSTOMERS, 1)
    type_text(form.form["short_name"].input.control, "宏达")
    file, away = desk.office.db.path, tmp_path / "手里"
    away.mkdir()
    present = [each for each in tmp_path.iterdir() if each.name.startswith(file.name)]
    for each in present:
        each.rename(away / each.name)
    form.saver.save(lambda record: None)
    wait_until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], DatabaseError)
    assert "不见了" in str(dialogs.errors[0])
    assert form.form["short_name"].get() == "宏达"

    for each in present:
        (away / each.name).rename(each)
    form.save()
    wait_until(lambda: not form.is_shown)
    assert desk.office.customers.get(1)["short_name"] == "宏达"
