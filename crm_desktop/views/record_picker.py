"""Choosing a record of any entity from its full list."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import Condition, Entity, Query
from crm_desktop.models.fields import Text
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.sources import EntitySource
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

MOST_COLUMNS = 5


def offered(entity: Entity) -> tuple[Condition, ...]:
    """What a record must be to be chosen for another: a product on sale."""
    return (Condition(entity.offered_if, "=", 1),) if entity.offered_if else ()


def search_hint(entity: Entity) -> str:
    """What may be typed to find a record: what the index knows, else the texts of its list and its customer."""
    if entity.is_searchable:
        return "名称、拼音首字母、电话、编号…"
    labels = [entity[name].label for name in entity.list_columns if isinstance(entity[name], Text)]
    owner = entity.owner_reference
    return "、".join([*labels, *([owner.label] if owner else [])]) + "…"


class RecordPicker(ModalWindow):
    """Calls ``on_choose(id)``; Esc changes nothing."""

    def __init__(
        self, parent: Misc, desk: Desk, entity: Entity, on_choose: Callable[[int], Any], *, text: str = ""
    ) -> None:
        super().__init__(parent, f"选择{entity.label}")
        self._on_choose = on_choose
        self._entity = entity
        self._controller = getattr(desk.office, entity.key)
        fields = [entity[name] for name in entity.list_columns[:MOST_COLUMNS]]
        columns = [TableColumn(each.name, each.label, each.width, each.align) for each in fields]
        frame = ttk.Frame(self.body, width=pixels(self, 720), height=pixels(self, 380))
        frame.pack_propagate(False)
        self.table = VirtualTable(
            frame, columns, background=desk.background, on_open=self._choose, empty_text=f"没有找到{entity.label}。"
        )
        self.search = SearchBox(
            self.body, self._find, placeholder=search_hint(entity), on_leave=self.table.focus_set
        )
        self.search.pack(fill="x")
        frame.pack(fill="both", expand=True, pady=pixels(self, 8))
        self.table.pack(fill="both", expand=True)
        self._add_buttons()
        self.search.text.set(text)
        self._find(text)

    def ask(self) -> None:
        self.show(self.search.control, wait=False)

    def choose(self) -> None:
        """Take the row with the cursor."""
        if self.table.current_id is not None:
            self._choose(self.table.current_id)

    def _choose(self, record: int) -> None:
        self.close()
        self._on_choose(record)

    def _find(self, text: str) -> None:
        names = self._entity.list_columns[:MOST_COLUMNS]
        self.table.show(EntitySource(self._controller, Query(text, offered(self._entity)), names))

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        ttk.Label(row, text="↓ 到列表，Enter 选定", style="Small.TLabel").pack(side="left")
        ttk.Button(row, text="取消 Esc", bootstyle="outline", command=self.cancel).pack(side="right")
        choose = ttk.Button(row, text="选定 Enter", bootstyle="primary", command=self.choose, name="choose")
        choose.pack(side="right", padx=pixels(self, 8))
        bind_key(choose, "enter", self.choose)
