"""What the contact form does beyond its fields: it shows the customer's address where the contact has none."""

from collections.abc import Callable
from typing import Any

from crm_desktop.models import CONTACTS
from crm_desktop.models.pasted_text import Recognised
from crm_desktop.views.actions import Action
from crm_desktop.views.address_reading import Targets, reading_actions
from crm_desktop.views.form_place import PlaceCompanion

PASTED = {
    "person": "name", "title": "honorific", "company": "customer", "mobile": "mobile", "phone": "office_phone",
    "fax": "fax", "email": "email", "region": "region", "address": "address", "postcode": "postcode", "rest": "remark",
}  # fmt: skip
FROM_CUSTOMER = ("address", "postcode")


class ContactCompanion(PlaceCompanion):
    not_copied = ("is_primary",)

    def actions(self, window: Any) -> list[Action]:
        return reading_actions(window)

    def pasted_into(self, found: Recognised) -> Targets:
        """Which fields take what a pasted text says."""
        return {kind: (name, CONTACTS[name]) for kind, name in PASTED.items()}

    def filled(self) -> None:
        super().filled()
        self._look_up_address(pause=False)

    def changed(self, name: str) -> None:
        super().changed(name)
        if name == "customer":
            self._look_up_address()

    def _look_up_address(self, *, pause: bool = True) -> None:
        self.form.later.ask("address", self._address, self._show_address, pause=pause)

    def _address(self) -> Callable[[], dict[str, Any]]:
        customer = self.form["customer"].get()

        def work() -> dict[str, Any]:
            known = isinstance(customer, int) and self.desk.office.may("customers", "view")
            rows = self.desk.office.customers.rows([customer], FROM_CUSTOMER) if known else []
            return rows[0] if rows else {}

        return work

    def _show_address(self, row: dict[str, Any]) -> None:
        """In grey, as long as the contact has no region or address of its own."""
        for name in FROM_CUSTOMER:
            self.form[name].input.suggest(row.get(name, ""))
