"""批量录入 of the records of one entity, by the rules of its form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.grids.duplicates import known_customers
from crm_desktop.controllers.grids.grid import Faults, Grid, Numbered, Places, Saving
from crm_desktop.controllers.grids.rows import GridKind, GridRow
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.records import batches
from crm_desktop.errors import Conflict, NotFound, ValidationError
from crm_desktop.models import CUSTOMERS
from crm_desktop.models.fields import Field, State


class RecordGrid(Grid):
    operation = "batch_entry"

    def __init__(self, context: Context, records: EntityController) -> None:
        super().__init__(context)
        self._records, self._entity = records, records.entity
        self.kind = GridKind(self._entity.key, self._entity.label, self._entity.words, self._entity.key)

    def columns(self) -> list[Field]:
        """Required first, then as the list has it, then the rest of the form."""
        entity = self._entity
        typed = [each for each in entity.fields if not each.is_hidden and not isinstance(each, State)]
        shown = [entity[name] for name in entity.list_columns if entity[name] in typed]
        needed = [each for each in typed if each.required and not each.is_made]
        return list(dict.fromkeys([*needed, *shown, *typed]))

    def load(self, ids: Sequence[int] | None) -> list[GridRow]:
        """Only those asked for: an entity is never whole."""
        names = [each.name for each in self.columns()]
        return [
            GridRow(texts := {name: _typed(row, name) for name in names}, row["id"], row["version"], texts)
            for batch in batches(list(ids or ()))
            for row in self._records.rows(batch, names)
        ]

    def _examiner(self, rows: Sequence[GridRow]) -> Callable[[int], Faults]:
        lookup = Lookup(self._context.db)

        def faults(number: int) -> Faults:
            try:
                self._accepted(rows[number], lookup)
            except ValidationError as error:
                return error.fields
            except NotFound as error:
                return {self._entity.title: str(error)}
            return {}

        return faults

    def _accepted(self, row: GridRow, lookup: Lookup) -> Record:
        if row.record is None:
            return self._records._accept(row.given, None, lookup)
        existing = self._records._get(row.record)
        return self._records._accept(_changed(row, existing), existing, lookup)

    def _doubles(self, rows: Sequence[GridRow]) -> Places:
        return {
            (number, name): self._same(name, first)
            for name in self._entity.unique
            for number, first in _repeated(rows, name)
        }

    def _oddities(self, rows: Sequence[GridRow]) -> dict[int, str]:
        title = self._entity.title
        known = known_customers(self._context, rows) if self._entity is CUSTOMERS else {}
        return known | {number: self._same(title, first) for number, first in _repeated(rows, title)}

    def _same(self, name: str, first: int) -> str:
        return f"与第 {first + 1} 行的{self._entity[name].label}相同。"

    def _write(self, filled: Numbered, saving: Saving, operation: int) -> int:
        lookup = Lookup(self._context.db)
        new = [(number, row) for number, row in filled if row.record is None]
        old = [(number, row) for number, row in filled if row.record is not None]
        accepted = [self._accept_new(number, row, lookup, saving) for number, row in new]
        updated = sum(self._update(number, row, lookup, saving, operation) for number, row in old)
        if not saving.errors:
            for batch in batches(range(len(new))):
                saving.take(0)
                self._insert([new[place] for place in batch], [accepted[place] for place in batch], saving)
        return updated

    def _accept_new(self, number: int, row: GridRow, lookup: Lookup, saving: Saving) -> Record:
        saving.take(1)
        try:
            return self._accepted(row, lookup)
        except ValidationError as error:
            saving.refuse(number, error.fields)
            return {}

    def _insert(self, rows: Numbered, accepted: Sequence[Record], saving: Saving) -> None:
        """All at once; when they are refused, row by row, to say which one it is."""
        try:
            with self._context.db.atomic():
                self._records._insert_accepted(accepted)
            return
        except ValidationError:
            pass
        for number, row in rows:
            try:
                self._records._create_many([row.given])
            except ValidationError as error:
                saving.refuse(number, error.fields)

    def _update(self, number: int, row: GridRow, lookup: Lookup, saving: Saving, operation: int) -> bool:
        """Whether the record changed."""
        saving.take(1)
        records = self._records
        try:
            existing = records._get(int(row.record or 0))
            accepted = records._accept(_changed(row, existing), existing, lookup)
            changed = {name: value for name, value in accepted.items() if value != existing[name]}
            if changed and existing["version"] != row.version:
                raise conflict(self._context, self._entity, existing, int(row.version or 0), changed)
            if changed:
                records._write_changes(operation, existing, changed)
            return bool(changed)
        except ValidationError as error:
            saving.refuse(number, error.fields)
        except (Conflict, NotFound) as error:
            saving.refuse(number, {self._entity.title: str(error)})
        return False


def _typed(row: Mapping[str, Any], name: str) -> str:
    """What a person would have typed for a value."""
    return str(row.get(f"{name}_text") or "")


def _changed(row: GridRow, existing: Mapping[str, Any]) -> dict[str, str]:
    """Only what was typed over: a text that still stands as it was read is no change."""
    return row.typed_over({name: _typed(existing, name) for name in row.values})


def _repeated(rows: Sequence[GridRow], name: str) -> list[tuple[int, int]]:
    """The row numbers that say what one above says, each with that one's."""
    seen: dict[str, int] = {}
    texts = ((number, row.values.get(name, "").strip().casefold()) for number, row in enumerate(rows))
    pairs = ((number, seen.setdefault(text, number)) for number, text in texts if text)
    return [(number, first) for number, first in pairs if first != number]
