"""What every document tells of its making, and lists whose printing and export are logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import length_hint
from pathlib import Path
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.reports.document import Cancelled, Document, OnProgress, refuse_more
from crm_desktop.reports.listing import Listing

OFFICE = "SELECT name FROM company"
MOST_LISTED = 100_000
"""Rows of one PDF, which is kept in memory: 2.5 kB a row. A workbook or CSV has no such limit."""


def around(context: Context) -> dict[str, Any]:
    """What stands at the foot of every page, and in a workbook's properties: office, who, when."""
    return {
        "office": context.db.value(OFFICE) or "",
        "printed_by": context.operator.full_name,
        "printed_at": context.clock.local_minute(),
    }


@dataclass(frozen=True, kw_only=True)
class LoggedListing(Listing):
    """A list of an operator's; as a file of data it needs the ``area``'s right to export, where one is named."""

    context: Context
    area: str = ""

    def pdf(self, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None) -> Document:
        refuse_more(self._size, MOST_LISTED)
        document = super().pdf(on_progress, cancelled)
        self._log("print", f"生成{self._told}")
        return document

    def save(
        self,
        path: str | Path,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
        total: int = 0,
    ) -> None:
        is_data = Path(path).suffix.lower() != ".pdf"
        if is_data and self.area:
            self.context.demand(self.area, "export")
        super().save(path, on_progress, cancelled, total)
        if is_data:
            self._log("export", f"导出{self._told}：{Path(path).name}")

    @property
    def _size(self) -> int:
        rows = self.table.rows
        return len(rows) if isinstance(rows, Sequence) else length_hint(rows)

    @property
    def _told(self) -> str:
        return f"{self.table.title} {self._size} 条"

    def _log(self, kind: str, sentence: str) -> None:
        with self.context.operation(kind, sentence):
            pass
