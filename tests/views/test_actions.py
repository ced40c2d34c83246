"""An action declared once appears alike on its button, in menus and under its key."""

import pytest
import ttkbootstrap as ttk

from crm_desktop.views.actions import Action, Toolbar, bind_actions, context_menu, fill_menu, menu_bar, mnemonics


class Screen:
    """Counts what was done; deleting needs a selection."""

    def __init__(self):
        self.done, self.has_selection = [], False

    @property
    def actions(self):
        return [
            Action("new", "新增", lambda: self.done.append("新增"), key="new", icon="plus-lg", style="primary"),
            Action(
                "delete", "删除", lambda: self.done.append("删除"), key="delete", icon="trash", style="danger",
                available=lambda: self.has_selection,
            ),
            Action("import", "导入", lambda: self.done.append("导入"), icon="upload", group="data", mnemonic="i"),
        ]  # fmt: skip


@pytest.fixture
def screen():
    return Screen()


def test_buttons_show_their_key_and_do_it(root, screen):
    bar = Toolbar(root, screen.actions)
    bar.pack(fill="x")
    root.update()
    assert bar.button("new").cget("text") == "新增 F2"
    assert bar.button("import").cget("text") == "导入"
    bar.button("new").invoke()
    assert screen.done == ["新增"]


def test_what_is_not_available_is_grey_until_refreshed(root, screen):
    bar = Toolbar(root, screen.actions)
    assert bar.button("delete").instate(["disabled"])
    screen.has_selection = True
    bar.refresh()
    assert not bar.button("delete").instate(["disabled"])


def test_a_thin_line_stands_between_groups(root, screen):
    bar = Toolbar(root, screen.actions)
    kinds = [child.winfo_class() for child in bar.pack_slaves()]
    assert kinds == ["TButton", "TButton", "TSeparator", "TButton"]


def test_a_narrow_toolbar_leaves_out_the_keys_then_the_icons(root, screen):
    bar = Toolbar(root, screen.actions)
    bar.place(x=0, y=0)
    root.update()
    full = bar.winfo_width()
    assert bar.button("new").cget("text") == "新增 F2"
    bar.place(width=full - 1)
    root.update()
    assert bar.button("new").cget("text") == "新增"
    wide = bar.button("new").winfo_reqwidth()
    bar.place(width=full // 2)
    root.update()
    assert bar.button("new").winfo_reqwidth() < wide  # its icon is gone, too
    assert bar.button("new").cget("text") == "新增"
    bar.place(width=full)
    root.update()
    assert bar.button("new").cget("text") == "新增 F2"


def test_a_toolbar_asks_for_the_same_room_in_every_dress(root, screen):
    """Else a window that is as large as its parts ask changes size and dress in turn, for ever."""
    bar = Toolbar(root, screen.actions)
    asked = bar.winfo_reqwidth(), bar.winfo_reqheight()
    assert asked[0] > bar.least_width
    bar.place(x=0, y=0, width=bar.least_width)
    root.update()
    assert bar.button("new").cget("text") == "新增"
    assert (bar.winfo_reqwidth(), bar.winfo_reqheight()) == asked
    assert all(button.winfo_reqheight() <= asked[1] for button in bar.winfo_children())


def test_keys_run_available_actions_only(root, screen, press):
    entry = ttk.Entry(root)
    entry.pack()
    frame_events = []
    bind_actions(entry, screen.actions)
    root.bind("<Control-Delete>", lambda event: frame_events.append(1))
    press(entry, "<F2>", "<Control-Delete>")
    assert screen.done == ["新增"]
    assert frame_events == [1]
    root.unbind("<Control-Delete>")


def test_menu_entries_carry_mnemonic_and_key_and_follow_what_is_available(root, screen):
    menu = ttk.Menu(root, tearoff=False)
    fill_menu(menu, screen.actions)
    assert [menu.type(place) for place in range(4)] == ["command", "command", "separator", "command"]
    assert menu.entrycget(0, "label") == "新增(1)"
    assert menu.entrycget(0, "accelerator") == "F2"
    assert menu.entrycget(3, "label") == "导入(I)"
    label, underline = menu.entrycget(3, "label"), int(menu.entrycget(3, "underline"))
    assert label[underline] == "I"
    screen.has_selection = True
    root.tk.call(menu.cget("postcommand"))
    assert menu.entrycget(1, "state") == "normal"
    screen.has_selection = False
    root.tk.call(menu.cget("postcommand"))
    assert menu.entrycget(1, "state") == "disabled"
    menu.invoke(3)
    assert screen.done == ["导入"]


def test_no_two_entries_share_a_letter():
    actions = [Action(str(n), "x", print, mnemonic="1" if n == 20 else "") for n in range(30)]
    letters = mnemonics(actions)
    assert len(set(letters)) == 30 and letters[20] == "1"


def test_the_menu_bar_greys_what_has_nothing_yet(root, screen):
    bar = menu_bar(root, [("基础信息维护", "J", screen.actions), ("客户服务", "F", [])])
    assert bar.entrycget(0, "label") == "基础信息维护(J)"
    assert [bar.entrycget(place, "state") for place in (0, 1)] == ["normal", "disabled"]
    root.configure(menu="")


def test_the_context_menu_opens_at_the_pointer_and_goes_away(root, screen, monkeypatch):
    opened = []
    monkeypatch.setattr(ttk.Menu, "tk_popup", lambda menu, x, y: opened.append((menu, x, y)))
    frame = ttk.Frame(root, width=50, height=50)
    frame.pack()
    frame.bind("<Button-3>", context_menu(frame, screen.actions))
    root.update()
    frame.event_generate("<Button-3>", x=5, y=6, rootx=105, rooty=206)
    menu, x, y = opened[0]
    assert (x, y) == (105, 206) and menu.index("end") == 3
