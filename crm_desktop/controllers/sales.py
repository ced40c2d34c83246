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
        """An amount that is not what quantity, price and discount give: worth a look, no obstacle."""
        field = self.entity["amount"]
        try:
            typed = field.accept(values.get("amount"), self._context.clock.today())
        except FieldError:
            return {}
        proposed = self.proposal(values)["amount"]
        if typed is None or proposed is None or typed == proposed:
            return {}
        return {"amount": f"按数量 × 单价 × 折扣应为 {field.format(proposed)} 元。"}

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        """What is empty is filled; an amount made before follows a change of its factors."""
        if errors:
            return
        whole = {**(existing or {}), **accepted}
        if whole.get("price") is None:
            accepted["price"] = whole["price"] = self._price(whole["product"], lookup)
        was_made = existing is not None and existing["amount"] == _amount(existing)
        is_touched = existing is None or any(name in accepted for name in FACTORS)
        if whole.get("amount") is None or (is_touched and was_made and "amount" not in accepted):
            accepted["amount"] = _amount(whole)

    def _price(self, product: int | None, lookup: Lookup) -> int | None:
        if product is None:
            return None
        price: int | None = lookup.remember(PRICE, product, lambda: self._db.value(PRICE, (product,)))
        return price


def _amount(record: Record) -> int | None:
    if any(record.get(name) is None for name in FACTORS):
        return None
    return proposed_amount(record["quantity"], record["price"], record["discount"])
