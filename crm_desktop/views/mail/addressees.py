"""The recipients of the letter that is being written: who gets it at which address, and who does not and why."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.mail.gathering import Addressee
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (TableColumn("name", "收件人", 20), TableColumn("address", "电子邮箱", 26), TableColumn("reason", "说明", 14))
EMPTY = "还没有收件人。按 Alt+1 选择。"


class AddresseeList(ttk.Frame):
    """``ids`` are records of ``entity``; Ctrl+Delete takes selected ones out."""

    def __init__(self, parent: Misc, desk: Desk, on_change: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._desk, self._on_change = desk, on_change
        self.entity, self.ids = "customers", list[int]()
        self._found: list[Addressee] = []
        self._job: Any = None
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer", width=1)
        self.footer.pack(side="bottom", fill="x", pady=(pixels(self, 4), 0))
        self.table = VirtualTable(self, COLUMNS, empty_text=EMPTY, row_tags=self._tags)
        self.table.pack(fill="both", expand=True)
        bind_key(self.table.tree, "delete", self.take_out)

    @property
    def is_complete(self) -> bool:
        """Whether it is known who gets the letter."""
        return self._job is None

    @property
    def willing(self) -> int:
        """How many get it."""
        return sum(not each.reason for each in self._found)

    @property
    def summary(self) -> str:
        """How many get it, and how many do not."""
        left_out = len(self._found) - self.willing
        reasons = f"，{left_out:,} 位不发（见说明）" if left_out else ""
        return f"共 {self.willing:,} 位收件人{reasons}。"

    @property
    def place(self) -> int:
        """That of the row with the cursor."""
        current = self.table.current_id
        return self.ids.index(current) if current in self.ids else 0

    def show(self, entity: str, ids: Sequence[int]) -> None:
        """These and no others; their addresses are looked up in the background."""
        self.entity, self.ids = entity, list(dict.fromkeys(ids))
        if self._job is not None:
            self._job.forget()
        chosen = list(self.ids)
        self.footer.configure(text="正在查找地址…")
        gather = self._desk.office.mail.addressees
        self._job = self._desk.run(
            lambda job: gather(entity, chosen, job.report, job.is_cancelled),
            self._take,
            on_progress=lambda done, total, text: self.footer.configure(text=f"正在查找地址…{done:,} / {total:,}"),
            owner=self,
        )

    def take_out(self) -> None:
        """The selected ones get no letter."""
        gone = set(self.table.selected_ids())
        self.show(self.entity, [each for each in self.ids if each not in gone])

    def _take(self, found: list[Addressee]) -> None:
        self._job = None
        self._found = found
        self.ids = [each.record for each in found]
        rows = [{"id": e.record, "name": e.name, "address": e.address, "reason": e.reason} for e in found]
        self.table.show(ListSource(rows))
        self.footer.configure(text=self.summary if found else "")
        self._on_change()

    def _tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        return ("inactive",) if row["reason"] else ()
