"""附件: the files kept with one record, in a window: added, looked at, saved elsewhere, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import Event
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError, NotFound
from crm_desktop.events import RecordsChanged
from crm_desktop.models import Entity
from crm_desktop.models.attachment import KINDS, LARGEST_BYTES, ending
from crm_desktop.models.text import size_text
from crm_desktop.views.actions import Action, Toolbar, bind_actions, context_menu
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import FileTypes
from crm_desktop.views.printing import open_file, tell_saved
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("name", "名称", 31), TableColumn("kind", "类型", 9), TableColumn("size", "大小", 10, "right"),
    TableColumn("created_at", "添加时间", 17), TableColumn("created_by", "添加人", 10),
)  # fmt: skip
TAKEN: FileTypes = (
    ("可以作为附件的文件", " ".join(f"*{each}" for kind in KINDS for each in (kind, kind.upper()))),
    ("所有文件", "*"),
)
HINT = f"可以添加图片、PDF、Office 文档、文本和录音，每个最大 {LARGEST_BYTES // 1024**2} MB，随数据库一起备份。"
WIDTH, HEIGHT = 660, 300  # at 100 %: there is room for it at 150 % on a small screen
MEGABYTE = 20  # bits


@dataclass(frozen=True)
class Added:
    """What became of the files that were chosen: those that were taken, and why the others were not."""

    ids: list[int]
    refusals: list[str]


class AttachmentWindow(ModalWindow):
    """``show_record`` opens it; ``title`` is what the record is called."""

    def __init__(self, desk: Desk, entity: Entity, record: int, title: str) -> None:
        super().__init__(desk.root, f"附件 - {entity.label} {title}", padding=8)
        self.desk = desk
        self.entity = entity
        self.record = record
        self.actions = self._make_actions()
        self._build()
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", self._destroyed, add="+")

    def show_record(self) -> None:
        """Show the window, unless the record has gone meanwhile."""
        if self.reload():
            self.show(self.table.tree, wait=False)

    def reload(self) -> bool:
        """Read the list again; False when the record cannot be seen any more, and then the window is closed."""
        try:
            rows = self.desk.office.attachments.list(self.entity.key, self.record)
        except CrmError as error:
            self.close()
            self.desk.dialogs.show_error(error)
            return False
        current = self.table.current_id
        self.table.show(ListSource(rows))
        if rows and not self.table.go_to(current):
            self.table.go_to(rows[-1]["id"])
        size = f"，{size_text(sum(row['size'] for row in rows))}" if rows else ""
        self.footer.configure(text=f"共 {len(rows)} 个{size}")
        self.toolbar.refresh()
        return True

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        gap = pixels(self, 6)
        self.toolbar = Toolbar(self.body, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        ttk.Label(self.body, text=HINT, style="Muted.TLabel", name="hint").pack(side="bottom", anchor="w")
        self.footer = ttk.Label(self.body, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", anchor="w", pady=(gap, 0))
        place = ttk.Frame(self.body, width=pixels(self, WIDTH), height=pixels(self, HEIGHT))
        place.pack_propagate(False)
        place.pack(fill="both", expand=True)
        self.table = VirtualTable(
            place,
            COLUMNS,
            on_open=lambda attachment: self.look(),
            on_select=self.toolbar.refresh,
            on_menu=context_menu(self, self.actions),
            empty_text="还没有附件。按 F2 添加扫描件、照片或录音。",
        )
        self.table.pack(fill="both", expand=True)
        bind_actions(self, [action for action in self.actions if action.id != "open"])

    def _make_actions(self) -> list[Action]:
        def may_change() -> bool:
            return self.desk.office.may(self.entity.key, "update")

        def has_one() -> bool:
            return hasattr(self, "table") and self.table.current_id is not None  # buttons are made before it

        return [
            Action("add", "添加", self.add, "new", "plus-lg", may_change, style="primary"),
            Action("open", "打开", self.look, "enter", "eye", has_one),
            Action("save", "另存为", self.save, "save", "download", has_one),
            Action("rename", "改名", self.rename, "edit", "pencil",
                   lambda: has_one() and may_change()),
            Action("delete", "删除", self.delete, "delete", "trash",
                   lambda: has_one() and may_change(), style="danger"),
            Action("close", "关闭", self.cancel, "close", None, group="close"),
        ]  # fmt: skip

    # -- acting ----------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for files and keep them with the record; each that is not taken is told with its reason."""
        paths = self.desk.dialogs.choose_open_files("添加附件", types=TAKEN, parent=self)
        if paths:
            self.desk.run(
                lambda job: self._add_all(job, paths),
                self._added,
                owner=self,
                title="正在添加附件…",
                is_saving=True,
            )

    def _add_all(self, job: Job, paths: Sequence[Path]) -> Added:
        added = Added([], [])
        for path in paths:

            def report(done: int, total: int, name: str = path.name) -> None:
                if job.is_cancelled():
                    raise CrmError("已取消。")
                job.report(done >> MEGABYTE, total >> MEGABYTE, f"正在读取“{name}”，单位 MB")

            try:
                added.ids.append(self.desk.office.attachments.add(self.entity.key, self.record, path, report))
            except CrmError as error:
                if job.is_cancelled():
                    break
                added.refusals.append(str(error))
        return added

    def _added(self, added: Added) -> None:
        if added.ids:
            self.table.go_to(added.ids[-1])
            self.desk.say(f"已添加附件 {len(added.ids)} 个。")
        if added.refusals:
            self.desk.dialogs.show_error("\n".join(added.refusals), title="没有添加", parent=self)

    def look(self) -> None:
        """Open a copy in the program that belongs to it."""
        attachment = self.table.current_id
        self.desk.run(
            lambda job: self.desk.office.attachments.open_copy(attachment),
            lambda path: open_file(self.desk, path),
            on_error=self._refused,
            owner=self,
            title="正在打开附件…",
        )

    def save(self) -> None:
        """Ask where, and write a copy there."""
        attachment, name = self.table.current_id, self._chosen_name()
        kind = ending(name)
        path = self.desk.dialogs.choose_save_file(
            "附件另存为", name=name, types=((f"{KINDS.get(kind, '')}文件", f"*{kind}"),), parent=self
        )
        if path is not None:
            self.desk.run(
                lambda job: self.desk.office.attachments.save_to(attachment, path),
                lambda done: tell_saved(self.desk, self.desk.say, path, "附件"),
                on_error=self._refused,
                owner=self,
                title="正在保存附件…",
            )

    def rename(self) -> None:
        """Ask for another name."""
        attachment, name = self.table.current_id, self._chosen_name()
        new = self.desk.dialogs.ask_text("附件的名称：", value=name, title="附件改名", max_length=120, parent=self)
        if new is not None:
            self._write(lambda job: self.desk.office.attachments.rename(attachment, new), "附件已改名。")

    def delete(self) -> None:
        """Ask, then take the selected ones away; the status bar offers to bring them back."""
        attachments = self.table.selected_ids()
        which = f"附件“{self._chosen_name()}”" if len(attachments) == 1 else f"选中的 {len(attachments)} 个附件"
        dialogs = self.desk.dialogs
        if dialogs.ask_yes_no(f"要删除{which}吗？", yes="删除", no="不删除", is_danger=True, parent=self):
            office, desk = self.desk.office, self.desk
            undo = ("撤销", lambda: desk.run(lambda job: office.attachments.restore(attachments), is_saving=True))
            said = f"已删除附件 {len(attachments)} 个。"
            self._write(lambda job: office.attachments.delete(attachments), said, undo)

    def _write(self, work: Any, said: str, action: Any = None) -> None:
        self.desk.run(
            work,
            lambda result: self.desk.say(said, action),
            on_error=self._refused,
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    # -- inside ----------------------------------------------------------------------------------------------------

    def _chosen_name(self) -> str:
        return str((self.table.current_row or {}).get("name", ""))

    def _refused(self, error: BaseException) -> None:
        self.desk.dialogs.show_error(error, parent=self)

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == self.entity.key and (event.ids is None or self.record in event.ids):
            self.reload()

    def _destroyed(self, event: Event) -> None:
        if event.widget is self:
            self._unsubscribe()


def attachment_facts(desk: Desk, entity: Entity, record: int) -> list[tuple[str, str]]:
    """How many a record has, for the details beside a list; nothing when there are none."""
    if not entity.has_attachments:
        return []
    try:
        count = desk.office.attachments.count(entity.key, record)
    except NotFound:  # deleted while it was being selected
        return []
    return [("附件", f"{count} 个" if count else "")]
