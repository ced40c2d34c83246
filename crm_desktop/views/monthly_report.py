"""客户服务月报: choose a month, look at its two pages, print them or save them as PDF."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models.periods import month_before
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import write_file
from crm_desktop.views.paper import Paper
from crm_desktop.views.printing import PDF_FILES, show_when_made
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

MONTHS = 36
COLUMNS = (TableColumn("title", "月份", 16, is_sortable=False), TableColumn("note", "说明", 40, is_sortable=False))
NOT_OVER = "本月还没有结束，统计到今天为止。"
HINT = "选一个月，按 Enter 预览。月报有两页 A4：本月的反馈与投诉，与上月和去年同月相比。"


class MonthlyReportScreen(ttk.Frame):
    """The last months, the newest first."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="monthly_report")
        self.desk = desk
        self.actions = [
            Action("print", "预览打印", self.preview, "print", "printer", self._may_print, style="primary"),
            Action("pdf", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", self._may_print),
        ]  # fmt: skip
        gap = pixels(self, 6)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer", text=HINT)
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.table = VirtualTable(self, COLUMNS, on_open=lambda month: self.preview())
        self.table.pack(fill="both", expand=True)
        self.table.show(ListSource(self._months()))

    def focus_set(self) -> None:
        self.table.focus_set()

    def preview(self) -> None:
        """Both pages of the chosen month, made in the background."""
        year, month = self._chosen()
        show_when_made(
            self.desk, self, lambda job: self.desk.office.analyses.monthly(year, month),
            lambda document: Paper(self._title(year, month), document),
        )  # fmt: skip

    def save_pdf(self) -> None:
        year, month = self._chosen()
        monthly = self.desk.office.analyses.monthly
        write_file(
            self.desk, self, self._title(year, month), PDF_FILES, lambda job, path: monthly(year, month).save(path)
        )

    def _may_print(self) -> bool:
        return bool(self.desk.office.may("satisfaction", "print"))

    def _chosen(self) -> tuple[int, int]:
        chosen: tuple[int, int] = self.table.current_id
        return chosen

    def _title(self, year: int, month: int) -> str:
        return f"客户服务月报 {year}年{month}月"

    def _months(self) -> list[dict[str, Any]]:
        today = self.desk.office.clock.today()
        months = [(today.year, today.month)]
        while len(months) < MONTHS:
            months.append(month_before(*months[-1]))
        return [
            {"id": month, "title": f"{month[0]}年{month[1]}月", "note": "" if place else NOT_OVER}
            for place, month in enumerate(months)
        ]
