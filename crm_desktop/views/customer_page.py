"""客户详情: one customer on one page: facts, contacts, everything that happened, and what was changed when."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.timeline import EVENTS
from crm_desktop.errors import NotFound
from crm_desktop.events import RecordsChanged
from crm_desktop.models import CUSTOMERS
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.customer_contacts import ContactPane
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.history import HistoryTable
from crm_desktop.views.record_tools import paper_actions
from crm_desktop.views.theme import pixels
from crm_desktop.views.timeline import TimelinePane
from crm_desktop.views.widgets.detail_pane import DetailPane
from crm_desktop.views.widgets.table_rows import ListSource

NOTHING = "请先在“客户信息”中选定一个客户。"


class CustomerPage(ttk.Frame):
    """``show(record=id)`` chooses the customer."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="customer")
        self.desk = desk
        self.record: int | None = None
        self._customer_actions = self._make_customer_actions()
        self._build()
        self.actions = [*self._customer_actions, *self.contact_pane.actions, *self.timeline.actions]
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: self._unsubscribe() if event.widget is self else None, add="+")
        self.facts.clear(NOTHING)

    def show(self, record: int) -> None:
        """Show a customer."""
        self.record = record
        self.reload()

    def reload(self) -> None:
        """Read the customer and everything that belongs to it again."""
        if self.record is None:
            return
        try:
            customer = self.desk.office.customers.get(self.record)
        except NotFound as error:
            self.record = None
            self.title.configure(text="")
            self.facts.clear(str(error))
            self.history.show(ListSource(()))
        else:
            self.title.configure(text=f"{customer['name']}　{customer['code']}")
            self.facts.show(customer["short_name"] or customer["name"], self._facts(customer))
            self._show_history()
        self.contact_pane.show(self.record)
        self.timeline.show(self.record)
        self.toolbar.refresh()

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
        self.contact_pane = ContactPane(right, self.desk)
        self.contacts = self.contact_pane.table
        right.columnconfigure(0, weight=1)
        for row, (part, weight) in enumerate(((self.contact_pane, 2), (self._build_past(right), 3))):
            right.rowconfigure(row, weight=weight, uniform="parts")
            part.grid(row=row, column=0, sticky="nsew")

    def _build_past(self, parent: Misc) -> ttk.Notebook:
        """往来记录 in front, 修改记录 behind it for those who may see the log."""
        self.tabs = ttk.Notebook(parent)
        self.timeline = TimelinePane(self.tabs, self.desk)
        self.history = HistoryTable(self.tabs)
        self.tabs.add(self.timeline, text="往来记录")
        if self.desk.office.may("audit", "view"):
            self.tabs.add(self.history, text="修改记录")
        return self.tabs

    def _make_customer_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("edit", "修改客户", self._edit, "edit", "pencil",
                   lambda: self.record is not None and may("customers", "update")),
            Action("envelope", "信封", self._print_envelope, None, "envelope",
                   lambda: self.record is not None and may("customers", "print")),
            Action("mail", "邮件", self._write_mail, "mail", "send",
                   lambda: self.record is not None and may("mail", "create")),
            *paper_actions(self.desk, self, CUSTOMERS, lambda: None if self.record is None else {"id": self.record}),
            Action("refresh", "刷新", self.reload, "refresh", "arrow-clockwise"),
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

    def _show_history(self) -> None:
        if self.desk.office.may("audit", "view"):
            self.history.show_record(self.desk, CUSTOMERS.key, self.record or 0)

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity in ("customers", "contacts", "dictionary_items", "regions"):
            self.reload()
        elif event.entity in EVENTS and self.record is not None:
            self.timeline.refresh()

    # -- acting ----------------------------------------------------------------------------------------------------

    def _edit(self) -> None:
        open_form(self.desk, CUSTOMERS, self.record)

    def _print_envelope(self) -> None:
        self.desk.open("envelopes", entity="customers", ids=[self.record])

    def _write_mail(self) -> None:
        self.desk.open("compose", entity="customers", ids=[self.record])
