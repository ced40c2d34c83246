"""Where there is little room, the list gives up what stands beside it before anything is cut off."""

import pytest

from crm_desktop.views.customers import CustomerScreen
from crm_desktop.views.theme import pixels


@pytest.fixture
def screen(root, desk, wait_until):
    """Customers in a place whose width the test chooses."""
    shown = CustomerScreen(root, desk)

    def resize(width):
        shown.place(x=0, y=0, width=pixels(root, width), height=400)
        for _ in range(5):
            root.update()

    shown.resize = resize
    resize(1300)
    wait_until(lambda: shown.table.is_complete)
    return shown


def is_within(widget, parent):
    return widget.winfo_rootx() + widget.winfo_width() <= parent.winfo_rootx() + parent.winfo_width()


@pytest.mark.parametrize("width", [1300, 760, 1300])
def test_every_button_and_the_search_are_in_sight(screen, width):
    screen.resize(760)
    screen.resize(width)
    buttons = [screen.toolbar.button(action.id) for action in screen.actions if action.is_button]
    assert all(is_within(widget, screen) for widget in (*buttons, screen.search))
    is_beside = screen.search.winfo_rooty() < screen.toolbar.winfo_rooty() + screen.toolbar.winfo_height()
    assert is_beside == (width > 1000)


def test_details_stand_beside_a_wide_table_only(screen, root):
    assert screen.detail.winfo_viewable()
    screen.resize(760)
    assert not screen.detail.winfo_viewable() and screen.table.winfo_width() > pixels(root, 700)
    screen.resize(1300)
    assert screen.detail.winfo_viewable()
