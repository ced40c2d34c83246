"""Menus, navigation and status bar; keys reach the screen in front, and nothing after the operator has left."""

import pytest

from crm_desktop import system
from crm_desktop.errors import SignInError, SystemRefused
from crm_desktop.views.keys import KEYS, sequences
from crm_desktop.views.main_window import FOLDED
from crm_desktop.views.modules import MENUS, MODULES
from crm_desktop.views.theme import DARK, LIGHT, use_theme


def menu(window, title):
    """The drop-down menu of a module."""
    bar = window.menu
    place = next(n for n in range(bar.index("end") + 1) if bar.entrycget(n, "label").startswith(title))
    return window.nametowidget(bar.entrycget(place, "menu"))


def labels(shown):
    entries = [n for n in range(shown.index("end") + 1) if shown.type(n) == "command"]
    return [shown.entrycget(n, "label").partition("(")[0] for n in entries]


def choose(shown, label):
    entries = [n for n in range(shown.index("end") + 1) if shown.type(n) == "command"]
    shown.invoke(next(n for n in entries if shown.entrycget(n, "label").startswith(label)))


def test_the_menu_bar_has_the_eight_modules_with_their_letters(window):
    bar = window.menu
    shown = [bar.entrycget(n, "label") for n in range(bar.index("end") + 1)]
    assert shown == [f"{title}({letter})" for title, letter in MENUS]
    assert [label[int(bar.entrycget(n, "underline"))] for n, label in enumerate(shown)] == [
        letter for _, letter in MENUS
    ]


def test_every_screen_has_an_entry_in_its_menu_and_opens_from_there(window):
    for title, _ in MENUS:
        expected = [module.title for module in MODULES if module.menu == title]
        if expected:
            assert labels(menu(window, title))[: len(expected)] == expected
    choose(menu(window, "基础信息维护"), "区域信息")
    assert window.tabs.current_key == "regions"


def test_no_two_entries_of_a_menu_share_a_letter(window):
    for title, _ in MENUS:
        if any(module.menu == title for module in MODULES):
            shown = menu(window, title)
            entries = [shown.entrycget(n, "label") for n in range(shown.index("end") + 1) if shown.type(n) == "command"]
            letters = [label[-2] for label in entries]
            assert len(set(letters)) == len(letters)


def test_the_navigation_opens_screens_and_marks_the_one_in_front(window, root):
    button = window.navigation.buttons["regions"]
    resting = button.cget("style")
    button.invoke()
    root.update()
    assert window.tabs.current_key == "regions"
    assert button.cget("style") != resting
    window.open("customers")
    root.update()
    assert button.cget("style") == resting


def test_the_navigation_comes_by_rank_with_left_aligned_words(window, root):
    ranked = sorted((module for module in MODULES if module.rank), key=lambda module: module.rank)
    assert list(window.navigation.buttons) == [module.key for module in ranked]
    style = root.style.lookup(window.navigation.buttons["regions"].cget("style"), "anchor")
    assert str(style) == "w"


def test_a_folded_navigation_stays_folded_for_this_operator(window, desk, root, wait_until):
    wide = window.navigation.winfo_reqwidth()
    window.navigation.nametowidget("fold").invoke()
    root.update()
    assert window.navigation.winfo_reqwidth() < wide / 2
    wait_until(lambda: desk.office.settings.preference(FOLDED) is True)
    window.close()
    again = type(window)(root, desk)
    again.pack(fill="both", expand=True)
    root.update()
    assert again.navigation.is_folded and again.navigation.winfo_reqwidth() < wide / 2
    again.close()


def test_f1_opens_the_page_of_the_screen_in_front(window, press):
    press(window.tabs.current.table.tree, "<F1>")
    assert (window.tabs.current_key, window.tabs.current.page) == ("help", "today")


def test_f11_and_the_menu_open_the_calculator(window, press, monkeypatch, wait_until):
    started = []
    monkeypatch.setattr(system, "open_calculator", lambda: started.append(True))
    press(window.tabs.current.table.tree, "<F11>")
    choose(menu(window, "辅助工具"), "计算器")
    wait_until(lambda: len(started) == 2)


def test_a_missing_calculator_is_said(window, press, monkeypatch, wait_until, dialogs):
    def refuse():
        raise SystemRefused("没有找到计算器程序。")

    monkeypatch.setattr(system, "open_calculator", refuse)
    press(window.tabs.current.table.tree, "<F11>")
    wait_until(lambda: dialogs.errors)
    assert str(dialogs.errors[0]) == "没有找到计算器程序。"


