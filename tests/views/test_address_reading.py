"""地址识别: paste, look at old and new, and only what is ticked goes into the form."""

import pytest

from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.models.pasted_text import NO_ADDRESS
from crm_desktop.views.address_reading import NOTHING_NEW, ReadingWindow
from crm_desktop.views.form_dialog import FormWindow, open_form

CARD = "张三先生 13812345678 吉林省长春市朝阳区建设街979号 130012 长春新宏公司 谢谢"


@pytest.fixture
def reading(root, press, wait_until, in_front):
    """Open 地址识别 by its key over a form, with a text already copied; its lines by the names of their fields."""

    def make(window, text=CARD):
        root.clipboard_clear()
        root.clipboard_append(text)
        root.update()
        press(window.form[window.form.first_name].input.control, "<Alt-v>")
        return taken_apart(in_front(ReadingWindow, window), wait_until)

    return make


def taken_apart(shown, wait_until):
    wait_until(lambda: shown._job is not None and shown._job.is_finished and not shown._pause.is_waiting)
    wait_until(lambda: shown.lines or shown.note.cget("text"))
    return shown, {line.name: line for line in shown.lines}


def texts(lines):
    return {name: line.labeled.input.text.get() if hasattr(line.labeled.input, "text") else line.labeled.get()
            for name, line in lines.items()}  # fmt: skip


def test_a_card_fills_a_new_customer_and_its_contact(desk, reading, press, wait_until):
    window = open_form(desk, CUSTOMERS, None)
    shown, lines = reading(window)
    assert texts(lines) == {
        "name": "长春新宏公司", "contacts.0.name": "张三", "contacts.0.honorific": "先生",
        "contacts.0.mobile": "13812345678", "region": "吉林省长春市朝阳区", "address": "吉林省长春市朝阳区建设街979号",
        "postcode": "130012", "remark": "谢谢",
    }  # fmt: skip
    assert all(line.tick.get() for line in lines.values()) and not window.form.is_changed
    press(shown.focus_get(), "<F8>")
    assert not shown.winfo_exists() and window.is_shown
    assert window.form["area_code"].get() == "0431"  # as when the region is chosen by hand
    window.form["code"].input.text.set("A9001")
    window.save()
    wait_until(lambda: not window.is_shown)
    saved = next(row["id"] for row in desk.office.customers.search().rows if row["name"] == "长春新宏公司")
    made = desk.office.customers.get(saved)
    assert (made["region"], made["postcode"], made["remark"]) == ("220104", "130012", "谢谢")
    contact = next(r for r in desk.office.contacts.search().rows if r["name"] == "张三")
    assert contact["customer"] == saved


def test_old_and_new_are_shown_and_only_what_is_ticked_is_replaced(desk, reading, press):
    window = open_form(desk, CUSTOMERS, 1)
    form = window.form
    form["phone"].input.text.set("0431-85120000")
    form["remark"].set("老客户")
    before = {name: form[name].get() for name in ("name", "phone", "address")}
    shown, lines = reading(window, "电话：0431-88887777 地址：长春市南关区人民大街5号 货到付款")
    for name in ("phone", "address"):
        assert lines[name].labeled.hint_text.cget("text") == f"原来：{before[name]}"
    assert lines["phone"].labeled.hint_line.winfo_viewable()
    lines["phone"].tick.control.invoke()
    lines["address"].labeled.input.text.set("长春市南关区人民大街6号")
    press(shown.focus_get(), "<F8>")
    assert (form["name"].get(), form["phone"].get()) == (before["name"], "0431-85120000")
    assert form["address"].get() == "长春市南关区人民大街6号"
    assert form["remark"].get() == "老客户\n货到付款"
    assert {"address", "region", "remark"} <= form.changed_names


def test_typing_another_text_is_read_when_the_clerk_pauses(desk, reading, wait_until, type_text, press):
    window = open_form(desk, CUSTOMERS, None)
    shown, lines = reading(window, "谢谢")
    assert shown.note.cget("text") and list(lines) == ["remark"]
    shown.pasted.control.delete("1.0", "end")
    type_text(shown.pasted.control, "13900001111")
    wait_until(lambda: [line.name for line in shown.lines] == ["mobile"])
    assert shown.note.cget("text") == NO_ADDRESS
    press(shown.focus_get(), "<Escape>")
    assert not shown.winfo_exists() and window.form["mobile"].get() == ""


def test_what_stands_there_already_is_not_offered_again(desk, reading):
    window = open_form(desk, CUSTOMERS, 1)
    shown, lines = reading(window, window.form["address"].get())
    assert lines == {} and shown.note.cget("text") == NOTHING_NEW


def test_a_wrong_value_is_said_at_its_line_and_nothing_is_filled(desk, reading, press, wait_until):
    window = open_form(desk, CUSTOMERS, None)
    shown, lines = reading(window)
    lines["contacts.0.mobile"].labeled.input.text.set("1381234")
    press(shown.focus_get(), "<F8>")
    assert shown.winfo_exists() and "手机号码应为 11 位数字" in lines["contacts.0.mobile"].labeled.input.error
    assert not window.form.is_changed


def test_a_contact_finds_its_customer_by_name_or_says_that_there_is_none(desk, reading, press):
    window = open_form(desk, CONTACTS, None)
    shown, lines = reading(window, "李四 长春宏达机械制造有限公司 0431-85123456")
    assert lines["customer"].tick.get() and lines["customer"].labeled.get() == 1
    press(shown.focus_get(), "<F8>")
    assert (window.form["name"].get(), window.form["customer"].get()) == ("李四", 1)
    assert window.form["office_phone"].get() == "0431-85123456"
    shown, lines = reading(window, "长春没有这家公司")
    assert not lines["customer"].tick.get() and lines["customer"].labeled.input.error.startswith("没有“长春没有这家公司”")


def test_from_the_list_a_new_customer_begins_with_the_pasted_text(root, window, press, wait_until, in_front):
    screen = window.open("customers")
    root.clipboard_clear()
    root.clipboard_append(CARD)
    root.update()
    press(screen.table.tree, "<Alt-v>")
    form = in_front(FormWindow)
    _, lines = taken_apart(in_front(ReadingWindow), wait_until)
    assert form.form.is_new and lines["name"].labeled.get() == "长春新宏公司"


def test_without_the_regions_there_is_no_reading(desk, root):
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'regions'")
    window = open_form(desk, CUSTOMERS, None)
    assert window.moving.button("read_address").instate(["disabled"])
