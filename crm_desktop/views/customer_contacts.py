"""The contacts of one customer, on its page."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import CONTACTS, Condition, Query
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.sources import EntitySource
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = ("name", "is_primary", "honorific", "department", "position", "mobile", "office_phone", "email")


class ContactPane(ttk.Frame):
    """``show(customer)``; None when there is none."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent)
        self.desk = desk
        self.customer: int | None = None
        self.actions = self._make_actions()
        row = ttk.Frame(self)
        row.pack(fill="x")
        ttk.Label(row, text="联系人", font=BOLD_FONT).pack(side="left")
        self.toolbar = Toolbar(row, self.actions)
        self.toolbar.pack(side="right")
        self.table = VirtualTable(
            self,
            [TableColumn(name, CONTACTS[name].label, CONTACTS[name].width, CONTACTS[name].align) for name in COLUMNS],
            background=desk.background,
            on_open=lambda contact: self._edit(),
            on_select=self.toolbar.refresh,
            on_menu=context_menu(self, self.actions),
            empty_text="还没有联系人。按 F2 新增。",
        )
        self.table.pack(fill="both", expand=True, pady=pixels(self, 4))

    def show(self, customer: int | None) -> None:
        """List a customer's contacts, the 主联系人 first."""
        self.customer = customer
        if customer is None:
            self.table.show(ListSource(()))
        elif self.desk.office.may("contacts", "view"):
            query = Query(conditions=(Condition("customer", "=", customer),), order="-is_primary")
            self.table.show(EntitySource(self.desk.office.contacts, query, COLUMNS))
        else:
            self.table.set_empty_text("没有查看联系人的权限。")
        self.toolbar.refresh()

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("new", "新增", self._add, "new", "plus-lg",
                   lambda: self.customer is not None and may("contacts", "create"), style="primary"),
            Action("edit_contact", "修改", self._edit, None, "pencil",
                   lambda: self._contact() is not None and may("contacts", "update")),
            Action("primary", "设为主联系人", self._make_primary, None, "star",
                   lambda: self._is_secondary() and may("contacts", "update")),
            Action("delete", "删除", self._delete, "delete", "trash",
                   lambda: self._contact() is not None and may("contacts", "delete"), style="danger"),
        ]  # fmt: skip

    def _contact(self) -> int | None:
        contact: int | None = self.table.current_id if hasattr(self, "table") else None
        return contact

    def _is_secondary(self) -> bool:
        row = self.table.current_row if self._contact() is not None else None
        return row is not None and not row["is_primary"]

    def _add(self) -> None:
        open_form(self.desk, CONTACTS, None, values={"customer": self.customer}, on_saved=self.table.go_to)

    def _edit(self) -> None:
        if self._contact() is not None:
            open_form(self.desk, CONTACTS, self._contact(), neighbours=self.table)

    def _make_primary(self) -> None:
        contacts, contact = self.desk.office.contacts, self._contact()
        assert contact is not None

        def work(job: Any) -> None:
            contacts.update(contact, {"is_primary": True}, contacts.get(contact)["version"])

        self._write(work, "已设为主联系人。")

    def _delete(self) -> None:
        row, contact = self.table.current_row or {}, self._contact()
        if contact is None:
            return
        question = f"要删除联系人“{row.get('name', '')}”吗？"
        if self.desk.dialogs.ask_yes_no(question, detail="将移入回收站。", yes="删除", no="不删除", is_danger=True):
            self._write(lambda job: self.desk.office.contacts.delete([contact]), "已删除联系人 1 条。")

    def _write(self, work: Callable[[Any], Any], said: str) -> None:
        def refused(error: BaseException) -> None:
            if not isinstance(error, CrmError):
                raise error
            self.desk.dialogs.show_error(error, parent=self)

        self.desk.run(
            work, lambda result: self.desk.say(said), on_error=refused, owner=self, title="正在保存…", is_saving=True
        )
