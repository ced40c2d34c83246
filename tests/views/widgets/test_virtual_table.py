"""A table of a million rows behaves like one of ten: keys, mouse, selection, sorting, columns, copying."""

import threading
import time
from array import array

import pytest

from crm_desktop.views.list_footer import size_of
from crm_desktop.views.widgets.table_body import WAITING
from crm_desktop.views.widgets.table_columns import ColumnChooser
from crm_desktop.views.widgets.virtual_table import ListSource, TableColumn, VirtualTable

COLUMNS = [
    TableColumn("id", "序号", 8, "right"),
    TableColumn("name", "名称", 20),
    TableColumn("level", "级别", 8),
    TableColumn("note", "备注", 10, is_visible=False),
]
MILLION = 1_000_000


def make_row(id):
    return {"id": id, "name": f"客户{id}", "level": 1, "level_text": "重要", "note": "a\nb"}


class Numbers:
    """Customers 1 … n, made as they are asked for."""

    def __init__(self, n, gone=()):
        self.n, self.gone, self.asked = n, set(gone), []

    def ids(self, order, cancelled=None):
        numbers = range(self.n, 0, -1) if order.startswith("-") else range(1, self.n + 1)
        return array("i", (number for number in numbers if number not in self.gone))

    def first_page(self, order):
        first = range(self.n, max(0, self.n - 100), -1) if order.startswith("-") else range(1, min(self.n, 100) + 1)
        return [make_row(id) for id in first if id not in self.gone]

    def rows(self, ids):
        self.asked.append(list(ids))
        return [make_row(id) for id in ids if id not in self.gone]


@pytest.fixture
def make_table(root, focus):
    def make(source, **options):
        table = VirtualTable(root, COLUMNS, source, **options)
        table.pack(fill="both", expand=True)
        for _ in range(5):
            root.update()
        focus(table.tree)
        return table

    return make


def shown(table):
    """The texts of the visible rows."""
    return [tuple(map(str, table.tree.item(item, "values"))) for item in table.tree.get_children()]


def tags(table, line):
    return table.tree.item(table.tree.get_children()[line], "tags")


