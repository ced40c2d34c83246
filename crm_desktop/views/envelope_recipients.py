"""Who gets a letter: the customers or contacts that a search finds, each with a tick."""

from collections.abc import Callable, Mapping, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import ENTITIES, Condition, Query
from crm_desktop.models.query import AnyCondition
from crm_desktop.views.desk import Desk
from crm_desktop.views.sources import ChosenSource, EntitySource
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.mark_table import MarkTable
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import TableColumn

COLUMNS = {
    "customers": ("code", "name", "primary_contact", "postcode", "address", "level"),
    "contacts": ("name", "customer", "department", "position", "postcode", "address"),
}
LABELS = {"customers": "客户", "contacts": "联系人"}
ANY_LEVEL, ANY_PLACE = "全部级别", "全部地区"


class Recipients(ttk.Frame):
    """``ids()`` are those ticked, in the order they will be printed; ``on_change()`` follows each tick."""

    def __init__(
        self,
        parent: Misc,
        desk: Desk,
        on_change: Callable[[], Any],
        on_open: Callable[[int], Any],
        columns: Mapping[str, Sequence[str]] = COLUMNS,
        caption: str = "寄给：",
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._caption = caption
        self._desk = desk
        self._on_change = on_change
        self._on_open = on_open
        self._text = ""
        self._entity = ttk.StringVar(self, value="customers")
        self._only_marked = ttk.BooleanVar(self)
        self._levels = [row["name"] for row in desk.office.dictionaries.items("level") if row["is_active"]]
        self._provinces = {row["name"]: row["code"] for row in desk.office.regions.children(None) if row["is_active"]}
        self._build_choice()
        self._build_marking()
        self.table = self._make_table()
        self.find("")

    @property
    def entity(self) -> str:
        """"customers" or "contacts"."""
        return str(self._entity.get())

    @property
    def count(self) -> int:
        return self.table.marked_count

    def ids(self) -> list[int]:
        return self.table.marked_ids()

    def show(self, entity: str, ids: Sequence[int]) -> None:
        """These and no others, all ticked."""
        if entity != self.entity:
            self._entity.set(entity)
            self._change_entity()
        self._only_marked.set(bool(ids))
        self.table.mark(ids)
        self.reload()

    def find(self, text: str) -> None:
        """Show what matches; what was ticked before stays ticked."""
        self._text = text
        if text:
            self._only_marked.set(False)
        self.reload()

    def reload(self) -> None:
        """Ask again from the top."""
        controller, columns = getattr(self._desk.office, self.entity), self._columns[self.entity]
        if self._only_marked.get():
            self.table.show(ChosenSource(controller, self.table.marked_ids(), columns))
        else:
            self.table.show(EntitySource(controller, Query(self._text, self._conditions()), columns))

    def refresh(self) -> None:
        self.table.refresh()

    def focus_set(self) -> None:
        self.search.focus_set()

    # -- building --------------------------------------------------------------------------------------------------

    def _build_choice(self) -> None:
        row, gap = ttk.Frame(self), pixels(self, 8)
        row.pack(fill="x", pady=(0, pixels(self, 4)))
        ttk.Label(row, text=self._caption).pack(side="left")
        for entity, label in LABELS.items():
            ttk.Radiobutton(
                row, text=label, variable=self._entity, value=entity, command=self._change_entity, name=entity
            ).pack(side="left", padx=(0, gap))
        self.search = SearchBox(row, self.find, placeholder="名称、拼音首字母、电话…", width=21, on_leave=self._leave)
        self.search.pack(side="right")
        self.province = self._filter(row, "province", [ANY_PLACE, *self._provinces], 14)
        self.level = self._filter(row, "level", [ANY_LEVEL, *self._levels], 10)
        for each in (self.level, self.province, self.search):
            each.lift()  # Tab follows the order in which they stand

    def _filter(self, row: ttk.Frame, name: str, values: list[str], width: int) -> ttk.Combobox:
        box = ttk.Combobox(row, state="readonly", values=values, width=width, name=name)
        box.current(0)
        box.pack(side="right", padx=(0, pixels(self, 6)))
        box.bind("<<ComboboxSelected>>", lambda event: self._filtered())
        return box

    def _build_marking(self) -> None:
        row, gap = ttk.Frame(self), pixels(self, 6)
        row.pack(side="bottom", fill="x", pady=(pixels(self, 4), 0))
        for name, text, command in (("all", "全选", self.mark_all), ("none", "全不选", self.mark_none)):
            ttk.Button(row, text=text, bootstyle="outline", command=command, name=name).pack(side="left", padx=(0, gap))
        ttk.Checkbutton(
            row, text="只看选中的", variable=self._only_marked, command=self.reload, name="only_marked"
        ).pack(side="left", padx=gap)
        self.footer = ttk.Label(row, style="Muted.TLabel", name="footer")
        self.footer.pack(side="right")

    def _make_table(self) -> MarkTable:
        entity = ENTITIES[self.entity]
        fields = [entity[name] for name in self._columns[self.entity]]
        table = MarkTable(
            self,
            [TableColumn(field.name, field.label, field.width, field.align) for field in fields],
            background=self._desk.background,
            on_marked=self._marked,
            on_open=self._on_open,
            on_loaded=self._show_footer,
            empty_text=f"没有符合条件的{entity.label}。",
        )
        table.pack(fill="both", expand=True)
        return table

    # -- acting ----------------------------------------------------------------------------------------------------

    def mark_all(self) -> None:
        """Tick everything the table shows."""
        self.table.mark_all()

    def mark_none(self) -> None:
        self._only_marked.set(False)
        self.table.mark(())
        self.reload()

    def _change_entity(self) -> None:
        """Other columns need another table; ticks do not carry over."""
        self.table.destroy()
        self.table = self._make_table()
        for box in (self.level, self.province):
            box.current(0)
            box.configure(state="readonly" if self.entity == "customers" else "disabled")
        self._only_marked.set(False)
        self.reload()
        self._marked()

    def _conditions(self) -> tuple[AnyCondition, ...]:
        found: list[AnyCondition] = []
        if self.level.current() > 0:
            found.append(Condition("level", "=", self.level.get()))
        if self.province.current() > 0:
            found.append(Condition("region", "within", self._provinces[self.province.get()]))
        return tuple(found)

    def _filtered(self) -> None:
        self._only_marked.set(False)
        self.reload()

    def _leave(self) -> None:
        self.table.focus_set()

    def _marked(self) -> None:
        self._show_footer()
        self._on_change()

    def _show_footer(self) -> None:
        more = "" if self.table.is_complete else "+"
        self.footer.configure(text=f"已选 {self.count:,} 个，表中共 {self.table.total:,}{more} 个")
