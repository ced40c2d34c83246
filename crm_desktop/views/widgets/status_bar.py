"""The line at the bottom of the window: what just happened on the left, who and where on the right."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.theme import pixels

MESSAGE_MILLISECONDS = 8000

SpokenAction = tuple[str, Callable[[], Any]]
"""("打开文件", what it does)."""


class StatusBar(ttk.Frame):
    """``parts`` are names from left to right; ``set(name, text)`` fills one, ``say`` shows a passing
    message."""

    def __init__(self, parent: Misc, parts: Sequence[str]) -> None:
        super().__init__(parent, bootstyle="@chrome")
        gap = pixels(self, 10)
        self._timer: str | None = None
        self._message = ttk.Label(self, bootstyle="@chrome")
        self._message.pack(side="left", padx=gap, pady=pixels(self, 3))
        self.link = ttk.Button(self, bootstyle="link", padding=0, name="link")
        self._parts: dict[str, ttk.Label] = {}
        for name in reversed(parts):
            self._parts[name] = ttk.Label(self, bootstyle="@chrome", font="TkTooltipFont")
            self._parts[name].pack(side="right", padx=gap)

    def set(self, name: str, text: str) -> None:
        self._parts[name].configure(text=text)

    def text(self, name: str) -> str:
        return str(self._parts[name].cget("text"))

    @property
    def message(self) -> str:
        return str(self._message.cget("text"))

    def say(self, text: str, action: SpokenAction | None = None) -> None:
        """Show a short line ("已保存 长春宏达。") for a while, with what can be done about it behind it."""
        if self._timer is not None:
            self.after_cancel(self._timer)
        self._message.configure(text=text)
        self.link.pack_forget()
        if action:
            self.link.configure(text=action[0], command=action[1])
            self.link.pack(side="left", after=self._message)
        self._timer = self.after(MESSAGE_MILLISECONDS, self._fall_silent)

    def _fall_silent(self) -> None:
        self._timer = None
        self._message.configure(text="")
        self.link.pack_forget()
