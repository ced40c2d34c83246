"""The page in the place of the sign-in when an office's file is gone or damaged: its newest good backup, and back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.backups import BackupInfo
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import size_text
from crm_desktop.views.actions import Action, action_button
from crm_desktop.views.background import Background
from crm_desktop.views.backups.contents import Chosen, ContentsWindow, Inspect, Purpose
from crm_desktop.views.backups.words import BACKUP_FILES
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

LOOKING = "正在查找并检验备份…"
NOTHING = "没有找到备份。如果数据或备份在U盘里，请插上后按“重试”或“另选备份…”。"
PROMISE = "选一份备份，按“恢复”就能继续工作。打不开的文件会原样另存，不会丢失。"
KEPT = "打不开的文件会原样另存，不会丢失。这份备份之后录入的内容不在里面。"
COLUMNS = (
    TableColumn("at", "最后修改", 17),
    TableColumn("company", "单位", 26),
    TableColumn("customers", "客户", 9, "right"),
    TableColumn("state", "检验", 9),
    TableColumn("name", "文件", 40),
    TableColumn("folder", "位置", 34),
)


@dataclass(frozen=True)
class Rescue:
    """What the page needs of the application: what is wrong, the way back, and the other ways out."""

    path: Path
    problem: str
    find: Callable[[], Sequence[BackupInfo]]
    """The good backups that are known of, newest first."""
    inspect: Inspect
    restore: Callable[[Chosen], Path]
    """Returns the copy of the file that could not be opened."""
    on_restored: Callable[[Path], Any]
    retry: Callable[[], Any]
    choose_other: Callable[[], Any]
    found_other: Callable[[], Any]
    quit: Callable[[], Any]


class TroublePage(ttk.Frame):
    """What is wrong, the backups that were found with the newest good one chosen, and 恢复 under the focus."""

    def __init__(self, root: Misc, background: Background, dialogs: Dialogs, rescue: Rescue) -> None:
        super().__init__(root, name="trouble")
        self._background = background
        self._dialogs = dialogs
        self.rescue = rescue
        self.is_ready = False
        gap = pixels(self, 8)
        box = ttk.Frame(self, bootstyle="bordered", padding=3 * gap)
        box.place(relx=0.5, rely=0.47, anchor="center", relwidth=0.9, relheight=0.86)
        ttk.Label(box, text="数据库打不开", style="Title.TLabel").pack(anchor="w")
        ttk.Label(box, text=rescue.problem, style="Hint.TLabel", padding=gap, name="problem").pack(fill="x", pady=gap)
        ttk.Label(box, text=str(rescue.path), style="Muted.TLabel", name="path").pack(anchor="w")
        self.promise = ttk.Label(box, name="promise")
        self.promise.pack(anchor="w", pady=(gap, 0))
        self.actions = self._make_actions()
        self._add_buttons(box)
        self.table = VirtualTable(
            box, COLUMNS, on_open=lambda path: self.restore(), on_select=self._refresh, empty_text=LOOKING
        )
        self.table.pack(fill="both", expand=True, pady=gap)
        self.look()

    def _make_actions(self) -> list[Action]:
        rescue = self.rescue
        return [
            Action("restore", "恢复", self.restore, "save", "arrow-counterclockwise",
                   lambda: self.table.current_id is not None, style="primary"),
            Action("choose", "另选备份…", self.choose, None, "folder2-open"),
            Action("retry", "重试", rescue.retry, "refresh", "arrow-clockwise"),
            Action("other", "打开其他数据库…", rescue.choose_other),
            Action("found", "新建数据库…", rescue.found_other),
            Action("quit", "退出", rescue.quit),
        ]  # fmt: skip

    def _add_buttons(self, box: Misc) -> None:
        row = ttk.Frame(box, name="buttons")
        row.pack(side="bottom", fill="x")
        self.buttons = {action.id: action_button(row, action) for action in self.actions}
        gap = pixels(self, 8)
        for id in ("choose", "retry", "other", "found"):
            self.buttons[id].pack(side="left", padx=(0, gap))
        for id in ("quit", "restore"):
            self.buttons[id].pack(side="right", padx=(gap, 0))
        for action in self.actions:
            bind_key(self.buttons[action.id], "enter", action.run)
            if action.key:
                bind_key(self, action.key, action.run)

    def look(self) -> None:
        """Look for backups; the newest is chosen already."""
        find, run = self.rescue.find, self._background.run_in_background
        run(lambda job: find(), self._show, self._dialogs.show_error, owner=self)

    def _show(self, found: Sequence[BackupInfo]) -> None:
        self.is_ready = True
        self.table.set_empty_text(NOTHING)
        self.promise.configure(text=PROMISE if found else "")
        self.table.show(ListSource(map(_row, found)))
        if found:
            self.table.go_to(str(found[0].path))
        self._refresh()
        self.buttons["restore" if found else "choose"].focus_set()

    def _refresh(self) -> None:
        self.buttons["restore"].configure(state="normal" if self.table.current_id is not None else "disabled")

    def choose(self) -> None:
        """A backup that lies elsewhere."""
        path = self._dialogs.choose_open_file("选择要恢复的备份", types=BACKUP_FILES, parent=self)
        if path is not None:
            self._ask(path)

    def restore(self) -> None:
        """That of the row with the cursor."""
        if self.table.current_id is not None:
            self._ask(Path(self.table.current_id))

    def _ask(self, file: Path) -> None:
        purpose = Purpose("从备份恢复", "恢复", KEPT)
        chosen = ContentsWindow(self, self._background, file, self.rescue.inspect, purpose).ask()
        if chosen is not None:
            self._background.run_in_background(
                lambda job: self.rescue.restore(chosen),
                self.rescue.on_restored,
                self._dialogs.show_error,
                owner=self,
                title="正在恢复…",
                is_saving=True,
            )


def _row(info: BackupInfo) -> dict[str, Any]:
    customers = info.counts.get("customers")
    return {
        "id": str(info.path), "at": local_text(info.last_change), "company": info.company,
        "customers": "" if customers is None else f"{customers:,}", "state": "要密码" if info.is_encrypted else "完好",
        "name": f"{info.path.name}（{size_text(info.size)}）", "folder": str(info.path.parent),
    }  # fmt: skip
