"""The quick search above a list: searches while typing, after a short pause."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key, focus_and_select
from crm_desktop.views.listening import on_write
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import pixels

PAUSE_MILLISECONDS = 120


class SearchBox(ttk.Frame):
    """Calls ``on_search(text)`` after a pause, at once for Enter; ``on_leave`` for ↓ and Enter (go to the
    list).

    Esc empties it; in an empty box Esc goes on to the window.
    """

    def __init__(
        self,
        parent: Misc,
        on_search: Callable[[str], Any],
        *,
        placeholder: str = "搜索…",
        width: int = 32,
        on_leave: Callable[[], Any] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._on_search = on_search
        self._on_leave = on_leave
        self._pause = Pause(self, PAUSE_MILLISECONDS, self._search)
        self._searched = ""
        self.text = ttk.StringVar(self)
        self.control = ttk.Entry(self, textvariable=self.text, width=width, style="Search.TEntry")
        self.control.pack(fill="x", expand=True)
        self._icon("search", relx=0, x=pixels(self, 8), anchor="w").bind("<Button-1>", self._take_focus)
        self._clear = ttk.Label(self, icon="x-lg", icon_size=11, style="FieldButton.TLabel", cursor="hand2")
        self._clear.bind("<Button-1>", lambda event: self.clear())
        self._placeholder = ttk.Label(self, text=placeholder, style="Placeholder.TLabel", cursor="xterm")
        self._placeholder.bind("<Button-1>", self._take_focus)
        self._show_placeholder()
        on_write(self, self.text, self._typed)
        bind_key(self.control, "close", self.clear)
        bind_key(self.control, "enter", self._enter)
        bind_key(self.control, "<Down>", self._on_leave)

    def get(self) -> str:
        return str(self.text.get()).strip()

    def set(self, text: str) -> None:
        """Search for this, as if it had been typed."""
        self.text.set(text)

    def clear(self) -> bool | None:
        """Empty the box; False when it was empty."""
        if not self.text.get():
            return False
        self.text.set("")
        self._search()
        return None

    def focus_set(self) -> None:
        focus_and_select(self.control)

    focus = focus_set

    def _icon(self, name: str, **place: Any) -> ttk.Label:
        label = ttk.Label(self, icon=name, icon_size=13, style="FieldButton.TLabel")
        label.place(in_=self.control, rely=0.5, **place)
        return label

    def _take_focus(self, _event: Any) -> None:
        self.control.focus_set()

    def _show_placeholder(self) -> None:
        if self.text.get():
            self._placeholder.place_forget()
            self._clear.place(in_=self.control, relx=1.0, rely=0.5, anchor="e", x=-pixels(self, 8))
        else:
            self._clear.place_forget()
            self._placeholder.place(in_=self.control, rely=0.5, anchor="w", x=pixels(self, 28))

    def _typed(self, *_: str) -> None:
        self._show_placeholder()
        self._pause.begin()

    def _search(self) -> None:
        self._pause.stop()
        if self.get() != self._searched:
            self._searched = self.get()
            self._on_search(self._searched)

    def _enter(self) -> None:
        self._search()
        self._on_leave()
