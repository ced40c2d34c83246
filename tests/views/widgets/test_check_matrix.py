"""A matrix of ticks by keyboard and mouse: cells, whole rows, whole columns, what is fixed and what is not there."""

import pytest

from crm_desktop.views.widgets.check_matrix import LABELS, CheckMatrix

ROWS = [("a", "甲"), ("b", "乙"), ("c", "丙")]
COLUMNS = [("x", "查看"), ("y", "修改")]
CELLS = {("a", "x"), ("a", "y"), ("b", "x"), ("c", "x"), ("c", "y")}


@pytest.fixture
def matrix(root):
    ticked = set()
    moves = []

    def toggled(cells, is_ticked):
        (ticked.update if is_ticked else ticked.difference_update)(cells)
        made.show(ticked, made.kept)

    made = CheckMatrix(root, ROWS, COLUMNS, CELLS, on_toggle=toggled, on_move=lambda: moves.append(made.place))
    made.ticked, made.moves, made.kept = ticked, moves, ()
    made.pack(fill="both", expand=True)
    root.update()
    return made


def click(root, matrix, canvas, x, y):
    canvas.event_generate("<Button-1>", x=x, y=y)
    root.update()


def test_arrows_move_and_the_space_bar_ticks(matrix, press):
    press(matrix.control, "<space>", "<Right>", "<Down>", "<Down>", "<space>")
    assert matrix.ticked == {("a", "x"), ("c", "y")}
    assert matrix.cell == ("c", "y") and matrix.moves[-1] == (2, 1)
    press(matrix.control, "<space>")
    assert matrix.ticked == {("a", "x")}


def test_the_cursor_stays_inside(matrix, press):
    press(matrix.control, "<Up>", "<Up>", "<Left>", "<Left>")
    assert matrix.place == (LABELS, LABELS) and matrix.cell is None
    press(matrix.control, "<Next>", "<End>")
    assert matrix.place == (2, 1)


def test_a_name_stands_for_its_row_or_column_the_corner_for_all(matrix, press):
    press(matrix.control, "<Home>", "<space>")
    assert matrix.ticked == {("a", "x"), ("a", "y")}
    press(matrix.control, "<Up>", "<Right>", "<space>")  # the column of 查看: one has a tick, so all get one
    assert matrix.ticked == {("a", "x"), ("a", "y"), ("b", "x"), ("c", "x")}
    press(matrix.control, "<space>")
    assert matrix.ticked == {("a", "y")}
    press(matrix.control, "<Left>", "<space>")
    assert matrix.ticked == CELLS
    press(matrix.control, "<space>")
    assert matrix.ticked == set()


def test_where_there_is_no_cell_nothing_happens(matrix, press):
    press(matrix.control, "<Down>", "<Right>", "<space>")
    assert matrix.place == (1, 1) and matrix.cell is None and matrix.ticked == set()


def test_what_is_fixed_stays(matrix, press):
    matrix.kept = {("a", "x"), ("a", "y")}
    matrix.show((), matrix.kept)
    press(matrix.control, "<space>", "<Up>", "<Left>", "<space>")
    assert matrix.ticked == CELLS - matrix.kept


def test_who_may_only_read_changes_nothing(root, matrix, press):
    matrix.is_readonly = True
    press(matrix.control, "<space>")
    assert matrix.ticked == set()
    click(root, matrix, matrix.control, 5, 2 * matrix._line + 5)
    assert matrix.ticked == set()


def test_clicks_on_a_cell_a_row_s_name_and_a_column_s(root, matrix):
    line, names, wide = matrix._line, matrix._names, matrix._wide
    click(root, matrix, matrix.control, names + wide // 2, line // 2)
    assert matrix.ticked == {("a", "x")}
    click(root, matrix, matrix.control, 5, 2 * line + 5)
    assert matrix.ticked == {("a", "x"), ("c", "x"), ("c", "y")}
    click(root, matrix, matrix.head, names + wide + 5, 5)
    assert matrix.ticked == {("a", "x"), ("c", "x"), ("c", "y"), ("a", "y")}
    click(root, matrix, matrix.control, names + 2 * wide + 40, 5)  # beside the table
    assert len(matrix.ticked) == 4


def test_the_wheel_and_the_cursor_scroll(root, press):
    rows = [(f"r{number}", f"行{number}") for number in range(40)]
    made = CheckMatrix(root, rows, COLUMNS, {(key, "x") for key, _ in rows}, on_toggle=lambda cells, is_ticked: None)
    made.pack(fill="x")
    made.control.configure(height=made._line * 10)
    root.update()
    press(made.control, "<Next>", "<Next>")
    assert made.control.canvasy(0) == made._line * 7  # row 16 is the last one in sight
    is_x11 = root.tk.call("tk", "windowingsystem") == "x11"
    if is_x11:
        made.control.event_generate("<Button-4>")
    else:
        made.control.event_generate("<MouseWheel>", delta=120)
    root.update()
    assert made.control.canvasy(0) == made._line * 4
