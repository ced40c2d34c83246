"""The form of any entity: filled, walked by keys, checked, saved, refused, kept for the next record."""

import sqlite3
import subprocess
import sys
import threading

import pytest
import ttkbootstrap as ttk

from crm_desktop.errors import PermissionDenied
from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.models.fields import Field
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import INPUTS
from crm_desktop.views.form_page import FormPage
from crm_desktop.views.widgets.progress import ProgressWindow
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

FIRST, SECOND, THIRD = 1, 2, 3


@pytest.fixture
def show(desk, root, focus):
    """Open a form and give its first field the keyboard."""

    def open_it(entity, record, **options):
        window = open_form(desk, entity, record, **options)
        focus(window.form[entity.title].input.control)
        return window

    return open_it


@pytest.fixture
def neighbours(root, desk):
    table = VirtualTable(root, [TableColumn("name", "名称")])
    table.show(ListSource([desk.office.customers.get(record) for record in (FIRST, SECOND, THIRD)]))
    return table


def put(window, name, text):
    """As typed, without the keys."""
    window.form[name].input.text.set(text)


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
    stars = [name for name, labeled in form.fields.items() if str(labeled._star.cget("text")) == "*"]
    assert stars == ["name"]  # the code is made


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


# Checked


BAD = [
    ("name", "", "请填写客户名称。"),
    ("name", "长" * 101, "客户名称最多 100 个字，现在有 101 个。"),
    ("code", "n04310011", "客户编号最多 8 位，现在有 9 位；较长的旧编号请填入“原编号”。"),
    ("code", "N0431001", "客户编号“N0431001”已被使用（编号不重复使用），请换一个。"),
    ("code", "客户1", "客户编号只能用字母、数字和短横线，不能有汉字或空格。"),
    ("phone", "12", "电话应为手机、区号加号码、本地号码或 400 等服务号码，例如 0431-85123456；境外号码以 + 开头。"),
    ("mobile", "139", "手机号码应为 11 位数字，以 13 至 19 开头，例如 13912345678；境外号码以 + 开头。"),
    ("postcode", "1300", "邮政编码应为 6 位数字，例如 130012。"),
    ("email", "x@", "电子邮箱的格式应类似 name@example.com。"),
    ("registered_capital", "很多", "应为数字，例如 12,345.60 或 1.5万。"),
    ("employee_count", "1.5", "员工人数应为整数。"),
    ("address", "长" * 201, "详细地址最多 200 个字，现在有 201 个。"),
    ("region", "月球区", "没有“月球区”这个区域，请从区域列表中选择。"),
    ("level", "很重要", "客户级别里没有“很重要”。"),
]


@pytest.mark.parametrize(("name", "text", "sentence"), BAD)
def test_a_bad_value_is_told_at_its_field_and_stays(root, desk, show, wait_until, name, text, sentence):
    code = desk.office.customers.get(FIRST)["code"]
    window = show(CUSTOMERS, None)
    put(window, "name", "新客户")
    put(window, name, text.replace("N0431001", code.upper()))
    window.save()
    wait_until(lambda: not window.saver.is_saving)
    labeled = window.form[name]
    assert labeled.input.error == sentence.replace("N0431001", code.upper())
    assert labeled.get() == (text.replace("N0431001", code.upper()) or "")
    assert root.focus_get() is labeled.input.control and labeled.input.control.winfo_viewable()
    assert named(desk, "新客户") is None and window.is_shown


@pytest.mark.parametrize(("text", "sentence"), [
    ("2024-02-30", "2024 年 2 月没有 30 日。"), ("昨天", "日期的格式应类似 2024-01-31、20240131 或 1-31。"),
])  # fmt: skip
def test_a_bad_date_is_told_on_leaving_the_field(root, show, type_text, press, text, sentence):
    window = show(CONTACTS, None)
    window.form.go_to("birthday")
    type_text(window.form["birthday"].input.control, text)
    press(root.focus_get(), "<Return>")
    assert window.form["birthday"].input.error == sentence
    assert window.form["birthday"].get() == text


def test_a_date_a_phone_and_an_amount_take_their_proper_form(root, show, type_text, press):
    window = show(CONTACTS, None)
    for name, typed, proper in [("birthday", "1-31", "2026-01-31"), ("office_phone", "０４３１－85123456", "0431-85123456")]:
        window.form.go_to(name)
        type_text(window.form[name].input.control, typed)
        press(root.focus_get(), "<Return>")
        assert window.form[name].get() == proper
    customer = show(CUSTOMERS, None)
    customer.form.go_to("annual_revenue")
    type_text(customer.form["annual_revenue"].input.control, "1.2亿")
    press(root.focus_get(), "<Return>")
    assert customer.form["annual_revenue"].get() == "12,000"


