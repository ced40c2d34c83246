"""What can be done about a message stands behind it, as long as the message does."""

import pytest

from crm_desktop.views.widgets.status_bar import StatusBar


@pytest.fixture
def status(root):
    bar = StatusBar(root, ("operator",))
    bar.pack(fill="x")
    return bar


def test_the_link_does_what_it_says(root, status, press):
    done = []
    status.say("已保存。", ("打开文件", lambda: done.append(1)))
    root.update()
    assert status.link.winfo_viewable() and status.link.cget("text") == "打开文件"
    press(status.link, "<space>")
    assert done == [1]


def test_the_next_message_takes_it_away(root, status):
    status.say("已保存。", ("打开文件", lambda: None))
    root.update()
    status.say("没有变动。")
    root.update()
    assert not status.link.winfo_viewable() and status.message == "没有变动。"
