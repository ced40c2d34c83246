"""联系人信息: the list of all contacts."""

from crm_desktop.models import CONTACTS
from crm_desktop.views.actions import Action
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.word_letters import write_letters


class ContactScreen(ListScreen):
    entity = CONTACTS
    placeholder = "姓名、拼音首字母、电话、微信…"

    def make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            *super().make_actions(),
            Action("envelopes", "信封", self.print_envelopes, None, "envelope",
                   lambda: self._has_any() and may("contacts", "print"), group="out"),
            Action("letters", "信函…", self.write_letters, None, "file-earmark-word",
                   lambda: self._has_any() and may("contacts", "print"), group="out"),
            Action("mail", "邮件", self.write_mail, "mail", "send",
                   lambda: self._has_any() and may("mail", "create"), group="out"),
        ]  # fmt: skip

    def print_envelopes(self) -> None:
        """Envelopes addressed to the selected contacts."""
        self.desk.open("envelopes", entity="contacts", ids=self.table.selected_ids())

    def write_letters(self) -> None:
        """A letter in Word to each of the selected."""
        write_letters(self.desk, self, "contacts", self.table.selected_ids())

    def write_mail(self) -> None:
        """A letter by mail to the selected contacts."""
        self.desk.open("compose", entity="contacts", ids=self.table.selected_ids())