def test_errors_on_two_tabs_mark_both_and_go_to_the_first(root, show, wait_until):
    window = show(CUSTOMERS, None)
    put(window, "name", "新客户")
    put(window, "email", "x@")
    put(window, "annual_revenue", "很多")
    window.form.pages.show("其他")
    window.save()
    wait_until(lambda: window.form["email"].input.error)
    assert window.form.pages.current == "联系方式"
    assert root.focus_get() is window.form["email"].input.control
    tabs, pages = window.form.pages._tabs, window.form.pages._pages
    marked = [group for group, page in pages.items() if tabs.tab(page, "image")]
    assert marked == ["联系方式", "工商与财务"]


def test_fields_are_checked_against_each_other_on_leaving(root, desk, show, type_text, press, wait_until):
    code = desk.office.customers.get(FIRST)["code"]
    window = show(CUSTOMERS, None)
    type_text(window.form["code"].input.control, code)
    press(root.focus_get(), "<Return>")
    wait_until(lambda: window.form["code"].input.error)
    assert "已被使用" in window.form["code"].input.error
    assert window.form["name"].input.error is None  # nobody has been there yet


def test_a_field_that_was_emptied_again_is_not_nagged_about(desk, show, type_text, press, wait_until):
    window = show(CUSTOMERS, None)
    type_text(window.form["name"].input.control, "a")
    press(window.form["name"].input.control, "<BackSpace>", "<Return>")
    wait_until(lambda: "check" in window.form.later._jobs and window.form.later._jobs["check"].is_finished)
    assert window.form["name"].input.error is None
    press(window.form["name"].input.control, "<F8>")
    wait_until(lambda: window.form["name"].input.error)
    tabs, page = window.form.pages._tabs, window.form.pages["基本"]
    assert tabs.tab(page, "image")
    type_text(window.form["name"].input.control, "a")
    assert not tabs.tab(page, "image")


def test_what_a_check_told_goes_when_it_no_longer_holds(root, desk, show, type_text, press, wait_until):
    japan = next(item["id"] for item in desk.office.dictionaries.items("country") if item["name"] == "日本")
    window = show(CUSTOMERS, None)
    type_text(window.form["postcode"].input.control, "1000001")
    press(root.focus_get(), "<Return>")
    wait_until(lambda: window.form["postcode"].input.error)
    window.form["country"].set(japan)
    window.form["country"].input.changed()
    press(window.form["name"].input.control, "<Return>")
    wait_until(lambda: not window.form["postcode"].input.error)


# Saved


def test_only_what_was_changed_is_written(desk, show, wait_until):
    window = show(CUSTOMERS, FIRST)
    put(window, "phone", "0431-85123456")
    assert window.form.changes() == {"phone": "0431-85123456"}
    saved = []
    window._on_saved = saved.append
    window.save()
    wait_until(lambda: saved == [FIRST])
    row = desk.office.customers.get(FIRST)
    assert (row["phone"], row["version"]) == ("0431-85123456", 2)


def test_saving_without_a_change_writes_nothing(desk, show, wait_until):
    window = show(CUSTOMERS, FIRST)
    window.save()
    assert not window.is_shown
    assert desk.office.customers.get(FIRST)["version"] == 1


def test_save_and_new_keeps_the_window_for_the_next(root, desk, show, press, wait_until):
    window = show(CUSTOMERS, None)
    put(window, "name", "第一家")
    press(window.form["phone"].input.control, "<F2>")
    wait_until(lambda: named(desk, "第一家") and not window.saver.is_saving)
    assert window.is_shown and window.form.is_new and window.form["name"].get() == ""
    assert root.focus_get() is window.form["name"].input.control
    assert not window.form.is_changed


def test_last_region_and_owner_come_back(desk, show, wait_until):
    me = desk.office.operator.id
    window = show(CUSTOMERS, None)
    put(window, "name", "第一家")
    window.form["region"].set("220104")
    window.form["owner"].set(me)
    window.save_and_new()
    wait_until(lambda: named(desk, "第一家") and not window.saver.is_saving)
    assert (window.form["region"].get(), window.form["owner"].get()) == ("220104", me)
    assert (window.form["area_code"].get(), window.form["postcode"].get()) == ("0431", "130012")
    assert window.form["level"].get() is None