def test_the_tools_menu_starts_the_programs_of_others(window, desk, monkeypatch, wait_until):
    started = []
    monkeypatch.setattr(system, "open_writer", lambda: started.append("writer"))
    monkeypatch.setattr(system, "open_spreadsheet", lambda: started.append("spreadsheet"))
    monkeypatch.setattr(system, "open_url", started.append)
    tools = menu(window, "辅助工具")
    assert labels(tools)[-4:] == ["调用Word", "调用Excel", "计算器", "登录Internet"]
    choose(tools, "调用Word")
    wait_until(lambda: started == ["writer"])
    choose(tools, "调用Excel")
    wait_until(lambda: started == ["writer", "spreadsheet"])
    desk.office.settings.set_option("internet_page", "www.example.com")
    choose(tools, "登录Internet")
    wait_until(lambda: started[2:] == ["www.example.com"])


def test_a_missing_word_is_said(window, monkeypatch, wait_until, dialogs):
    def refuse():
        raise SystemRefused("没有找到 Word。")

    monkeypatch.setattr(system, "open_writer", refuse)
    choose(menu(window, "辅助工具"), "调用Word")
    wait_until(lambda: dialogs.errors)
    assert str(dialogs.errors[0]) == "没有找到 Word。"


def test_tabs_change_and_close_by_keys_and_the_focus_is_in_the_screen(window, root, press):
    window.open("regions")
    window.open("postcodes")
    press(window.tabs.current.search.control, "<Control-Tab>")
    assert window.tabs.current_key == "today"
    assert root.focus_get() is window.tabs.current.table.tree
    press(root.focus_get(), "<Control-Shift-Tab>", "<Control-w>")
    assert window.tabs.keys_open == ["today", "regions"]
    press(root.focus_get(), "<Control-w>", "<Control-w>")
    assert window.tabs.keys_open == []
    press(root.focus_get(), "<F1>")
    assert window.tabs.current_key == "help"


@pytest.fixture
def light_again():
    yield
    use_theme(LIGHT)


def test_the_appearance_changes_and_is_remembered(window, desk, root, light_again):
    system_menu = menu(window, "系统管理")
    choose(system_menu, "外观：深色")
    root.update()
    assert root.style.theme_use() == DARK and desk.computer["theme"] == "dark"
    root.tk.call(system_menu.cget("postcommand"))
    states = {
        system_menu.entrycget(n, "label")[:5]: system_menu.entrycget(n, "state")
        for n in range(system_menu.index("end") + 1)
        if system_menu.type(n) == "command"
    }
    assert states["外观：浅色"] == "normal" and states["外观：深色"] == "disabled"


def test_the_password_is_changed_from_the_menu(window, desk, in_form, password):
    def change(form):
        for name, word in {"old": password, "password": "ganzneu99", "again": "ganzneu99"}.items():
            form.fields[name].set(word)
        form.submit()

    in_form(change)
    choose(menu(window, "系统管理"), "密码修改")
    assert window.status.message == "密码已修改，下次登录请用新密码。"
    with pytest.raises(SignInError, match="原密码不正确"):
        desk.office.operators.change_password(password, "nocheins77")


def test_the_status_bar_says_who_where_when(window, desk, root, wait_until, tmp_path):
    status = window.status
    assert status.text("operator") == "操作员：admin（管理员）"
    assert status.text("office") == "长春宏达"
    assert status.text("date") == "2026-11-22 星期日 十月十四"
    assert status.text("database") == "数据库：office.db"
    assert status.text("backup") == "上次备份：尚未备份"
    desk.office.backups.create(tmp_path)
    wait_until(lambda: "2026-11-22" in status.text("backup"))
    profile = desk.office.company.profile()
    desk.office.company.update(profile["id"], {"name": "长春宏达集团"}, profile["version"])
    wait_until(lambda: status.text("office") == "长春宏达集团")


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


def test_where_there_is_no_room_the_navigation_leaves_the_last_entries_to_the_menus(root, window):
    navigation = window.navigation
    try:
        for height, is_all in ((360, False), (768, True)):
            root.geometry(f"1366x{height}+0+0")
            for _ in range(5):
                root.update()
            shown = [key for key, button in navigation.buttons.items() if button.winfo_ismapped()]
            assert shown == [*navigation.buttons][: len(shown)] and (len(shown) == len(navigation.buttons)) == is_all
            assert all(navigation.buttons[key].winfo_height() >= navigation.buttons[key].winfo_reqheight() for key in shown)
            assert shown and navigation.nametowidget("fold").winfo_ismapped()
    finally:
        root.geometry("1366x768+0+0")
        root.update()
