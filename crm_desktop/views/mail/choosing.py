"""Windows to choose from while a letter is written: a template, a merge field, the recipients."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models.mail_templates import MailTemplate, title
from crm_desktop.models.merge_fields import FIELDS, field_text
from crm_desktop.views.desk import Desk
from crm_desktop.views.envelope_recipients import Recipients
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

TEMPLATE_COLUMNS = (
    TableColumn("name", "模板", 28), TableColumn("subject", "主题", 40), TableColumn("whose", "来自", 8),
)  # fmt: skip
FIELD_COLUMNS = (TableColumn("text", "合并项", 14), TableColumn("meaning", "发送时变成", 40))
RECIPIENT_COLUMNS = {
    "customers": ("code", "name", "primary_contact", "email", "level", "is_unsubscribed"),
    "contacts": ("name", "customer", "department", "position", "email", "is_unsubscribed"),
}


class _Choice(ModalWindow):
    """A table over 确定 and 取消; Enter on a row takes it."""

    def __init__(self, parent: Misc, heading: str, columns: Sequence[TableColumn], width: int, accept: str) -> None:
        super().__init__(parent, heading)
        place = ttk.Frame(self.body, width=pixels(self, width), height=pixels(self, 330))
        place.pack_propagate(False)
        self.row = ttk.Frame(self.body)
        self.row.pack(side="bottom", fill="x", pady=(pixels(self, 8), 0))
        place.pack(fill="both", expand=True)
        self.table = VirtualTable(place, columns, on_open=lambda id: self.choose())
        self.table.pack(fill="both", expand=True)
        self._add_button("cancel", "取消 Esc", self.cancel, "outline")
        self._add_button("choose", accept, self.choose, "primary")

    def _add_button(self, name: str, text: str, command: Callable[[], Any], style: str, side: Any = "right") -> None:
        button = ttk.Button(self.row, text=text, bootstyle=style, command=command, name=name)
        button.pack(side=side, padx=(pixels(self, 8), 0))
        button.lower()
        bind_key(button, "enter", command)

    def ask(self) -> Any:
        """What was chosen; None when cancelled."""
        return self.show(self.table.tree)

    def choose(self) -> None:
        """Take the row with the cursor."""
        if self.table.current_id is not None:
            self.result = self.table.current_id
            self.close()


class FieldChoice(_Choice):
    """Its result is a merge field as it is written: {客户名称}."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, "插入合并项", FIELD_COLUMNS, 460, "插入")
        rows = [{"id": field_text(name), "text": field_text(name), "meaning": what} for name, what in FIELDS.items()]
        self.table.show(ListSource(rows))


class TemplateChoice(_Choice):
    """Its result is a MailTemplate; one of the office's own may be deleted here."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, "选择模板", TEMPLATE_COLUMNS, 640, "使用")
        self._desk = desk
        self._templates: list[MailTemplate] = []
        if desk.office.may("mail", "update"):
            self._add_button("delete", "删除本单位模板", self.delete, "danger-outline", "left")
        self.load()

    def load(self) -> None:
        """Festivals say when they come."""
        self._templates, today = self._desk.office.mail_templates.all(), self._desk.office.clock.today()
        self.table.show(ListSource([
            {
                "id": number, "name": title(each.name, today), "subject": each.subject,
                "whose": "程序" if each.id is None else "本单位",
            }
            for number, each in enumerate(self._templates)
        ]))  # fmt: skip

    def choose(self) -> None:
        place = self.table.current_id
        if place is not None:
            self.result = self._templates[place]
            self.close()

    def delete(self) -> None:
        """After asking; one that the program comes with is back afterwards."""
        place, dialogs = self.table.current_id, self._desk.dialogs
        template = None if place is None else self._templates[place]
        if template is None or template.id is None:
            dialogs.show_message("程序自带的模板不能删除。", parent=self)
            return
        question = f"要删除本单位的模板“{template.name}”吗？"
        if not dialogs.ask_yes_no(question, yes="删除", no="不删除", is_danger=True, parent=self):
            return
        try:
            self._desk.office.mail_templates.delete(template.id)
        except CrmError as error:
            dialogs.show_error(error, parent=self)
        self.load()


class RecipientChoice(ModalWindow):
    """Its result is (entity, ids) of those ticked."""

    def __init__(self, parent: Misc, desk: Desk, entity: str, ids: Sequence[int]) -> None:
        super().__init__(parent, "选择收件人", padding=8)
        place = ttk.Frame(self.body, width=pixels(self, 860), height=pixels(self, 420))
        place.pack_propagate(False)
        self.add_saving_row("确定", self.choose)
        place.pack(fill="both", expand=True)
        self.recipients = Recipients(place, desk, lambda: None, lambda id: None, RECIPIENT_COLUMNS, "发给：")
        self.recipients.pack(fill="both", expand=True)
        self.recipients.show(entity, ids)

    def ask(self) -> tuple[str, list[int]] | None:
        """Show it; None when cancelled."""
        result: tuple[str, list[int]] | None = self.show(self.recipients.search.control)
        return result

    def choose(self) -> None:
        self.result = self.recipients.entity, self.recipients.ids()
        self.close()
