"""The keys of 批量录入: into a cell, out of it, and what becomes of a text that is still being typed."""

import pytest

from crm_desktop.models import Query

NAME, CODE, LEVEL = 0, 1, 2


@pytest.fixture
def screen(window, root, wait_until):
    made = window.open("batch_entry")
    made.focus_set()
    wait_until(lambda: root.focus_get() is made.sheet.sheet.MT)
    return made


@pytest.fixture
def keys(root, press):
    def send(*sequences):
        for sequence in sequences:
            press(root.focus_get(), sequence)

    return send


@pytest.fixture
def table(screen):
    return screen.sheet.sheet.MT


def texts(screen, column=NAME, count=3):
    return [row[column] for row in screen.sheet.rows()[:count]]


# A text that is still being typed


def test_is_saved_with_the_rest(screen, keys, desk, window, wait_until):
    keys("<a>", "<Down>", "<b>", "<c>", "<Control-s>")
    wait_until(lambda: "已保存：新增 2" in window.status.message)
    names = [row["name"] for row in desk.office.customers.search(Query(order="id")).rows]
    assert names[-2:] == ["a", "bc"]


def test_is_asked_about_when_the_page_is_closed(screen, keys, dialogs, window):
    keys("<a>", "<Control-w>")
    assert dialogs.asked == [("yes_no", "表格里的内容还没有保存。")]
    assert window.tabs.current is screen and texts(screen, count=1) == ["a"]


def test_is_not_lost_to_a_new_row_and_gives_way_to_what_is_filled_down(screen, keys, table, root):
    keys("<a>", "<F2>")
    assert texts(screen) == ["", "a", ""] and root.focus_get() is table
    keys("<Down>", "<Down>", "<b>")
    keys("<Control-d>")
    assert texts(screen) == ["", "a", "a"]
    keys("<Control-z>")
    assert texts(screen) == ["", "a", "b"]


def test_is_given_up_by_esc_which_closes_nothing(screen, keys, table, root, dialogs):
    keys("<a>", "<Return>", "<Left>", "<b>", "<Escape>")
    assert texts(screen, count=1) == ["a"] and root.focus_get() is table
    assert screen.winfo_exists() and dialogs.asked == []


def test_is_written_down(screen, keys, desk, monkeypatch, wait_until):
    monkeypatch.setattr("crm_desktop.views.form_drafts.PAUSE_MILLISECONDS", 30)
    keys("<a>", "<b>", "<KeyRelease-b>")
    wait_until(lambda: any("ab" in str(each.content) for each in desk.office.drafts.mine()))
    keys("<c>", "<KeyRelease-c>")
    wait_until(lambda: any("abc" in str(each.content) for each in desk.office.drafts.mine()))


# From cell to cell


@pytest.mark.parametrize("back", ["<Shift-Return>", "<Shift-Tab>", "<ISO_Left_Tab>"])
def test_back_again(screen, keys, back):
    keys("<a>", "<Return>", "<b>", back)
    assert screen.sheet.current == (0, NAME) and screen.sheet.rows()[0][:2] == ["a", "b"]
    keys("<Down>", back)
    assert screen.sheet.current == (0, len(screen.fields) - 1)
    keys("<Tab>")
    assert screen.sheet.current == (1, NAME)


def test_a_column_is_typed_downwards(screen, keys):
    keys("<a>", "<Down>", "<b>", "<Down>", "<c>", "<Up>")
    assert texts(screen) == ["a", "b", "c"] and screen.sheet.current == (1, NAME)


def test_a_cell_is_changed_and_has_lines(screen, keys, table):
    keys("<a>", "<Return>", "<Left>", "<F4>", "<b>", "<Control-Return>", "<c>", "<Up>", "<Home>", "<d>", "<Return>")
    assert texts(screen, count=1) == ["dab\nc"] and screen.sheet.current == (0, CODE)


def test_the_cursor_stays_when_its_row_is_deleted(screen, keys):
    keys("<a>", "<Down>", "<b>", "<Up>", "<Control-Delete>")
    assert texts(screen) == ["b", "", ""] and screen.sheet.current == (0, NAME)
    keys("<Control-Delete>")
    keys("<Control-z>", "<Control-z>")
    assert texts(screen) == ["a", "b", ""]


def test_what_was_filled_down_is_taken_back_and_done_again(screen, keys):
    keys("<a>", "<Return>", "<Left>", "<Shift-Down>", "<Shift-Down>", "<Control-d>")
    assert texts(screen) == ["a", "a", "a"]
    keys("<Control-z>")
    assert texts(screen) == ["a", "", ""]
    keys("<Control-y>")
    assert texts(screen) == ["a", "a", "a"]


def test_whole_rows_are_filled_from_the_one_above(screen, keys):
    keys("<a>", "<Return>", "<b>", "<Down>", "<Home>", "<Shift-space>", "<Control-d>")
    assert [row[:2] for row in screen.sheet.rows()[:3]] == [["a", "b"], ["a", "b"], ["", ""]]
    assert screen.sheet.keys()[:2] == ["", ""]


def test_a_key_with_alt_or_ctrl_is_no_text(screen, table, root):
    for sequence in ("<Alt-z>", "<Control-o>"):
        table.event_generate(sequence)
    root.update()
    assert not screen.sheet.typing.is_typing and texts(screen, count=1) == [""]


def test_any_character_begins_a_cell_and_no_key_of_an_input_method(screen, table, key_event):
    for keycode, begins in ((229, False), (0, True)):
        event = key_event(table, keycode)
        event.char, event.keysym = "（", "??"
        screen.sheet.typing._begin(event)
        assert screen.sheet.typing.is_typing is begins
    assert texts(screen, count=1) == ["（"]


# Words that are offered


def test_a_word_is_typed_or_chosen(screen, keys, desk):
    offered = [item["name"] for item in desk.office.dictionaries.items("level", active_only=True)]
    keys("<Right>", "<Right>", "<z>", "<Return>", "<Left>")
    assert texts(screen, LEVEL, 1) == ["z"] and screen.sheet.current == (0, LEVEL)
    keys("<F7>", "<Down>", "<Down>", "<Return>")
    assert texts(screen, LEVEL, 1) == [offered[1]]
    keys("<Left>", "<F4>", "<Up>", "<Up>", "<Return>")
    assert texts(screen, LEVEL, 1) == [offered[-1]]


def test_another_kind_is_chosen_by_keys(screen, keys, root, type_text, wait_until):
    keys("<Alt-Key-1>")
    assert root.focus_get() is screen.choice.control
    screen.choice.control.delete(0, "end")
    type_text(screen.choice.control, "客户投诉")
    keys("<Return>")
    wait_until(lambda: screen.kind.key == "complaints" and root.focus_get() is screen.sheet.sheet.MT)
    keys("<a>", "<Return>")
    assert screen.sheet.rows()[0][0] == "a"
