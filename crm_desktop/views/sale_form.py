"""What the sales form does beyond its fields: the product's price and the amount stand in grey until typed over."""

from collections.abc import Callable
from typing import Any

from crm_desktop.controllers.sales import FACTORS
from crm_desktop.models import SALES
from crm_desktop.models.query import Values
from crm_desktop.views.form_companion import Companion

PROPOSED = ("price", "amount")
ASKED_BY = ("product", "amount", *FACTORS)


class SaleCompanion(Companion):
    remembered = ("salesperson",)
    not_copied = ("amount",)

    def beginning(self) -> Values:
        return {"salesperson": self.desk.office.operator.id}

    def filled(self) -> None:
        for name in PROPOSED:
            self.form[name].input.suggest("")
        self._ask(pause=False)

    def changed(self, name: str) -> None:
        if name in ASKED_BY:
            self._ask()

    def _ask(self, *, pause: bool = True) -> None:
        self.form.later.ask("proposal", self._proposal, self._show, pause=pause)

    def _proposal(self) -> Callable[[], tuple[dict[str, int | None], dict[str, str]]]:
        values, sales = self.form.values(), self.desk.office.sales
        return lambda: (sales.proposal(values), sales.warnings(values))

    def _show(self, answer: tuple[dict[str, int | None], dict[str, str]]) -> None:
        proposed, warnings = answer
        for name in PROPOSED:
            self.form.suggest(name, SALES[name].format(proposed[name]))
            self.form[name].set_hint(warnings.get(name), self._buttons(name, warnings))

    def _buttons(self, name: str, warnings: dict[str, str]) -> list[tuple[str, Callable[[], Any]]]:
        return [("按此填写", lambda: self._take(name))] if name in warnings else []

    def _take(self, name: str) -> None:
        """Empty again, the field is filled by the program."""
        self.form[name].set(None)
        self.form[name].input.changed()
        self.form[name].focus()
