"""打印机: the list of printers beside the buttons of what is printed, the one used last chosen."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.theme import pixels


class PrinterChoice(ttk.Frame):
    """``remembered`` is chosen as soon as it is offered; ``on_choose()`` follows a choice, and the offer."""

    def __init__(self, parent: Misc, remembered: str, on_choose: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._remembered, self._on_choose = remembered, on_choose
        ttk.Label(self, text="打印机：").pack(side="left")
        self.box = ttk.Combobox(self, state="readonly", width=18, name="printer")
        self.box.pack(side="left", padx=(0, pixels(self, 12)))
        self.box.bind("<<ComboboxSelected>>", lambda event: on_choose())

    @property
    def chosen(self) -> str:
        """Its name, "" without any."""
        return str(self.box.get())

    def offer(self, names: Sequence[str]) -> None:
        """These printers; the remembered one, else the first, is chosen."""
        self.box.configure(values=list(names), state="readonly" if names else "disabled")
        self.box.set(self._remembered if self._remembered in names else next(iter(names), ""))
        self._on_choose()
