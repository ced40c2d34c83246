"""往来记录: everything that happened with one customer in one list, filtered by kind, added to from here."""

from collections.abc import Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.timeline import EVENTS, Timeline
from crm_desktop.errors import NotFound
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.modules import BY_KEY
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_rows import Cancelled, ListSource, TableColumn, never
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = tuple(
    TableColumn(key, label, width, is_sortable=False)
    for key, label, width in (
        ("date", "日期", 10), ("time", "时间", 6), ("kind", "种类", 9), ("title", "事项", 28), ("text", "内容", 40),
        ("state", "状态/金额", 10), ("operator", "经办人", 8),
    )
)  # fmt: skip
ALL_KINDS = "全部"
FIRST_PAGE = 100
MOST_KEYS = 6
NOTHING = "还没有往来记录。用上面的按钮添加。"


class TimelineSource:
    """A TableSource: rows by (entity, record), newest first."""

    def __init__(self, timeline: Timeline, customer: int, kinds: Sequence[str] | None) -> None:
        self._timeline, self._customer, self._kinds = timeline, customer, kinds

    def first_page(self, order: str) -> Sequence[dict[str, Any]]:
        return [_with_id(row) for row in self._timeline.page(self._customer, self._kinds, FIRST_PAGE).rows]

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[Any] | None:
        try:
            return self._timeline.keys(self._customer, self._kinds)
        except NotFound:  # deleted while it was being read
            return []

    def rows(self, ids: Sequence[Any]) -> Sequence[dict[str, Any]]:
        return [_with_id(row) for row in self._timeline.rows(self._customer, ids)]


def _with_id(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "id": (row["entity"], row["record"])}


class TimelinePane(ttk.Frame):
    """``show(customer)``; None when there is none. Knows no particular kind: all come from their declarations."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent)
        self.desk = desk
        self.customer: int | None = None
        seen = [each for each in EVENTS.values() if desk.office.may(each.key, "view")]
        self.actions = [self._adding(place, each) for place, each in enumerate(seen, 1)]
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(pixels(self, 6), 0))
        self.toolbar = Toolbar(top, self.actions)
        self.filter = ChoiceInput(top, [], width=16)
        self.filter.bind("<<InputChanged>>", lambda event: self._filtered())
        put_beside(self.toolbar, self.filter)
        self.table = VirtualTable(
            self,
            COLUMNS,
            background=desk.background,
            on_open=self._open,
            on_menu=context_menu(self, [self._opening(), *self.actions]),
            empty_text=NOTHING,
        )
        self.table.pack(fill="both", expand=True, pady=pixels(self, 4))

    def show(self, customer: int | None) -> None:
        """List what happened with a customer; the filter stays when it is the same one."""
        if customer != self.customer:
            self.filter.set("")
        self.customer = customer
        self._count()
        if customer is None:
            self.table.show(ListSource(()))
        else:
            kind = self.filter.get() or None
            self.table.show(TimelineSource(self.desk.office.timeline, customer, [kind] if kind else None))
        self.toolbar.refresh()

    def refresh(self) -> None:
        """Read again; place and selection stay."""
        try:
            self._count()
            self.table.refresh()
        except NotFound:  # the customer has gone meanwhile
            self.show(None)

    # -- the filter ------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        """The kinds with their numbers; the one chosen stays chosen."""
        counts = self.desk.office.timeline.counts(self.customer) if self.customer is not None else {}
        items = [PickItem("", f"{ALL_KINDS} {sum(counts.values())}")]
        items += [PickItem(key, f"{ENTITIES[key].label} {number}") for key, number in counts.items()]
        chosen = self.filter.get() or ""
        self.filter.choices = items
        self.filter.set(chosen if chosen in counts else "")

    def _filtered(self) -> None:
        if self.filter.chosen is not None and self.customer is not None:
            self.show(self.customer)

    # -- opening and adding ----------------------------------------------------------------------------------------

    def _adding(self, place: int, entity: Entity) -> Action:
        return Action(
            f"add_{entity.key}",
            f"新{entity.label.removeprefix('客户').removeprefix('业务').removesuffix('记录')}",
            lambda: self._add(entity),
            f"item_{place}" if place <= MOST_KEYS else None,
            BY_KEY[entity.key].icon if entity.key in BY_KEY else "plus-lg",
            lambda: self.customer is not None and self.desk.office.may(entity.key, "create"),
        )

    def _opening(self) -> Action:
        return Action("open", "打开", lambda: self._open(self.table.current_id), None, "pencil",
                      lambda: self.table.current_id is not None)  # fmt: skip

    def _open(self, key: tuple[str, int]) -> None:
        entity, record = key
        open_form(self.desk, ENTITIES[entity], record)

    def _add(self, entity: Entity) -> None:
        owner = entity.owner_reference
        assert owner is not None
        open_form(self.desk, entity, None, values={owner.name: self.customer})
