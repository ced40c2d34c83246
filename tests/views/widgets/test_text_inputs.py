"""Lines, notes, numbers, passwords and flags: what is typed stays, what is wrong is said."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.errors import FieldError
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.widgets.text_inputs import FlagInput, NoteInput, NumberInput, PasswordInput, TextInput


@pytest.fixture
def other(root):
    """Another field to move the focus to."""
    entry = ttk.Entry(root)
    entry.pack()
    return entry


def shown(root, field):
    field.pack()
    root.update()
    return field


def leave(root, other):
    other.focus_force()
    root.update()


def test_get_gives_what_was_set_and_none_is_empty(root):
    field = shown(root, TextInput(root))
    field.set("长春宏达")
    assert field.get() == "长春宏达"
    field.set(None)
    assert field.get() == ""
    field.set(12345, "123.45")
    assert field.get() == "123.45"


def test_only_the_operator_causes_the_changed_event(root, type_text):
    field, events = shown(root, TextInput(root)), []
    field.bind(INPUT_CHANGED, lambda event: events.append(field.get()))
    field.set("a")
    root.update()
    assert events == []
    type_text(field.control, "b")
    assert events == ["ab"]


def test_wrong_text_stays_red_with_its_sentence_until_it_is_changed(root, other, type_text):
    def refuse(text):
        raise FieldError("日期应写成 2024-01-31。")

    field, said = shown(root, TextInput(root, tidy=refuse)), []
    field.show_errors_with(said.append)
    type_text(field.control, "abc")
    leave(root, other)
    assert field.get() == "abc"
    assert field.error == said[-1] == "日期应写成 2024-01-31。"
    assert field.control.instate(["invalid"])
    type_text(field.control, "d")
    assert field.error is None
    assert not field.control.instate(["invalid"])


def test_tidy_brings_text_into_form_when_the_focus_leaves(root, other, type_text):
    field = shown(root, TextInput(root, tidy=str.upper))
    type_text(field.control, "ab")
    assert field.get() == "ab"
    leave(root, other)
    assert field.get() == "AB"


def test_length_counts_characters_and_rare_ones_once(root):
    field = shown(root, TextInput(root, max_length=3))
    field.text.set("𠮷𠮷𠮷")
    assert field.error is None
    field.text.set("𠮷𠮷𠮷𠮷")
    assert field.error == "最多 3 个字，现在有 4 个。"
    assert field.get() == "𠮷𠮷𠮷𠮷"
    field.text.set("𠮷")
    assert field.error is None


def test_readonly_fields_keep_their_text_and_are_passed_over(root, type_text):
    field = shown(root, TextInput(root))
    field.set("固定")
    field.set_readonly()
    type_text(field.control, "x")
    assert field.get() == "固定"
    assert str(field.control.cget("takefocus")) == "0"
    field.set_readonly(False)
    type_text(field.control, "x")
    assert field.get() == "固定x"


def test_numbers_stand_on_the_right(root):
    assert str(NumberInput(root).control.cget("justify")) == "right"


def test_password_is_hidden_except_while_the_eye_is_pressed(root):
    field = shown(root, PasswordInput(root))
    eye = field._buttons[0]
    assert field.control.cget("show") == "●"
    eye.event_generate("<ButtonPress-1>")
    assert field.control.cget("show") == ""
    eye.event_generate("<ButtonRelease-1>")
    assert field.control.cget("show") == "●"


def test_caps_lock_is_told(root):
    field = shown(root, PasswordInput(root))
    field.control.focus_force()
    field.control.event_generate("<KeyPress-a>", state=2)
    root.update()
    assert field.caps_hint.winfo_ismapped()
    field.control.event_generate("<KeyPress-a>", state=0)
    root.update()
    assert not field.caps_hint.winfo_ismapped()


def test_note_reports_changes_length_and_lock(root, type_text):
    field, events = shown(root, NoteInput(root, max_length=5)), []
    field.bind(INPUT_CHANGED, lambda event: events.append(1))
    field.set("一\n二")
    root.update()
    assert field.get() == "一\n二" and events == []
    type_text(field.control, "三四")
    assert events
    field.control.insert("end", "五六七")
    root.update()
    assert field.error == f"最多 5 个字，现在有 {len(field.get())} 个。"
    field.set("好")
    field.set_readonly()
    field.control.insert("end", "x")
    assert field.get() == "好" and field.error is None


def test_tab_leaves_a_note(root, other, press):
    field = shown(root, NoteInput(root))
    press(field.control, "<Tab>")
    assert field.get() == ""
    assert root.focus_get() is not field.control


def test_flag(root):
    field, events = shown(root, FlagInput(root, caption="主联系人")), []
    field.bind(INPUT_CHANGED, lambda event: events.append(field.get()))
    field.set(1)
    assert field.get() is True and events == []
    field.control.invoke()
    assert events == [False]
    field.set_readonly()
    field.control.invoke()
    assert field.get() is False


def test_a_suggestion_stands_in_the_empty_field_only(root, type_text, press):
    field = shown(root, TextInput(root))
    field.suggest("n0431001")
    assert (field.get(), field.suggestion) == ("", "n0431001")
    assert field._suggestion.winfo_manager() == "place"
    type_text(field.control, "a")
    assert (field.get(), field.suggestion) == ("a", "")
    assert field._suggestion.winfo_manager() == ""
    press(field.control, "<BackSpace>")
    assert field.suggestion == "n0431001"
    field.set("i0431001")
    assert field.suggestion == ""
