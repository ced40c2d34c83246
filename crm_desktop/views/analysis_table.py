"""The numbers of an analysis: a row a group, the totals last, and the records behind the row or the cell."""

from collections.abc import Callable, Sequence
from functools import partial
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.analyses import AnalysisTable
from crm_desktop.views.listening import bind_tag
from crm_desktop.views.theme import BOLD_FONT
from crm_desktop.views.widgets.table_rows import ListSource, Row, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

TOTALS = "totals"
NONE = "—"
WIDTHS, LEAST_WIDTH = {"group": 12.0, "percent": 8.0}, 6.0
"""Of columns and kinds, in half-width characters."""


def _width(key: str, column: Any) -> float:
    return WIDTHS.get(key) or max(WIDTHS.get(column.kind, LEAST_WIDTH), 2.0 * len(column.label) + 1)


def _shown(key: str, column: Any, row: Row) -> str:
    return column.shown(row[key]) or NONE


class FiguresSource(ListSource):
    """Rows in any order, the totals always last."""

    def first_page(self, order: str) -> Sequence[Row]:
        rows = super().first_page(order)
        return sorted(rows, key=lambda row: row["id"] == TOTALS)


class FiguresTable(ttk.Frame):
    """``show(table)``; ``on_open(row, column)`` gets the row's key (None for the totals) and the cell's column."""

    def __init__(self, parent: Misc, on_open: Callable[[Any, str], Any], on_menu: Callable[[Event], Any]) -> None:
        super().__init__(parent)
        self._on_open, self._on_menu = on_open, on_menu
        self._keys: dict[Any, Any] = {}
        self._shown: tuple[Any, ...] = ()
        self._cell = ""
        self.table: VirtualTable | None = None

    def show(self, figures: AnalysisTable) -> None:
        """The columns follow the grades of the office and the grouping that was asked for."""
        columns = tuple(
            TableColumn(key, column.label, _width(key, column), column.alignment, format=partial(_shown, key, column))
            for key, column in figures.columns.items()
        )
        signature = tuple((column.key, column.label) for column in columns)
        if self.table is None or signature != self._shown:
            self._build(columns)
            self._shown = signature
        rows = [{**row, "id": place} for place, row in enumerate(figures.rows)]
        self._keys = {row["id"]: row["key"] for row in rows} | {TOTALS: None}
        assert self.table is not None
        self.table.show(FiguresSource([*rows, {**figures.totals, "id": TOTALS}]))

    def focus_set(self) -> None:
        if self.table is not None:
            self.table.focus_set()

    def open(self, column: str = "") -> None:
        """The records of the current row, or of one of its cells."""
        if self.table is not None and self.table.current_id is not None:
            self._on_open(self._keys[self.table.current_id], column)

    def _build(self, columns: Sequence[TableColumn]) -> None:
        if self.table is not None:
            self.table.destroy()
        self.table = VirtualTable(
            self, columns, row_tags=lambda row: (TOTALS,) if row["id"] == TOTALS else (),
            on_open=lambda row: self.open(self._cell), on_menu=self._on_menu, empty_text="没有数据。",
        )  # fmt: skip
        self.table.tag_configure(TOTALS, font=BOLD_FONT)
        self.table.pack(fill="both", expand=True)
        self._follow_pointer(self.table)

    def _follow_pointer(self, table: VirtualTable) -> None:
        """A double click means the cell, Enter the row; a tag of its own hears before the table does."""
        tag = f"Cell{table.tree}"
        table.tree.bindtags((tag, *table.tree.bindtags()))
        bind_tag(table.tree, tag, "<Button-1>", lambda event: self._pointed(table.columns.key_at(event.x)))
        bind_tag(table.tree, tag, "<Double-1>", lambda event: self._pointed(table.columns.key_at(event.x)))
        bind_tag(table.tree, tag, "<KeyPress>", lambda event: self._pointed(""))

    def _pointed(self, key: str) -> None:
        self._cell = key