def test_copying_leaves_out_what_is_made(root, desk, show, press, wait_until):
    window = show(CUSTOMERS, FIRST)
    press(window.form["name"].input.control, "<F6>")
    assert window.form.is_new and not window.form["code"].input.is_readonly
    assert (window.form["name"].get(), window.form["code"].get()) == ("长春宏达机械制造有限公司", "")
    assert window.form["region"].get() == "220104"
    put(window, "name", "长春宏达机械二厂")
    window.save()
    wait_until(lambda: not window.is_shown)
    copied = named(desk, "长春宏达机械二厂")
    assert copied["code"] != desk.office.customers.get(FIRST)["code"]
    assert desk.office.customers.get(FIRST)["name"] == "长春宏达机械制造有限公司"


def test_copying_a_new_record_saves_it_first(desk, show, wait_until):
    window = show(CUSTOMERS, None)
    put(window, "name", "第一家")
    put(window, "phone", "0431-85123456")
    window.copy()
    wait_until(lambda: named(desk, "第一家") and not window.saver.is_saving)
    assert window.form.is_new and window.form["phone"].get() == "0431-85123456"


def test_a_copied_contact_does_not_take_over(show, desk):
    contact = desk.office.contacts.search().rows[0]["id"]
    window = show(CONTACTS, contact)
    assert window.form["is_primary"].get() is True
    window.copy()
    assert window.form["is_primary"].get() is False
    assert window.form["customer"].input.text.get()


def test_a_save_waits_for_an_import_without_freezing(root, desk, show, wait_until):
    window = show(CUSTOMERS, FIRST)
    put(window, "phone", "0431-85123456")
    ready, release = threading.Event(), threading.Event()

    def hold_the_write_lock():
        connection = sqlite3.connect(desk.office.db.path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        ready.set()
        release.wait(20)
        connection.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold_the_write_lock)
    holder.start()
    ready.wait(5)
    window.save()
    try:
        wait_until(lambda: any(isinstance(child, ProgressWindow) for child in window.winfo_children()))
        assert window.saver.is_saving and not window.toolbar.button("save").instate(["!disabled"])
        window.save()
        assert len(desk.background._saving) == 1  # a second one is not begun, and the window may not close
        put(window, "fax", "0431-85123457")  # the window still takes what is typed
    finally:
        release.set()
        holder.join()
    wait_until(lambda: not window.saver.is_saving, seconds=15)
    assert desk.office.customers.get(FIRST)["phone"] == "0431-85123456"
    assert desk.office.customers.get(FIRST)["version"] == 2


# Two windows


@pytest.fixture
def overtaken(desk, show):
    """A form whose record a colleague saves meanwhile."""
    window = show(CUSTOMERS, FIRST)
    put(window, "phone", "0431-85123456")
    desk.office.customers.update(FIRST, {"phone": "0431-88888888", "short_name": "宏达"}, 1)
    return window


def test_the_second_to_save_is_told_who_changed_what(desk, dialogs, overtaken, wait_until):
    told = []
    dialogs.ask_choice = lambda question, choices, **options: told.append((question, choices, options))
    overtaken.save()
    wait_until(lambda: told)
    question, choices, options = told[0]
    assert question.startswith("admin刚刚修改了这条记录的")
    assert "电话：对方改为“0431-88888888”，您填的是“0431-85123456”" in options["detail"]
    assert "简称：对方改为“宏达”" in options["detail"]
    assert [label for _, label in choices] == ["重新载入", "覆盖", "返回"]
    assert options["default"] == "back"
    assert overtaken.form["phone"].get() == "0431-85123456" and overtaken.is_shown  # 返回


def test_reloading_shows_what_the_other_saved(desk, dialogs, overtaken, wait_until):
    dialogs.answers = ["reload"]
    overtaken.save()
    wait_until(lambda: overtaken.form["phone"].get() == "0431-88888888")
    assert overtaken.form["short_name"].get() == "宏达" and not overtaken.form.is_changed


def test_overwriting_keeps_what_only_the_other_changed(desk, dialogs, overtaken, wait_until):
    dialogs.answers = ["overwrite"]
    overtaken.save()
    wait_until(lambda: not overtaken.is_shown)
    row = desk.office.customers.get(FIRST)
    assert (row["phone"], row["short_name"]) == ("0431-85123456", "宏达")


