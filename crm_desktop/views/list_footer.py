"""The line under a list: how many, how many are selected, and what they add up to."""

from collections.abc import Callable
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.models import Query
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.widgets.table_body import WAITING
from crm_desktop.views.widgets.virtual_table import VirtualTable


def size_of(table: VirtualTable) -> str:
    """How many rows there are, with a + as long as there may be more."""
    if not table.is_complete and not table.total:
        return WAITING
    return f"共 {table.total:,}{'' if table.is_complete else '+'} 条"


class ListFooter(ttk.Label):
    """How many there are, and in words what they come to."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, style="Muted.TLabel", name="footer")
        self._desk = desk
        self._table: VirtualTable | None = None
        self._job: Job | None = None
        self._summed = ""

    def ask(self, query: Query, *tellers: Callable[[Query], str]) -> None:
        """Let each say in a worker thread what it knows of the query; an earlier question is not waited for."""
        if self._job is not None:
            self._job.forget()
        told = (tell(query) for tell in tellers)
        self._job = self._desk.run(lambda job: "　".join(filter(None, told)), self._take, owner=self)

    def show(self, table: VirtualTable) -> None:
        """Say how many rows there are now, and how many of them are selected."""
        self._table = table
        chosen = table.selected_count
        parts = (size_of(table), f"已选 {chosen:,} 条" if chosen > 1 else "", self._summed)
        self.configure(text="　".join(filter(None, parts)))

    def _take(self, summed: str) -> None:
        self._summed = summed
        if self._table is not None:
            self.show(self._table)
