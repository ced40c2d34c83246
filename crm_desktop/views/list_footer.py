"""The line under a list: how many, how many are selected, and what they add up to."""

from collections.abc import Callable
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.models import Query
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.widgets.virtual_table import VirtualTable


class ListFooter(ttk.Label):
    """``sums(query)`` says in words what all the records come to; it is called in a worker thread."""

    def __init__(self, parent: Misc, desk: Desk, sums: Callable[[Query], str]) -> None:
        super().__init__(parent, style="Muted.TLabel", name="footer")
        self._desk = desk
        self._sums = sums
        self._table: VirtualTable | None = None
        self._job: Job | None = None
        self._summed = ""

    def ask(self, query: Query) -> None:
        """Count and add up again; an answer to an earlier question is not waited for."""
        if self._job is not None:
            self._job.forget()
        self._job = self._desk.run(lambda job: self._sums(query), self._take, owner=self)

    def show(self, table: VirtualTable) -> None:
        """Say how many rows there are now, and how many of them are selected."""
        self._table = table
        more, chosen = "" if table.is_complete else "+", table.selected_count
        parts = (f"共 {table.total:,}{more} 条", f"已选 {chosen:,} 条" if chosen > 1 else "", self._summed)
        self.configure(text="　".join(filter(None, parts)))

    def _take(self, summed: str) -> None:
        self._summed = summed
        if self._table is not None:
            self.show(self._table)
