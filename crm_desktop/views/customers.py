"""客户信息: the list of customers, the program's first screen."""


from crm_desktop.models import CUSTOMERS
from crm_desktop.views.actions import Action
from crm_desktop.views.address_reading import read_address
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.word_letters import write_letters


class CustomerScreen(ListScreen):
    entity = CUSTOMERS

    def make_actions(self) -> list[Action]:
        may = self.desk.office.may
        actions = super().make_actions()
        looking = next(place for place, action in enumerate(actions) if action.group == "look")
        return [
            *actions[:looking],
            Action("details", "详情", self.show_details, "details", "person-lines-fill", self._has_one, group="look"),
            *actions[looking:],
            Action("paste_new", "粘贴新增", self.create_from_text, "read_address", "magic",
                   lambda: may("customers", "create") and may("regions", "view"), is_button=False),
            Action("envelopes", "信封", self.print_envelopes, None, "envelope",
                   lambda: self._has_any() and may("customers", "print"), group="out"),
            Action("letters", "信函…", self.write_letters, None, "file-earmark-word",
                   lambda: self._has_any() and may("customers", "print"), group="out"),
            Action("mail", "邮件", self.write_mail, "mail", "send",
                   lambda: self._has_any() and may("mail", "create"), group="out"),
        ]  # fmt: skip

    def show_details(self) -> None:
        """The customer with its contacts and history."""
        if self._has_one():
            self.desk.open("customer", record=self.table.current_id)

    def create_from_text(self) -> None:
        """A new customer from a pasted text: the empty form, and 地址识别 over it."""
        window = self.open_form(None)
        if window is not None:
            read_address(window)

    def print_envelopes(self) -> None:
        """Envelopes of the selected customers."""
        self.desk.open("envelopes", entity="customers", ids=self.table.selected_ids())

    def write_letters(self) -> None:
        """A letter in Word to each of the selected."""
        write_letters(self.desk, self, "customers", self.table.selected_ids())

    def write_mail(self) -> None:
        """A letter by mail to the selected customers."""
        self.desk.open("compose", entity="customers", ids=self.table.selected_ids())
