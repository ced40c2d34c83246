"""客户详情: one customer on one page: facts, contacts, and what was changed when."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError, NotFound
from crm_desktop.events import RecordsChanged
from crm_desktop.models import CONTACTS, CUSTOMERS, Condition, Query
from crm_desktop.models.moments import local_text
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.record_tools import paper_actions
from crm_desktop.views.sources import EntitySource
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.detail_pane import DetailPane
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

CONTACT_COLUMNS = ("name", "is_primary", "honorific", "department", "position", "mobile", "office_phone", "email")
HISTORY_COLUMNS = (
    TableColumn("at", "时间", 17), TableColumn("operator", "操作员", 10), TableColumn("told", "内容", 60),
)  # fmt: skip
KINDS = {"create": "新增", "update": "修改", "delete": "删除", "restore": "恢复", "merge": "合并"}
NOTHING = "请先在“客户信息”中选定一个客户。"


class CustomerPage(ttk.Frame):
    """``show(record=id)`` chooses the customer."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="customer")
        self.desk = desk
        self.record: int | None = None
        self._customer_actions = self._make_customer_actions()
        self._contact_actions = self._make_contact_actions()
        self._build()
        self.actions = [*self._customer_actions, *self._contact_actions]
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: self._unsubscribe() if event.widget is self else None, add="+")
        self.facts.clear(NOTHING)

    def show(self, record: int) -> None:
        """Show a customer."""
        self.record = record
        self.reload()

    def reload(self) -> None:
        """Read the customer, its contacts and its history again."""
        if self.record is None:
            return
        try:
            customer = self.desk.office.customers.get(self.record)
        except NotFound as error:
            self.record = None
            self.title.configure(text="")
            self.facts.clear(str(error))
            self.contacts.show(ListSource(()))
            self.history.show(ListSource(()))
        else:
            self.title.configure(text=f"{customer['name']}　{customer['code']}")
            self.facts.show(customer["short_name"] or customer["name"], self._facts(customer))
            self._show_contacts()
            self._show_history()
        self._refresh()

    def focus_set(self) -> None:
        self.contacts.focus_set()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.toolbar = Toolbar(top, self._customer_actions)
        self.title = ttk.Label(top, style="Title.TLabel", name="title")
        self.title.pack(side="left", padx=(0, 3 * gap))
        self.toolbar.pack(side="left", fill="x", expand=True)  # last: where there is little room, it does with less
        split = ttk.Panedwindow(self, orient="horizontal")
        split.pack(fill="both", expand=True)
        self.facts = DetailPane(split, width=36)
        split.add(self.facts, weight=1)
        right = ttk.Frame(split, padding=(gap, 0, 0, 0))
        split.add(right, weight=4)
        self._build_contacts(right, gap)
        self._build_history(right, gap)

    def _build_contacts(self, parent: Misc, gap: int) -> None:
        row = ttk.Frame(parent)
        row.pack(fill="x")
        ttk.Label(row, text="联系人", font=BOLD_FONT).pack(side="left")
        self.contacts = VirtualTable(
            parent,
            [self._column(name) for name in CONTACT_COLUMNS],
            background=self.desk.background,
            on_open=lambda contact: self._edit_contact(),
            on_select=self._refresh,
            on_menu=context_menu(self, self._contact_actions),
            empty_text="还没有联系人。按 F2 新增。",
        )
        self.contact_toolbar = Toolbar(row, self._contact_actions)
        self.contact_toolbar.pack(side="right")
        self.contacts.pack(fill="both", expand=True, pady=gap)

    def _build_history(self, parent: Misc, gap: int) -> None:
        self.history = VirtualTable(parent, HISTORY_COLUMNS, empty_text="没有变动记录。")
        if self.desk.office.may("audit", "view"):
            ttk.Label(parent, text="变动记录", font=BOLD_FONT).pack(anchor="w")
            self.history.pack(fill="both", expand=True, pady=(gap, 0))

    def _column(self, name: str) -> TableColumn:
        field = CONTACTS[name]
        return TableColumn(name, field.label, field.width, field.align)

    def _make_customer_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("edit", "修改客户", self._edit, "edit", "pencil",
                   lambda: self.record is not None and may("customers", "update")),
            Action("envelope", "信封", self._print_envelope, None, "envelope",
                   lambda: self.record is not None and may("customers", "print")),
            *paper_actions(self.desk, self, CUSTOMERS, lambda: None if self.record is None else {"id": self.record}),
            Action("refresh", "刷新", self.reload, "refresh", "arrow-clockwise"),
        ]  # fmt: skip

    def _make_contact_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("new", "新增", self._add_contact, "new", "plus-lg",
                   lambda: self.record is not None and may("contacts", "create"), style="primary"),
            Action("edit_contact", "修改", self._edit_contact, None, "pencil",
                   lambda: self._contact() is not None and may("contacts", "update")),
            Action("primary", "设为主联系人", self._make_primary, None, "star",
                   lambda: self._is_secondary() and may("contacts", "update")),
            Action("delete", "删除", self._delete_contact, "delete", "trash",
                   lambda: self._contact() is not None and may("contacts", "delete"), style="danger"),
        ]  # fmt: skip

    # -- showing ---------------------------------------------------------------------------------------------------

    def _facts(self, customer: dict[str, Any]) -> list[tuple[str, str]]:
        """What is known, under the headings of the form; a part of which nothing is known has no heading."""
        parts: dict[str, list[tuple[str, str]]] = {}
        for field in CUSTOMERS.fields:
            words = customer[f"{field.name}_text"]
            if words and field.name not in ("name", "code"):
                parts.setdefault(field.group, []).append((field.label, words))
        parts["记录"] = [("建档", self._stamp(customer, "created")), ("修改", self._stamp(customer, "updated"))]
        return [fact for heading, facts in parts.items() for fact in (("", heading), *facts)]

    def _stamp(self, customer: dict[str, Any], what: str) -> str:
        return f"{customer[f'{what}_at_text']} {customer[f'{what}_by_text']}"

    def _show_contacts(self) -> None:
        if not self.desk.office.may("contacts", "view"):
            self.contacts.set_empty_text("没有查看联系人的权限。")
            return
        query = Query(conditions=(Condition("customer", "=", self.record),), order="-is_primary")
        self.contacts.show(EntitySource(self.desk.office.contacts, query, CONTACT_COLUMNS))

    def _show_history(self) -> None:
        if self.desk.office.may("audit", "view"):
            told = reversed(self.desk.office.audit.history("customers", self.record or 0))
            self.history.show(ListSource(_history_row(number, row) for number, row in enumerate(told)))

    def _refresh(self) -> None:
        self.toolbar.refresh()
        if hasattr(self, "contact_toolbar"):
            self.contact_toolbar.refresh()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity in ("customers", "contacts", "dictionary_items", "regions"):
            self.reload()

    # -- acting ----------------------------------------------------------------------------------------------------

    def _edit(self) -> None:
        open_form(self.desk, CUSTOMERS, self.record)

    def _print_envelope(self) -> None:
        self.desk.open("envelopes", entity="customers", ids=[self.record])

    def _contact(self) -> int | None:
        contact: int | None = self.contacts.current_id if hasattr(self, "contacts") else None
        return contact

    def _is_secondary(self) -> bool:
        row = self.contacts.current_row if self._contact() is not None else None
        return row is not None and not row["is_primary"]

    def _add_contact(self) -> None:
        open_form(self.desk, CONTACTS, None, values={"customer": self.record}, on_saved=self.contacts.go_to)

    def _edit_contact(self) -> None:
        if self._contact() is not None:
            open_form(self.desk, CONTACTS, self._contact(), neighbours=self.contacts)

    def _make_primary(self) -> None:
        contacts, contact = self.desk.office.contacts, self._contact()
        assert contact is not None

        def work(job: Any) -> None:
            contacts.update(contact, {"is_primary": True}, contacts.get(contact)["version"])

        self._write(work, "已设为主联系人。")

    def _delete_contact(self) -> None:
        row, contact = self.contacts.current_row or {}, self._contact()
        if contact is None:
            return
        question = f"要删除联系人“{row.get('name', '')}”吗？"
        if self.desk.dialogs.ask_yes_no(question, detail="将移入回收站。", yes="删除", no="不删除", is_danger=True):
            self._write(lambda job: self.desk.office.contacts.delete([contact]), "已删除联系人 1 条。")

    def _write(self, work: Any, said: str) -> None:
        def refused(error: BaseException) -> None:
            if not isinstance(error, CrmError):
                raise error
            self.desk.dialogs.show_error(error, parent=self)

        self.desk.run(
            work, lambda result: self.desk.say(said), on_error=refused, owner=self, title="正在保存…", is_saving=True
        )


def _history_row(number: int, row: dict[str, Any]) -> dict[str, Any]:
    changes = "；".join(f"{label}：{old or '空'} → {new or '空'}" for label, old, new in row["changes"])
    told = f"{KINDS.get(row['kind'], row['kind'])}{'　' if changes else ''}{changes}"
    return {"id": number, "at": local_text(row["at"]), "operator": row["operator"], "told": told}
