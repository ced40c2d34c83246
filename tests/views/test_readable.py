"""What ttkbootstrap makes too faint is readable, and Tab stops only where it can be seen."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views import theme
from crm_desktop.views.keys import bind_key
from crm_desktop.views.readable import contrast


@pytest.fixture(params=[theme.LIGHT, theme.DARK])
def look(root, request):
    """The style's ``lookup`` and the colours in each theme."""
    theme.use_theme(request.param)
    root.update()
    yield ttk.Style.get_instance().lookup, theme.palette()
    theme.use_theme(theme.LIGHT)
    root.update()


@pytest.mark.parametrize("style", ["primary", "outline", "danger-outline", "primary-outline-toolbutton"])
def test_words_on_buttons_are_read_also_when_disabled(root, look, style):
    lookup, colors = look
    button = (ttk.Radiobutton if "tool" in style else ttk.Button)(root, text="保存", bootstyle=style)
    name = button.cget("style")
    for states, least in (((), 4.5), (("selected",), 4.5), (("disabled",), 3)):
        ground = lookup(name, "background", states) or colors.background
        assert contrast(lookup(name, "foreground", states), ground) >= least, states


def test_the_edge_of_a_disabled_button_is_no_stronger_than_of_any_other(root, look):
    lookup, colors = look
    name = ttk.Button(root, text="删除", bootstyle="danger-outline").cget("style")
    assert lookup(name, "bordercolor", ("disabled",)) == colors.border
    assert lookup(name, "bordercolor") != colors.border


def test_links_stand_out_with_and_without_the_keyboard(look):
    lookup, _ = look
    for style in ("Link.TLabel", "HintLink.TLabel"):
        shown = [(lookup(style, "foreground", states), lookup(style, "background", states)) for states in ((), ("focus",))]
        assert all(contrast(*pair) >= 4.5 for pair in shown)
        assert shown[0] != shown[1]


def test_a_frame_with_a_key_is_no_stop_of_tab(root):
    frame = ttk.Frame(root)
    bind_key(frame, "<F2>", lambda: None)
    button, other = ttk.Button(root, text="一"), ttk.Button(root, text="二")
    for each in (button, frame, other):
        each.pack(ipadx=9)
        each.lift()
    root.update()
    assert button.tk_focusNext() is other


def test_rows_are_told_apart_in_grey(look):
    """A chosen row from the others by its ground, and from a hint, whoever sees no colour."""
    _, colors = look
    assert contrast(colors.selected, colors.field) >= 1.25
    assert contrast(colors.selected, colors.hint) >= 1.05
