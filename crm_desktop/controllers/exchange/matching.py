"""Decides whether a row of an import is a new record, one the office has, or one the file has named above."""

from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.exchange.plan import Mode, PlannedRow
from crm_desktop.models import Entity
from crm_desktop.models.company_names import normalised_company_name

BY_CODE = "SELECT t.id FROM v_customers t WHERE t.code = ? COLLATE NOCASE AND t.deleted_at IS NULL AND ({scope})"
BY_NAME = """SELECT t.id FROM customers_search s JOIN v_customers t ON t.id = s.id
 WHERE s.name_key = ? AND t.name = ? AND t.deleted_at IS NULL AND ({scope}) LIMIT 1"""
ALIKE = """SELECT t.name FROM customers_search s JOIN v_customers t ON t.id = s.id
 WHERE s.name_key = ? AND t.deleted_at IS NULL AND ({scope}) LIMIT 1"""
CONTACT = """SELECT t.id FROM v_contacts t WHERE t.customer = ? AND t.name = ? AND t.deleted_at IS NULL AND ({scope})"""


class Matcher:
    """Compares rows with the office's records and with the rows above them."""

    def __init__(self, context: Context, entity: Entity, mode: Mode) -> None:
        self._db = context.db
        self._entity = entity
        self._mode = mode
        self._scope = context.scope(entity)
        self._seen: dict[str, PlannedRow] = {}

    def settle(self, planned: PlannedRow, has_contact: bool) -> bool:
        """Fill fate, target, same_as and notes; returns whether the row makes a new record."""
        above = self._row_above(planned)
        if above is not None and has_contact:
            planned.same_as, planned.target, planned.fate = above.number, above.target, "add"
            return False
        if above is not None:
            planned.notes.append(f"与第 {above.number} 行名称相同")
        found = self._find(planned)
        if found is not None and self._mode != "add":
            planned.target, planned.fate = found, self._mode
            return False
        self._note_alike(planned)
        return True

    def _row_above(self, planned: PlannedRow) -> PlannedRow | None:
        if self._entity.key != "customers":
            return None
        key = planned.values.get("code", "").casefold() or planned.values.get("name", "")
        first = self._seen.setdefault(key, planned) if key else planned
        return None if first is planned else first

    def _find(self, planned: PlannedRow) -> int | None:
        code, name = planned.values.get("code", ""), planned.values.get("name", "")
        if self._entity.key == "customers":
            by_code = self._one(BY_CODE, code) if code else None
            return by_code or (self._one(BY_NAME, normalised_company_name(name), name) if name else None)
        owner = self._owner(planned.values)
        return self._one(CONTACT, owner, name) if owner and name else None

    def _owner(self, values: dict[str, str]) -> int | None:
        """The customer a contact's row names, by code or by name."""
        for code in (values.get("customer.code"), values.get("customer")):
            found = code and self._db.value("SELECT id FROM customers WHERE code = ? COLLATE NOCASE", (code,))
            if found:
                return int(found)
        name = values.get("customer", "")
        sql = BY_NAME.format(scope="1")
        found = self._db.value(sql, (normalised_company_name(name), name)) if name else None
        return None if found is None else int(found)

    def _one(self, sql: str, *values: Any) -> int | None:
        found = self._db.value(sql.format(scope=self._scope.sql), (*values, *self._scope.parameters))
        return None if found is None else int(found)

    def _note_alike(self, planned: PlannedRow) -> None:
        if self._entity.key != "customers":
            return
        name = planned.values.get("name", "")
        key = normalised_company_name(name)
        sql = ALIKE.format(scope=self._scope.sql)
        alike = self._db.value(sql, (key, *self._scope.parameters)) if key else None
        if alike is not None:
            planned.notes.append(f"可能与已有客户“{alike}”重复")

    def existing(self, record: int) -> dict[str, Any]:
        """The stored row that an update is compared with."""
        row = self._db.one(f"SELECT * FROM {self._entity.source} WHERE id = ?", (record,))
        assert row is not None
        return dict(row)
