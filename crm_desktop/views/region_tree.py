"""The tree of regions: opens level by level, and lists what a search finds instead."""

from collections.abc import Sequence
from tkinter import Misc
from typing import Any, ClassVar

import ttkbootstrap as ttk

from crm_desktop.controllers.regions import LOWEST_LEVEL, Regions
from crm_desktop.errors import NotFound
from crm_desktop.views.theme import pixels

UNREAD = "…"
"""Stands below a region whose own regions have not been read yet."""
FOUND_AT_MOST = 200
ROWS = 10


class RegionTree(ttk.Frame):
    """Regions in use, with area code and postcode; a subclass may show more of them, and more about them."""

    columns: ClassVar[Sequence[tuple[str, str, int]]] = (("area_code", "区号", 80), ("postcode", "邮编", 80))
    shows_inactive: ClassVar[bool] = False

    def __init__(self, parent: Misc, regions: Regions) -> None:
        super().__init__(parent)
        self._regions = regions
        self.tree = ttk.Treeview(self, columns=[name for name, _, _ in self.columns], selectmode="browse", name="tree")
        self.tree.heading("#0", text="区域", anchor="w")
        self.tree.column("#0", width=pixels(self, 300))
        for name, label, width in self.columns:
            self.tree.heading(name, text=label, anchor="w")
            self.tree.column(name, width=pixels(self, width), stretch=False)
        bar = ttk.Scrollbar(self, command=self.tree.yview)
        self.tree.configure(yscrollcommand=bar.set, height=ROWS)
        bar.pack(side="right", fill="y")
        self.tree.pack(side="left", fill="both", expand=True)
        self.tree.bind("<<TreeviewOpen>>", lambda event: self._read_below(self.tree.focus()))

    @property
    def code(self) -> str:
        """The selected region, "" when none is."""
        chosen = self.tree.selection()
        return str(chosen[0]) if chosen else ""

    def show(self, text: str = "") -> None:
        """The provinces, or a flat list of what matches."""
        self.tree.delete(*self.tree.get_children())
        if text.strip():
            for row in self._regions.find(text, FOUND_AT_MOST):
                self._insert("", row, row["full_name"], can_open=False)
        else:
            self._insert_below("")

    def go_to(self, code: str) -> None:
        """Open the tree down to a region and select it."""
        try:
            path = self._path(code)
        except NotFound:
            return
        for above in path[:-1]:
            self._read_below(above)
            self.tree.item(above, open=True)
        if self.tree.exists(code):
            self._select(code)

    def focus_first(self) -> None:
        """The keyboard to the tree, on the selected row or the first one."""
        self.tree.focus_set()
        first = self.code or next(iter(self.tree.get_children()), "")
        if first:
            self._select(first)

    def cells(self, row: dict[str, Any]) -> list[Any]:
        """What the columns show of a region."""
        return [row[name] for name, _, _ in self.columns]

    def _path(self, code: str) -> list[str]:
        path = [code]
        while parent := self._regions.get(path[0])["parent"]:
            path.insert(0, parent)
        return path

    def _select(self, code: str) -> None:
        self.tree.selection_set(code)
        self.tree.focus(code)
        self.tree.see(code)

    def _read_below(self, code: str) -> None:
        below = self.tree.get_children(code)
        if below and str(below[0]).startswith(UNREAD):
            self.tree.delete(*below)
            self._insert_below(code)

    def _insert_below(self, code: str) -> None:
        for row in self._regions.children(code or None):
            if row["is_active"] or self.shows_inactive:
                self._insert(code, row, row["name"], can_open=row["level"] < LOWEST_LEVEL)

    def _insert(self, parent: str, row: dict[str, Any], label: str, *, can_open: bool) -> None:
        self.tree.insert(parent, "end", row["code"], text=label, values=self.cells(row))
        if can_open:
            self.tree.insert(row["code"], "end", f"{UNREAD}{row['code']}", text=UNREAD)
