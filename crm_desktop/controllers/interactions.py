"""业务往来: a telephone call is one of them, and has its way of contact without asking."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.models import INTERACTIONS
from crm_desktop.models.query import Values

PHONE = "SELECT id FROM dictionary_items WHERE kind = 'interaction_method' AND key = 'phone'"


class Interactions(EntityController):
    area = "interactions"
    entity = INTERACTIONS

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        if existing is None and accepted.get("direction") and accepted["method"] is None:
            accepted["method"] = lookup.remember(PHONE, None, lambda: self._db.value(PHONE))
