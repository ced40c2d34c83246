"""业务往来: a telephone call is one of them and has its way of contact without asking; a follow-up is ticked off."""

from collections.abc import Sequence

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.models import INTERACTIONS
from crm_desktop.models.query import Values

PHONE = "SELECT id FROM dictionary_items WHERE kind = 'interaction_method' AND key = 'phone'"


class Interactions(EntityController):
    area = "interactions"
    entity = INTERACTIONS

    @requires("update")
    def follow_up_done(self, records: Sequence[int]) -> int:
        """Tick off the follow-ups of these records; how many had one that was open."""
        with self._db.atomic():
            found = [self._get(record) for record in self._visible(records)]
            waiting = [each for each in found if each["follow_up"] and not each["is_followed_up"]]
            if waiting:
                with self._context.operation("update", f"跟进完成：{waiting[0]['subject']}") as operation:
                    for each in waiting:
                        self._write_changes(operation, each, {"is_followed_up": 1})
        return len(waiting)

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        if existing is None and accepted.get("direction") and accepted["method"] is None:
            accepted["method"] = lookup.remember(PHONE, None, lambda: self._db.value(PHONE))
