"""Ticks: by mouse in their column, by the space bar for the selection, and they outlive other rows."""

import pytest

from crm_desktop.views.widgets.mark_table import MarkTable
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn

ROWS = [{"id": number, "name": f"客户{number}"} for number in range(1, 6)]


@pytest.fixture
def table(root):
    changes, opened = [], []
    made = MarkTable(
        root, [TableColumn("name", "名称", 20)], on_marked=lambda: changes.append(1), on_open=opened.append,
        source=ListSource(ROWS),
    )  # fmt: skip
    made.changes, made.opened = changes, opened
    made.pack(fill="both", expand=True)
    for _ in range(5):
        root.update()
    return made


def click(root, table, row, column):
    """Twice in the same place is a double click to Tk."""
    item = table.tree.get_children()[row]
    x, y, width, height = table.tree.bbox(item, column)
    table.tree.event_generate("<Button-1>", x=x + width // 2, y=y + height // 2)
    root.update()


def sign(table, row):
    return table.tree.item(table.tree.get_children()[row], "values")[0]


def test_a_click_in_the_first_column_ticks_and_takes_away(root, table):
    click(root, table, 1, "mark")
    assert table.marked_ids() == [2] and sign(table, 1) == "☑" and table.selected_count == 0
    click(root, table, 1, "mark")
    assert table.marked_ids() == [] and sign(table, 1) == "☐" and table.opened == []
    assert len(table.changes) == 2


def test_elsewhere_a_click_selects_and_a_double_click_opens(root, table):
    click(root, table, 2, "name")
    click(root, table, 2, "name")
    assert table.marked_ids() == [] and table.selected_ids() == [3] and table.opened == [3]


def test_space_ticks_all_selected_rows(root, table, press):
    press(table.tree, "<Home>", "<Shift-Down>", "<Shift-Down>", "<space>")
    assert table.marked_ids() == [1, 2, 3]
    press(table.tree, "<End>", "<Shift-Up>", "<Shift-Up>", "<space>")
    assert table.marked_ids() == [1, 2, 3, 4, 5]
    press(table.tree, "<space>")
    assert table.marked_ids() == [1, 2]


def test_ticks_outlive_other_rows_and_follow_the_order_of_the_table(root, table):
    table.mark([5, 2])
    assert table.marked_ids() == [2, 5]
    table.show(ListSource(ROWS[2:]))
    table.mark_all()
    assert table.marked_ids() == [3, 4, 5, 2] and table.marked_count == 4
