"""A field speaks beneath itself and takes no more room than the line it needs."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import TextInput


@pytest.fixture
def form(root):
    frame = ttk.Frame(root)
    frame.place(x=0, y=0, width=500, height=300)
    frame.columnconfigure(1, weight=1)
    return frame


@pytest.fixture
def field(root, form):
    made = LabeledField(form, "客户名称", lambda parent: TextInput(parent, max_length=4), is_required=True).grid(0)
    root.update()
    return made


def caption(field):
    return "".join(str(child.cget("text")) for child in field.label.winfo_children())


def test_label_star_and_verbs(field, form):
    assert sorted(caption(field)) == sorted("*客户名称：")
    plain = LabeledField(form, "电话", TextInput)
    assert caption(plain) == "电话："
    field.set("长春")
    assert field.get() == "长春"
    field.set_readonly()
    assert field.input.is_readonly


def test_an_error_stands_under_the_field_and_the_form_keeps_its_width(root, field, form):
    width, height = field.body.winfo_width(), field.body.winfo_reqheight()
    field.set_error("客户名称最多 60 个字，现在有 75 个。" * 3)
    root.update()
    assert field.error_line.winfo_ismapped()
    assert field.input.control.instate(["invalid"])
    assert field.body.winfo_width() == width
    assert field.error_line.winfo_reqwidth() <= width
    field.set_error(None)
    root.update()
    assert not field.error_line.winfo_ismapped()
    assert field.body.winfo_reqheight() == height


def test_what_the_input_finds_itself_is_shown_too(root, field):
    field.input.text.set("一二三四五")
    root.update()
    assert field.error_line.cget("text") == "最多 4 个字，现在有 5 个。"


def test_a_hint_offers_what_can_be_done(root, field, press):
    calls = []
    field.set_hint(
        "可能已有：长春宏达", [("打开", lambda: calls.append("打开")), ("仍然新增", lambda: calls.append("新增"))]
    )
    root.update()
    assert field.hint_line.winfo_ismapped()
    first, second = field._hint_buttons
    first.event_generate("<Button-1>")
    press(second, "<Return>")
    assert calls == ["打开", "新增"]
    field.set_hint(None)
    root.update()
    assert not field.hint_line.winfo_ismapped()


def test_labels_of_one_column_end_at_the_same_place(root, form, field):
    other = LabeledField(form, "统一社会信用代码", TextInput).grid(1)
    root.update()
    ends = [each.label.winfo_x() + each.label.winfo_width() for each in (field, other)]
    assert ends[0] == ends[1]
    assert field.body.winfo_x() == other.body.winfo_x()


def test_a_long_sentence_takes_more_lines_and_never_more_width(root, form, field):
    width = form.winfo_reqwidth()
    sentence = "电话应为手机、区号加号码、本地号码或 400 等服务号码，例如 0431-85123456；境外号码以 + 开头。"
    field.set_error(sentence)
    field.set_hint(sentence, [("打开", lambda: None), ("仍然新增", lambda: None)])
    root.update()
    assert form.winfo_reqwidth() == width
    form.place(width=260)
    root.update()
    one_line = field._hint_buttons[0].winfo_height()
    assert field.error_line.winfo_height() >= 2 * one_line
    assert field.hint_text.winfo_height() >= 2 * one_line
    right = max(button.winfo_x() + button.winfo_width() for button in field._hint_buttons)
    assert right <= field.hint_line.winfo_width()
