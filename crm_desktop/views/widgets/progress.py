"""The window that shows how far a long piece of work has come, with 取消."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any, Protocol

import ttkbootstrap as ttk

from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow

REFRESH_MILLISECONDS = 80


class Work(Protocol):
    """What the window needs to know of a background job."""

    title: str
    progress: tuple[int, int, str]

    def cancel(self) -> None: ...


class ProgressWindow(ModalWindow):
    """Whoever runs the work closes it, before anything else is shown; ``waiting_for`` names what must end first."""

    def __init__(self, parent: Misc, work: Any, waiting_for: Callable[[], str] = lambda: "") -> None:
        super().__init__(parent, "请稍候")
        self._work: Work = work
        self._waiting_for = waiting_for
        self._text = ttk.StringVar(self, value=work.title)
        width = pixels(self, 380)
        ttk.Label(self.body, textvariable=self._text, wraplength=width).pack(anchor="w")
        self._bar = ttk.Progressbar(self.body, length=width, mode="indeterminate")
        self._bar.pack(fill="x", pady=pixels(self, 12))
        self.button = ttk.Button(self.body, text="取消 Esc", bootstyle="outline", command=self.cancel)
        self.button.pack(anchor="e")
        self._is_moving = True
        self._timer = ""
        self._bar.start(20)
        self.show(self.button, wait=False)
        self._refresh()

    def cancel(self) -> None:
        """Ask the work to stop; the window stays until it has."""
        self._work.cancel()
        self.button.configure(state="disabled", text="正在取消…")

    def close(self) -> None:
        self.after_cancel(self._timer)
        super().close()

    def _refresh(self) -> None:
        self._show(*self._work.progress)
        self._timer = self.after(REFRESH_MILLISECONDS, self._refresh)

    def _show(self, done: int, total: int, text: str) -> None:
        first = self._waiting_for()
        counted = f"（{done:,} / {total:,}）" if total else ""
        self._text.set(f"正在等待前一项工作完成：{first}" if first else f"{text or self._work.title}{counted}")
        if not total:
            return
        if self._is_moving:
            self._bar.stop()
            self._bar.configure(mode="determinate")
            self._is_moving = False
        self._bar.configure(maximum=total, value=done)
