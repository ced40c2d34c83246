"""The column at the left: the screens by how often they are used; it folds to its icons."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any, Protocol

import ttkbootstrap as ttk

from crm_desktop.views.theme import pixels


class Entry(Protocol):
    """What the navigation needs to know of a screen."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def icon(self) -> str: ...


class Navigation(ttk.Frame):
    """``on_open(key)`` is called for the entry pressed; ``mark(key)`` shows which screen is in front."""

    def __init__(self, parent: Misc, entries: Sequence[Entry], on_open: Callable[[str], Any]) -> None:
        super().__init__(parent, bootstyle="@chrome", padding=pixels(parent, 6))
        self._titles: dict[str, str] = {}
        self._buttons: dict[str, ttk.Button] = {}
        self.is_folded = False
        for entry in entries:
            button = ttk.Button(
                self,
                text=entry.title,
                icon=entry.icon,
                bootstyle="ghost",
                name=f"open_{entry.key}",
                takefocus=False,
                command=lambda key=entry.key: on_open(key),
            )
            button.pack(fill="x", pady=pixels(self, 1))
            self._titles[entry.key] = entry.title
            self._buttons[entry.key] = button
        self._fold = ttk.Button(
            self, icon="chevron-double-left", bootstyle="ghost", command=self.fold, takefocus=False, name="fold"
        )
        self._fold.pack(side="bottom", anchor="w")

    def mark(self, key: str) -> None:
        """Show the entry of the screen in front as pressed."""
        for each, button in self._buttons.items():
            button.configure(bootstyle="primary" if each == key else "ghost")

    def fold(self) -> None:
        """Show icons only, or words again."""
        self.is_folded = not self.is_folded
        for key, button in self._buttons.items():
            button.configure(text="" if self.is_folded else self._titles[key])
        self._fold.configure(icon="chevron-double-right" if self.is_folded else "chevron-double-left")
