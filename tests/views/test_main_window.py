"""Keys reach the screen in front from wherever the focus is, and nothing after the operator has left."""

from crm_desktop.views.keys import KEYS, sequences


def test_a_key_in_the_search_box_reaches_the_screen(window, press):
    screen = window.open("customers")
    asked = []
    screen.open_form = asked.append
    press(screen.search.control, "<F2>")
    assert asked == [None]


def test_ctrl_f_goes_to_the_search_box(window, root, press):
    screen = window.open("customers")
    press(screen.table.tree, "<Control-f>")
    assert root.focus_get() is screen.search.control


def test_only_the_screen_in_front_hears_a_key(window, press):
    behind, front = window.open("customers"), window.open("postcode_list")
    asked = []
    behind.open_form = asked.append
    press(front.choice.control, "<F2>")
    assert asked == []


def test_keys_are_free_again_after_the_window_is_closed(window, root):
    assert root.bind("<F2>")
    window.close()
    assert [sequence for key in KEYS for sequence in sequences(key) if root.bind(sequence)] == []
