"""批量录入: many rows typed or pasted into a grid, checked row by row and saved all or nothing; 批量修改."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.controllers import batch
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.grid_duplicates import known_customers
from crm_desktop.controllers.grid_rows import CANCELLED, GridCheck, GridKind, GridResult, GridRow
from crm_desktop.controllers.list_grids import ListGrid
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.records import batches
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import Conflict, CrmError, NotFound, ValidationError
from crm_desktop.models import CUSTOMERS, Entity
from crm_desktop.models.fields import Field, State
from crm_desktop.models.query import Values
from crm_desktop.reports.document import Cancelled, OnProgress

MOST_ROWS = 20_000


class BatchEntry(Controller):
    """Works on any entity of the office, and on its lists; each call asks for the right on it."""

    area = "customers"

    def __init__(
        self, context: Context, records: Mapping[str, EntityController], lists: Mapping[str, ListGrid]
    ) -> None:
        super().__init__(context)
        self._records = records
        self._lists = lists

    @requires(ANYONE)
    def kinds(self) -> list[GridKind]:
        """The grids that the operator may add to, records first; ``key`` is the ``entity`` of the other methods."""
        records = [GridKind(key, each.entity.label, each.entity.words, key) for key, each in self._records.items()]
        lists = [GridKind(key, each.label, each.words, each.area, is_whole=True) for key, each in self._lists.items()]
        return [kind for kind in (*records, *lists) if self._context.may(kind.area, "create")]

    @requires(ANYONE)
    def columns(self, entity: str) -> list[Field]:
        """What can be typed: required first, then as the list has it, then the rest of the form."""
        if entity in self._lists:
            return self._list(entity, "create").columns()
        return columns(self._demand(entity, "create").entity)

    @requires(ANYONE)
    def load(self, entity: str, ids: Sequence[int] | None) -> list[GridRow]:
        """Existing records as rows of a grid, to be changed there; of a list, all without ``ids``."""
        if entity in self._lists:
            return self._list(entity, "update").load(ids)
        controller = self._demand(entity, "update")
        names = [each.name for each in columns(controller.entity)]
        return [
            _as_read({name: _typed(row, name) for name in names}, row)
            for batch in batches(list(ids or ()))
            for row in controller.rows(batch, names)
        ]

    @requires(ANYONE)
    def check(
        self,
        entity: str,
        rows: Sequence[GridRow],
        only: Collection[int] | None = None,
        cancelled: Cancelled | None = None,
    ) -> GridCheck:
        """Each row (or ``only`` some) by itself, and all against each other; nothing is saved.

        A blank row has no faults.
        """
        if entity in self._lists:
            return self._list(entity, "create").check(rows, only, cancelled)
        controller = self._demand(entity, "create")
        lookup, errors = Lookup(self._db), {}
        for number, row in enumerate(rows):
            if cancelled is not None and cancelled():
                break
            if not row.is_blank and (only is None or number in only):
                for name, sentence in _faults(controller, row, lookup).items():
                    errors[number, name] = sentence
        warnings = _doubles(controller.entity, rows, errors)
        if controller.entity is CUSTOMERS:
            warnings = {**known_customers(self._context, rows), **warnings}
        return GridCheck(errors, warnings)

    @requires(ANYONE)
    def save(
        self,
        entity: str,
        rows: Sequence[GridRow],
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> GridResult:
        """Everything in one operation, or nothing: ValidationError.fields has ``3.phone`` for the fourth row's."""
        if entity in self._lists:
            return self._list(entity, "create").save(rows, on_progress, cancelled)
        controller = self._demand(entity, "create")
        if any(row.record is not None for row in rows):
            self.demand(entity, "update")
        filled = [(number, row) for number, row in enumerate(rows) if not row.is_blank]
        if not filled:
            raise ValidationError({"0": "表格里还没有内容。"})
        if len(filled) > MOST_ROWS:
            raise ValidationError({"0": f"一次最多保存 {MOST_ROWS:,} 行，更多请用导入。"})
        work = _Saving(controller, filled, on_progress or (lambda done, total: None), cancelled or (lambda: False))
        with self._db.atomic():
            return work.run()

    @requires(ANYONE)
    def update_many(
        self,
        entity: str,
        records: Sequence[int],
        values: Values,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> int:
        """批量修改: give many records the same values, all or nothing; returns how many changed.

        ValidationError.fields says which records refuse them; what others saved meanwhile is changed as it is.
        """
        return batch.update_many(self._demand(entity, "update"), records, values, on_progress, cancelled)

    def _list(self, key: str, verb: str) -> ListGrid:
        self.demand(self._lists[key].area, verb)
        return self._lists[key]

    def _demand(self, entity: str, verb: str) -> EntityController:
        if entity not in self._records:
            raise NotFound(f"没有“{entity}”这种资料。")
        self.demand(entity, verb)
        return self._records[entity]


class _Saving:
    """One grid on its way into the database."""

    def __init__(
        self,
        controller: EntityController,
        rows: Sequence[tuple[int, GridRow]],
        on_progress: OnProgress,
        cancelled: Cancelled,
    ) -> None:
        self.controller, self.rows = controller, rows
        self.on_progress, self.cancelled = on_progress, cancelled
        self.lookup = Lookup(controller._db)
        self.errors: dict[str, str] = {}
        self.done = 0

    def run(self) -> GridResult:
        entity, context = self.controller.entity, self.controller._context
        new = [(number, row) for number, row in self.rows if row.record is None]
        old = [(number, row) for number, row in self.rows if row.record is not None]
        sentence = f"批量录入{entity.label}：新增 {len(new)}、修改 {len(old)}"
        with context.operation("batch_entry", sentence) as operation:
            accepted = [self._accepted(number, row) for number, row in new]
            updated = sum(self._update(number, row, operation) for number, row in old)
            self._refuse_errors()
            for batch in batches(range(len(accepted))):
                self._step(0)
                self._insert(new, accepted, batch)
            self._refuse_errors()
        return GridResult(len(new), updated, operation if new or updated else None)

    def _accepted(self, number: int, row: GridRow) -> dict[str, Any]:
        self._step(1)
        try:
            return self.controller._accept(row.given, None, self.lookup)
        except ValidationError as error:
            self._collect(number, error)
            return {}

    def _insert(self, new: Sequence[tuple[int, GridRow]], accepted: Sequence[dict[str, Any]], batch: Any) -> None:
        """A batch at once; when it is refused, row by row, to say which one it is."""
        try:
            with self.controller._db.atomic():
                self.controller._insert_accepted([accepted[place] for place in batch])
            return
        except ValidationError:
            pass
        for place in batch:
            try:
                self.controller._create_many([new[place][1].given])
            except ValidationError as error:
                self._collect(new[place][0], error)

    def _update(self, number: int, row: GridRow, operation: int) -> bool:
        """Whether the record changed."""
        self._step(1)
        controller = self.controller
        try:
            assert row.record is not None
            existing = controller._get(row.record)
            accepted = controller._accept(_changed(controller.entity, row, existing), existing, self.lookup)
            changed = {name: value for name, value in accepted.items() if value != existing[name]}
            if changed and existing["version"] != row.version:
                raise conflict(controller._context, controller.entity, existing, int(row.version or 0), changed)
            if changed:
                controller._write_changes(operation, existing, changed)
            return bool(changed)
        except ValidationError as error:
            self._collect(number, error)
        except (Conflict, NotFound) as error:
            self.errors[f"{number}.{controller.entity.title}"] = str(error)
        return False

    def _collect(self, number: int, error: ValidationError) -> None:
        self.errors.update((f"{number}.{name}", sentence) for name, sentence in error.fields.items())

    def _refuse_errors(self) -> None:
        if self.errors:
            raise ValidationError(self.errors)

    def _step(self, rows: int) -> None:
        if self.cancelled():
            raise CrmError(CANCELLED)
        self.done += rows
        self.on_progress(self.done, len(self.rows))


def columns(entity: Entity) -> list[Field]:
    """Fields a row of the grid has."""
    typed = [each for each in entity.fields if not each.is_hidden and not isinstance(each, State)]
    shown = [entity[name] for name in entity.list_columns if entity[name] in typed]
    needed = [each for each in typed if each.required and not each.is_made]
    return list(dict.fromkeys([*needed, *shown, *typed]))


def _typed(row: Mapping[str, Any], name: str) -> str:
    """What a person would have typed for a value."""
    return str(row.get(f"{name}_text") or "")


def _changed(entity: Entity, row: GridRow, existing: Mapping[str, Any]) -> dict[str, str]:
    """Only what was typed over: a text that still stands as it was read is no change."""
    return row.typed_over({name: _typed(existing, name) for name in row.values})


def _as_read(texts: dict[str, str], row: Mapping[str, Any]) -> GridRow:
    return GridRow(texts, row["id"], row["version"], texts)


def _faults(controller: EntityController, row: GridRow, lookup: Lookup) -> dict[str, str]:
    try:
        if row.record is None:
            controller._accept(row.given, None, lookup)
        else:
            existing = controller._get(row.record)
            controller._accept(_changed(controller.entity, row, existing), existing, lookup)
    except ValidationError as error:
        return error.fields
    except NotFound as error:
        return {controller.entity.title: str(error)}
    return {}


def _doubles(entity: Entity, rows: Sequence[GridRow], errors: dict[tuple[int, str], str]) -> dict[int, str]:
    """Rows that say the same as one above: an error where that may not be, else a warning."""
    warnings: dict[int, str] = {}
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows):
        for name in (*entity.unique, entity.title):
            text = row.values.get(name, "").strip().casefold()
            if not text:
                continue
            first = seen.setdefault((name, text), number)
            if first != number and name in entity.unique:
                errors[number, name] = f"与第 {first + 1} 行的{entity[name].label}相同。"
            elif first != number:
                warnings[number] = f"与第 {first + 1} 行的{entity[name].label}相同。"
    return warnings
