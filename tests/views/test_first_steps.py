"""新手引导: a step is opened by Enter, ticked when it comes back to the front, and the list is closed for good."""

from crm_desktop.controllers.first_steps import CLOSED


def states(screen):
    return [row["state"] for row in screen.table._rows.between(0, screen.table.total)]


def test_enter_opens_the_screen_of_the_step(window, root, press):
    screen = window.open("first_steps")
    root.update()
    assert root.focus_get() is screen.table.tree
    press(screen.table.tree, "<Down>", "<Down>", "<Down>", "<Return>")
    assert window.tabs.current_key == "backups"


def test_a_step_is_ticked_when_the_list_comes_back_to_the_front(window, desk, root):
    screen = window.open("first_steps")
    root.update()
    before = states(screen)
    assert before[2] == "未完成"
    window.open("today")
    desk.office.reports.log_printed("客户信封", 1, "HP")
    window.open("first_steps")
    root.update()
    assert states(screen) == [*before[:2], "✓ 已完成", *before[3:]]


def test_it_is_closed_for_good_by_the_space_bar(window, desk, root, press, wait_until):
    screen = window.open("first_steps")
    root.update()
    screen.closing.focus_force()
    press(screen.closing, "<space>")
    wait_until(lambda: desk.office.settings.preference(CLOSED) is True)


def test_the_way_to_the_manual_is_a_button(window, root):
    window.open("first_steps").toolbar.button("start").invoke()
    assert (window.tabs.current_key, window.tabs.current.page) == ("help", "start")
