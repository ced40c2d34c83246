"""系统日志: who did what, when and at which computer; below, what it changed from what to what."""

from collections.abc import Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.audit import Audit
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES
from crm_desktop.models.log import UNDOABLE, LogFilter
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.audit_question import AuditQuestion
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import TABLE_FILES, write_file
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.history import HistoryWindow, detail_rows
from crm_desktop.views.theme import pixels
from crm_desktop.views.undoing import undo_operation
from crm_desktop.views.widgets.table_rows import Cancelled, ListSource, TableColumn, never
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("at", "时间", 17, is_sortable=False), TableColumn("operator", "操作员", 10, is_sortable=False),
    TableColumn("computer", "计算机", 10, is_sortable=False), TableColumn("kind", "类别", 8, is_sortable=False),
    TableColumn("sentence", "内容", 38, is_sortable=False),
)  # fmt: skip
CHANGES = (
    TableColumn("about", "记录", 24), TableColumn("kind", "变动", 8), TableColumn("field", "项目", 12),
    TableColumn("old", "原值", 19), TableColumn("new", "新值", 19),
)  # fmt: skip
REACH = 20_000
"""So many of the newest operations are looked at before the table shows anything; the rest comes in the background."""
FIRST_PAGE = 100
MOST_BREAKS_SHOWN = 10
WHOLE = "日志完整：从第一条起逐条核对，没有缺少，也没有改动。"
BROKEN = "日志不完整，有 {} 处与当时写下的不一致。"
NOTHING_CHANGED = "这一条没有改动记录。"


class AuditSource:
    """A TableSource of one filter, newest first."""

    def __init__(self, audit: Audit, asked: LogFilter) -> None:
        self._audit = audit
        self._asked = asked

    def first_page(self, order: str) -> Sequence[dict[str, Any]]:
        return self._audit.operations(limit=FIRST_PAGE, asked=self._asked, reach=REACH)

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[int]:
        return self._audit.ids(self._asked)

    def rows(self, ids: Sequence[int]) -> Sequence[dict[str, Any]]:
        return self._audit.rows(ids)


