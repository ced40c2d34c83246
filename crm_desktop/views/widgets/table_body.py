"""The visible part of a long table: as many Treeview items as fit, refilled while scrolling."""

from collections.abc import Callable, Iterable, Sequence
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.theme import Palette, on_theme_change, row_height
from crm_desktop.views.widgets.table_rows import LoadedRows, Row, TableColumn
from crm_desktop.views.widgets.table_scroll import TableScrollbar

WHEEL_ROWS = 3
WAITING = "正在查找…"


class TableBody(ttk.Frame):
    """Draws ``rows`` from ``top`` on; ``columns`` gives the shown columns, ``tags(place, row)`` the row's
    tags."""

    def __init__(self, parent: Misc, rows: LoadedRows, tags: Callable[[int, Row | None], Iterable[str]]) -> None:
        super().__init__(parent)
        self._rows = rows
        self._tags = tags
        self._items: list[str] = []
        self._paint_job: str | None = None
        self.top = 0
        self.columns: Callable[[], list[TableColumn]] = list
        self.draw_over: Callable[[Sequence[tuple[str, Row]]], Any] = lambda shown: None
        """Called with (item, row) of what is in sight after it was drawn or moved sideways."""
        self.tree = ttk.Treeview(self, show="headings", selectmode="none", height=1)
        self.scrollbar = TableScrollbar(self, self.scroll_to, lambda rows: self.scroll_to(self.top + rows))
        self._across = ttk.Scrollbar(self, orient="horizontal", command=self.tree.xview)
        self.tree.configure(xscrollcommand=self._scrolled_across)
        self.tree.grid(row=0, column=0, sticky="nsew")
        self.scrollbar.grid(row=0, column=1, sticky="ns")
        self.rowconfigure(0, weight=1)
        self.columnconfigure(0, weight=1)
        self.empty = ttk.Label(self, style="EmptyTable.TLabel", justify="center")
        self.waiting = ttk.Label(self, style="EmptyTable.TLabel", text=WAITING)
        on_theme_change(self, self._paint_tags)
        self.tree.bind("<Configure>", lambda event: self._resized(), add="+")
        self.tree.bind("<MouseWheel>", lambda event: self._wheel(-event.delta / 120))
        self.tree.bind("<Button-4>", lambda event: self._wheel(-1))
        self.tree.bind("<Button-5>", lambda event: self._wheel(1))

    @property
    def room(self) -> int:
        """Whole rows that fit."""
        return max(1, len(self._items))

    def scroll_to(self, row: int) -> None:
        """Make ``row`` the first visible one, as far as the end allows."""
        top = max(0, min(row, len(self._rows.ids) - self.room))
        if top != self.top:
            self.top = top
            self.schedule_paint()

    def see(self, place: int) -> None:
        """Scroll just enough to show the row at this place."""
        if place < self.top:
            self.scroll_to(place)
        elif place >= self.top + self.room:
            self.scroll_to(place - self.room + 1)

    def place_at(self, event: Event) -> int | None:
        """The place in the table of the row under the pointer."""
        item = self.tree.identify_row(event.y)
        is_cell = item and self.tree.identify_region(event.x, event.y) in ("cell", "nothing")
        return self.top + self._items.index(item) if is_cell else None

    def schedule_paint(self) -> None:
        """Draw when the window is idle, once for any number of reasons."""
        if self._paint_job is None:
            self._paint_job = self.after_idle(self._paint)

    def _paint(self) -> None:
        self._paint_job = None
        self.top = max(0, min(self.top, len(self._rows.ids) - self.room))
        rows = self._rows.between(self.top, self.top + self.room)
        call, path, columns = self.tree.tk.call, str(self.tree), self.columns()
        for place, item in enumerate(self._items):
            if place >= len(rows):
                self.tree.detach(item)
                continue
            row = rows[place]
            values = tuple(column.text(row) for column in columns) if row else ()
            tags = tuple(self._tags(self.top + place, row))
            call(path, "item", item, "-values", values, "-tags", tags)
            call(path, "move", item, "", place)
        self.scrollbar.show(self.top, self.room, len(self._rows.ids))
        self._draw_over()
        is_waiting = self._rows.is_waiting
        for label, is_true in ((self.empty, not is_waiting), (self.waiting, is_waiting)):
            if is_true and not self._rows.ids:
                label.place(in_=self.tree, relx=0.5, rely=0.4, anchor="center")
            else:
                label.place_forget()

    def _draw_over(self) -> None:
        rows = self._rows.between(self.top, self.top + self.room)
        self.draw_over([(item, row) for item, row in zip(self._items, rows, strict=False) if row])

    def _paint_tags(self, colors: Palette) -> None:
        self.tree.tag_configure("zebra", background=colors.zebra)
        self.tree.tag_configure("overdue", foreground=colors.overdue)
        self.tree.tag_configure("inactive", foreground=colors.muted)
        self.tree.tag_configure("selected", background=colors.selected)

    def _resized(self) -> None:
        box = self.tree.bbox(self._items[0]) if self._items else ""
        heading = int(box[1]) if box else row_height(self)
        room = max(1, (self.tree.winfo_height() - heading) // row_height(self))
        while len(self._items) < room:
            self._items.append(self.tree.insert("", "end"))
        for item in self._items[room:]:
            self.tree.delete(item)
        del self._items[room:]
        if not box:
            self.after_idle(self._resized_again)
        self.schedule_paint()

    def _resized_again(self) -> None:
        """The height of the headings is only known once a row has been drawn."""
        if self.tree.bbox(self._items[0]):
            self._resized()

    def _wheel(self, notches: float) -> str:
        self.scroll_to(self.top + round(notches * WHEEL_ROWS))
        return "break"

    def _scrolled_across(self, first: str, last: str) -> None:
        self._across.set(first, last)
        if float(first) <= 0 and float(last) >= 1:
            self._across.grid_remove()
        else:
            self._across.grid(row=1, column=0, sticky="ew")
        self._draw_over()
