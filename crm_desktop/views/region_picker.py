"""Choosing a region from the tree 省 → 市 → 县; stopping at any level is allowed."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.region_tree import RegionTree
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.search_box import SearchBox


class RegionPicker(ModalWindow):
    """Calls ``on_choose(code)``; Esc changes nothing."""

    def __init__(self, parent: Misc, desk: Desk, on_choose: Callable[[str], Any], *, code: str = "") -> None:
        super().__init__(parent, "选择区域")
        self._on_choose = on_choose
        self._code = code
        self.regions = RegionTree(self.body, desk.office.regions)
        self.search = SearchBox(
            self.body, self._find, placeholder="名称、拼音、区号、邮编…", on_leave=self.regions.focus_first
        )
        self.search.pack(fill="x")
        self.regions.pack(fill="both", expand=True, pady=pixels(self, 8))
        self._add_buttons()
        bind_key(self.regions.tree, "enter", self.choose)
        self.regions.tree.bind("<Double-1>", self._double_clicked)

    def ask(self) -> None:
        """Show the tree at the region chosen before."""
        self._find("")
        self.show(self.search.control, wait=False)

    def choose(self) -> None:
        """Take the selected region, whatever its level."""
        code = self.regions.code
        if code:
            self.close()
            self._on_choose(code)

    def _find(self, text: str) -> None:
        self.regions.show(text)
        if not text and self._code:
            self.regions.go_to(self._code)

    def _double_clicked(self, event: Any) -> str | None:
        if not self.regions.tree.identify_row(event.y):
            return None
        self.choose()
        return "break"

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        ttk.Label(row, text="→ 展开下级，Enter 选定，省、市、县均可", style="Small.TLabel").pack(side="left")
        ttk.Button(row, text="取消 Esc", bootstyle="outline", command=self.cancel).pack(side="right")
        choose = ttk.Button(row, text="选定 Enter", bootstyle="primary", command=self.choose, name="choose")
        choose.pack(side="right", padx=pixels(self, 8))
        bind_key(choose, "enter", self.choose)
