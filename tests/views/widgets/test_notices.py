"""Yellow lines above the screens: said once, acted on or closed by mouse and keys."""

import pytest

from crm_desktop.views.widgets.notices import Notices


@pytest.fixture
def notices(root):
    made = Notices(root)
    made.pack(fill="x")
    return made


def test_a_line_is_said_once_and_closed(notices, press, root):
    notices.add("备份已过期。")
    notices.add("备份已过期。")
    root.update()
    assert notices.texts == ["备份已过期。"] and notices.winfo_height() > 10
    press(notices.button("备份已过期。", "close"), "<Return>")
    root.update()
    assert notices.texts == [] and notices.winfo_height() == 1


def test_acting_on_a_line_closes_it(notices, press):
    acted = []
    notices.add("备份已过期。", ("立即备份", lambda: acted.append(True)))
    notices.add("另一件事。")
    press(notices.button("备份已过期。", "act"), "<space>")
    assert acted == [True] and notices.texts == ["另一件事。"]


def test_the_fourth_waits_until_one_is_closed(notices, root):
    for number in range(4):
        notices.add(f"第 {number} 件")
    root.update()
    assert not notices.button("第 3 件", "close").winfo_viewable()
    notices.remove("第 0 件")
    root.update()
    assert notices.button("第 3 件", "close").winfo_viewable()
