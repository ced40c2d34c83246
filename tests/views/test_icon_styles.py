"""The style of an icon is made once for each theme, and is that of the theme."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views import theme


@pytest.fixture
def button(frame):
    """A button with an icon, shown."""
    frame.pack()

    def make():
        made = ttk.Button(frame, text="新增", icon="plus-lg", bootstyle="outline")
        made.pack()
        frame.update()
        return made

    return make


@pytest.fixture
def heard(frame):
    """How often the widgets were told of a new theme."""
    events = []
    frame.bind("<<ThemeChanged>>", events.append)
    return events


def test_one_more_button_like_others_tells_nobody_of_a_new_theme(button, heard):
    button()
    heard.clear()
    button().configure(icon="plus-lg")
    assert heard == []


def test_an_icon_has_the_colour_of_its_theme(root, button):
    made = button()

    def image():
        return ttk.Style.get_instance().lookup(made.cget("style"), "image")

    light = image()
    theme.use_theme(theme.DARK)
    root.update()
    dark = image()
    theme.use_theme(theme.LIGHT)
    root.update()
    assert light and dark and image() == light != dark
