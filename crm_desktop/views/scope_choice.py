"""数据范围 as three words to choose from, with a sentence that says what the chosen one means."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.granting import SCOPES
from crm_desktop.views.theme import pixels

MEANS = {
    "本人": "只看得到自己是业务员的客户，以及它们的联系人、往来、反馈、投诉和销售。",
    "本部门": "看得到本部门所有操作员的客户，以及它们的各种记录。",
    "全部": "看得到全部客户，以及它们的各种记录。",
}


class ScopeChoice(ttk.Frame):
    """``on_change()`` follows the operator's choice; ``width`` is that of the sentence in pixels."""

    def __init__(self, parent: Misc, on_change: Callable[[], Any], *, width: int) -> None:
        super().__init__(parent)
        self._on_change = on_change
        self._scope = ttk.StringVar(self, value=SCOPES[-1])
        row = ttk.Frame(self)
        row.pack(anchor="w")
        ttk.Label(row, text="数据范围：").pack(side="left")
        self.buttons: dict[str, ttk.Radiobutton] = {}
        for number, scope in enumerate(SCOPES):
            button = ttk.Radiobutton(
                row, text=scope, variable=self._scope, value=scope, command=self._chosen, name=f"scope_{number}"
            )
            button.pack(side="left", padx=(0, pixels(self, 6)))
            self.buttons[scope] = button
        self.meaning = ttk.Label(self, style="Small.TLabel", wraplength=width, name="meaning")
        self.meaning.pack(anchor="w", pady=(pixels(self, 4), 0))

    def get(self) -> str:
        return str(self._scope.get())

    def set(self, scope: str, *, is_readonly: bool = False) -> None:
        self._scope.set(scope)
        for button in self.buttons.values():
            button.configure(state="disabled" if is_readonly else "normal")
        self.meaning.configure(text=MEANS[scope])

    def _chosen(self) -> None:
        self.meaning.configure(text=MEANS[self.get()])
        self._on_change()
