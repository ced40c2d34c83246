"""数据备份与恢复: a verified copy into a folder or onto a stick, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop import system
from crm_desktop.controllers.backups import BackupInfo
from crm_desktop.errors import BackupError
from crm_desktop.events import BackupCreated
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import size_text
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.printing import open_file
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

BACKUP_FILES = (("客户管理系统备份", "*.db"), ("所有文件", "*"))
COUNTED = {"customers": "客户", "contacts": "联系人", "operators": "操作员"}
NO_FOLDER = "还没有选择备份文件夹，最好选一个U盘。"
COLUMNS = (
    TableColumn("name", "文件", 44),
    TableColumn("size", "大小", 11, "right", format=lambda row: size_text(row["size"])),
    TableColumn("at", "时间", 17),
)  # fmt: skip


@dataclass(frozen=True)
class Folder:
    """What a look into the backup folder found; ``note`` says how things stand there."""

    rows: list[dict[str, Any]]
    note: str


def look_into(folder: Path | None, database: Path) -> Folder:
    """The backups in a folder, newest first, without opening them."""
    if folder is None:
        return Folder([], NO_FOLDER)
    if not folder.is_dir():
        return Folder([], "这个文件夹现在不存在，可能U盘已拔出。")
    found = [path for path in folder.glob("*.db") if path.is_file() and path.resolve() != database.resolve()]
    facts = sorted(((path.stat(), path) for path in found), key=lambda each: each[0].st_mtime, reverse=True)
    rows = [
        {"id": str(path), "name": path.name, "size": stat.st_size,
         "at": datetime.fromtimestamp(stat.st_mtime).strftime("%Y-%m-%d %H:%M")}
        for stat, path in facts
    ]  # fmt: skip
    place = "U盘或移动硬盘" if system.is_removable(folder) else "本机硬盘，请常换到U盘"
    return Folder(rows, f"{place}，可用空间 {size_text(system.free_bytes(folder))}")


def contents(info: BackupInfo) -> str:
    """What is inside a backup, in two sentences."""
    counts = "、".join(f"{label} {info.counts[name]:,} 条" for name, label in COUNTED.items() if name in info.counts)
    changed = f"最后修改 {local_text(info.last_change)}，" if info.last_change else ""
    return f"{info.company}：{counts}。\n{changed}大小 {size_text(info.size)}，数据版本 {info.version}，已校验完好。"


class BackupScreen(ttk.Frame):
    """When the last backup was, where the next one goes, which ones are there."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="backups")
        self.desk = desk
        self.actions = self._make_actions()
        gap = pixels(self, 6)
        self.table = VirtualTable(
            self, COLUMNS, on_open=lambda path: self.look(), on_select=lambda: self.toolbar.refresh(),
            empty_text="这个文件夹里还没有备份。",
        )  # fmt: skip
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self.last, self.place, self.note = (ttk.Label(self, name=name) for name in ("last", "place", "note"))
        self.note.configure(style="Muted.TLabel")
        for label in (self.last, self.place, self.note):
            label.pack(anchor="w", pady=(0, gap // 2))
        self.result = ttk.Label(self, style="Hint.TLabel", padding=pixels(self, 8), name="result")
        self.table.pack(fill="both", expand=True, pady=(gap, 0))
        unsubscribe = desk.office.bus.subscribe(BackupCreated, lambda event: self.refresh())
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        self.bind("<Configure>", lambda event: self._wrap(event.width), add="+")
        self.refresh()

    @property
    def folder(self) -> Path | None:
        """Where backups go on this computer, None before one was chosen."""
        remembered = self.desk.computer["backup_folder"]
        return Path(remembered) if remembered else None

    def focus_set(self) -> None:
        self.table.focus_set()

    # -- backing up ------------------------------------------------------------------------------------------------

    def create(self) -> None:
        """Copy, reopen and check; asks for the folder the first time."""
        folder = self.folder or self.choose_folder()
        if folder is not None:
            self.desk.run(
                lambda job: self.desk.office.backups.create(folder, job.report),
                self._created,
                owner=self,
                title="正在备份并校验…",
                is_saving=True,
            )

    def choose_folder(self) -> Path | None:
        """Where backups go from now on; None when nothing was chosen."""
        chosen: Path | None = self.desk.dialogs.choose_folder("选择备份文件夹", folder=self.folder, parent=self)
        if chosen is not None:
            self.desk.computer["backup_folder"] = str(chosen)
            self.refresh()
        return chosen

    def _created(self, info: BackupInfo) -> None:
        removable = "可以安全拔出U盘。" if system.is_removable(info.path) else "请常备一份到U盘。"
        self._tell(f"已备份到 {info.path}\n{contents(info)}{removable}")
        self.desk.say("备份完成，已校验。", ("打开文件夹", lambda: open_file(self.desk, info.path.parent)))

    # -- looking and restoring -------------------------------------------------------------------------------------

    def look(self) -> None:
        """Say what is inside the chosen backup."""
        path = Path(self.table.current_id)
        self._inspect(path, lambda info: self._tell(f"{path.name}\n{contents(info)}"))

    def restore(self) -> None:
        self._ask_and_restore(Path(self.table.current_id))

    def restore_other(self) -> None:
        """Restore from a file that lies elsewhere."""
        dialogs = self.desk.dialogs
        path = dialogs.choose_open_file("选择要恢复的备份", types=BACKUP_FILES, folder=self.folder, parent=self)
        if path is not None:
            self._ask_and_restore(path)

    def _ask_and_restore(self, path: Path) -> None:
        """Everything that could be lost is asked about before the office is replaced."""
        if self.desk.has_other_windows():
            self.desk.dialogs.show_error("另一个窗口也打开着这个数据库，请先关闭它再恢复。", parent=self)
        elif self.desk.may_leave():
            self._inspect(path, self._confirm)

    def _inspect(self, path: Path, on_done: Any) -> None:
        backups = self.desk.office.backups
        self.desk.run(
            lambda job: backups.inspect(path), on_done, on_error=self._bad, owner=self, title="正在检查备份…"
        )

    def _confirm(self, info: BackupInfo) -> None:
        question = f"要用“{info.path.name}”替换现在的全部数据吗？"
        detail = f"备份里的内容：\n{contents(info)}\n\n现在的数据会先另存一份。恢复后需要重新登录。"
        dialogs = self.desk.dialogs
        if dialogs.ask_yes_no(question, detail=detail, yes="恢复", no="不恢复", is_danger=True, parent=self):
            self._restore(info.path)

    def _restore(self, path: Path) -> None:
        """The screen goes away with the session, so the window itself hears the end."""
        dialogs, root = self.desk.dialogs, self.desk.root

        def restored(safety: Path) -> None:
            detail = f"恢复前的数据保存在：\n{safety}"
            dialogs.show_message("数据已恢复，请重新登录。", detail=detail, title="恢复完成", parent=root)

        self.desk.run(lambda job: self._replace(job, path), restored, title="正在恢复…", is_saving=True)

    def _replace(self, job: Job, path: Path) -> Path:
        if job.is_cancelled():
            raise BackupError("已取消，没有恢复。")
        return self.desk.office.backups.restore(path)

    def _bad(self, error: BaseException) -> None:
        self.desk.dialogs.show_error(error, parent=self)

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look into the folder again."""
        self.last.configure(text=f"上次备份：{local_text(self.desk.office.backups.last_at()) or '还没有备份过'}")
        self.place.configure(text=f"备份到：{self.folder or NO_FOLDER}")
        folder, database = self.folder, self.desk.office.db.path
        self.desk.run(lambda job: look_into(folder, database), self._show, owner=self)

    def _show(self, found: Folder) -> None:
        self.note.configure(text="" if self.folder is None else found.note)
        self.table.show(ListSource(found.rows))
        self.toolbar.refresh()

    def _tell(self, text: str) -> None:
        self.result.configure(text=text)
        self.result.pack(fill="x", before=self.table)

    def _wrap(self, width: int) -> None:
        for label in (self.place, self.result):
            label.configure(wraplength=max(1, width - pixels(self, 40)))

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may

        def can_restore() -> bool:
            return may("backups", "update")

        def has_one() -> bool:
            return self.table.current_id is not None

        return [
            Action("backup", "立即备份", self.create, "save", "shield-check", lambda: may("backups", "create"),
                   style="primary"),
            Action("folder", "备份文件夹…", self.choose_folder, None, "folder", lambda: may("backups", "create")),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
            Action("look", "查看内容", self.look, None, "search", has_one, group="look"),
            Action("restore", "恢复…", self.restore, None, "arrow-counterclockwise",
                   lambda: has_one() and can_restore(), group="restore", style="danger"),
            Action("other", "从其他文件恢复…", self.restore_other, None, "folder2-open", can_restore, group="restore",
                   style="danger"),
        ]  # fmt: skip
