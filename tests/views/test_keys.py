"""One table of keys; Enter walks a form and never leaves an input method's candidate window behind."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views import keys
from crm_desktop.views.widgets.text_inputs import NoteInput, TextInput


@pytest.fixture
def form(root):
    """Name, a read-only code, a note, and the save button."""
    frame = ttk.Frame(root)
    frame.pack()
    saved = []
    frame.name, frame.code, frame.note = TextInput(frame), TextInput(frame), NoteInput(frame)
    frame.save = ttk.Button(frame, text="保存", command=lambda: saved.append(1))
    frame.saved = saved
    frame.code.set_readonly()
    for widget in (frame.name, frame.code, frame.note, frame.save):
        widget.pack()
    keys.enter_moves_focus(frame, frame.save)
    root.update()
    return frame


def test_every_key_has_a_meaning_and_no_sequence_is_used_twice():
    sequences = [sequence for key in keys.KEYS.values() for sequence in key.sequences]
    assert len(sequences) == len(set(sequences))
    assert all(key.meaning and key.label for key in keys.KEYS.values())
    assert "<F10>" not in sequences
    assert ("F8 或 Ctrl+S", "保存") in keys.key_help()


def test_a_bound_key_is_seen_by_nobody_else_unless_refused(root, press):
    calls = []
    entry = ttk.Entry(root)
    entry.pack()
    root.bind("<F2>", lambda event: calls.append("root"))
    keys.bind_key(entry, "new", lambda: calls.append("entry"))
    press(entry, "<F2>")
    assert calls == ["entry"]
    keys.bind_key(entry, "new", lambda: False)
    press(entry, "<F2>")
    assert calls == ["entry", "root"]
    root.unbind("<F2>")


def test_save_has_two_keys_and_caps_lock_does_not_matter(root, press):
    calls = []
    entry = ttk.Entry(root)
    entry.pack()
    keys.bind_key(entry, "save", lambda: calls.append(1))
    press(entry, "<F8>", "<Control-s>", "<Control-S>")
    assert calls == [1, 1, 1]


def test_enter_goes_on_over_readonly_fields_and_from_the_last_to_save(root, form, press):
    press(form.name.control, "<Return>")
    assert root.focus_get() is form.note.control
    press(form.note.control, "<KP_Enter>")
    assert root.focus_get() is form.save
    assert form.saved == []
    press(form.save, "<Return>")
    assert form.saved == [1]


def test_shift_enter_goes_back_and_stays_on_the_first(root, form, press):
    press(form.note.control, "<Shift-Return>")
    assert root.focus_get() is form.name.control
    press(form.name.control, "<Shift-Return>")
    assert root.focus_get() is form.name.control


def test_enter_writes_nothing_into_a_note_and_ctrl_enter_a_new_line(form, press):
    form.note.set("一")
    form.note.control.mark_set("insert", "end")
    press(form.note.control, "<Return>")
    assert form.note.get() == "一"
    press(form.note.control, "<Control-Return>")
    assert form.note.get() == "一\n"


def test_enter_that_commits_a_candidate_does_not_move(root, form, key_event):
    form.name.focus()
    root.update()
    assert keys._step(key_event(form.name.control, keys.IME_KEYCODE), form, 1, None) is None
    root.update()
    assert root.focus_get() is form.name.control
    assert keys._step(key_event(form.name.control, 13), form, 1, None) == "break"
    root.update()
    assert root.focus_get() is form.note.control


def test_a_key_of_an_input_method_does_nothing(form, key_event):
    calls = []
    assert keys.press(key_event(form.name.control, keys.IME_KEYCODE), lambda: calls.append(1)) is None
    assert calls == []
    assert keys.press(key_event(form.name.control, 13), lambda: calls.append(1)) == "break"
    assert calls == [1]


def test_the_text_arrived_at_is_selected(root, form, press):
    form.name.set("长春")
    press(form.note.control, "<Shift-Return>")
    assert form.name.control.selection_get() == "长春"


def test_hidden_fields_are_passed_over_and_the_first_is_found(root, form, press):
    assert keys.first_field(form) is form.name.control
    form.note.pack_forget()
    root.update()
    press(form.name.control, "<Return>")
    assert root.focus_get() is form.save


def test_the_space_bar_presses_a_button(root, form, press):
    press(form.save, "<space>")
    root.after(150, lambda: None)
    root.update()
    assert form.saved == [1]


def test_ctrl_f_no_longer_moves_the_cursor(root, press):
    entry = ttk.Entry(root)
    entry.pack()
    entry.insert(0, "abc")
    entry.icursor(0)
    press(entry, "<Control-f>")
    assert entry.index("insert") == 0
