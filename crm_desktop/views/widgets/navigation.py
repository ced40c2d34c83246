"""The column at the left: the screens by how often they are used; it folds to its icons."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any, Protocol

import ttkbootstrap as ttk

from crm_desktop.views.theme import pixels

RESTING, IN_FRONT = "ghost @chrome", "primary @chrome"


class Entry(Protocol):
    """What the navigation needs to know of a screen."""

    @property
    def key(self) -> str: ...
    @property
    def tab_title(self) -> str: ...
    @property
    def icon(self) -> str: ...


class Navigation(ttk.Frame):
    """``on_open(key)`` is called for the entry pressed, ``on_fold(is_folded)`` when it was folded or unfolded.

    ``mark(key)`` shows which screen is in front. Entries come in the order of their rank: on a low screen the last
    ones are left to the menus.
    """

    def __init__(
        self,
        parent: Misc,
        entries: Sequence[Entry],
        on_open: Callable[[str], Any],
        *,
        is_folded: bool = False,
        on_fold: Callable[[bool], Any] = lambda is_folded: None,
    ) -> None:
        super().__init__(parent, bootstyle="@chrome", padding=pixels(parent, 6))
        self._on_fold = on_fold
        self._titles: dict[str, str] = {}
        self._tips: dict[str, ttk.ToolTip] = {}
        self.buttons: dict[str, ttk.Button] = {}
        self.is_folded = False
        self._marked = ""
        for entry in entries:
            button = self._button(
                entry.icon, f"open_{entry.key}", lambda key=entry.key: on_open(key), text=entry.tab_title
            )
            button.pack(fill="x", pady=pixels(self, 1))
            self._titles[entry.key] = entry.tab_title
            self.buttons[entry.key] = button
        self._fold = self._button("chevron-double-left", "fold", self.fold)
        self._fold.pack(side="bottom", anchor="w", before=next(iter(self.buttons.values()), None))
        self._show(is_folded)
        self.bind("<Configure>", lambda event: self._fit(event.height), add="+")

    def _button(self, icon: str, name: str, command: Callable[[], Any], text: str = "") -> ttk.Button:
        return ttk.Button(self, text=text, icon=icon, bootstyle=RESTING, name=name, command=command, takefocus=False)

    def _fit(self, height: int) -> None:
        """Show as many entries as there is room for above the button that folds."""
        entry = max((button.winfo_reqheight() for button in self.buttons.values()), default=1) + 2 * pixels(self, 1)
        room = height - 2 * pixels(self, 6) - self._fold.winfo_reqheight()
        fitting = max(1, room // entry)
        for place, button in enumerate(self.buttons.values()):
            is_shown = bool(button.winfo_manager())
            if place < fitting and not is_shown:
                button.pack(fill="x", pady=pixels(self, 1))
            elif place >= fitting and is_shown:
                button.pack_forget()

    def mark(self, key: str) -> None:
        """Show the entry of the screen in front as pressed."""
        if key == self._marked:
            return
        for each, bootstyle in ((self._marked, RESTING), (key, IN_FRONT)):
            if each in self.buttons:
                self.buttons[each].configure(bootstyle=bootstyle)
        self._marked = key

    def fold(self) -> None:
        """Show icons only, or words again."""
        self._show(not self.is_folded)
        self._on_fold(self.is_folded)

    def _show(self, is_folded: bool) -> None:
        self.is_folded = is_folded
        for tip in self._tips.values():
            tip.destroy()
        self._tips = {}
        for key, button in self.buttons.items():
            button.configure(text="" if is_folded else self._titles[key])
            if is_folded:
                self._tips[key] = ttk.ToolTip(button, text=self._titles[key])
        self._fold.configure(icon="chevron-double-right" if is_folded else "chevron-double-left")
