"""客户呼叫中心: type a number, see who it is and what is open, keep the call in three keys."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop import system
from crm_desktop.errors import CrmError
from crm_desktop.events import RecordsChanged
from crm_desktop.models import COMPLAINTS, CONTACTS, CUSTOMERS, ENTITIES, FEEDBACK, phones
from crm_desktop.models.interaction import INCOMING, MISSED, OUTGOING
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.call_form import CallForm
from crm_desktop.views.caller_pane import CallerPane
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("name", "客户", 24), TableColumn("contact_name", "联系人", 9), TableColumn("number", "号码", 17),
    TableColumn("label", "电话类别", 9), TableColumn("level", "级别", 6), TableColumn("owner", "业务员", 8),
    TableColumn("code", "客户编号", 10),
)  # fmt: skip
DIRECTIONS = {INCOMING: "telephone-inbound", OUTGOING: "telephone-outbound", MISSED: "telephone-x"}
TYPE_SOMETHING = "输入或粘贴电话号码（4 位以上），也可以输入名称或拼音。"
UNKNOWN = "没有客户用这个号码。F2 新客户，Alt+4 加为已有客户的联系人。"
NOT_MINE = "您的客户里没有这个号码，它可能是同事的客户。确实是新客户时按 F2。"
UNFINISHED = "没有找到，号码也还不完整。"
NO_SUCH_NAME = "没有叫这个名字的客户或联系人。F2 新客户。"
NO_SUCH_NAME_OF_MINE = "您的客户和联系人里没有叫这个名字的，它可能是同事的客户。确实是新客户时按 F2。"
CHANNEL = "电话"
UNSAVED = "这次通话还没有保存，要放弃吗？"
SCOPE = ("customers", "contacts", "interactions", "feedback", "complaints", "dictionary_items")
"""What the screen shows; a change of any of these is read again."""


class CallCentre(ttk.Frame):
    """``show(text=number)`` looks a number up as if it had been typed."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="calls")
        self.desk = desk
        self._place = ""
        self._found: list[dict[str, Any]] = []
        self._call_actions, self._file_actions = self._make_call_actions(), self._make_file_actions()
        self.actions = [*self._call_actions, *self._file_actions, *self._closing_actions()]
        self._build()
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: self._unsubscribe() if event.widget is self else None, add="+")
        self.find("")

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.search = SearchBox(top, self.find, placeholder="电话号码、名称、拼音首字母…", width=26, on_leave=self.pick)
        self.search.pack(side="left", padx=(0, gap))
        self.toolbar = Toolbar(top, self._call_actions)
        self.toolbar.pack(side="left", fill="x", expand=True)
        self.filing = Toolbar(self, self._file_actions)
        self.filing.pack(fill="x", pady=(0, gap))
        for action in self._call_actions:
            bind_key(self.toolbar.button(action.id), "enter", action.run)
        self.form = CallForm(self, self.desk, self._closing_actions(), self._call_kept, self._refresh)
        self.form.pack(side="bottom", fill="x", pady=(gap, 0))
        middle = ttk.Frame(self)
        middle.pack(fill="both", expand=True)
        middle.rowconfigure(0, weight=1)
        self.matches = VirtualTable(middle, COLUMNS, on_open=lambda match: self.choose(), on_select=self._selected)
        self.caller = CallerPane(middle)
        for column, (part, weight) in enumerate(((self.matches, 4), (self.caller, 3))):
            middle.columnconfigure(column, weight=weight, uniform="parts")
            part.grid(row=0, column=column, sticky="nsew", padx=(gap if column else 0, 0))

    # -- actions ---------------------------------------------------------------------------------------------------

    def _make_call_actions(self) -> list[Action]:
        return [
            Action(f"call_{place}", direction, lambda direction=direction: self.begin(direction),  # type: ignore[misc]
                   f"item_{place}", icon, self._may_begin, style="primary" if direction == INCOMING else "neutral")
            for place, (direction, icon) in enumerate(DIRECTIONS.items(), 1)
        ] + [Action("dial", "拨号", self.dial, "dial", "telephone", lambda: bool(self._dialled()))]  # fmt: skip

    def _make_file_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("new", "新客户", lambda: self._create(CUSTOMERS.key), "new", "person-plus",
                   lambda: self._has_text() and may("customers", "create"), group="file"),
            Action("new_contact", "新联系人", lambda: self._create(CONTACTS.key), "item_4", "person-vcard",
                   lambda: self._has_text() and may("contacts", "create"), group="file"),
            Action("complain", "新投诉", lambda: self._file(COMPLAINTS.key), "item_5", "exclamation-diamond",
                   lambda: self._match() is not None and may("complaints", "create"), group="file"),
            Action("feedback", "新反馈", lambda: self._file(FEEDBACK.key), "item_6", "chat-left-text",
                   lambda: self._match() is not None and may("feedback", "create"), group="file"),
            Action("details", "客户详情", self._open_customer, "details", "person-lines-fill",
                   lambda: self._match() is not None, group="file"),
        ]  # fmt: skip

    def _closing_actions(self) -> list[Action]:
        return [
            Action("save", "保存", lambda: self.form.save(), "save", "check-lg",
                   lambda: self._is_calling() and not self.form.is_saving, style="primary"),
            Action("clear", "清除", self.leave_call, "close", None,
                   lambda: self._is_calling() and not self.form.is_saving),
        ]  # fmt: skip

    # -- whose number ----------------------------------------------------------------------------------------------

    def show(self, text: str = "") -> None:
        self.search.set(text)
        self.find(text)

    def find(self, text: str) -> None:
        """List whom the number, or the name, may belong to."""
        try:
            found = self.desk.office.calls.find(text)
            kind, place = self.desk.office.calls.place(text)
        except CrmError as error:
            self.matches.set_empty_text(str(error))
            found, kind, place = [], "", ""
        else:
            self.matches.set_empty_text(self._empty_text(text))
        self._place = "　".join(filter(None, (kind, place)))
        if phones.is_like_number(text) and not found and not kind:
            self._place = self.desk.office.calls.problems(text)
        self._found = [{**row, "id": (row["entity"], row["record"], row["label"])} for row in found]
        self.matches.show(ListSource(self._found))

    def _empty_text(self, text: str) -> str:
        sees_all = self.desk.office.sees_all
        if text.strip() and not phones.is_like_number(text):
            return NO_SUCH_NAME if sees_all else NO_SUCH_NAME_OF_MINE
        if len(phones.digits(text)) < 4:
            return TYPE_SOMETHING
        if not phones.dialled(text):
            return UNFINISHED
        return UNKNOWN if sees_all else NOT_MINE

    def pick(self) -> None:
        """Enter in the number: one match, or one with just this number, is taken; several are a list to choose from."""
        if self.matches.total == 1 or sum(row["is_same"] for row in self._found) == 1:
            self.matches.go_to(self._found[0]["id"])
            self.choose()
        elif self.matches.total:
            self.matches.focus_set()

    def choose(self) -> None:
        """Enter on a match: on with the call."""
        self.toolbar.button("call_1").focus_set()

    def focus_set(self) -> None:
        self.search.focus_set()

    def _match(self) -> dict[str, Any] | None:
        return self.matches.current_row if hasattr(self, "matches") else None

    def _selected(self) -> None:
        match = self._match()
        if match is None:
            self.caller.clear(self._place)
        else:
            self._show_caller(match)
        self._refresh()

    def _show_caller(self, match: dict[str, Any]) -> None:
        try:
            self.caller.show_overview(match, self.desk.office.calls.overview(match["customer"]), self._place)
        except CrmError as error:
            self.caller.clear(str(error))

    def _number(self, match: dict[str, Any]) -> str:
        """What was typed when it is a number, else the first that the match has."""
        typed = self.search.get()
        if phones.dialled(typed):
            return typed
        return str(match["number"] if phones.dialled(match["number"]) else "")

    # -- the call --------------------------------------------------------------------------------------------------

    def begin(self, direction: str) -> None:
        """Open the form for a call with the match under the cursor."""
        match = self._match()
        if match is None:
            return
        is_other = self.form.is_open and self.form.match is not None and self.form.match["id"] != match["id"]
        if not is_other or self._may_drop():
            self.form.begin(direction, match, self._number(match))

    def leave_call(self) -> None:
        """Forget the call that is open, after asking when something was typed."""
        if self._may_drop():
            self.form.clear()
            self.search.focus_set()

    def can_close(self) -> bool:
        """Whether the tab may go."""
        return self._may_drop()

    def _may_drop(self) -> bool:
        if not self.form.is_touched:
            return True
        is_given_up: bool = self.desk.dialogs.ask_yes_no(
            UNSAVED, yes="放弃", no="返回", title="还没有保存", parent=self
        )
        if is_given_up:
            self.form.drafts.drop()
        return is_given_up

    def dial(self) -> None:
        """Hand the number to the computer's telephone program."""
        number = self._dialled()
        self.desk.run(
            lambda job: system.dial(number),
            lambda done: self.desk.say(f"正在拨打 {number}。"),
            on_error=lambda error: self.desk.dialogs.show_error(error, parent=self),
            owner=self,
        )

    def _call_kept(self, record: int) -> None:
        self.search.focus_set()

    # -- others' forms ---------------------------------------------------------------------------------------------

    def _create(self, key: str) -> None:
        """A new customer or contact that begins with the number; afterwards it is the one on the line."""
        match = self._match()
        values = dict(self.desk.office.calls.proposal(self.search.get(), key))
        if key == CONTACTS.key and match is not None:
            values["customer"] = match["customer"]
        open_form(self.desk, ENTITIES[key], None, values=values, on_saved=lambda record: self._created(key, record))

    def _created(self, key: str, record: int) -> None:
        self.find(self.search.get())
        made = next((row for row in self._found if (row["entity"], row["record"]) == (key, record)), None)
        if made is not None:
            self.matches.go_to(made["id"])
            self.choose()

    def _file(self, key: str) -> None:
        """A complaint or feedback of the customer on the line, who is on the telephone; what was noted comes along."""
        match = self.form.match or self._match()
        if match is None:
            return
        items = self.desk.office.dictionaries.items("channel", active_only=True)
        channel = next((item["id"] for item in items if item["name"] == CHANNEL), None)
        noted = self.form.fields["content"].get()
        values = {"customer": match["customer"], "contact": match["contact"], "channel": channel, "content": noted}
        open_form(self.desk, ENTITIES[key], None, values=values)

    def _open_customer(self) -> None:
        match = self._match()
        if match is not None:
            self.desk.open("customer", record=match["customer"])

    # -- what can be done ------------------------------------------------------------------------------------------

    def _may_begin(self) -> bool:
        may = self.desk.office.may("interactions", "create")
        return may and self._match() is not None and not self.form.is_saving

    def _is_calling(self) -> bool:
        return hasattr(self, "form") and self.form.is_open

    def _has_text(self) -> bool:
        return hasattr(self, "search") and bool(self.search.get())

    def _dialled(self) -> str:
        match = self._match()
        if match is not None:
            return phones.dialled(self._number(match))
        return phones.dialled(self.search.get()) if self._has_text() else ""

    def _refresh(self) -> None:
        if hasattr(self, "form"):
            for toolbar in (self.toolbar, self.filing, self.form.toolbar):
                toolbar.refresh()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity not in SCOPE:
            return
        current = self.matches.current_id
        self.find(self.search.get())
        if current is not None:
            self.matches.go_to(current)
