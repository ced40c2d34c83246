"""Picking by typing: name or initials, one Enter to choose and move on, F7 for the full list."""

import threading

import pytest
import ttkbootstrap as ttk

from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.widgets.picker import ChoiceInput, Picker, PickItem

LEVELS = [
    PickItem(1, "重要客户", "", "zykh"),
    PickItem(2, "一般客户", "", "ybkh"),
    PickItem(3, "潜在客户", "", "qzkh"),
]
REGIONS = [PickItem("220104", "朝阳区", "吉林省 长春市"), PickItem("110105", "朝阳区", "北京市")]


@pytest.fixture
def form(root):
    frame = ttk.Frame(root)
    frame.pack()
    return frame


@pytest.fixture
def level(form):
    field = ChoiceInput(form, LEVELS)
    field.pack()
    return field


@pytest.fixture
def after(form, level):
    entry = ttk.Entry(form)
    entry.pack()
    enter_moves_focus(form)
    return entry


def test_value_is_the_key_and_unknown_text_stays_text(level):
    assert level.get() is None
    level.set(2)
    assert (level.get(), level.text.get()) == (2, "一般客户")
    level.text.set("重大客户")
    assert level.get() == "重大客户"
    level.text.set("")
    assert level.get() is None


def test_initials_then_one_enter_chooses_and_moves_on(root, level, after, type_text, press, wait_until):
    type_text(level.control, "qz")
    wait_until(lambda: level.drop_list.is_open)
    press(level.control, "<Return>")
    assert level.get() == 3
    assert root.focus_get() is after


def test_enter_before_the_list_has_come_chooses_the_first_hit(root, level, after, type_text, press):
    type_text(level.control, "客户")
    press(level.control, "<Return>")
    assert level.get() == 1
    assert root.focus_get() is after


def test_arrows_and_f7_open_the_list_and_esc_only_closes_it(root, level, after, press):
    escaped = []
    root.bind("<Escape>", lambda event: escaped.append(1))
    press(level.control, "<F7>", "<Down>", "<Down>")
    assert level.drop_list.current == LEVELS[2]
    press(level.control, "<Escape>")
    assert not level.drop_list.is_open and escaped == []
    press(level.control, "<Escape>")
    assert escaped == [1]
    press(level.control, "<Down>", "<KP_Enter>")
    assert level.get() == 1
    root.unbind("<Escape>")


def test_choosing_tells_and_setting_does_not(root, level, after, press):
    events = []
    level.bind(INPUT_CHANGED, lambda event: events.append(level.get()))
    level.set(1)
    root.update()
    assert events == []
    press(level.control, "<F7>", "<Down>", "<Return>")
    assert events == [2]


def test_a_click_in_the_list_chooses_and_keeps_the_focus(root, level, after, press):
    press(level.control, "<F7>")
    tree = level.drop_list._list
    x, y, _, height = tree.bbox("1")
    tree.event_generate("<Button-1>", x=x + 5, y=y + height // 2)
    tree.event_generate("<ButtonRelease-1>", x=x + 5, y=y + height // 2)
    root.update()
    assert level.get() == 2
    assert root.focus_get() is level.control


def test_text_that_names_one_item_becomes_it_when_the_focus_leaves(root, level, after, type_text):
    type_text(level.control, "ZYKH")
    after.focus_force()
    root.update()
    assert level.get() == 1 and level.error is None


def test_text_that_is_no_item_stays_and_is_told(root, level, after, type_text):
    type_text(level.control, "xw")
    after.focus_force()
    root.update()
    assert level.get() == "xw"
    assert level.error == "没有“xw”，请按 F7 选择。"


def test_a_name_that_several_bear_asks_to_choose(root, form, after):
    field = Picker(form, lambda text: [item for item in REGIONS if text in item.text])
    field.pack()
    field.text.set("朝阳区")
    assert field.check() is False
    assert field.error == "“朝阳区”不止一个，请按 F7 选择。"


def test_lookup_runs_in_the_background_and_late_answers_are_dropped(
    root, form, after, background, type_text, wait_until
):
    asked = []

    def find(text):
        asked.append(text)
        return [PickItem(text, text)]

    field = Picker(form, find, background=background)
    field.pack()
    root.update()
    type_text(field.control, "a")
    wait_until(lambda: field.drop_list.is_open)
    type_text(field.control, "b")
    wait_until(lambda: field.drop_list.current == PickItem("ab", "ab"))
    assert asked == ["a", "ab"]


def test_an_answer_that_comes_too_late_changes_nothing(root, form, after, background, type_text, wait_until):
    gate, answered = threading.Event(), []

    def find(text):
        if text == "a":
            gate.wait(5)
        answered.append(text)
        return [PickItem(text, text)]

    field = Picker(form, find, background=background)
    field.pack()
    root.update()
    type_text(field.control, "a")
    wait_until(lambda: field._job is not None)
    type_text(field.control, "b")
    wait_until(lambda: field.drop_list.is_open)
    gate.set()
    last = background.run_in_background(lambda job: answered.append("all"))
    wait_until(lambda: last.is_finished and "a" in answered)
    assert field.drop_list.current == PickItem("ab", "ab")


def test_a_name_that_is_the_beginning_of_another_can_be_typed(form):
    field = ChoiceInput(form, [PickItem(1, "长春市"), PickItem(2, "长春")])
    field.text.set("长春")
    assert field.check() is True
    assert field.get() == 2


def test_f7_and_the_dots_call_their_screens(root, form, press):
    calls = []
    field = Picker(
        form,
        lambda text: [],
        on_list=lambda picker: calls.append(("list", picker)),
        on_add=lambda p: p.set(9, "新的"),
    )
    field.pack()
    root.update()
    press(field.control, "<F7>")
    assert calls == [("list", field)]
    field._buttons[1].event_generate("<Button-1>")
    assert field.get() == 9


def test_readonly_opens_nothing(root, level, after, press):
    level.set(1)
    level.set_readonly()
    press(level.control, "<F7>", "<Down>")
    assert not level.drop_list.is_open
    assert level.get() == 1


def test_the_list_goes_away_with_the_form(root, form, level, after, press):
    press(level.control, "<F7>")
    window = level.drop_list._window
    form.destroy()
    root.update()
    assert not window.winfo_exists()


def test_the_list_goes_away_when_its_window_moves(root, level, after, press):
    press(level.control, "<F7>")
    after.event_generate("<Configure>", width=9, height=9)
    root.update()
    assert level.drop_list.is_open
    root.event_generate("<Configure>", width=root.winfo_width(), height=root.winfo_height())
    root.update()
    assert not level.drop_list.is_open