def test_a_record_deleted_meanwhile_is_told_and_what_was_typed_stays(desk, dialogs, show, wait_until):
    window = show(CUSTOMERS, THIRD)
    put(window, "phone", "0431-85123456")
    desk.office.customers.delete([THIRD])
    window.save()
    wait_until(lambda: dialogs.errors)
    assert str(dialogs.errors[0]) == "没有找到这条记录，可能已被删除。"
    assert window.is_shown and window.form["phone"].get() == "0431-85123456"
    window.form.fill(FIRST)
    window.cancel()
    assert open_form(desk, CUSTOMERS, THIRD) is None and len(dialogs.errors) == 2


# Rights


def test_who_may_only_look_can_only_look(desk, dialogs, show, monkeypatch):
    monkeypatch.setattr(type(desk.office.context), "may", lambda self, area, verb: verb == "view")
    window = show(CUSTOMERS, FIRST)
    assert window.title() == "查看客户：长春宏达机械制造有限公司"
    assert all(labeled.input.is_readonly for labeled in window.form.fields.values())
    states = {id: str(window.toolbar.button(id).cget("state")) for id in ("save", "save_and_new", "copy", "cancel")}
    assert states == {"save": "disabled", "save_and_new": "disabled", "copy": "disabled", "cancel": "normal"}


def test_a_right_lost_meanwhile_is_said(desk, dialogs, show, wait_until, monkeypatch):
    window = show(CUSTOMERS, FIRST)
    put(window, "phone", "0431-85123456")

    def refuse(*_):
        raise PermissionDenied()

    monkeypatch.setattr(desk.office.customers, "update", refuse)
    window.save()
    wait_until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], PermissionDenied) and window.is_shown


# Leaving


def test_esc_closes_at_once_when_nothing_was_changed(dialogs, show, press):
    window = show(CUSTOMERS, FIRST)
    press(window.form["name"].input.control, "<Escape>")
    assert not window.is_shown and dialogs.asked == []


@pytest.mark.parametrize(("answer", "is_shown", "phone"), [
    (None, True, ""), ("discard", False, ""), ("save", False, "0431-85123456"),
])  # fmt: skip
def test_esc_asks_when_something_was_changed(desk, dialogs, show, press, wait_until, answer, is_shown, phone):
    window = show(CUSTOMERS, FIRST)
    put(window, "phone", "0431-85123456")
    dialogs.answers = [answer]
    press(window.form["name"].input.control, "<Escape>")
    wait_until(lambda: not window.saver.is_saving)
    assert dialogs.asked == [("choice", "内容已经修改，还没有保存。")]
    assert window.is_shown == is_shown
    assert desk.office.customers.get(FIRST)["phone"] == phone
    if is_shown:
        assert window.form["phone"].get() == "0431-85123456"


def test_esc_does_not_ask_again_for_what_was_taken_back(dialogs, show, press):
    window = show(CUSTOMERS, FIRST)
    put(window, "phone", "0431-85123456")
    put(window, "phone", "")
    press(window.form["name"].input.control, "<Escape>")
    assert not window.is_shown and dialogs.asked == []


def test_the_keyboard_goes_back_to_where_it_came_from(root, desk, focus, press):
    entry = ttk.Entry(root)
    entry.pack()
    focus(entry)
    window = open_form(desk, CUSTOMERS, FIRST)
    focus(window.form["name"].input.control)
    press(window.form["name"].input.control, "<Escape>")
    assert root.focus_get() is entry


# The next and the previous record


def test_ctrl_page_keys_walk_the_list_without_closing(root, show, press, neighbours):
    window = show(CUSTOMERS, FIRST, neighbours=neighbours)
    assert str(window.moving.button("previous").cget("state")) == "disabled"
    press(window.form["name"].input.control, "<Control-Next>")
    assert window.form.record == SECOND and neighbours.current_id == SECOND
    press(window.form["name"].input.control, "<Control-Next>", "<Control-Next>")
    assert window.form.record == THIRD
    press(window.form["name"].input.control, "<Control-Prior>")
    assert window.form.record == SECOND and window.form["name"].get() == "上海𠮷野商贸有限公司"


def test_moving_on_asks_when_something_was_changed(desk, dialogs, show, press, neighbours, wait_until):
    window = show(CUSTOMERS, FIRST, neighbours=neighbours)
    put(window, "phone", "0431-85123456")
    press(window.form["name"].input.control, "<Control-Next>")
    assert window.form.record == FIRST and len(dialogs.asked) == 1
    dialogs.answers = ["save"]
    press(window.form["name"].input.control, "<Control-Next>")
    wait_until(lambda: window.form.record == SECOND)
    assert desk.office.customers.get(FIRST)["phone"] == "0431-85123456"
