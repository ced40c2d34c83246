"""Which kind of task is shown: a row of buttons with their numbers."""

from collections.abc import Callable, Mapping
from tkinter import Misc, StringVar
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.today.tasks import KINDS
from crm_desktop.views.theme import pixels

ALL = ""


class KindBar(ttk.Frame):
    """``chosen`` is one of ``KINDS``, or ``ALL``; ``on_change`` hears of another."""

    def __init__(self, parent: Misc, on_change: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._chosen = StringVar(self, ALL)
        self.buttons: dict[str, ttk.Radiobutton] = {}
        for kind, label in {ALL: "全部", **KINDS}.items():
            button = ttk.Radiobutton(
                self, text=label, value=kind, variable=self._chosen, command=on_change,
                bootstyle="secondary outline toolbutton", name=kind or "all",
            )  # fmt: skip
            button.pack(side="left", padx=(0, pixels(self, 4)))
            self.buttons[kind] = button

    @property
    def chosen(self) -> str:
        return str(self._chosen.get())

    def show(self, counts: Mapping[str, int]) -> None:
        """How many there are of each; kinds that the operator may not see are not offered."""
        for kind, button in self.buttons.items():
            if kind == ALL:
                button.configure(text=f"全部 {sum(counts.values()):,}")
            elif kind in counts:
                button.configure(text=f"{KINDS[kind]} {counts[kind]:,}")
            else:
                button.pack_forget()
