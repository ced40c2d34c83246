"""The window that verifies a backup and says what is inside, before anything is done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.backups import BackupInfo
from crm_desktop.errors import BackupError, CrmError
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import size_text
from crm_desktop.views.background import Background, Job
from crm_desktop.views.backups.words import LABELS, asks_password
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow, centre_on
from crm_desktop.views.widgets.text_inputs import PasswordInput

Inspect = Callable[[Path, str, Callable[[int, int], Any]], BackupInfo]
"""(file, password, progress) → what is inside; BackupError says why it is no use."""
VERIFIED = "检验通过：文件完整，可以用来恢复。"
ASKING = "这是加密的备份，请输入备份密码，然后按 Enter。"
CHECKING = "正在检验…"


@dataclass(frozen=True)
class Purpose:
    """Why a backup is looked into. Without ``confirm``, the label of its button, it can only be closed again."""

    title: str = "检验备份"
    confirm: str = ""
    note: str = ""
    live: Mapping[str, int] = field(default_factory=dict)
    """Records of the office as it is now, by table, to compare with."""


@dataclass(frozen=True)
class Chosen:
    """A backup that was found good, and wanted."""

    info: BackupInfo
    password: str


class ContentsWindow(ModalWindow):
    """``ask()`` verifies the file at once, or when its password is given; returns Chosen, None when closed."""

    def __init__(self, parent: Misc, background: Background, file: Path, inspect: Inspect, purpose: Purpose) -> None:
        super().__init__(parent, purpose.title)
        self._background = background
        self._file = file
        self._inspect = inspect
        self._purpose = purpose
        self._job: Job | None = None
        self.info: BackupInfo | None = None
        self.password: LabeledField | None = None
        width = pixels(self, 480)
        ttk.Label(self.body, text=file.name, font="CrmBoldFont", wraplength=width, name="file").pack(anchor="w")
        ttk.Label(self.body, text=str(file.parent), style="Muted.TLabel", wraplength=width).pack(anchor="w")
        if asks_password(file):
            self._add_password()
        self.state = ttk.Label(self.body, wraplength=width, name="state")
        self.state.pack(anchor="w", pady=pixels(self, 10))
        self.facts = ttk.Frame(self.body, name="facts")
        self.facts.pack(fill="x")
        if purpose.note:
            note = ttk.Label(self.body, text=purpose.note, style="Hint.TLabel", wraplength=width, name="note")
            note.configure(padding=pixels(self, 8))
            note.pack(fill="x", pady=(pixels(self, 12), 0))
        self._add_buttons()

    def _add_password(self) -> None:
        form = ttk.Frame(self.body)
        form.pack(fill="x", pady=(pixels(self, 8), 0))
        form.columnconfigure(1, weight=1)
        self.password = LabeledField(form, "备份密码", PasswordInput).grid(0)
        bind_key(self.password.input.control, "enter", self.verify)

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x", pady=(pixels(self, 14), 0))
        label = "取消 Esc" if self._purpose.confirm else "关闭 Esc"
        self.cancel_button = ttk.Button(row, text=label, bootstyle="outline", command=self.cancel, name="cancel")
        self.cancel_button.pack(side="right")
        bind_key(self.cancel_button, "enter", self.cancel)
        self.button = ttk.Button(
            row, text=f"{self._purpose.confirm} F8", bootstyle="primary", command=self.confirm, name="confirm"
        )
        if self._purpose.confirm:
            self.button.configure(state="disabled")
            self.button.pack(side="right", padx=pixels(self, 8))
            self.button.lower(self.cancel_button)
            bind_key(self.button, "enter", self.confirm)
            bind_key(self, "save", self.confirm)

    def ask(self) -> Chosen | None:
        if self.password is not None:
            self.state.configure(text=ASKING)
        else:
            self.verify()
        chosen: Chosen | None = self.show(self.password.input.control if self.password else self.cancel_button)
        return chosen

    def verify(self) -> None:
        """Read the whole file; what is found is shown when the operator has not closed the window meanwhile."""
        if self._job is not None:
            return
        word = self.password.get() if self.password else ""
        if self.password is not None:
            self.password.set_error(None if word else "请输入备份密码。")
            if not word:
                return
        self.state.configure(text=CHECKING, style="TLabel")
        self._job = self._background.run_in_background(
            lambda job: self._inspect(self._file, word, stoppable(job)),
            self._show,
            self._refuse,
            self._progress,
            owner=self,
        )

    def _progress(self, done: int, total: int, text: str) -> None:
        if total and self._job is not None:
            self.state.configure(text=f"{CHECKING} {done * 100 // total} %")

    def _show(self, info: BackupInfo) -> None:
        self._job, self.info = None, info
        self.state.configure(text=f"✓ {VERIFIED}", bootstyle="success")
        if self.password is not None:
            self.password.set_error(None)
        for child in self.facts.winfo_children():
            child.destroy()
        self._list(info)
        centre_on(self, self._parent)  # it has grown
        if self._purpose.confirm:
            self.button.configure(state="normal")
            self.button.focus_set()

    def _refuse(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, CrmError):
            raise error
        if self.password is None:
            self.state.configure(text=f"✕ {error}", style="Error.TLabel")
            return
        self.state.configure(text="")
        self.password.set_error(str(error))
        self.password.focus()

    def _list(self, info: BackupInfo) -> None:
        """Two records a line, each beside how many the office has now, so that what would change can be seen."""
        facts = (
            ("单位", info.company),
            ("最后修改", local_text(info.last_change) or "没有记录"),
            ("大小", f"{size_text(info.size)}，数据版本 {info.version}"),
        )
        for place, (label, text) in enumerate(facts):
            self._put(f"{label}：", place, 0, "Muted.TLabel", "e")
            self._put(text, place, 1, "TLabel", span=5)
        live, tables = self._purpose.live, [table for table in LABELS if table in info.counts]
        for number, table in enumerate(tables):
            self._count(
                len(facts) + 1 + number // 2, 3 * (number % 2), LABELS[table], info.counts[table], live.get(table)
            )
        for column, text in ((1, "备份里"), (2, "现在"), (4, "备份里"), (5, "现在")) if live else ():
            self._put(text, len(facts), column, "Muted.TLabel")

    def _count(self, row: int, column: int, label: str, inside: int, now: int | None) -> None:
        self._put(f"{label}：", row, column, "Muted.TLabel", "e")
        self._put(f"{inside:,}", row, column + 1, "TLabel")
        if now is not None:
            self._put(f"{now:,}", row, column + 2, "TLabel" if now == inside else "Hint.TLabel")

    def _put(self, text: str, row: int, column: int, style: str, sticky: str = "w", span: int = 1) -> None:
        gap = pixels(self, 3)
        label = ttk.Label(self.facts, text=text, style=style, padding=(gap, 0))
        label.grid(row=row, column=column, columnspan=span, sticky=sticky, padx=(0, 5 * gap if column else 0), pady=1)

    def confirm(self) -> None:
        if self.info is not None and self._purpose.confirm:
            self.result = Chosen(self.info, self.password.get() if self.password else "")
            self.close()

    def cancel(self) -> None:
        if self._job is not None:
            self._job.forget()
        super().cancel()


def stoppable(job: Job) -> Callable[[int, int], None]:
    """Progress of work that cannot be asked to stop: the next report after a cancel ends it."""

    def report(done: int, total: int) -> None:
        if job.is_cancelled():
            raise BackupError("已取消。")
        job.report(done, total)

    return report
