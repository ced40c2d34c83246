"""Red cells in a table: Tk 8.6 can colour whole rows only, so labels lie over the cells that are in sight."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.widgets.table_rows import Row, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable


class CellMarks:
    """``marked(row)`` gives the keys of the columns whose cell is bad; clicking one chooses its row."""

    def __init__(self, table: VirtualTable, marked: Callable[[Row], Iterable[str]]) -> None:
        self._table = table
        self._marked = marked
        self.labels: list[ttk.Label] = []
        table.body.draw_over = self._draw

    def _draw(self, shown: Sequence[tuple[str, Row]]) -> None:
        columns = {column.key: column for column in self._table.columns.shown}
        used = 0
        for item, row in shown:
            for key in self._marked(row):
                if key in columns and self._place(used, item, row, columns[key]):
                    used += 1
        for label in self.labels[used:]:
            label.place_forget()

    def _place(self, number: int, item: str, row: Row, column: TableColumn) -> bool:
        box: Any = self._table.tree.bbox(item, column.key)
        if not box:
            return False
        while number >= len(self.labels):
            self.labels.append(ttk.Label(self._table.tree, style="BadCell.TLabel", anchor="w"))
        label = self.labels[number]
        label.configure(text=column.text(row))
        label.bind("<Button-1>", lambda event: self._choose(row))
        x, y, width, height = box
        label.place(x=x + 1, y=y + 1, width=max(width - 2, 1), height=max(height - 2, 1))
        return True

    def _choose(self, row: Row) -> None:
        self._table.focus_set()
        self._table.go_to(row["id"])
