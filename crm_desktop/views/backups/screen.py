"""数据备份与恢复: how well the office is secured, what there is to go back to, and the way there."""

from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.events import BackupCreated, SettingsChanged
from crm_desktop.models.moments import local_text
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.backups.catalogue import COLUMNS, Overview, overview, schedule
from crm_desktop.views.backups.making import Making
from crm_desktop.views.backups.plan_form import edit_plan
from crm_desktop.views.backups.restoring import Restoring
from crm_desktop.views.backups.words import BACKUP_FILES
from crm_desktop.views.desk import Desk
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource
from crm_desktop.views.widgets.virtual_table import VirtualTable

NO_BACKUPS = "还没有备份。按 F8 立即备份，最好备份到U盘。"


class BackupScreen(ttk.Frame):
    """When the last backup was, where the next ones go, which ones are there."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="backups")
        self.desk = desk
        self.is_ready = False
        self.making = Making(desk, self, self.tell)
        self.restoring = Restoring(desk, self)
        self.actions = self._make_actions()
        gap = pixels(self, 6)
        on_row = [action for action in self.actions if action.id in ("look", "restore")]
        self.table = VirtualTable(
            self, COLUMNS, on_open=lambda path: self.look(), on_select=lambda: self.toolbar.refresh(),
            on_menu=context_menu(self, on_row), empty_text=NO_BACKUPS,
        )  # fmt: skip
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self.last, self.schedule, self.places = (ttk.Label(self, name=name) for name in ("last", "schedule", "places"))
        for label in (self.last, self.schedule, self.places):
            label.pack(anchor="w", pady=(0, gap // 2))
        self.places.configure(style="Muted.TLabel")
        self.result = ttk.Label(self, style="Hint.TLabel", padding=pixels(self, 8), name="result")
        self.table.pack(fill="both", expand=True, pady=(gap, 0))
        self._listen()
        self.bind("<Configure>", lambda event: self._wrap(event.width), add="+")
        self.refresh()

    def _listen(self) -> None:
        bus = self.desk.office.bus
        unsubscribe = [
            bus.subscribe(BackupCreated, lambda event: self.refresh(stays=False)),
            bus.subscribe(SettingsChanged, lambda event: self.refresh()),
        ]

        def leave(event: Any) -> None:
            if event.widget is self:
                for each in unsubscribe:
                    each()

        self.bind("<Destroy>", leave, add="+")

    def focus_set(self) -> None:
        self.table.focus_set()

    # -- what can be done ------------------------------------------------------------------------------------------

    def plan(self) -> None:
        """Where to, when, how many are kept, and whether encrypted."""
        edit_plan(self.desk, self)

    def look(self) -> None:
        """Verify the chosen backup and say what is inside."""
        if self._has_file():
            self.restoring.look(Path(self.table.current_id))

    def restore(self) -> None:
        self.restoring.restore(Path(self.table.current_id))

    def other(self) -> None:
        """A backup that lies elsewhere: verified, and restored by who may."""
        path = self.desk.dialogs.choose_open_file("选择备份文件", types=BACKUP_FILES, parent=self)
        if path is None:
            return
        if self.desk.office.may("backups", "update"):
            self.restoring.restore(path)
        else:
            self.restoring.look(path)

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self, *, stays: bool = True) -> None:
        """Look into the folders again; the row stays the current one, or the newest becomes it."""
        office = self.desk.office
        self.desk.run(lambda job: overview(office), lambda found: self._show(found, stays), owner=self)

    def _show(self, found: Overview, stays: bool) -> None:
        self.is_ready = True
        state = found.state
        age = "" if state.days_since is None else "（今天）" if not state.days_since else f"（{state.days_since} 天前）"
        self.last.configure(text=f"上次备份：{local_text(state.last_at) or '还没有备份过'}{age}")
        self.schedule.configure(text=f"备份计划：{schedule(found.plan)}")
        self._show_places("\n".join(f"备份到：{each}" for each in found.places))
        current = self.table.current_id if stays else None
        self.table.show(ListSource(found.rows))
        if current is not None:
            self.table.go_to(current)
        self.toolbar.refresh()

    def _show_places(self, text: str) -> None:
        self.places.configure(text=text)
        if text:
            self.places.pack(anchor="w", after=self.schedule)
        else:
            self.places.pack_forget()

    def tell(self, text: str) -> None:
        """What has just come of it, above the list."""
        self.result.configure(text=text)
        self.result.pack(fill="x", before=self.table)

    def _wrap(self, width: int) -> None:
        for label in (self.schedule, self.places, self.result):
            label.configure(wraplength=max(1, width - pixels(self, 40)))

    def _has_file(self) -> bool:
        row = self.table.current_row
        return row is not None and bool(row["exists"])

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may

        def can(verb: str) -> bool:
            return may("backups", verb)

        return [
            Action("backup", "立即备份", self.making.create, "save", "shield-check", lambda: can("create"),
                   style="primary"),
            Action("elsewhere", "备份到…", self.making.create_elsewhere, None, "usb-drive", lambda: can("create")),
            Action("plan", "备份计划…", self.plan, "edit", "calendar-check", lambda: can("update")),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
            Action("look", "检验…", self.look, "details", "search", self._has_file, group="look"),
            Action("restore", "恢复…", self.restore, None, "arrow-counterclockwise",
                   lambda: self._has_file() and can("update"), group="restore", style="danger"),
            Action("other", "其他文件…", self.other, None, "folder2-open", group="restore"),
            Action("export", "全部导出…", self.making.export, "export", "box-arrow-up", lambda: can("export"),
                   group="export"),
        ]  # fmt: skip
