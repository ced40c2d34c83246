"""A form is saved, refused, overtaken, left, and goes on to the next record."""

import sqlite3
import threading

import pytest
import ttkbootstrap as ttk

from crm_desktop.errors import PermissionDenied
from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.views.form_dialog import open_form
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
