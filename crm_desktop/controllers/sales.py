"""销售记录: the price comes from the product, the amount from quantity, price and discount."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import FieldError
from crm_desktop.models import SALES
from crm_desktop.models.query import Values
from crm_desktop.models.sale import proposed_amount

PRICE = "SELECT price FROM products WHERE id = ?"
FACTORS = ("quantity", "price", "discount")
WARNINGS = {"price": "产品的单价是 {} 元。", "amount": "按数量 × 单价 × 折扣应为 {} 元。"}


class Sales(EntityController):
    area = "sales"
    entity = SALES

    @requires("view")
    def proposal(self, values: Values) -> dict[str, int | None]:
        """Price and amount in 分 that saving these values would give where none are typed; None while unknown."""
        lookup, today, known = Lookup(self._db), self._context.clock.today(), dict[str, int | None]()
        for name in ("product", *FACTORS):
            field = self.entity[name]
            try:
                known[name] = lookup.resolve(field, field.accept(values.get(name), today))
            except FieldError:
                known[name] = None
        if known["price"] is None:
            known["price"] = self._price(known["product"], lookup)
        return {"price": known["price"], "amount": _amount(known)}

    @requires("view")
    def warnings(self, values: Values) -> dict[str, str]:
        """A price that is not the product's, an amount that its factors do not give: worth a look, no obstacle."""
        found = {}
        for name, sentence in WARNINGS.items():
            typed, expected = self._typed(name, values), self.proposal({**values, name: None})[name]
            if typed is not None and expected is not None and typed != expected:
                found[name] = sentence.format(self.entity[name].format(expected))
        return found

    def _typed(self, name: str, values: Values) -> int | None:
        """None for nothing, and for what is no number: its own sentence says so."""
        try:
            number: int | None = self.entity[name].accept(values.get(name), self._context.clock.today())
        except FieldError:
            return None
        return number

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        """What is empty is filled; what was made before follows the product, the amount also its factors."""
        if errors:
            return
        whole = {**(existing or {}), **accepted}
        if whole.get("price") is None or self._follows_product(accepted, existing, lookup):
            accepted["price"] = whole["price"] = self._price(whole["product"], lookup)
        was_made = existing is not None and existing["amount"] == _amount(existing)
        is_touched = existing is None or any(name in accepted for name in FACTORS)
        if whole.get("amount") is None or (is_touched and was_made and "amount" not in accepted):
            accepted["amount"] = _amount(whole)

    def _follows_product(self, accepted: Record, existing: Record | None, lookup: Lookup) -> bool:
        if existing is None or "price" in accepted or accepted.get("product") in (None, existing["product"]):
            return False
        return bool(existing["price"] == self._price(existing["product"], lookup))

    def _price(self, product: int | None, lookup: Lookup) -> int | None:
        if product is None:
            return None
        price: int | None = lookup.remember(PRICE, product, lambda: self._db.value(PRICE, (product,)))
        return price


def _amount(record: Record) -> int | None:
    if any(record.get(name) is None for name in FACTORS):
        return None
    return proposed_amount(record["quantity"], record["price"], record["discount"])
