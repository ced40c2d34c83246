"""What a spreadsheet puts on the clipboard is read as it was meant."""

import csv
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.views.widgets.grid_paste import beyond, by_headings, parse

CELLS = st.text(alphabet="甲乙1\t\n\"' ,=", max_size=6)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_cells_with_tabs_quotes_and_line_breaks_come_back(rows):
    text = StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert parse(text.getvalue()) == rows


LABELS = ["客户名称 *", "客户编号", "电话"]


def test_headings_are_told_from_values():
    assert by_headings([["电话", "客户名称"], ["1", "甲"], ["2"]], LABELS) == ([["甲", "", "1"], ["", "", "2"]], [])
    assert by_headings([["电话", "客户名称", "别的"], ["1", "甲", "x"]], LABELS) == ([["甲", "", "1"]], ["别的"])
    for rows in ([["电话"], ["1"]], [["电话", "甲"], ["1", "2"]], [["电话", "客户名称"]], [["电话", "电话"], ["1", "2"]],
                 [["电话", "客户名称", "x", "y"], ["1", "2", "3", "4"]]):  # fmt: skip
        assert by_headings(rows, LABELS) is None


def test_only_filled_cells_count_as_lost():
    assert beyond([["a", "b", " ", "c"], ["a"]], 1) == 2
    assert beyond([["a", "b"]], 2) == 0
