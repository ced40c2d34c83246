"""导入: from a file to records in four steps, each of which can be gone back from."""

from collections.abc import Callable
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.exchange.layout import SheetLayout
from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult
from crm_desktop.errors import ImportRefused
from crm_desktop.views.actions import Action
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.import_columns_step import ColumnsStep
from crm_desktop.views.import_file_step import FileStep
from crm_desktop.views.import_preview_step import Overview, PreviewStep
from crm_desktop.views.import_result_step import ResultStep
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.undoing import choose_import, undo_operation

STEPS = ("选择文件", "对应各列", "检查", "完成")
FILE, COLUMNS, PREVIEW, RESULT = range(4)
BAD_ROWS_FILE = (("Excel 工作簿", "*.xlsx"),)


class ImportScreen(ttk.Frame):
    """Alt+N or Enter on the button goes on, Esc goes back; reading, checking and writing run in the background."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="import")
        self.desk = desk
        self.step = FILE
        self.written = 0
        """The operation of the log that the last import was."""
        self.preview: ImportPreview | None = None
        self._importable = 0
        self._job: Job | None = None
        self.actions = self._make_actions()
        self._heads = self._make_heads()
        self._make_buttons()
        self.file = FileStep(self, desk)
        self.columns = ColumnsStep(self, desk)
        self.rows = PreviewStep(self, desk, self._show_buttons)
        self.result = ResultStep(self, self.save_bad_rows, self._open_list, self.restart, self.undo)
        self.pages: tuple[Any, ...] = (self.file, self.columns, self.rows, self.result)
        enter_moves_focus(self.file, self.next_button)
        self._go(FILE)

    def _make_actions(self) -> list[Action]:
        return [
            Action("next", "下一步", self.next, "next_step", available=self._can_go_on),
            Action("back", "上一步", self.back, "close", available=lambda: COLUMNS <= self.step <= PREVIEW),
            Action("browse", "浏览", self.file_browse, "choose", available=lambda: self.step == FILE),
            Action("refresh", "重新检查", self.check_rows, "refresh", available=lambda: self.step == PREVIEW),
        ]

    def _make_heads(self) -> list[ttk.Label]:
        bar = ttk.Frame(self)
        bar.pack(fill="x", pady=(0, pixels(self, 8)))
        heads = []
        for number, title in enumerate(STEPS, 1):
            if number > 1:
                ttk.Label(bar, text="›", style="Muted.TLabel").pack(side="left", padx=pixels(self, 8))
            head = ttk.Label(bar, text=f"{number} {title}")
            head.pack(side="left")
            heads.append(head)
        return heads

    def _make_buttons(self) -> None:
        bar = ttk.Frame(self)
        bar.pack(side="bottom", fill="x", pady=(pixels(self, 8), 0))
        self.next_button = ttk.Button(bar, text="下一步 Alt+N", bootstyle="primary", command=self.next, name="next")
        self.back_button = ttk.Button(bar, text="上一步 Esc", bootstyle="outline", command=self.back, name="back")
        self.bad_button = ttk.Button(
            bar, text="导出错误行…", bootstyle="outline", command=self.save_bad_rows, name="save_bad"
        )
        self.undo_button = ttk.Button(
            bar, text="撤销上次导入…", bootstyle="outline", command=self.undo_earlier, name="undo_earlier"
        )
        for button in (self.next_button, self.back_button, self.bad_button, self.undo_button):
            bind_key(button, "enter", button.invoke)

    # -- from step to step -----------------------------------------------------------------------------------------

    def show(self, entity: str = "customers") -> None:
        """Come to the front for importing records of an entity."""
        if self.step == RESULT or entity != self.file.entity:
            self.restart()
        if self.desk.office.may(entity, "import"):
            self.file.set_entity(entity)

    def restart(self) -> None:
        """Another file."""
        self.preview = None
        self._go(FILE)

    def next(self) -> None:
        """Go on, when this step is complete."""
        if self._is_busy or not self._can_go_on():
            return
        if self.step == FILE and self.file.check():
            self.read_columns()
        elif self.step == COLUMNS and self.columns.check():
            self.check_rows()
        elif self.step == PREVIEW and self.rows.check():
            self.run()

    def back(self) -> None:
        """One step back; what was chosen there is still chosen."""
        if not self._is_busy and COLUMNS <= self.step <= PREVIEW:
            self._go(self.step - 1)

    def file_browse(self) -> None:
        self.file.browse()

    def focus_set(self) -> None:
        self.pages[self.step].focus_first()

    def can_close(self) -> bool:
        """Reading is given up; writing is waited for, or nobody would learn how it ended."""
        if self.desk.background.is_saving and self._is_busy:
            self.desk.say("正在导入，请等它完成，或先取消。")
            return False
        if self._job is not None:
            self._job.forget()
        return True

    @property
    def _is_busy(self) -> bool:
        return self._job is not None and not self._job.is_finished

    def _can_go_on(self) -> bool:
        if self.step != PREVIEW or self.preview is None:
            return self.step < PREVIEW
        return self._importable > 0 and (not self.preview.error_count or self.rows.skips_bad)

    def _go(self, step: int) -> None:
        self.step = step
        for place, (page, head) in enumerate(zip(self.pages, self._heads, strict=True)):
            head.configure(font=BOLD_FONT if place == step else "TkDefaultFont")
            head.configure(style="TLabel" if place == step else "Muted.TLabel")
            if place != step:
                page.pack_forget()
        if step == FILE:
            self.file.show_recent()
        self.pages[step].pack(fill="both", expand=True)
        self._show_buttons()
        self.update_idletasks()
        if step == COLUMNS:
            self.columns.enter_leads_to(self.next_button)
        self.focus_set()

    def _show_buttons(self) -> None:
        """Which buttons there are, and what the one that goes on says."""
        text = f"导入 {self._importable:,} 行 Alt+N" if self.step == PREVIEW else "下一步 Alt+N"
        self.next_button.configure(text=text, state="normal" if self._can_go_on() else "disabled")
        has_bad = self.step == PREVIEW and self.preview is not None and bool(self.preview.error_count)
        shown = {
            self.next_button: self.step < RESULT,
            self.back_button: COLUMNS <= self.step <= PREVIEW,
            self.bad_button: has_bad,
            self.undo_button: self.step == FILE,
        }
        for button in shown:
            button.pack_forget()
        for button in (each for each, is_shown in shown.items() if is_shown):
            button.pack(side="right", padx=(pixels(self, 8), 0))

    # -- work ------------------------------------------------------------------------------------------------------

    def _start(self, title: str, work: Callable[[Job], Any], on_done: Callable[[Any], Any], **options: Any) -> None:
        self._job = self.desk.run(work, on_done, owner=self, title=title, **options)

    def read_columns(self) -> None:
        """Read the sheet, then show its columns."""
        entity, path, sheet = self.file.entity, self.file.path, self.file.sheet
        assert path is not None

        def work(job: Job) -> SheetLayout:
            return self.desk.office.exchange.columns(entity, path, sheet, job.report, job.is_cancelled)

        def done(layout: SheetLayout) -> None:
            self.columns.show(entity, layout, path.name)
            self._go(COLUMNS)

        self._start("正在读取文件…", work, done, on_error=self.file.show_error)

    def check_rows(self) -> None:
        """Plan the import, then show what would become of every row."""
        entity, path, sheet = self.file.entity, self.file.path, self.file.sheet
        mapping, mode = self.columns.mapping, self.columns.mode

        def work(job: Job) -> tuple[ImportPreview, Overview]:
            exchange = self.desk.office.exchange
            preview = exchange.preview(entity, path, sheet, mapping, mode, job.report, job.is_cancelled)
            return preview, Overview.of(preview)

        def done(result: tuple[ImportPreview, Overview]) -> None:
            preview, overview = result
            self.preview = preview
            self._importable = len(overview.rows["add"]) + len(overview.rows["update"])
            headings = {column.field: column.header for column in preview.mapping.columns}
            labels = {**dict(self.desk.office.exchange.fields(entity)), **headings}
            self.rows.show(preview, overview, labels, self.next_button)
            self._go(PREVIEW)

        self._start("正在读取并检查…", work, done)

    def run(self) -> None:
        """Write it all, then tell what was written."""
        preview, skips_bad = self.preview, self.rows.skips_bad
        assert preview is not None

        def work(job: Job) -> ImportResult:
            return self.desk.office.exchange.run(preview, skips_bad, job.report, job.is_cancelled)

        def done(result: ImportResult) -> None:
            self.file.remember(preview.path)
            self.written = result.operation
            self.result.show(preview, result)
            self._go(RESULT)

        def refused(error: BaseException) -> None:
            self.desk.dialogs.show_error(error, parent=self)
            if isinstance(error, ImportRefused):
                self.check_rows()

        self._start(
            "正在导入…", work, done, on_error=refused, is_saving=True,
            on_cancelled=lambda: self.desk.say("已取消导入，数据没有改动。"),
        )  # fmt: skip

    def undo(self) -> None:
        """Take back what was just imported."""
        undo_operation(self.desk, self, self.written, self.result.show_undone)

    def undo_earlier(self) -> None:
        """撤销上次导入: choose among the imports that can be taken back."""
        if not self._is_busy:
            choose_import(self.desk, self)

    def save_bad_rows(self) -> None:
        """The bad rows back as a workbook, to be mended in Excel."""
        preview = self.preview
        assert preview is not None
        name = f"{preview.path.stem}_错误行.xlsx"
        path = self.desk.dialogs.choose_save_file("导出错误行", name=name, types=BAD_ROWS_FILE, parent=self)
        if path is None:
            return

        def work(job: Job) -> tuple[int, Path]:
            return self.desk.office.exchange.save_bad_rows(preview, path), path

        self._start("正在导出错误行…", work, self._bad_rows_saved)

    def _bad_rows_saved(self, saved: tuple[int, Path]) -> None:
        count, path = saved
        self.desk.say(f"已导出 {count:,} 个错误行到“{path.name}”，改好后可以直接再导入。")

    def _open_list(self) -> None:
        assert self.preview is not None
        self.desk.open(self.preview.entity)
