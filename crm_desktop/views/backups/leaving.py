"""The page shown while the backup on exit is written, with 跳过."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.backups import TargetResult
from crm_desktop.errors import CrmError
from crm_desktop.views.background import Job
from crm_desktop.views.backups.keeper import note_failure
from crm_desktop.views.backups.words import failures
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels

ON_EXIT = "退出"
TITLE = "退出前正在备份，请稍候…"
SKIPPING = "正在停止备份…"


class LeavingPage(ttk.Frame):
    """Begins at once and calls ``go_on`` in every case; with nothing due that is almost immediately."""

    def __init__(self, root: Misc, desk: Desk, go_on: Callable[[], Any]) -> None:
        super().__init__(root, name="leaving")
        self._desk = desk
        self._go_on = go_on
        box = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 28))
        box.place(relx=0.5, rely=0.45, anchor="center")
        width = pixels(self, 420)
        self.text = ttk.Label(box, text=TITLE, wraplength=width, name="text")
        self.text.pack(anchor="w")
        self.bar = ttk.Progressbar(box, length=width, mode="determinate", name="bar")
        self.bar.pack(fill="x", pady=pixels(self, 14))
        self.button = ttk.Button(box, text="跳过 Esc", bootstyle="outline", command=self.skip, name="skip")
        self.button.pack(anchor="e")
        bind_key(self.button, "enter", self.skip)
        bind_key(self.button, "close", self.skip)
        self.job: Job = desk.run(
            lambda job: desk.office.backups.run_due(ON_EXIT, job.report, job.is_cancelled),
            self._done,
            on_error=self._failed,
            on_progress=self._progress,
            on_cancelled=go_on,
            is_saving=True,
        )
        self.button.focus_set()

    def skip(self) -> None:
        """Leave without this backup; what is written already of it is removed."""
        self.job.cancel()
        self.button.configure(state="disabled")
        self.text.configure(text=SKIPPING)

    def _progress(self, done: int, total: int, text: str) -> None:
        if total:
            self.bar.configure(maximum=total, value=done)

    def _done(self, results: Sequence[TargetResult]) -> None:
        failed = [] if self.job.is_cancelled() else failures(results)
        if failed:
            note_failure(self._desk, "；".join(f"{result.folder}：{result.problem}" for result in failed))
        self._go_on()

    def _failed(self, error: BaseException) -> None:
        """Nobody waits for a box on the way out: it is told at the next sign-in."""
        note_failure(self._desk, str(error) if isinstance(error, CrmError) else "遇到了意外的情况。")
        self._go_on()


def is_wanted(desk: Desk) -> bool:
    """Whether the plan has something to do on exit, as far as this operator may know."""
    if not desk.office.may("backups", "view"):
        return True
    plan = desk.office.backups.plan()
    return bool(plan.on_exit and plan.targets)
