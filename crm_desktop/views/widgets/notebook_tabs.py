"""The screens as tabs: each is opened once, closed by Ctrl+W, its cross or the middle button."""

from collections.abc import Callable
from dataclasses import dataclass
from tkinter import Event, Misc, TclError
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.events import TAB_CLOSED
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import on_theme_change, pixels

CROSS = 22
"""Width of the cross at the right end of a tab, at 100 %."""


@dataclass
class Tab:
    """``screen`` may have ``can_close()`` (False keeps it open) and ``focus_set()``."""

    key: str
    screen: Any
    is_closable: bool


class NotebookTabs(ttk.Notebook):
    """``on_change(key)`` is called when another tab comes to the front ("" when none is left)."""

    def __init__(self, parent: Misc, on_change: Callable[[str], Any] = lambda key: None) -> None:
        super().__init__(parent)
        self._tabs: list[Tab] = []
        self._on_change = on_change
        window = self.winfo_toplevel()
        bind_key(window, "close_tab", self.close_current)
        bind_key(window, "next_tab", lambda: self._step(1))
        bind_key(window, "previous_tab", lambda: self._step(-1))
        self.bind("<<NotebookTabChanged>>", lambda event: self._on_change(self.current_key))
        self.bind("<ButtonRelease-1>", self._clicked_cross)
        self.bind("<Button-2>", lambda event: self._close_at(event))
        on_theme_change(self, lambda colors: self._draw_crosses())

    @property
    def current_key(self) -> str:
        """The key of the tab in front."""
        chosen = self.select()
        return next((tab.key for tab in self._tabs if str(tab.screen) == chosen), "")

    @property
    def current(self) -> Any:
        """The screen in front."""
        return next((tab.screen for tab in self._tabs if tab.key == self.current_key), None)

    @property
    def keys_open(self) -> list[str]:
        return [tab.key for tab in self._tabs]

    def open(self, key: str, title: str, make: Callable[[Misc], Any], *, is_closable: bool = True) -> Any:
        """Bring the tab to the front, making its screen (``make(parent)``) when it is not open yet."""
        tab = next((tab for tab in self._tabs if tab.key == key), None)
        if tab is None:
            tab = Tab(key, make(self), is_closable)
            self._tabs.append(tab)
            self.add(tab.screen, text=title, compound="right")
            self._draw_crosses()
        self.select(tab.screen)
        tab.screen.focus_set()
        return tab.screen

    def rename(self, key: str, title: str) -> None:
        for tab in self._tabs:
            if tab.key == key:
                self.tab(tab.screen, text=title)

    def close(self, key: str) -> bool:
        """Close the tab unless its screen wants to stay."""
        tab = next((tab for tab in self._tabs if tab.key == key), None)
        if tab is None or not tab.is_closable:
            return False
        can_close = getattr(tab.screen, "can_close", None)
        if can_close is not None and not can_close():
            return False
        self._tabs.remove(tab)
        tab.screen.destroy()
        if self.current is not None:
            self.current.focus_set()
        self.event_generate(TAB_CLOSED)
        return True

    def close_current(self) -> None:
        self.close(self.current_key)

    def close_all(self) -> bool:
        """False, and no more is closed, when a screen wants to stay."""
        return all(self.close(tab.key) for tab in list(self._tabs) if tab.is_closable)

    def _step(self, step: int) -> None:
        if self._tabs:
            place = (self.index("current") + step) % len(self._tabs)
            self.select(place)
            self._tabs[place].screen.focus_set()

    def _draw_crosses(self) -> None:
        for tab in self._tabs:
            if tab.is_closable:
                self.tab(tab.screen, image=ttk.Icon("x", 16, "secondary"))

    def _clicked_cross(self, event: Event) -> None:
        if self._tab_at(event.x, event.y) != self._tab_at(event.x + pixels(self, CROSS), event.y):
            self._close_at(event)

    def _close_at(self, event: Event) -> None:
        place = self._tab_at(event.x, event.y)
        if place is not None:
            self.close(self._tabs[place].key)

    def _tab_at(self, x: int, y: int) -> int | None:
        try:
            return int(self.index(f"@{x},{y}"))
        except TclError:
            return None
