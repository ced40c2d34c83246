"""客户信息: the list of customers, the program's first screen."""

from crm_desktop.models import CUSTOMERS
from crm_desktop.views.actions import Action
from crm_desktop.views.list_screen import ListScreen


class CustomerScreen(ListScreen):
    entity = CUSTOMERS
    title = "客户信息列表"

    def make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            *super().make_actions(),
            Action("envelopes", "信封", self.print_envelopes, None, "envelope",
                   lambda: self._has_any() and may("customers", "print"), group="out"),
        ]  # fmt: skip

    def print_envelopes(self) -> None:
        """Envelopes of the selected customers."""
        self.desk.open("envelopes", entity="customers", ids=self.table.selected_ids())
