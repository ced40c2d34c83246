"""Notes which new customers of an import may be there already: under a similar name or the same number."""

import json
from collections.abc import Callable, Iterator, Sequence

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.exchange.planned_row import CONTACT, PlannedRow
from crm_desktop.db.phone_search import IS_WHOLE
from crm_desktop.db.search_index import phone_digits
from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.models.company_names import normalised_company_name
from crm_desktop.models.number_masks import masked
from crm_desktop.models.phones import local_part

PHONE_FIELDS = (*CUSTOMERS.phone_fields, *(CONTACT + name for name in CONTACTS.phone_fields))
CHUNK = 5_000
"""So many rows, names or numbers are looked at between two looks at whether the clerk has cancelled."""
SHORTEST = 7
"""Fewer digits are too common to point to one customer."""

ALIKE = """SELECT s.name_key, t.name FROM json_each(?) j CROSS JOIN customers_search s ON s.name_key = j.value
 CROSS JOIN customers t ON t.id = s.id WHERE t.deleted_at IS NULL AND ({scope})"""
REACHED = """SELECT j.value, t.name FROM json_each(?) j CROSS JOIN phone_numbers p
  ON p.reversed >= j.value AND p.reversed < j.value || ':'
 CROSS JOIN customers t ON t.id = CASE p.entity WHEN 'customers' THEN p.record WHEN 'contacts' THEN
  (SELECT customer FROM contacts WHERE id = p.record AND deleted_at IS NULL) END
 WHERE t.deleted_at IS NULL AND {whole} AND ({scope})"""
REACHED_LOCALLY = REACHED.replace("p.reversed >= j.value AND p.reversed < j.value || ':'", "p.reversed = j.value")


class Duplicates:
    """Compares with the operator's own customers and with the rows above."""

    def __init__(self, context: Context, rows: Sequence[PlannedRow], look: Callable[[], object] = lambda: None) -> None:
        self._context, self._look = context, look
        self._sees_numbers = context.sees_numbers
        self._keys: dict[str, str] = {}
        backwards: set[str] = set()
        for start in range(0, len(rows), CHUNK):
            look()
            self._understand(rows[start : start + CHUNK], backwards)
        self._alike = self._read(ALIKE, {key for key in self._keys.values() if key})
        self._reached = self._read(REACHED, backwards)
        local = {found for each in backwards if (found := local_part(each[::-1])[::-1]) != each}
        self._reached_locally = self._read(REACHED_LOCALLY, local)
        self._key_rows: dict[str, int] = {}
        self._number_rows: dict[str, int] = {}

    def _understand(self, rows: Sequence[PlannedRow], backwards: set[str]) -> None:
        """What the rows' names come down to, and the digits of their numbers, from the last one to the first."""
        for row in rows:
            name = row.values.get("name")
            if name:
                self._keys[name] = normalised_company_name(name)
            for text in _numbers(row):
                backwards.update(digits[::-1] for digits in _digits(text))

    def note(self, row: PlannedRow) -> None:
        """Say of a new customer what it may be a duplicate of."""
        key = self._keys.get(row.values.get("name", ""), "")
        if key in self._alike:
            row.doubt(f"可能与已有客户“{self._alike[key]}”重复")
        elif key and self._key_rows.setdefault(key, row.number) != row.number and not row.duplicates:
            row.doubt(f"名称与第 {self._key_rows[key]} 行相近")
        for text in _numbers(row):
            for digits in _digits(text):
                if self._note_number(row, text, digits):
                    return

    def _note_number(self, row: PlannedRow, text: str, digits: str) -> bool:
        text = text if self._sees_numbers else masked(text)
        name = self._reached.get(digits[::-1]) or self._reached_locally.get(local_part(digits)[::-1])
        first = self._number_rows.setdefault(digits, row.number)
        if name is not None:
            row.doubt(f"电话 {text} 与已有客户“{name}”相同")
        elif first != row.number:
            row.doubt(f"电话 {text} 与第 {first} 行相同")
        return name is not None or first != row.number

    def _read(self, sql: str, wanted: set[str]) -> dict[str, str]:
        if not wanted:
            return {}
        scope = self._context.scope(CUSTOMERS)
        whole = "1" if self._sees_numbers else IS_WHOLE.format(typed="j.value")
        asked = sql.format(scope=scope.sql, whole=whole)
        ordered, found = sorted(wanted), dict[str, str]()
        for start in range(0, len(ordered), CHUNK):
            self._look()
            listed = json.dumps(ordered[start : start + CHUNK])
            found.update((row[0], row[1]) for row in self._context.db.query(asked, (listed, *scope.parameters)))
        return found


def _numbers(row: PlannedRow) -> Iterator[str]:
    values = row.values
    return (values[name] for name in PHONE_FIELDS if name in values)


def _digits(text: str) -> list[str]:
    return [digits for digits in phone_digits(text) if len(digits) >= SHORTEST]
