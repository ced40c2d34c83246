"""The form of any entity: made from its declaration, filled, kept, walked by keys."""

import subprocess
import sys

import pytest

from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.models.fields import Field
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import INPUTS
from crm_desktop.views.form_page import FormPage

FIRST, SECOND, THIRD = 1, 2, 3



@pytest.fixture
def show(desk, root, focus):
    """Open a form and give its first field the keyboard."""

    def open_it(entity, record, **options):
        window = open_form(desk, entity, record, **options)
        focus(window.form[entity.title].input.control)
        return window

    return open_it


def named(desk, name):
    return next((row for row in desk.office.customers.search().rows if row["name"] == name), None)


# Made from the declaration


def test_every_type_of_field_has_an_input():
    def below(kind):
        return {kind, *(each for child in kind.__subclasses__() for each in below(child))}

    without = [kind.__name__ for kind in below(Field) - {Field} if not any(each in INPUTS for each in kind.__mro__)]
    assert without == ["Timestamp"]  # never typed


def test_groups_are_tabs_and_the_declared_fields_are_there(show):
    form = show(CUSTOMERS, None).form
    assert list(form.pages._pages) == ["基本", "联系方式", "工商与财务", "其他"]
    assert [name for name in form.fields if "." not in name] == [field.name for field in CUSTOMERS.fields]
    contact = show(CONTACTS, None).form
    assert list(contact.fields) == [field.name for field in CONTACTS.fields]


def test_labels_say_what_is_required(show):
    form = show(CUSTOMERS, None).form
    stars = [
        name
        for name, labeled in form.fields.items()
        if any(part.cget("text") == "*" for part in labeled.label.winfo_children())
    ]
    assert stars == ["name"]  # the code is made


def test_a_form_that_grows_by_its_errors_stays_on_the_screen(show, root, wait_until):
    """Also where it stood low before: what it asks for while it grows must not be lost."""
    window = show(CONTACTS, None)
    height = window.winfo_height()
    window.geometry(f"+0+{root.winfo_screenheight() - height}")
    wait_until(lambda: window.winfo_rooty() > 0)
    window.form.show_errors({name: f"请检查{CONTACTS[name].label}。" for name in CONTACTS.writable})
    wait_until(lambda: window.winfo_height() > height)
    wait_until(lambda: window.winfo_rooty() + window.winfo_height() <= root.winfo_screenheight())


SIZES = """
import sys
import time
from pathlib import Path
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.models import CUSTOMERS
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.theme import create_root

path, password = sys.argv[1:]
root = create_root(scaling=2.0)
root.geometry("1366x768+0+0")
root.update()
background = Background(root)
database = Database.open(Path(path))
desk = Desk(root, sign_in(database, "admin", password), background, Dialogs(root), ComputerSettings(Path(path + ".json")))
window = open_form(desk, CUSTOMERS, None)
end = time.monotonic() + 0.5  # a window manager takes its time
while time.monotonic() < end:
    root.update()
page = window.form.pages["基本"]
print(page.content.winfo_reqheight() - page._view.winfo_height())
print(window.winfo_rootx(), window.winfo_rootx() + window.winfo_width())
print(window.winfo_rooty(), window.winfo_rooty() + window.winfo_height())
background.close()
database.close_all()
root.destroy()
"""
"""A program of its own: a root keeps the scaling it began with."""


def test_the_first_tab_fits_the_smallest_screen_at_150_percent(desk, password, pytestconfig):
    command = [sys.executable, "-c", SIZES, str(desk.office.db.path), password]
    options = {"cwd": pytestconfig.rootpath, "check": True, "capture_output": True, "encoding": "utf-8"}
    hidden, across, down = subprocess.run(command, **options).stdout.splitlines()
    assert int(hidden) <= 0
    left, right = map(int, across.split())
    top, bottom = map(int, down.split())
    assert 0 <= left < right <= 1366
    assert 0 <= top < bottom <= 768
    assert bottom - top <= 768 - 60 - 32  # without the system's own bar and the form's title


def test_a_page_that_does_not_fit_scrolls_to_the_field(root, show, press, monkeypatch):
    monkeypatch.setattr(FormPage, "winfo_screenheight", lambda self: 420)
    window = show(CUSTOMERS, None)
    page = window.form.pages["基本"]
    assert window.winfo_height() <= 420 and page._bar.winfo_ismapped()

    def is_in_sight(name):
        control, view = window.form[name].input.control, page._view
        top = control.winfo_rooty() - view.winfo_rooty()
        return top >= 0 and top + control.winfo_height() <= view.winfo_height()

    assert is_in_sight("name") and not is_in_sight("owner")
    press(window.form["owner"].input.control, "<Shift-Return>")
    press(root.focus_get(), "<Return>")
    assert is_in_sight("owner")
    press(window.form["short_name"].input.control, "<Shift-Return>")
    while root.focus_get() is not window.form["name"].input.control:
        press(root.focus_get(), "<Shift-Return>")
    assert is_in_sight("name")


def test_a_record_fills_the_form_and_filling_changes_nothing(show, desk):
    stored = desk.office.customers.get(FIRST)
    window = show(CUSTOMERS, FIRST)
    assert window.title() == "修改客户：长春宏达机械制造有限公司"
    assert window.form["region"].input.text.get() == "吉林省长春市朝阳区"
    assert window.form["region"].get() == "220104"
    assert window.form["code"].input.is_readonly
    assert not window.form.is_changed and window.form.changes() == {}
    assert window.form["address"].get() == stored["address"]


def test_the_window_is_kept_and_filled_again(show):
    first = show(CUSTOMERS, FIRST)
    first.cancel()
    second = show(CUSTOMERS, SECOND)
    assert second is first
    assert second.form["name"].get() == "上海𠮷野商贸有限公司"
    third = show(CUSTOMERS, THIRD)  # while the second is open
    assert third is not second and second.form["name"].get() == "上海𠮷野商贸有限公司"


# By keys alone


def test_enter_goes_through_the_fields_to_saving(root, desk, show, type_text, press, wait_until):
    window = show(CUSTOMERS, None)
    fields = window.form.fields
    type_text(root.focus_get(), "长春光华学院")
    walked = [root.focus_get()]
    while walked[-1] is not window.toolbar.button("save"):
        press(walked[-1], "<Return>")
        walked.append(root.focus_get())
        assert len(walked) < 40
    shown = [name for name in fields if fields[name].input.control.winfo_viewable()]
    assert walked[:-1] == [fields[name].input.control for name in shown]
    press(walked[-1], "<Return>")
    wait_until(lambda: not window.is_shown)
    assert named(desk, "长春光华学院")
    assert desk.said[-1][0] == "已保存客户“长春光华学院”。"


@pytest.mark.parametrize("key", ["<F8>", "<Control-s>"])
def test_a_key_saves_from_any_field(root, desk, show, type_text, press, wait_until, key):
    window = show(CUSTOMERS, None)
    type_text(window.form["name"].input.control, "abc")
    press(window.form["phone"].input.control, key)
    wait_until(lambda: not window.is_shown)
    assert named(desk, "abc")


def test_ctrl_tab_goes_to_the_next_page(root, show, press):
    window = show(CUSTOMERS, FIRST)
    press(window.form["name"].input.control, "<Control-Tab>")
    assert window.form.pages.current == "联系方式"
    assert root.focus_get() is window.form["country"].input.control
    press(root.focus_get(), "<Control-Shift-Tab>", "<Control-Shift-Tab>")
    assert window.form.pages.current == "其他"
