"""使用帮助: the page of the screen in front, contents, search, links, back, paper; all of it by keys."""

import pytest

from crm_desktop.models import CUSTOMERS
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.help_window import HelpWindow
from crm_desktop.views.modules import MODULES
from crm_desktop.views.small_form import SmallForm


@pytest.fixture
def screen(window, root):
    made = window.open("help")
    root.update()
    return made


def shown(screen):
    return screen.text.text.get("1.0", "end")


def listed(screen):
    tree = screen.tree
    return [tree.item(each, "text") for each in tree.get_children()]


def test_every_screen_has_its_page_by_f1(window, desk, root):
    for module in MODULES:
        if module.menu and module.key != "help":
            window.open(module.key)
            window.help()
            assert window.tabs.current.page != "index", module.key
            for key in window.tabs.keys_open[2:]:
                window.tabs.close(key)


def test_a_second_f1_stays_on_the_page(window, root, press):
    window.open("regions")
    window.help()
    root.update()
    press(window.tabs.current.text.text, "<F1>")
    assert window.tabs.current.page == "regions"


def test_a_page_is_shown_with_its_picture_and_marked_in_the_contents(screen, root):
    screen.show("company")
    root.update()
    assert shown(screen).startswith("本单位信息\n")
    assert len(screen.text.text.image_names()) == 1
    assert screen.tree.selection() == ("company",)


def test_the_page_shown_stays_in_view_in_the_contents_when_they_change_their_height(screen, root):
    screen.show("customers")
    root.update()
    screen.tree.yview_moveto(1)
    assert not screen.tree.bbox("customers")
    screen.tree.event_generate("<Configure>")
    root.update()
    assert screen.tree.bbox("customers")


def test_a_picture_is_never_wider_than_the_text(screen, root, wait_until):
    screen.show("company")
    screen.text.pack_propagate(False)
    screen.text.pack_configure(expand=False, fill="none")
    screen.text.configure(width=500, height=400)
    root.update()
    wait_until(lambda: max(photo.width() for photo in screen.text._photos.values()) < 500)
    assert screen.text.text.winfo_width() <= 500


def test_a_page_whose_picture_is_gone_is_still_read(screen, desk, root, monkeypatch, tmp_path):
    monkeypatch.setattr(screen.text, "_picture", lambda name: tmp_path / name)
    screen.show("company")
    assert "填写" in shown(screen) and not screen.text.text.image_names()


def test_tab_goes_from_link_to_link_enter_follows_and_alt_left_comes_back(screen, root, press):
    screen.show("start")
    root.update()
    screen.focus_set()
    press(screen.text.text, "<Tab>", "<Tab>", "<Return>")
    assert screen.page == "import"
    press(screen.text.text, "<Alt-Left>")
    assert screen.page == "start"
    press(screen.text.text, "<Alt-Left>")
    assert screen.page == "index"
    assert str(screen.toolbar.button("back").cget("state")) == "disabled"


def test_past_the_last_link_tab_leaves_the_text_and_shift_tab_the_first(screen, root, press):
    screen.show("regions")
    root.update()
    screen.focus_set()
    press(screen.text.text, "<Tab>")
    assert root.focus_get() is not screen.text.text
    screen.show("monthly_report")
    screen.text.text.focus_force()
    root.update()
    press(screen.text.text, "<Tab>")
    assert root.focus_get() is screen.text.text
    press(screen.text.text, "<Shift-Tab>")
    assert root.focus_get() is not screen.text.text


