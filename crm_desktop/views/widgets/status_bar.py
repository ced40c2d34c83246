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
    """``parts`` are names from left to right; ``set(name, text)`` fills one, ``say`` shows a passing message.

    Those of ``dispensable`` give way, the first one first, where there is no room for all.
    """

    def __init__(self, parent: Misc, parts: Sequence[str], dispensable: Sequence[str] = ()) -> None:
        super().__init__(parent, bootstyle="@chrome")
        gap = pixels(self, 10)
        self._timer: str | None = None
        self._message = ttk.Label(self, bootstyle="@chrome")
        self._message.pack(side="left", padx=gap, pady=pixels(self, 3))
        self.link = ttk.Button(self, bootstyle="primary link @chrome", padding=0, name="link")
        self._order = tuple(reversed(parts))
        self._parts = {name: ttk.Label(self, bootstyle="@chrome", font="TkTooltipFont") for name in self._order}
        self._dispensable = tuple(dispensable)
        self._show_parts(self._order)
        self.bind("<Configure>", lambda event: self._fit(), add="+")

    def set(self, name: str, text: str) -> None:
        self._parts[name].configure(text=text)
        self._fit()

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
        self._fit()
        self._timer = self.after(MESSAGE_MILLISECONDS, self._fall_silent)

    def _fall_silent(self) -> None:
        self._timer = None
        self._message.configure(text="")
        self.link.pack_forget()
        self._fit()

    def _fit(self) -> None:
        """Show as many parts as there is room for."""
        gap = pixels(self, 10)
        fixed = [self._message, *([self.link] if self.link.winfo_manager() else [])]
        room = self.winfo_width() - sum(label.winfo_reqwidth() + 2 * gap for label in fixed)
        shown = [name for name in self._order if self.text(name)]
        for name in self._dispensable:
            if name in shown and sum(self._parts[each].winfo_reqwidth() + 2 * gap for each in shown) > room:
                shown.remove(name)
        self._show_parts(shown)

    def _show_parts(self, names: Sequence[str]) -> None:
        if [name for name in self._order if self._parts[name].winfo_manager()] == list(names):
            return
        for label in self._parts.values():
            label.pack_forget()
        for name in names:
            self._parts[name].pack(side="right", padx=pixels(self, 10))
