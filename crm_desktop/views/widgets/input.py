"""What every input has in common: get, set, set_error, set_readonly, focus, and one event when it changes."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import focus_and_select
from crm_desktop.views.theme import INSET, pixels


class Input(ttk.Frame):
    """Base of all inputs; ``control`` is the widget that takes the focus.

    ``INPUT_CHANGED`` is generated on it when the operator changes the value, never by ``set``.
    """

    control: Any

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        self.error: str | None = None
        self.is_readonly = False
        self._buttons: list[ttk.Label] = []
        self._show_error: Callable[[str | None], Any] = lambda sentence: None

    def get(self) -> Any:
        """The value as typed or chosen; "" or None when empty."""
        raise NotImplementedError

    def set(self, value: Any, text: str | None = None) -> None:
        """Show a value; ``text`` is how it reads when the value is an id or needs formatting."""
        raise NotImplementedError

    def set_error(self, sentence: str | None) -> None:
        """Turn the field red and show the sentence under it; None takes both away."""
        self.error = sentence
        self._mark(sentence is not None)
        self._show_error(sentence)

    def set_readonly(self, is_readonly: bool = True) -> None:
        """The value can be read and copied but not changed, and Enter passes the field over."""
        self.is_readonly = is_readonly
        self._lock(is_readonly)
        self.control.configure(takefocus=0 if is_readonly else 1)

    def focus_set(self) -> None:
        focus_and_select(self.control)

    focus = focus_set

    def show_errors_with(self, show: Callable[[str | None], Any]) -> None:
        """Whoever draws the sentence under the field registers here."""
        self._show_error = show

    def add_button(self, icon: str, command: Callable[[], Any]) -> ttk.Label:
        """A small icon inside the entry at its right end; the mouse's way to what a key does."""
        button = ttk.Label(self, icon=icon, icon_size=13, style="FieldButton.TLabel", cursor="hand2")
        button.bind("<Button-1>", lambda event: None if self.is_readonly else command())
        self._buttons.append(button)
        self.control.configure(style=f"Inset{len(self._buttons)}.TEntry")
        for place, each in enumerate(reversed(self._buttons)):
            each.place(in_=self.control, relx=1.0, rely=0.5, anchor="e", x=-pixels(self, 7 + INSET * place))
        return button

    def changed(self) -> None:
        """Announce a change made by the operator."""
        self.event_generate(INPUT_CHANGED)

    def _mark(self, is_wrong: bool) -> None:
        self.control.state(["invalid" if is_wrong else "!invalid"])

    def _lock(self, is_readonly: bool) -> None:
        self.control.state(["readonly" if is_readonly else "!readonly"])
