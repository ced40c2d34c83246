"""额外权限: what one operator may do beyond the role; what the role allows stands there in grey."""

from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.errors import Conflict
from crm_desktop.views.desk import Desk
from crm_desktop.views.rights_matrix import RightsMatrix
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow

EXPLAINED = "灰色的是角色已有的权限。在这里只给{}一个人增加，角色的其他人不变。"
SAVE, DISCARD, STAY = "save", "discard", "stay"


class GrantsWindow(ModalWindow):
    """Saved as a whole, against the version that was read."""

    def __init__(self, parent: Misc, desk: Desk, operator: int, name: str) -> None:
        super().__init__(parent, f"额外权限：{name}")
        self._desk = desk
        self._operator, self._full_name = operator, name
        self._is_saving = False
        note = ttk.Label(self.body, text=EXPLAINED.format(f"“{name}”"), style="Muted.TLabel", name="note")
        note.pack(anchor="w", pady=(0, pixels(self, 8)))
        self.rights = RightsMatrix(self.body)
        self.add_saving_row("保存", self.save)
        self.rights.pack(fill="both", expand=True)
        self._read()

    def ask(self) -> None:
        self.show(self.rights.matrix.control)

    def _read(self) -> None:
        self._grants = self._desk.office.operators.grants(self._operator)
        self.rights.set(self._grants.beyond - self._grants.by_role, self._grants.by_role)
        self._shown = self.rights.get()

    def save(self) -> None:
        if self._is_saving:
            return
        rights, version = self.rights.get(), self._grants.version
        self._is_saving = True
        self._desk.run(
            lambda job: self._desk.office.operators.set_grants(self._operator, rights, version),
            lambda result: self._saved(), on_error=self._refused, owner=self, title="正在保存…", is_saving=True,
        )  # fmt: skip

    def _saved(self) -> None:
        self._desk.say(f"已保存“{self._full_name}”的额外权限，立即生效。")
        self.close()

    def _refused(self, error: BaseException) -> None:
        self._is_saving = False
        self._desk.dialogs.show_error(error, parent=self)
        if isinstance(error, Conflict):
            self._read()

    def cancel(self) -> None:
        """Close, after asking when something was changed."""
        if self._is_saving:
            return
        if self.rights.get() != self._shown:
            choices = ((SAVE, "保存"), (DISCARD, "不保存"), (STAY, "返回"))
            question = "额外权限已经修改，还没有保存。"
            answer = self._desk.dialogs.ask_choice(question, choices, default=STAY, title="还没有保存", parent=self)
            if answer == SAVE:
                self.save()
            if answer != DISCARD:
                return
        super().cancel()
