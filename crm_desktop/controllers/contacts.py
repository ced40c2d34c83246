"""联系人: belong to a customer, one of them its 主联系人."""

import json
from collections.abc import Sequence

from crm_desktop.controllers import deletion
from crm_desktop.controllers.base import Record
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.places import PlaceController
from crm_desktop.models import CONTACTS
from crm_desktop.models.birthdays import solar_problem
from crm_desktop.models.contact import LUNAR
from crm_desktop.models.query import Values

PRIMARY = "SELECT id FROM contacts WHERE customer = ? AND is_primary = 1 AND deleted_at IS NULL"
DEMOTE = "UPDATE contacts SET is_primary = 0, version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?"


class Contacts(PlaceController):
    area = "contacts"
    entity = CONTACTS

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        super()._complete(values, accepted, existing, errors, lookup)
        self._check_days(accepted, existing, errors)

    def _check_days(self, accepted: Record, existing: Record | None, errors: dict[str, str]) -> None:
        """A day of the solar calendar exists; the lunar one has 30 days in any month, and never 31."""
        record = {**(existing or {}), **accepted}
        is_lunar = record.get("birthday_calendar") == LUNAR
        for name in ("birthday", "anniversary"):
            if not record.get(name) or not accepted.keys() & {name, "birthday_calendar"}:
                continue
            if name == "birthday" and is_lunar:
                problem = "农历一个月最多 30 天。" if record[name].endswith("-31") else ""
            else:
                problem = solar_problem(record[name])
            if problem:
                errors.setdefault(name, problem)

    def _before_insert(self, records: Sequence[Record]) -> None:
        """The first contact of a customer is its 主联系人; a later one named so takes its place."""
        primary: dict[int, Record | int | None] = {}
        for record in records:
            customer = record["customer"]
            if customer not in primary:
                primary[customer] = self._db.value(PRIMARY, (customer,))
            current = primary[customer]
            if current is not None and not record["is_primary"]:
                continue
            if isinstance(current, int):
                self._demote(current)
            elif current is not None:
                current["is_primary"] = 0
            record["is_primary"] = 1
            primary[customer] = record

    def _before_update(self, existing: Record, changed: Record) -> None:
        """One 主联系人 a customer: one newly named takes the place, one moved to another customer leaves it there."""
        customer = changed.get("customer", existing["customer"])
        current = self._db.value(PRIMARY, (customer,))
        if customer != existing["customer"]:
            if existing["is_primary"] != (current is None):
                changed.setdefault("is_primary", int(current is None))
            self._context.changed("customers", [existing["customer"]])
        if changed.get("is_primary") and current is not None and current != existing["id"]:
            self._demote(current)

    def _write_changes(self, operation: int, existing: Record, changed: Record) -> None:
        """The customer that a 主联系人 leaves gets another, as long as it has one."""
        super()._write_changes(operation, existing, changed)
        if existing["is_primary"] and changed.get("customer", existing["customer"]) != existing["customer"]:
            deletion.pass_on_primary(self._context, self.entity, [existing["customer"]], operation)

    def _demote(self, contact: int) -> None:
        with self._context.operation("update", "改换主联系人") as operation:
            stamp = (self._context.clock.timestamp(), self._context.operator.id)
            self._db.execute(DEMOTE, (*stamp, contact))
            self._context.audit_change(operation, "contacts", contact, {"is_primary": 1}, {"is_primary": 0})
            self._context.changed("contacts", [contact])

    def _after_write(self, ids: Sequence[int]) -> None:
        """The customer list shows the 主联系人, so it must hear of it."""
        sql = "SELECT DISTINCT customer FROM contacts WHERE id IN (SELECT value FROM json_each(?))"
        self._context.changed("customers", [row[0] for row in self._db.query(sql, (json.dumps(list(ids)),))])
