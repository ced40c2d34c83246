"""A small form saves in the background, keeps what was typed when refused, and cannot be left while saving."""

import threading

import pytest

from crm_desktop.errors import InUse, ValidationError
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.text_inputs import TextInput


@pytest.fixture
def saved():
    return []


@pytest.fixture
def make(root, background, saved):
    def make_form(save=saved.append):
        form = SmallForm(root, background, "修改", save, note="改名后，所有记录都用新名称。")
        form.add("name", "名称", lambda p: TextInput(p, max_length=4), "国有", is_required=True)
        form.add("code", "代码", TextInput, None)
        return form

    return make_form


@pytest.fixture
def shown(root, make):
    """A form that is shown without waiting for it."""

    def show(*arguments):
        form = make(*arguments)
        form.show(form.fields["name"].input.control, wait=False)
        root.update()
        return form

    return show


def test_f8_saves_what_was_typed(shown, type_text, press, wait_until, saved):
    form = shown()
    type_text(form.fields["code"].input.control, "gy")
    press(form.fields["code"].input.control, "<F8>")
    wait_until(lambda: not form.winfo_exists())
    assert saved == [{"name": "国有", "code": "gy"}]


def test_the_answer_is_the_result_of_saving(root, make):
    form = make(lambda values: 42)
    root.after(20, form.submit)
    assert form.ask() == 42


def test_esc_saves_nothing(root, make, saved):
    form = make()
    root.after(50, lambda: form.fields["name"].input.control.event_generate("<Escape>"))
    assert form.ask() is None
    assert saved == []


def test_enter_goes_to_the_button_which_saves(root, make, press, saved):
    form = make()

    def go_through():
        press(form.fields["name"].input.control, "<Return>", "<Return>")
        focus_was.append(root.focus_get() is form.button)
        press(form.button, "<Return>")

    focus_was = []
    root.after(50, go_through)
    form.ask()
    assert focus_was == [True] and saved == [{"name": "国有", "code": ""}]


def test_the_text_of_the_first_field_is_ready_to_be_typed_over(root, make):
    form = make()
    selected = []
    root.after(50, lambda: (selected.append(form.fields["name"].input.control.selection_present()), form.cancel()))
    form.ask()
    assert selected == [True]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValidationError({"code": "代码重复。"}), {"code": "代码重复。"}),
        (ValidationError({"name": "太长。", "elsewhere": "不行。"}), {"name": "不行。"}),
        (InUse("正在使用。", []), {"name": "正在使用。"}),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(root, shown, press, wait_until, error, expected):
    def refuse(values):
        raise error

    form = shown(refuse)
    form.fields["code"].set("x1")
    press(form.fields["code"].input.control, "<F8>")
    wait_until(lambda: any(field.input.error for field in form.fields.values()))
    assert {name: field.input.error for name, field in form.fields.items() if field.input.error} == expected
    assert form.fields["code"].get() == "x1"
    assert root.focus_get() is form.fields[next(iter(expected))].input.control
    assert not form.button.instate(["disabled"])


def test_a_form_that_is_saving_cannot_be_left_or_sent_twice(shown, press, wait_until):
    may_end, calls = threading.Event(), []

    def save(values):
        calls.append(values)
        may_end.wait(5)

    form = shown(save)
    press(form.fields["code"].input.control, "<F8>", "<F8>", "<Escape>")
    assert form.winfo_exists() and form.button.instate(["disabled"])
    may_end.set()
    wait_until(lambda: not form.winfo_exists())
    assert len(calls) == 1


def test_a_slow_save_shows_progress_and_then_both_windows_go(root, shown, press, wait_until, monkeypatch):
    monkeypatch.setattr("crm_desktop.views.background.PROGRESS_AFTER_MILLISECONDS", 1)
    may_end = threading.Event()
    form = shown(lambda values: may_end.wait(5))
    press(form.fields["code"].input.control, "<F8>")
    wait_until(lambda: [child for child in form.winfo_children() if child.winfo_class() == "Toplevel"])
    may_end.set()
    wait_until(lambda: not form.winfo_exists())
    root.after(200, lambda: root.setvar("later", "1"))
    root.wait_variable("later")
    assert root.grab_current() is None
