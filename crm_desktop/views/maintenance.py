"""检查数据库: look through the whole file, see what is wrong, repair what can be repaired."""

from collections.abc import Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.checks.findings import Example, Finding
from crm_desktop.controllers.maintenance import Report
from crm_desktop.models import COMPANY, ENTITIES, RECORDS
from crm_desktop.models.moments import local_text
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

NEVER = "还没有检查过。"
WHOLE = "数据库完好，没有发现问题。"
FOUND = "发现 {} 个问题，其中 {} 个可以自动修复。"
REPAIRED = "已修复 {} 个问题，修复前的备份：{}"
QUESTION = "要修复 {} 个问题吗？"
FIRST_A_COPY = "修复前自动备份一份，放在数据库旁边的“备份”文件夹里。"
COLUMNS = (
    TableColumn("sentence", "问题", 46, is_sortable=False),
    TableColumn("count", "处数", 7, "right", is_sortable=False),
    TableColumn("remedy", "处理办法", 40, is_sortable=False),
)  # fmt: skip
PLACES = (TableColumn("text", "具体位置（双击打开）", 94, is_sortable=False),)
OPENED = {each.key for each in RECORDS}


class MaintenanceScreen(ttk.Frame):
    """Findings above, the places of the chosen one below."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="maintenance")
        self.desk = desk
        self.is_busy = False
        self._findings: tuple[Finding, ...] = ()
        gap = pixels(self, 6)
        self.actions = self._make_actions()
        self.places = VirtualTable(self, PLACES, on_open=lambda place: self.open_place(), on_select=self._refresh)
        self.table = VirtualTable(
            self, COLUMNS, on_open=lambda finding: self.places.focus_set(), on_select=self._show_places,
            empty_text="按“开始检查”检查整个数据库，检查时可以照常工作。",
        )  # fmt: skip
        self.toolbar = Toolbar(self, self.actions)
        self.last = ttk.Label(self, style="Muted.TLabel", name="last")
        self.result = ttk.Label(self, style="Hint.TLabel", padding=pixels(self, 8), name="result")
        for row, part in enumerate((self.toolbar, self.last, self.result, self.table, self.places)):
            part.grid(row=row, column=0, sticky="nsew", pady=(0, gap))
        self.result.grid_remove()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=3, uniform="tables")
        self.rowconfigure(4, weight=2, uniform="tables")
        self.bind("<Configure>", lambda event: self._wrap(event.width), add="+")
        self._show_last()

    def focus_set(self) -> None:
        self.toolbar.button("check").focus_set()

    # -- checking and repairing ------------------------------------------------------------------------------------

    def check(self) -> None:
        """开始检查, in the background; others may save meanwhile."""
        maintenance = self.desk.office.maintenance
        self._work(lambda job: maintenance.check(job.report, job.is_cancelled), "正在检查数据库…")

    def repair(self) -> None:
        """Mend what can be mended, after asking, then show what is left."""
        findings = self._findings
        number = sum(each.is_repairable for each in findings)
        if not self.desk.dialogs.ask_yes_no(
            QUESTION.format(number), detail=FIRST_A_COPY, yes="修复", no="不修复", parent=self
        ):
            return
        maintenance = self.desk.office.maintenance
        self._work(
            lambda job: maintenance.repair(findings, job.report, job.is_cancelled), "正在修复数据库…", is_saving=True
        )

    def _work(self, work: Any, title: str, *, is_saving: bool = False) -> None:
        self._set_busy(True)
        self.desk.run(
            work,
            self._show,
            on_error=self._refused,
            owner=self,
            title=title,
            is_saving=is_saving,
            on_cancelled=lambda: self._set_busy(False),
        )

    def _refused(self, error: BaseException) -> None:
        self._set_busy(False)
        self.desk.dialogs.show_error(error, parent=self)

    def _set_busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._refresh()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show(self, report: Report) -> None:
        self._findings = report.findings
        rows = [
            {"id": number, "sentence": each.sentence, "count": each.count, "remedy": each.remedy}
            for number, each in enumerate(report.findings)
        ]
        self.table.set_empty_text(WHOLE)
        self.table.show(ListSource(rows))
        self._tell(report)
        self._show_last()
        self._show_places()
        self._set_busy(False)
        if rows:
            self.table.go_to(0)
            self.table.focus_set()

    def _tell(self, report: Report) -> None:
        repairable = sum(each.is_repairable for each in report.findings)
        left = FOUND.format(len(report.findings), repairable) if report.findings else WHOLE
        done = REPAIRED.format(len(report.repaired), report.safety) if report.repaired else ""
        self.result.configure(text="\n".join(filter(None, (done, *report.failed, left))))
        self.result.grid()

    def _show_last(self) -> None:
        last = self.desk.office.maintenance.last_check()
        text = NEVER
        if last is not None:
            at, number = last
            text = f"上次检查：{local_text(at)}，{f'发现 {number} 个问题' if number else '没有发现问题'}。"
        self.last.configure(text=text)

    def _show_places(self) -> None:
        chosen = self.table.current_id
        places: Sequence[Example] = self._findings[chosen].examples if chosen is not None else ()
        self.places.show(ListSource({"id": number, "text": each.text} for number, each in enumerate(places)))
        self._refresh()

    def _place(self) -> Example | None:
        finding, place = self.table.current_id, self.places.current_id
        if finding is None or place is None:
            return None
        found = self._findings[finding].examples[place]
        return found if self._can_open(found) else None

    def _can_open(self, place: Example) -> bool:
        is_known = place.entity in OPENED or place.entity == COMPANY.key
        return is_known and place.record is not None and self.desk.office.may(place.entity, "view")

    def open_place(self) -> None:
        """The record in its own form, to be corrected."""
        place = self._place()
        if place is None:
            return
        if place.entity == COMPANY.key:
            self.desk.open(COMPANY.key)
        else:
            open_form(self.desk, ENTITIES[place.entity], place.record, parent=self)

    def _refresh(self) -> None:
        if hasattr(self, "toolbar"):
            self.toolbar.refresh()

    def _wrap(self, width: int) -> None:
        self.result.configure(wraplength=max(1, width - pixels(self, 40)))

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may

        def can_repair() -> bool:
            is_any = any(each.is_repairable for each in self._findings)
            return is_any and not self.is_busy and may("maintenance", "update")

        return [
            Action("check", "开始检查", self.check, "refresh", "search", lambda: not self.is_busy, style="primary"),
            Action("repair", "修复", self.repair, "save", "tools", can_repair),
            Action("open", "打开记录", self.open_place, "edit", "pencil", lambda: self._place() is not None,
                   group="places"),
        ]  # fmt: skip