def cell(table, line, column=1):
    x, y, width, height = table.tree.bbox(table.tree.get_children()[line], column)
    return {"x": x + width // 2, "y": y + height // 2}


def heading(table, column):
    x, _, width, _ = table.tree.bbox(table.tree.get_children()[0], column)
    return {"x": x + width // 2, "y": 8}


def click(root, table, place, **options):
    table.tree.event_generate("<Button-1>", **place, **options)
    table.tree.event_generate("<ButtonRelease-1>", **place, **options)
    root.update()


def test_only_visible_rows_are_made_and_read(root, make_table, press):
    source = Numbers(MILLION)
    table = make_table(source)
    assert table.total == MILLION
    assert 15 < len(shown(table)) < 50
    press(table.tree, "<End>")
    assert shown(table)[-1] == ("1000000", "客户1000000", "重要")
    assert len(source.asked) == 1 and len(source.asked[0]) < 50
    press(table.tree, "<Home>")
    assert shown(table)[0][0] == "1"


def test_the_last_row_is_wholly_visible(root, make_table, press):
    table = make_table(Numbers(MILLION))
    press(table.tree, "<End>")
    _, y, _, height = table.tree.bbox(table.tree.get_children()[-1])
    assert y + height <= table.tree.winfo_height()


def test_the_last_row_fits_whatever_the_height(root):
    for height in range(300, 329, 4):
        table = VirtualTable(root, COLUMNS, Numbers(1000))
        table.place(x=0, y=0, width=500, height=height)
        for _ in range(4):
            root.update()
        _, y, _, row = table.tree.bbox(table.tree.get_children()[-1])
        assert table.tree.winfo_height() - row < y + row <= table.tree.winfo_height()
        table.destroy()


def test_keys_move_page_and_extend(root, make_table, press):
    table = make_table(Numbers(MILLION))
    press(table.tree, "<Down>", "<Down>")
    assert table.current_id == 3 and table.selected_ids() == [3]
    press(table.tree, "<Shift-Down>", "<Shift-Down>")
    assert table.selected_ids() == [3, 4, 5]
    press(table.tree, "<Shift-Up>")
    assert table.selected_ids() == [3, 4]
    press(table.tree, "<Next>")
    assert table.current_id == 4 + table.body.room and table.selected_count == 1
    press(table.tree, "<Prior>", "<Up>")
    assert table.current_id == 3


def test_ctrl_a_selects_a_million_without_listing_them(root, make_table, press):
    table = make_table(Numbers(MILLION))
    press(table.tree, "<Control-a>")
    assert table.selected_count == MILLION
    click(root, table, cell(table, 2), state=0x4)
    assert table.selected_count == MILLION - 1
    assert "selected" not in tags(table, 2) and "selected" in tags(table, 3)


def test_clicks_select_one_add_and_extend(root, make_table):
    table = make_table(Numbers(50))
    click(root, table, cell(table, 1))
    click(root, table, cell(table, 4), state=0x4)
    assert table.selected_ids() == [2, 5]
    click(root, table, cell(table, 6), state=0x1)
    assert table.selected_ids() == [5, 6, 7]


def test_selection_survives_scrolling_and_refresh_and_forgets_the_vanished(root, make_table):
    source = Numbers(1000)
    table = make_table(source)
    table.select([3, 5])
    table.body.scroll_to(500)
    root.update()
    source.gone = {3}
    table.refresh()
    root.update()
    assert table.body.top == 500
    assert table.selected_ids() == [5] and table.selected_count == 1


def test_refresh_keeps_the_cursor_on_its_record(root, make_table):
    source = Numbers(1000)
    table = make_table(source)
    table.go_to(300)
    source.gone = {1, 2}
    table.refresh()
    root.update()
    assert table.current_id == 300
    source.gone.add(300)
    table.refresh()
    assert table.current_id == 301


def test_a_new_source_starts_at_the_top_with_nothing_selected(root, make_table):
    table = make_table(Numbers(1000))
    table.go_to(700)
    table.show(Numbers(20))
    root.update()
    assert (table.total, table.selected_count, table.current_id) == (20, 0, 1)
    assert len(shown(table)) == 20


def test_ids_come_from_the_background_while_the_first_page_is_shown(root, make_table, background, wait_until):
    loaded = []
    table = make_table(None, background=background, on_loaded=lambda: loaded.append(table.total))
    table.show(Numbers(MILLION))
    assert table.total == 100 and not table.is_complete
    wait_until(lambda: table.is_complete)
    assert table.total == MILLION and loaded == [MILLION]
    table.body.scroll_to(500_000)
    table.refresh()
    root.update()
    assert table.total == MILLION and table.body.top == 500_000
    wait_until(lambda: table.is_complete)


def test_a_row_gone_to_while_the_ids_are_read_again_keeps_the_cursor(root, make_table, background, wait_until):
    may_answer = threading.Event()
    may_answer.set()

    class Slow(Numbers):
        def ids(self, order, cancelled=None):
            may_answer.wait(5)
            return super().ids(order)

    source = Slow(3)
    table = make_table(source, background=background)
    wait_until(lambda: table.is_complete)
    may_answer.clear()
    source.n = 4
    table.refresh()
    assert table.go_to(4)
    may_answer.set()
    wait_until(lambda: table.is_complete)
    assert (table.current_id, table.selected_ids()) == (4, [4])


def test_a_late_answer_for_the_former_source_is_dropped(root, make_table, background, wait_until):
    gate = threading.Event()

    class Slow(Numbers):
        def ids(self, order, cancelled=None):
            gate.wait(5)
            return super().ids(order)

    table = make_table(None, background=background)
    table.show(Slow(1000))
    former = table._job
    table.show(Numbers(7))
    wait_until(lambda: table.is_complete)
    gate.set()
    wait_until(lambda: former.is_finished)
    assert table.total == 7


def test_the_former_source_is_told_that_nobody_waits_any_more(root, make_table, background, wait_until):
    """A search of a million that goes on beside the next one makes that wait."""
    told = []

    class Patient(Numbers):
        def ids(self, order, cancelled=None):
            deadline = time.monotonic() + 10
            while not cancelled() and time.monotonic() < deadline:
                time.sleep(0.001)
            told.append(cancelled())
            raise RuntimeError("broken off")

    table = make_table(None, background=background)
    table.show(Patient(1000))
    table.show(Numbers(7))
    wait_until(lambda: told and table.is_complete)
    assert told == [True] and table.total == 7


def test_the_cursor_moved_during_a_refresh_stays_where_it_was_moved(root, make_table, background, wait_until):
    class Held(Numbers):
        may_answer = threading.Event()

        def ids(self, order, cancelled=None):
            assert self.may_answer.wait(10)
            return super().ids(order)

    source = Held(10)
    source.may_answer.set()
    table = make_table(source, background=background)
    wait_until(lambda: table.is_complete)
    source.may_answer.clear()
    table.refresh()
    assert table.go_to(4)
    source.may_answer.set()
    wait_until(lambda: table.is_complete)
    assert (table.current_id, table.selected_ids()) == (4, [4])


class Unindexed(Numbers):
    """Its first page takes long, so that the ids bring it, when they may."""

    def __init__(self, n):
        super().__init__(n)
        self.may_answer = threading.Event()
        self.is_long = True

    def first_page(self, order):
        return None if self.is_long else super().first_page(order)

    def ids(self, order, cancelled=None):
        assert self.may_answer.wait(10)
        return super().ids(order)


@pytest.fixture
def unindexed(make_table, background, wait_until):
    """A table that is shown by an order which has an index, and will be sorted by one that has none."""
    source = Unindexed(1000)
    source.is_long = False
    source.may_answer.set()
    table = make_table(source, background=background)
    wait_until(lambda: table.is_complete)
    source.is_long = True
    source.may_answer.clear()
    yield table
    source.may_answer.set()
    wait_until(lambda: table.is_complete)


def test_keys_act_on_what_is_seen_until_a_long_order_is_there(root, unindexed, press, wait_until):
    opened, table = [], unindexed
    table._on_open = opened.append
    press(table.tree, "<Down>", "<Down>")
    click(root, table, heading(table, 0))
    click(root, table, heading(table, 0))
    assert table.order == "-id" and shown(table)[0][0] == "1"
    press(table.tree, "<Return>", "<Down>", "<Return>")
    assert opened == [3, 4] and table.selected_ids() == [4]
    table._source.may_answer.set()
    wait_until(lambda: table.is_complete)
    root.update()
    assert shown(table)[0][0] == "1000" and table.current_id == 1000
    assert (table.total, table.selected_ids()) == (1000, [4])


def test_a_refresh_meanwhile_leaves_the_new_order_at_its_top(root, unindexed, press, wait_until):
    table = unindexed
    press(table.tree, "<End>")
    click(root, table, heading(table, 0))
    table.refresh()
    root.update()
    assert shown(table)[-1][0] == "1000" and table.current_id == 1000
    table._source.may_answer.set()
    wait_until(lambda: table.is_complete)
    root.update()
    assert shown(table)[0][0] == "1" and table.current_id == 1


def test_a_refresh_that_takes_long_keeps_the_place_and_shows_what_changed(root, unindexed, press, wait_until):
    table = unindexed
    table.body.scroll_to(500)
    table._source.gone = {501}
    table.refresh()
    root.update()
    assert table.body.top == 500 and "501" not in str(shown(table)) and shown(table)[1][0] == "502"
    table._source.may_answer.set()
    wait_until(lambda: table.is_complete)
    root.update()
    assert table.body.top == 500 and shown(table)[0][0] == "502"


def test_what_was_asked_for_before_is_not_acted_on(root, unindexed, press, wait_until):
    opened, table = [], unindexed
    table._on_open = opened.append
    table.show(Unindexed(7))
    root.update()
    press(table.tree, "<Down>", "<Return>")
    assert (opened, shown(table), table.total) == ([], [], 0)
    assert not table.body.empty.winfo_ismapped()  # nobody knows yet that there are none
    assert table.body.waiting.winfo_ismapped() and table.body.waiting.cget("text") == size_of(table) == WAITING
    table._source.may_answer.set()
    wait_until(lambda: table.is_complete)
    root.update()
    assert not table.body.waiting.winfo_ismapped() and size_of(table) == "共 7 条"
    assert [line[0] for line in shown(table)] == list("1234567")


def test_a_heading_sorts_and_again_the_other_way(root, make_table):
    changes = []
    table = make_table(Numbers(MILLION), on_layout_changed=lambda: changes.append(table.layout()["order"]))
    click(root, table, heading(table, 0))
    assert table.tree.heading("id", "text") == "序号 ▲"
    click(root, table, heading(table, 0))
    assert table.tree.heading("id", "text") == "序号 ▼"
    assert shown(table)[0][0] == "1000000"
    assert changes == ["id", "-id"]


def test_a_heading_is_dragged_to_another_place(root, make_table):
    table = make_table(Numbers(30))
    start, end = heading(table, 2), heading(table, 0)
    table.tree.event_generate("<Button-1>", **start)
    table.tree.event_generate("<B1-Motion>", **end)
    table.tree.event_generate("<ButtonRelease-1>", **end)
    root.update()
    assert table.layout()["columns"] == ["level", "id", "name"]
    assert shown(table)[0] == ("重要", "1", "客户1")


def test_a_dragged_width_is_remembered_in_characters(root, make_table):
    changes = []
    table = make_table(Numbers(30), on_layout_changed=lambda: changes.append(1))
    x, _, width, _ = table.tree.bbox(table.tree.get_children()[0], 1)
    edge = x + width - 1
    assert table.tree.identify_region(edge, 8) == "separator"
    table.tree.event_generate("<Button-1>", x=edge, y=8)
    table.tree.event_generate("<B1-Motion>", x=edge + 80, y=8)
    table.tree.event_generate("<ButtonRelease-1>", x=edge + 80, y=8)
    root.update()
    assert changes == [1]
    assert table.layout()["widths"]["name"] > 25
    assert abs(int(table.tree.column("name", "width")) - (width + 80)) <= 2


def test_a_layout_is_taken_and_what_no_longer_exists_is_passed_over(root, make_table):
    table = make_table(Numbers(5))
    table.set_layout({"columns": ["note", "old", "name"], "widths": {"name": 30, "old": 3}, "order": "-name"})
    root.update()
    assert shown(table)[0] == ("a b", "客户1")
    assert table.order == "-name"


def test_the_chooser_ticks_moves_and_restores(root, focus, press):
    labels = [("a", "甲"), ("b", "乙"), ("c", "丙")]
    chooser = ColumnChooser(root, labels, ["b", "a"], ["a"])
    chooser.show(wait=False)
    focus(chooser.list)
    press(chooser.list, "<Control-Down>", "<space>", "<Down>", "<space>")
    assert chooser.list.get_children() == ("a", "b", "c")
    press(chooser.list, "<Return>")
    assert chooser.result == ["a", "c"]


def test_the_last_column_cannot_be_taken_away(root, focus, press):
    chooser = ColumnChooser(root, [("a", "甲")], ["a"], ["a"])
    chooser.show(wait=False)
    focus(chooser.list)
    press(chooser.list, "<space>", "<Return>")
    assert chooser.winfo_exists() and chooser.result is None
    press(chooser.list, "<Escape>")


def test_enter_and_double_click_open_the_row(root, make_table, press):
    opened = []
    table = make_table(Numbers(9), on_open=opened.append)
    press(table.tree, "<Down>", "<Return>", "<KP_Enter>")
    assert opened == [2, 2]
    click(root, table, cell(table, 4))
    click(root, table, cell(table, 4))
    assert opened == [2, 2, 5]


def test_ctrl_c_copies_the_selected_rows_as_excel_takes_them(root, make_table, press):
    table = make_table(Numbers(2000))
    table.set_layout({"columns": ["id", "name", "note"]})
    press(table.tree, "<Down>", "<Shift-Down>", "<Control-c>")
    assert root.clipboard_get() == "2\t客户2\ta b\n3\t客户3\ta b"


def test_a_right_click_keeps_a_selection_and_takes_an_unselected_row(root, make_table):
    menus = []
    table = make_table(Numbers(30), on_menu=lambda event: menus.append(table.selected_ids()))
    table.select([2, 3])
    table.tree.event_generate("<Button-3>", **cell(table, 2))
    table.tree.event_generate("<Button-3>", **cell(table, 7))
    assert menus == [[2, 3], [8]]


def test_the_wheel_and_the_thumb_scroll(root, make_table):
    table = make_table(Numbers(MILLION))
    table.tree.event_generate("<Button-5>")
    root.update()
    assert shown(table)[0][0] == "4"
    table.body.scrollbar._command("moveto", "1.0")
    root.update()
    assert shown(table)[-1][0] == "1000000"
    first, last = map(float, table.body.scrollbar.get())
    assert last == pytest.approx(1.0) and last - first >= 0.05
    table.body.scrollbar._command("scroll", "-1", "pages")
    root.update()
    assert shown(table)[-1][0] == str(MILLION - table.body.room)


def test_every_place_of_a_million_can_be_reached_by_the_thumb(root, make_table):
    table = make_table(Numbers(MILLION))
    bar = table.body.scrollbar
    for target in (0, 250_000, 999_999 - table.body.room):
        bar.show(target, table.body.room, MILLION)
        bar._command("moveto", str(bar.get()[0]))
        assert abs(table.body.top - target) <= 2


def test_zebra_own_tags_and_texts(root, make_table):
    table = make_table(Numbers(6), row_tags=lambda row: ["overdue"] if row["id"] == 2 else [])
    assert list(tags(table, 0)) == [] and list(tags(table, 1)) == ["overdue", "zebra"]
    assert shown(table)[0] == ("1", "客户1", "重要")


def test_an_empty_table_says_so(root, make_table, press):
    opened = []
    table = make_table(Numbers(0), empty_text="还没有客户，按 F2 新增。", on_open=opened.append)
    assert table.body.empty.winfo_ismapped()
    press(table.tree, "<Return>", "<Down>", "<End>", "<Control-a>", "<Control-c>")
    assert opened == [] and table.current_row is None
    table.show(Numbers(3))
    root.update()
    assert not table.body.empty.winfo_ismapped()


def test_a_list_in_memory_sorts_numbers_as_numbers(root, make_table):
    table = make_table(ListSource([{"id": n, "name": str(n)} for n in (2, 10, 1)]), order="id")
    assert [row[0] for row in shown(table)] == ["1", "2", "10"]


def test_rows_fit_after_the_window_grows(root, make_table):
    table = make_table(Numbers(500))
    before = len(shown(table))
    root.geometry("1366x400+0+0")
    for _ in range(10):
        root.update()
    assert 3 < len(shown(table)) < before
    root.geometry("1366x768+0+0")
    for _ in range(10):
        root.update()
    assert len(shown(table)) == before


def test_neighbours_of_a_row_end_with_the_table(root, make_table):
    table = make_table(Numbers(5, gone=[3]))
    assert (table.neighbour(2, 1), table.neighbour(4, -1)) == (4, 2)
    assert (table.neighbour(1, -1), table.neighbour(5, 1)) == (None, None)
    assert table.neighbour(3, 1) is None
