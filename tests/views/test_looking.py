"""The survey of what is shown finds each fault in a window made for it, and nothing in one that is right."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views.preview.looking import Looker
from crm_desktop.views.theme import palette
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.text_inputs import TextInput


@pytest.fixture
def window(root):
    """A window in front, like a form."""
    made = ModalWindow(root, "试验")
    yield made
    made.close()


@pytest.fixture
def look(root, window):
    """Show the window, and what is wrong with it."""

    def look_over():
        window.show(wait=False)
        return Looker(root).look()

    return look_over


def test_a_window_that_is_right_has_nothing_wrong(window, look):
    form = ttk.Frame(window.body)
    form.pack()
    for row in range(2):
        ttk.Label(form, text="名称：").grid(row=row, column=0)
        TextInput(form).grid(row=row, column=1)
    window.add_saving_row("保存", window.close)
    assert look() == {}


def test_words_that_are_cut_off(window, look):
    tree = ttk.Treeview(window.body, columns=("a",), show="headings", height=2)
    tree.heading("a", text="很长很长的标题")
    tree.column("a", width=40, stretch=False)
    tree.pack()
    box = ttk.Frame(window.body, width=60, height=30)
    box.pack_propagate(False)
    box.pack()
    ttk.Label(box, text="放不下的几个字").pack()
    found = [line.partition(":")[0] for line in look()["cut"]]
    assert sorted(found) == ["heading", "narrow"]


def test_a_list_of_words_is_wide_enough_for_each(window, look):
    tree = ttk.Treeview(window.body, columns=("a",), show="", height=2)
    tree.column("a", width=60, stretch=False)
    tree.insert("", "end", values=("短",))
    tree.insert("", "end", values=("一个长得放不下的名字",))
    tree.pack()
    (line,) = look()["cut"]
    assert line.startswith("row") and line.endswith("一个长得放不下的名字")


def test_neighbours_that_cover_each_other(window, look):
    for text in ("一个按钮", "另一个"):
        ttk.Button(window.body, text=text).grid(row=0, column=0)
    (line,) = look()["overlapping"]
    assert line.startswith("overlap")


def test_a_window_larger_than_the_screen(window, look):
    ttk.Frame(window.body, width=5000, height=20).pack()
    (line,) = look()["overlapping"]
    assert line.startswith("beyond the screen")


@pytest.mark.parametrize("make", ["label", "row", "canvas"])
def test_words_too_faint_to_read(window, look, make):
    ground, faint = palette().field, "#b8b8b8"
    if make == "label":
        ttk.Label(window.body, text="看不清", foreground=faint).pack()
    elif make == "row":
        tree = ttk.Treeview(window.body, columns=("a",), show="headings", height=2)
        tree.insert("", "end", values=("看不清",), tags=("pale",))
        tree.insert("", "end", values=("看得清",))
        tree.tag_configure("pale", foreground=faint)
        tree.pack()
    else:
        canvas = ttk.Canvas(window.body, width=200, height=60, background=ground)
        canvas.create_text(100, 30, text="看不清", fill=faint)
        canvas.pack()
    (line,) = look()["faint"]
    assert "看不清" in line and line.startswith(("1.9", "2.0"))


def test_what_is_covered_is_not_judged(window, look):
    label = ttk.Label(window.body, text="看不清", foreground="#b8b8b8")
    label.pack(fill="x")
    ttk.Frame(window.body).place(in_=label, relwidth=1, relheight=1)
    assert look() == {}


def test_a_disabled_button_is_read_with_less(window, look):
    ttk.Button(window.body, text="不能用", state="disabled").pack()
    ttk.Button(window.body, text="主要的", state="disabled", bootstyle="primary").pack()
    assert look() == {}


def test_fields_against_the_order_of_reading(window, look):
    second, first = TextInput(window.body), TextInput(window.body)
    first.pack(side="top")
    second.pack(side="bottom")
    assert len(look()["disorder"]) == 1


def test_a_stop_of_the_keyboard_that_cannot_be_seen(window, look):
    style = ttk.Style.get_instance()
    style.configure("Unseen.TLabel", background=palette().background)
    ttk.Label(window.body, text="按我", style="Unseen.TLabel", takefocus=True).pack()
    ttk.Button(window.body, text="看得见").pack()
    (line,) = look()["no focus"]
    assert line.endswith("Unseen.TLabel")
