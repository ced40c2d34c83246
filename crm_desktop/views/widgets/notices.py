"""Yellow lines above the screens: what should be known, with what can be done about it, until they are closed."""

from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels

NoticeAction = tuple[str, Callable[[], Any]]
"""("立即备份", what it does)."""
MOST = 3
"""Lines shown at once; the others wait until one is closed."""


class Notices(ttk.Frame):
    """Takes no room while there is nothing to say, and never the focus."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, name="notices")
        self._lines: dict[str, ttk.Frame] = {}

    @property
    def texts(self) -> list[str]:
        """What is said at this moment, the oldest first."""
        return list(self._lines)

    def add(self, text: str, action: NoticeAction | None = None) -> None:
        """Say something, once; a line that stands there already is not said twice."""
        if text in self._lines:
            return
        line = ttk.Frame(self, style="Hint.TFrame", name=f"line{len(self.winfo_children())}")
        gap = pixels(self, 6)
        close = self._button(line, "✕", lambda: self.remove(text), "close")
        close.pack(side="right", padx=gap)
        if action:
            label, command = action
            self._button(line, label, lambda: self._act(text, command), "act").pack(side="right", padx=gap)
        words = ttk.Label(line, text=text, style="Hint.TLabel", width=1, padding=(gap, gap // 2), name="text")
        words.pack(side="left", fill="x", expand=True)
        words.bind("<Configure>", _wrap, add="+")
        self._lines[text] = line
        self._arrange()

    def remove(self, text: str) -> None:
        """Take a line away."""
        line = self._lines.pop(text, None)
        if line is not None:
            line.destroy()
            self._arrange()

    def button(self, text: str, name: str) -> Any:
        """``act`` or ``close`` of a line."""
        return self._lines[text].nametowidget(name)

    def _act(self, text: str, command: Callable[[], Any]) -> None:
        self.remove(text)
        command()

    def _button(self, line: Misc, label: str, command: Callable[[], Any], name: str) -> ttk.Label:
        button = ttk.Label(line, text=label, style="HintLink.TLabel", cursor="hand2", takefocus=True, name=name)
        button.bind("<Button-1>", lambda event: command())
        for key in ("enter", "<space>"):
            bind_key(button, key, command)
        return button

    def _arrange(self) -> None:
        for place, line in enumerate(self._lines.values()):
            if place < MOST:
                line.pack(fill="x", pady=(0, 1))
        if not self._lines:
            self.configure(height=1)  # a frame without children keeps the height it had


def _wrap(event: Event) -> None:
    event.widget.configure(wraplength=max(event.width - 8, 1))
