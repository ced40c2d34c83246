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
    """``screen`` may have ``can_close()`` (False keeps it open); its ``focus_set()`` says where work begins.

    ``focus`` is the widget inside that had the focus when another tab came to the front.
    """

    key: str
    screen: Any
    is_closable: bool
    focus: Misc | None = None

    def may_close(self) -> bool:
        can_close = getattr(self.screen, "can_close", None)
        return can_close is None or can_close()

    def take_focus(self) -> None:
        """Go on where the operator was, or at the beginning."""
        if self.focus is not None and self.focus.winfo_exists():
            self.focus.focus_set()
        else:
            self.screen.focus_set()


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
        self.bind("<Button-1>", lambda event: self._remember_focus())
        self.bind("<ButtonRelease-1>", self._clicked)
        self.bind("<Button-2>", lambda event: self._close_at(event))
        on_theme_change(self, lambda colors: self._draw_crosses())

    @property
    def current_key(self) -> str:
        """The key of the tab in front."""
        tab = self._current_tab()
        return tab.key if tab else ""

    @property
    def current(self) -> Any:
        """The screen in front."""
        tab = self._current_tab()
        return tab.screen if tab else None

    @property
    def keys_open(self) -> list[str]:
        return [tab.key for tab in self._tabs]

    def open(self, key: str, title: str, make: Callable[[Misc], Any], *, is_closable: bool = True) -> Any:
        """Bring the tab to the front, making its screen (``make(parent)``) when it is not open yet."""
        self._remember_focus()
        tab = next((tab for tab in self._tabs if tab.key == key), None)
        if tab is None:
            tab = Tab(key, make(self), is_closable)
            self._tabs.append(tab)
            self.add(tab.screen, text=title, compound="right")
            self._draw_crosses()
        self.select(tab.screen)
        tab.take_focus()
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
        if not tab.may_close():
            return False
        self._remove(tab)
        return True

    def _remove(self, tab: Tab) -> None:
        self._tabs.remove(tab)
        tab.screen.destroy()
        self._focus_current()
        self.event_generate(TAB_CLOSED)

    def close_current(self) -> None:
        self.close(self.current_key)

    def close_all(self, *, asks: bool = True) -> bool:
        """False, and nothing is closed, when a screen wants to stay; without ``asks`` none is asked."""
        tabs = [tab for tab in self._tabs if tab.is_closable]
        if asks and not all(tab.may_close() for tab in tabs):
            return False
        for tab in tabs:
            self._remove(tab)
        return True

    def may_close_all(self) -> bool:
        """Ask every screen, without closing any."""
        return all(tab.may_close() for tab in self._tabs if tab.is_closable)

    def _current_tab(self) -> Tab | None:
        chosen = self.select()
        return next((tab for tab in self._tabs if str(tab.screen) == chosen), None)

    def _step(self, step: int) -> None:
        if self._tabs:
            self._remember_focus()
            self.select((self.index("current") + step) % len(self._tabs))
            self._focus_current()

    def _focus_current(self) -> None:
        tab = self._current_tab()
        if tab is not None:
            tab.take_focus()

    def _remember_focus(self) -> None:
        tab, widget = self._current_tab(), self._focused()
        if tab is not None and widget is not None and str(widget).startswith(f"{tab.screen}."):
            tab.focus = widget

    def _focused(self) -> Misc | None:
        try:
            return self.focus_get()
        except KeyError:  # in a part of a widget that tkinter does not know
            return None

    def _draw_crosses(self) -> None:
        for tab in self._tabs:
            if tab.is_closable:
                self.tab(tab.screen, image=ttk.Icon("x", 16, "secondary"))

    def _clicked(self, event: Event) -> None:
        """On the cross: close it. Elsewhere on a tab: its screen, not the tab itself, gets the keys."""
        place = self._tab_at(event.x, event.y)
        if place is not None and place != self._tab_at(event.x + pixels(self, CROSS), event.y):
            self._close_at(event)
        elif place is not None:
            self._focus_current()

    def _close_at(self, event: Event) -> None:
        place = self._tab_at(event.x, event.y)
        if place is not None:
            self.close(self._tabs[place].key)

    def _tab_at(self, x: int, y: int) -> int | None:
        try:
            return int(self.index(f"@{x},{y}"))
        except TclError:
            return None
