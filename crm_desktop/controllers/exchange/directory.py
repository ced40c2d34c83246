"""The customers that the rows of a file name, by code or by name, as far as the operator may see them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.exchange.planned_row import PlannedRow
from crm_desktop.models import CUSTOMERS
from crm_desktop.models.company_names import normalised_company_name
from crm_desktop.models.text import search_text

BY_CODE = """SELECT t.id, t.code, t.name FROM json_each(?) j CROSS JOIN customers t ON t.code = j.value COLLATE NOCASE
 WHERE t.deleted_at IS NULL AND ({scope})"""
BY_NAME = """SELECT t.id, t.code, t.name FROM json_each(?) j CROSS JOIN customers_search s ON s.name_key = j.value
 CROSS JOIN customers t ON t.id = s.id WHERE t.deleted_at IS NULL AND ({scope})"""
CUSTOMER, CODE = "customer", "customer.code"


class Known(NamedTuple):
    """A customer of the office."""

    id: int
    code: str
    name: str


class Directory:
    """The operator's own view of the office's customers, by the codes and names that a file mentions."""

    def __init__(self, context: Context, codes: Iterable[str], names: Iterable[str]) -> None:
        self._context = context
        keys = {normalised_company_name(name) for name in names} - {""}
        self._codes = {found.code.casefold(): found for found in self._read(BY_CODE, codes)}
        self._names: dict[str, list[Known]] = defaultdict(list)
        for found in self._read(BY_NAME, keys):
            self._names[search_text(found.name)].append(found)

    def by_code(self, code: str) -> Known | None:
        return self._codes.get(code.casefold())

    def by_name(self, name: str) -> list[Known]:
        """Customers with exactly this name, but for case and width."""
        return self._names.get(search_text(name), [])

    def _read(self, sql: str, wanted: Iterable[str]) -> list[Known]:
        scope = self._context.scope(CUSTOMERS)
        listed = json.dumps(sorted({each for each in wanted if each}), ensure_ascii=False)
        rows = self._context.db.query(sql.format(scope=scope.sql), (listed, *scope.parameters))
        return [Known(*row) for row in rows]


class Owners:
    """Whose each row is."""

    def __init__(self, context: Context, rows: Sequence[PlannedRow]) -> None:
        words = {row.values.get(CUSTOMER, "") for row in rows}
        codes = {row.values.get(CODE, "") for row in rows}
        self._office = Directory(context, words | codes, words)

    def find(self, row: PlannedRow) -> int | None:
        """The customer this row names, by code or by name; in doubt a problem."""
        code, word = row.values.get(CODE, ""), row.values.get(CUSTOMER, "")
        known = self._office.by_code(code or word)
        if known is not None:
            return known.id
        if code:
            row.refuse(CODE, f"没有编号为“{code}”的客户。")
            return None
        same_name = self._office.by_name(word)
        if len(same_name) == 1:
            return same_name[0].id
        if same_name:
            row.refuse(CUSTOMER, f"有 {len(same_name)} 个客户都叫“{word}”，请另加一列客户编号。")
        else:
            row.refuse(CUSTOMER, f"没有客户“{word}”，请先导入客户。" if word else "请填写客户。")
        return None
