"""工作备忘: whoever writes one down without naming anybody means to do it."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.models import MEMOS
from crm_desktop.models.query import Values


class Memos(EntityController):
    area = "memos"
    entity = MEMOS

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        if existing is None and accepted.get("owner") is None:
            accepted["owner"] = self._context.operator.id
