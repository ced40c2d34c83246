"""Recognises records that have no rules of their own: by their number or code, else by being the same in everything."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from crm_desktop.controllers.exchange.aliases import ALIASES
from crm_desktop.controllers.exchange.directory import CODE, CUSTOMER, Owners
from crm_desktop.controllers.exchange.matcher import Matcher, Task
from crm_desktop.controllers.exchange.matching import ContactMatcher, CustomerMatcher
from crm_desktop.controllers.exchange.plan import Mode
from crm_desktop.controllers.exchange.planned_row import PlannedRow
from crm_desktop.db.statements import quote
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Reference

KNOWN = """SELECT t.id, t.{unique} AS value FROM json_each(?) j CROSS JOIN {source} t
 ON t.{unique} = j.value COLLATE NOCASE WHERE t.deleted_at IS NULL AND ({scope})"""
OF_THAT_DAY = "SELECT * FROM {table} WHERE customer = ? AND date = ? AND deleted_at IS NULL"
SAME_DAY = ("customer", "date")


class RecordMatcher(Matcher):
    """A record without a number of its own is always a new one, and said to be doubtful when it is there already."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._entity = task.entity
        self._owners = Owners(task.context, task.rows) if task.entity.owner_reference else None
        self._by_code = list(_named_by_code(task.entity))
        self._known = {name: self._read(name) for name in task.entity.unique}
        self._above: dict[tuple[Any, ...], PlannedRow] = {}
        self._days: dict[tuple[Any, ...], list[dict[str, Any]]] = {}

    def settle(self, row: PlannedRow) -> None:
        """Whose it is, which product it names by code, and which record it is."""
        if self._is_again(row):
            return
        target = self._find(row)
        if target is not None and self._mode != "add":
            row.target, row.fate = target, self._mode
        if self._owners is not None and (row.target is None or {CUSTOMER, CODE} & row.values.keys()):
            owner = self._owners.find(row)
            if owner is not None:
                row.record = {**row.record, CUSTOMER: owner}
        for reference, path in self._by_code:
            self._take_by_code(row, reference, path)

    def compare(self, row: PlannedRow) -> None:
        """The same customer's record of the same day with the same contents, whatever its number."""
        if row.fate != "add" or not all(row.record.get(name) for name in SAME_DAY) or self._number_of(row):
            return
        given = [path for path in row.values if path in row.record]
        key = tuple(row.record[name] for name in SAME_DAY)
        if key not in self._days:
            sql = OF_THAT_DAY.format(table=quote(self._entity.table))
            self._days[key] = [dict(each) for each in self._context.db.query(sql, key)]
        if any(all(each[name] == row.record[name] for name in given) for each in self._days[key]):
            self._tell(row, "已有相同的记录")

    def _is_again(self, row: PlannedRow) -> bool:
        """Whether a row above has the same number, or without a number the same contents; then all is said."""
        numbered = [(name, row.values[name].casefold()) for name in self._entity.unique if name in row.values]
        keys: list[tuple[Any, ...]] = list(numbered) or [tuple(sorted(row.values.items()))]
        twins = [(key, twin) for key in keys if (twin := self._above.setdefault(key, row)) is not row]
        if not twins:
            return False
        (name, *_), twin = twins[0]
        if not numbered:
            self._tell(row, f"与第 {twin.number} 行内容相同")
        elif self._mode == "skip":
            self._tell(row, f"与第 {twin.number} 行{self._label(name)}相同")
        else:
            row.refuse(name, f"{self._label(name)}“{row.values[name]}”与第 {twin.number} 行重复。")
        return row.fate == "skip"

    def _tell(self, row: PlannedRow, sentence: str) -> None:
        if self._mode == "skip":
            row.fate = "skip"
            row.note(sentence)
        else:
            row.doubt(sentence)

    def _number_of(self, row: PlannedRow) -> str:
        return next((row.values[name] for name in self._entity.unique if name in row.values), "")

    def _find(self, row: PlannedRow) -> int | None:
        found = (self._known[name].get(row.values.get(name, "").casefold()) for name in self._entity.unique)
        return next((target for target in found if target is not None), None)

    def _read(self, name: str) -> dict[str, int]:
        """Value of a unique field in any case → the record that has it, of all that the file mentions."""
        scope = self._context.scope(self._entity)
        sql = KNOWN.format(unique=quote(name), source=quote(self._entity.source), scope=scope.sql)
        wanted = sorted({row.values[name] for row in self._task.rows if name in row.values})
        rows = self._context.db.query(sql, (json.dumps(wanted, ensure_ascii=False), *scope.parameters))
        return {str(row["value"]).casefold(): int(row["id"]) for row in rows}

    def _take_by_code(self, row: PlannedRow, reference: Reference, path: str) -> None:
        code = row.values.get(path)
        if not code:
            return
        try:
            row.record = {**row.record, reference.name: self._task.lookup.resolve(reference, code)}
        except FieldError as error:
            row.refuse(path, str(error))


class UnnumberedMatcher(RecordMatcher):
    """Nothing says which record of the office a row is, so that none can be updated."""

    modes: ClassVar[tuple[Mode, ...]] = ("add", "skip")


def _named_by_code(entity: Entity) -> Iterator[tuple[Reference, str]]:
    """References whose record a column of its own may name by code: 产品编号 beside 产品."""
    for field in entity.fields:
        path = f"{field.name}.code"
        if isinstance(field, Reference) and not field.is_owner and path in ALIASES[entity.key]:
            yield field, path


MATCHERS: dict[str, type[Matcher]] = {"customers": CustomerMatcher, "contacts": ContactMatcher}
"""What knows records by more than their number."""


def matcher_of(entity: str) -> type[Matcher]:
    """The class that plans the rows of an entity."""
    return MATCHERS.get(entity) or (RecordMatcher if ENTITIES[entity].unique else UnnumberedMatcher)
