"""Status bar, search box, tabs and the pane of facts."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views.events import TAB_CLOSED
from crm_desktop.views.widgets import search_box, status_bar
from crm_desktop.views.widgets.detail_pane import DetailPane
from crm_desktop.views.widgets.notebook_tabs import NotebookTabs
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.status_bar import StatusBar


def test_status_parts_stand_in_order_and_messages_pass(root, monkeypatch, wait_until):
    monkeypatch.setattr(status_bar, "MESSAGE_MILLISECONDS", 30)
    bar = StatusBar(root, ["operator", "backup"])
    bar.pack(fill="x")
    bar.set("operator", "管理员")
    bar.set("backup", "已备份：昨天")
    bar.say("已保存。")
    root.update()
    assert bar.text("operator") == "管理员" and bar.message == "已保存。"
    assert bar._parts["operator"].winfo_x() < bar._parts["backup"].winfo_x()
    wait_until(lambda: bar.message == "")


def test_parts_of_the_status_bar_give_way_to_a_long_message(root):
    bar = StatusBar(root, ["operator", "office", "backup"], dispensable=["office", "backup"])
    bar.place(x=0, y=0, width=500)
    for name in ("operator", "office", "backup"):
        bar.set(name, f"{name}：长春宏达")
    root.update()
    assert all(label.winfo_ismapped() for label in bar._parts.values())
    bar.say("已导出 12,345 条客户信息到桌面。")
    root.update()
    assert not bar._parts["office"].winfo_ismapped()
    assert bar._parts["operator"].winfo_x() > bar._message.winfo_x() + bar._message.winfo_width()
    bar._fall_silent()
    root.update()
    assert bar._parts["operator"].winfo_x() < bar._parts["office"].winfo_x() < bar._parts["backup"].winfo_x()


@pytest.fixture
def box(root):
    searched, left = [], []
    made = SearchBox(root, searched.append, placeholder="搜索名称、电话…", on_leave=lambda: left.append(1))
    made.searched, made.left = searched, left
    made.pack()
    root.update()
    return made


def test_search_waits_for_a_pause_and_searches_once(box, type_text, wait_until):
    type_text(box.control, "hdjx")
    wait_until(lambda: box.searched)
    assert box.searched == ["hdjx"]


def test_enter_searches_at_once_and_goes_to_the_list(box, type_text, press, monkeypatch):
    monkeypatch.setattr(search_box, "PAUSE_MILLISECONDS", 60_000)
    type_text(box.control, "ab")
    press(box.control, "<Return>")
    assert box.searched == ["ab"] and box.left == [1]
    press(box.control, "<Return>", "<Down>")
    assert box.searched == ["ab"] and box.left == [1, 1, 1]


def test_esc_empties_the_box_and_then_goes_on(root, box, type_text, press):
    escaped = []
    root.bind("<Escape>", lambda event: escaped.append(1))
    type_text(box.control, "ab")
    press(box.control, "<Return>", "<Escape>")
    assert box.get() == "" and box.searched == ["ab", ""] and escaped == []
    press(box.control, "<Escape>")
    assert escaped == [1]
    root.unbind("<Escape>")


def test_the_placeholder_gives_way_to_text(root, box):
    assert box._placeholder.winfo_ismapped() and not box._clear.winfo_ismapped()
    box.set("长春")
    root.update()
    assert not box._placeholder.winfo_ismapped() and box._clear.winfo_ismapped()
    box._clear.event_generate("<Button-1>")
    root.update()
    assert box.get() == "" and box._placeholder.winfo_ismapped()


class Screen(ttk.Frame):
    def __init__(self, parent):
        super().__init__(parent)
        self.is_changed = False
        ttk.Button(self, text="新增").pack()
        self.entry = ttk.Entry(self)
        self.entry.pack()

    def focus_set(self):
        self.entry.focus_set()

    def can_close(self):
        return not self.is_changed


@pytest.fixture
def tabs(root):
    changes = []
    made = NotebookTabs(root, on_change=changes.append)
    made.changes = changes
    made.pack(fill="both", expand=True)
    made.open("home", "首页", Screen, is_closable=False)
    made.open("customers", "客户信息", Screen)
    made.open("contacts", "联系人", Screen)
    root.update()
    return made


def test_a_screen_is_made_once(root, tabs):
    first = tabs.open("customers", "客户信息", Screen)
    root.update()
    assert tabs.open("customers", "客户信息", Screen) is first
    assert tabs.current is first and tabs.keys_open == ["home", "customers", "contacts"]
    assert tabs.changes[-1] == "customers"


def test_keys_change_and_close_tabs_and_the_screen_has_the_focus(root, tabs, press):
    press(tabs.current.entry, "<Control-Tab>")
    assert tabs.current_key == "home"
    press(tabs.current.entry, "<Control-Shift-Tab>")
    assert tabs.current_key == "contacts"
    assert root.focus_get() is tabs.current.entry
    press(tabs.current.entry, "<Control-w>")
    assert tabs.keys_open == ["home", "customers"]


def test_a_tab_goes_on_where_the_operator_was(root, tabs, press, focus):
    other = ttk.Entry(tabs.current, name="other")
    other.pack()
    focus(other)
    press(other, "<Control-Tab>", "<Control-Shift-Tab>")
    assert root.focus_get() is other


def test_a_click_on_a_tab_gives_its_screen_the_focus(root, tabs, focus, wait_until):
    focus(tabs.current.entry)
    x = next(x for x in range(300) if tabs._tab_at(x, 10) == 1)
    tabs.event_generate("<Button-1>", x=x + 5, y=10)
    tabs.event_generate("<ButtonRelease-1>", x=x + 5, y=10)
    root.update()
    assert tabs.current_key == "customers"
    assert root.focus_get() is tabs.current.entry


def test_all_are_asked_before_one_is_closed(root, tabs):
    tabs.current.is_changed = True
    assert tabs.close_all() is False
    assert tabs.keys_open == ["home", "customers", "contacts"]
    assert tabs.close_all(asks=False) is True
    assert tabs.keys_open == ["home"]


def test_home_stays_and_a_changed_screen_may_stay(root, tabs):
    assert tabs.close("home") is False
    tabs.current.is_changed = True
    assert tabs.close("contacts") is False
    assert tabs.close_all() is False
    assert "contacts" in tabs.keys_open
    tabs.current.is_changed = False
    assert tabs.close_all() is True
    assert tabs.keys_open == ["home"]


def test_the_cross_closes_and_the_text_does_not(root, tabs):
    closed = []
    tabs.bind(TAB_CLOSED, lambda event: closed.append(1))
    right = next(x for x in range(root.winfo_width()) if tabs._tab_at(x, 8) == 2)
    tabs.event_generate("<ButtonRelease-1>", x=right + 8, y=8)
    assert closed == []
    tabs.event_generate("<ButtonRelease-1>", x=right - 8, y=8)
    root.update()
    assert tabs.keys_open == ["home", "contacts"] and closed == [1]
    tabs.rename("contacts", "联系人（3）")
    assert tabs.tab(tabs.current, "text") == "联系人（3）"


def test_facts_can_be_read_copied_and_replaced(root):
    pane = DetailPane(root)
    pane.pack()
    pane.show("长春宏达", [("电话", "0431-85123456"), ("传真", ""), ("", "主联系人"), ("姓名", "王建国")])
    shown = pane.text.get("1.0", "end")
    assert "电话：\t0431-85123456" in shown and "传真" not in shown and "主联系人" in shown
    pane.text.insert("end", "x")
    assert pane.text.get("1.0", "end") == shown
    pane.clear("没有选择客户。")
    assert pane.text.get("1.0", "end").strip() == "没有选择客户。"


def test_details_have_a_bar_only_while_there_is_more_of_them(root, wait_until):
    pane = DetailPane(root)
    pane.place(x=0, y=0, width=400, height=200)
    pane.show("客户", [("名称", "长春")])
    wait_until(lambda: pane.winfo_height() == 200)
    assert not pane._bar.winfo_ismapped()
    pane.show("客户", [(str(number), "长春") for number in range(40)])
    wait_until(pane._bar.winfo_ismapped)
    pane.show("客户", [("名称", "长春")])
    wait_until(lambda: not pane._bar.winfo_ismapped())