class AuditScreen(ttk.Frame):
    """The list above, the chosen operation's changes below."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="audit")
        self.desk = desk
        self._job: Job | None = None
        self.actions = self._make_actions()
        gap = pixels(self, 6)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self.question = AuditQuestion(self, desk, self.reload, lambda: self.table.focus_set())
        self.question.pack(fill="x", pady=(0, gap))
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        split = ttk.Panedwindow(self, orient="vertical")
        split.pack(fill="both", expand=True)
        self.table = self._make_table(split)
        self.changes = VirtualTable(
            split, CHANGES, on_open=lambda row: self.open_record(), on_select=self._chosen,
            on_menu=context_menu(self, self.actions), empty_text=NOTHING_CHANGED,
        )  # fmt: skip
        split.add(self.table, weight=3)
        split.add(self.changes, weight=2)
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, lambda event: self.table.refresh())
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        self.reload()

    @property
    def is_ready(self) -> bool:
        """Whether the list is whole and the chosen operation's changes are shown."""
        return self.table.is_complete and self._job is None

    def focus_set(self) -> None:
        self.question.focus_set()

    def reload(self) -> None:
        """Ask the log anew, from the top."""
        self.table.show(AuditSource(self.desk.office.audit, self.question.asked))

    # -- building --------------------------------------------------------------------------------------------------

    def _make_table(self, parent: Misc) -> VirtualTable:
        return VirtualTable(
            parent, COLUMNS, background=self.desk.background, on_open=lambda operation: self.changes.focus_set(),
            on_select=self._selected, on_loaded=self._show_footer, on_menu=context_menu(self, self.actions),
            row_tags=lambda row: ("overdue",) if row["kind"] == "sign_in_failed" else (),
            empty_text="没有符合条件的日志。",
        )  # fmt: skip

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("record", "打开记录", self.open_record, "edit", "box-arrow-up-right", self._may_open),
            Action("history", "修改记录", self.show_history, "history", "clock-history",
                   lambda: self._current() is not None),
            Action("undo", "撤销这次操作…", self.undo, None, "arrow-counterclockwise", self._may_undo),
            Action("refresh", "刷新", lambda: self.table.refresh(), "refresh", "arrow-clockwise", group="look"),
            Action("verify", "核对日志", self.verify, None, "shield-check", group="look"),
            Action("export", "导出", self.export, "export", "box-arrow-up",
                   lambda: may("audit", "export"), group="out"),
        ]  # fmt: skip

    # -- showing ---------------------------------------------------------------------------------------------------

    def _selected(self) -> None:
        """Read what the chosen operation changed; an earlier answer is not waited for."""
        if self._job is not None:
            self._job.forget()
        operation, audit = self.table.current_id, self.desk.office.audit
        if operation is None:
            self._job = None
            self._show_changes([], 0)
            return

        def work(job: Job) -> tuple[list[dict[str, Any]], int]:
            return audit.details(operation), audit.change_count(operation)

        self._job = self.desk.run(work, lambda answer: self._show_changes(*answer), owner=self)

    def _show_changes(self, details: list[dict[str, Any]], count: int) -> None:
        self._job = None
        rows = list(detail_rows(details))
        if count > len(details):
            more = f"另有 {count - len(details):,} 条记录，没有一一列出"
            rows.append({"entity": "", "record": None, "about": more, "field": "", "new": ""})
        self.changes.show(ListSource({**row, "id": number} for number, row in enumerate(rows)))
        self.toolbar.refresh()

    def _chosen(self) -> None:
        self.toolbar.refresh()

    def _show_footer(self) -> None:
        more = "" if self.table.is_complete else "+"
        self.footer.configure(text=f"共 {self.table.total:,}{more} 条　Enter 到下面的变动，再按 Enter 打开记录")

    # -- acting ----------------------------------------------------------------------------------------------------

    def _current(self) -> dict[str, Any] | None:
        """The record in the chosen row of the changes."""
        row = self.changes.current_row if hasattr(self, "changes") else None  # buttons are made before it
        return row if row and row["record"] is not None else None

    def _may_open(self) -> bool:
        row = self._current()
        return row is not None and row["entity"] in self.desk.office.records

    def open_record(self) -> None:
        """The form of the record in the chosen row."""
        row = self._current()
        if row is not None and self._may_open():
            open_form(self.desk, ENTITIES[row["entity"]], row["record"], parent=self)

    def show_history(self) -> None:
        """All that happened to that record."""
        row = self._current()
        if row is not None:
            HistoryWindow(self.desk, self, "", row["about"]).show_record(row["entity"], row["record"])

    def _may_undo(self) -> bool:
        row = self.table.current_row if hasattr(self, "table") else None  # buttons are made before it
        return row is not None and row["kind"] in UNDOABLE

    def undo(self) -> None:
        """Take the chosen operation back, after its counts were looked at."""
        undo_operation(self.desk, self, self.table.current_id, self.table.refresh)

    def verify(self) -> None:
        """Follow the chain of the whole log."""
        audit = self.desk.office.audit
        self.desk.run(
            lambda job: audit.verify(job.report, job.is_cancelled), self._verified, owner=self, title="正在核对日志…"
        )

    def _verified(self, breaks: list[str]) -> None:
        dialogs = self.desk.dialogs
        if not breaks:
            dialogs.show_message(WHOLE, title="核对日志", parent=self)
            return
        shown = "\n".join(breaks[:MOST_BREAKS_SHOWN])
        more = f"\n共 {len(breaks)} 处，只列出 {MOST_BREAKS_SHOWN} 处。" if len(breaks) > MOST_BREAKS_SHOWN else ""
        dialogs.show_message(BROKEN.format(len(breaks)), detail=shown + more, title="核对日志", parent=self)

    def export(self) -> None:
        """What is listed, with its changes, as a workbook or CSV."""
        audit, asked = self.desk.office.audit, self.question.asked
        write_file(
            self.desk, self, "系统日志", TABLE_FILES,
            lambda job, path: audit.export(path, asked, job.report, job.is_cancelled),
        )  # fmt: skip