def test_a_click_follows_a_link(screen, root):
    screen.show("monthly_report")
    root.update()
    text = screen.text.text
    start = text.tag_ranges("link0")[0]
    text.see(start)
    root.update()
    x, y, _, height = text.bbox(start)
    text.event_generate("<Motion>", x=x + 2, y=y + height // 2)
    text.event_generate("<Button-1>", x=x + 2, y=y + height // 2)
    root.update()
    assert screen.page == "analysis"


def test_the_contents_turn_pages_by_the_arrow_keys(screen, root, press):
    screen.show("start")
    root.update()
    screen.tree.focus_force()
    screen.tree.focus("start")
    press(screen.tree, "<Down>")
    assert screen.page == "first_steps"
    press(screen.tree, "<Return>")
    assert root.focus_get() is screen.text.text


def test_a_search_lists_pages_with_their_lines_and_marks_the_words(screen, root, press, wait_until):
    press(screen.text.text, "<Control-f>")
    assert root.focus_get() is screen.search.control
    screen.search.set("找回码")
    press(screen.search.control, "<Return>")
    assert listed(screen) == ["新手入门", "常见问题"]
    assert root.focus_get() is screen.tree
    press(screen.tree, "<Down>", "<Down>")
    assert screen.page == "faq"
    text = screen.text.text
    ranges = text.tag_ranges("found")
    assert text.get(*ranges[:2]) == "找回码"
    press(screen.tree, "<Escape>")
    assert "开始" in listed(screen) and screen.search.get() == ""


def test_what_is_nowhere_is_said(screen, root, press):
    screen.search.set("量子")
    press(screen.search.control, "<Return>")
    assert listed(screen) == [] and screen.found.cget("text") == "没有找到，请换一个词。"


def test_the_text_cannot_be_changed_and_the_arrow_keys_scroll_it(screen, root, press):
    screen.show("general")
    root.update()
    screen.text.text.focus_force()
    before = shown(screen)
    press(screen.text.text, "a", "<Next>")
    assert shown(screen) == before
    assert screen.text.text.yview()[0] > 0
    press(screen.text.text, "<Home>")
    assert screen.text.text.yview()[0] == 0


def test_a_page_is_looked_at_before_it_is_printed(screen, press, preview_of):
    screen.show("company")
    press(screen.text.text, "<F9>")
    preview = preview_of()
    assert preview.total == 1
    assert preview.winfo_toplevel().title().startswith("本单位信息")


def test_the_whole_manual_is_kept_as_a_file(screen, press, dialogs, wait_until, tmp_path):
    target = tmp_path / "帮助.pdf"
    dialogs.answers.append(target)
    press(screen.text.text, "<F8>")
    wait_until(target.exists)
    assert target.read_bytes().startswith(b"%PDF")


def test_f1_in_a_form_shows_its_page_over_it_and_esc_goes_back(window, desk, root, press, in_front):
    form = open_form(desk, CUSTOMERS, None)
    root.update()
    name = form.form["name"].input
    name.set("长春客车")
    press(name.control, "<F1>")
    shown_over = in_front(HelpWindow)
    assert shown_over.screen.page == "customers"
    assert window.tabs.keys_open == ["today"]
    press(shown_over.screen.text.text, "<F1>")
    assert not [child for child in shown_over.winfo_children() if isinstance(child, HelpWindow)]
    press(shown_over.screen.text.text, "<Escape>")
    root.update()
    assert in_front(HelpWindow) is None
    assert root.focus_get() is name.control and name.get() == "长春客车"
    form.hide()


def test_f1_in_a_small_window_shows_the_page_of_the_screen_behind(window, desk, root, press, in_window, in_front):
    window.open("backups")
    seen = []

    def look(form):
        press(form.button, "<F1>")
        shown_over = in_front(HelpWindow)
        seen.append(shown_over.screen.page)
        press(shown_over.screen.text.text, "<Escape>")
        seen.append(in_front(HelpWindow))
        form.cancel()

    in_window(SmallForm, look)
    window.tabs.current.plan()
    assert seen == ["backups", None]


def test_behind_a_locked_screen_f1_opens_nothing(window, root, press):
    window.lock.lock()
    press(window.lock.cover.password.input.control, "<F1>")
    assert not [child for child in root.winfo_children() if isinstance(child, HelpWindow)]
    assert window.tabs.keys_open == ["today"]
    window.lock.end()
