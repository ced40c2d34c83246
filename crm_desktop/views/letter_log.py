"""登记往来: the tick on the envelope screen, and what happens after envelopes went to the printer."""

from collections.abc import Callable, Sequence
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.letters import Registered
from crm_desktop.views.desk import Desk
from crm_desktop.views.undoing import undo_operation

SETTING = "registers_letters"


class LetterTick(ttk.Checkbutton):
    """``is_on``: whether each printed envelope becomes a 往来; remembered, disabled without the right."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        self._desk = desk
        self._may = desk.office.may("interactions", "create")
        self._flag = ttk.BooleanVar(parent, value=self._may and bool(desk.computer[SETTING]))
        super().__init__(parent, text="登记往来", variable=self._flag, command=self._keep, name="registers")
        self.configure(state="normal" if self._may else "disabled")

    @property
    def is_on(self) -> bool:
        return bool(self._flag.get())

    def _keep(self) -> None:
        self._desk.computer[SETTING] = self.is_on


def register(desk: Desk, entity: str, ids: Sequence[int], say: Callable[..., None]) -> None:
    """Write the 往来 of these letters in the background; ``say`` tells how many, with 撤销."""

    def done(registered: Registered) -> None:
        operation = registered.operation
        action = None if operation is None else ("撤销登记", lambda: undo_operation(desk, desk.root, operation))
        say(told(registered), action)

    desk.run(lambda job: desk.office.letters.register(entity, ids), done, title="正在登记往来…", is_saving=True)


def told(registered: Registered) -> str:
    """登记往来 3 条，1 条已登记过。"""
    known = f"{registered.known:,} 条已登记过" if registered.known else ""
    written = f"登记往来 {registered.written:,} 条" if registered.written else ""
    return "，".join(filter(None, (written, known))) + "。"
