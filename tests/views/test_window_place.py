"""The window comes back to where it was, and never outside the screen."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views.window_place import Screen, clamped, place_window, window_place

SMALL = Screen(0, 0, 1366, 768)
TWO = Screen(-1920, 0, 3840, 1080)


@pytest.mark.parametrize(
    ("geometry", "screen", "expected"),
    [
        ("1200x700+20+10", SMALL, "1200x700+20+10"),
        ("1200x700+900+500", SMALL, "1200x700+166+36"),
        ("2000x1400+100+100", SMALL, "1366x736+0+0"),
        ("800x600+-300+-50", SMALL, "800x600+0+0"),
        ("800x600+-1500+40", TWO, "800x600+-1500+40"),
        ("800x600+20+10 zoomed", SMALL, "800x600+20+10"),
        ("", SMALL, ""),
        ("kaputt", SMALL, ""),
    ],
)
def test_all_of_the_window_is_on_the_screen(geometry, screen, expected):
    assert clamped(geometry, screen, title=32) == expected


@pytest.fixture
def window(root):
    made = ttk.Toplevel(master=root)
    root.update()
    return made


def test_a_window_comes_back_to_where_it_was(root, window, wait_until):
    place_window(window, "900x500+40+30")
    wait_until(lambda: window_place(window) == "900x500+40+30")


def test_the_first_time_it_fills_the_screen(root, window, wait_until):
    place_window(window, "")
    wait_until(lambda: window.winfo_width() == window.winfo_screenwidth())
    assert window.winfo_height() <= window.winfo_screenheight()


def test_it_cannot_be_made_too_small_to_use(root, window):
    place_window(window, "50x50+0+0")
    root.update()
    assert window.winfo_width() >= 640 and window.winfo_height() >= 400
