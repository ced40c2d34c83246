"""本单位信息: the office itself, as the generic form in a tab."""

from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.events import RecordsChanged
from crm_desktop.models import COMPANY
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_body import RecordForm
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_saving import Saver
from crm_desktop.views.history import history_actions
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import pixels

COMPANY_ID = 1
PURPOSE = "用于信封寄件人、报表抬头和客户编号的区号。"


class CompanyScreen(ttk.Frame):
    """One record, always open; 保存 keeps it on screen."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="company")
        self.desk = desk
        self.form = RecordForm(self, desk, COMPANY, open_form)
        self.saver = Saver(self.form, lambda is_busy: self.toolbar.refresh())
        self.actions = [
            Action("save", "保存", self.save, "save", "check-lg", self._may_save, style="primary"),
            Action("reload", "撤销修改", self.reload, None, "arrow-counterclockwise", self._may_save),
            *history_actions(desk, self, lambda: (COMPANY.key, COMPANY_ID, COMPANY.label, ""), is_button=True),
        ]
        top = ttk.Frame(self)
        self.toolbar = Toolbar(top, self.actions)
        self.toolbar.pack(side="left")
        ttk.Label(top, text=PURPOSE, style="Muted.TLabel").pack(side="left", padx=pixels(self, 10))
        top.pack(fill="x", pady=(0, pixels(self, 6)))
        self.form.pack(fill="both", expand=True)
        bind_key(self.toolbar.button("save"), "enter", self.save)
        enter_moves_focus(self.form, self.toolbar.button("save"))
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: self._unsubscribe() if event.widget is self else None, add="+")
        self.reload()

    def save(self) -> None:
        self.saver.save(lambda record: self.reload())

    def reload(self) -> None:
        """Show what is stored; what was typed is gone."""
        self.form.fill(COMPANY_ID)
        self.toolbar.refresh()

    def can_close(self) -> bool:
        """Whether the tab may go: unsaved changes only when the operator lets them."""
        if not self.form.may_write or not self.form.is_changed:
            return True
        return self.desk.dialogs.ask_yes_no(
            "本单位信息已经修改，还没有保存。", yes="不保存，关闭", no="返回", title="还没有保存", parent=self
        )

    def focus_set(self) -> None:
        self.form[COMPANY.title].focus()

    def _may_save(self) -> bool:
        return self.form.may_write and not self.saver.is_saving

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == COMPANY.key and not self.form.is_changed:
            self.reload()
