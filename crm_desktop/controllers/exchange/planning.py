"""Plans an import: reads the table, checks every row as a form would, and decides what becomes of it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.exchange import cells, headers, layout, typed_cells
from crm_desktop.controllers.exchange.aliases import ALIASES
from crm_desktop.controllers.exchange.matcher import Task
from crm_desktop.controllers.exchange.plan import SHOWN_ERRORS, ImportPreview, Mode, Problem
from crm_desktop.controllers.exchange.planned_row import CONTACT, Kept, PlannedRow, Shared
from crm_desktop.controllers.exchange.record_matching import matcher_of
from crm_desktop.controllers.exchange.regions import PARTS, RegionFinder
from crm_desktop.controllers.exchange.sheets import Cancelled, OnProgress, read_sheet
from crm_desktop.controllers.exchange.tables import Table, find_table
from crm_desktop.controllers.exchange.words import WordCollector
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import quote
from crm_desktop.errors import ImportRefused, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.fields import Field, Flag

STEP = 200
NEWEST_CHANGE = "SELECT id FROM audit WHERE entity <> 'backups' ORDER BY id DESC LIMIT 1"
CANCELLED = "已取消，没有导入任何内容。"
NO_COLUMN = "表中没有一列对应到“{label}”，请先指定哪一列是{label}。"
LOST_DIGITS = "这一格在 Excel 里是数字，第 15 位以后已经丢失，请把该列改为文本后重新填写。"
WRITTEN_IN_FULL = frozenset({
    "code", "old_code", "bank_account", "tax_number", "qq", "wechat", "number", "order_number", "phone_number",
})  # fmt: skip
"""Fields of long numbers that Excel spoils when it takes them for amounts."""
KEPT_EMPTY = ("postcode", "country_code")
"""Where a sheet has a column for these, an empty cell means there is none; else the region brings them."""


def read(
    path: Path, entity: str, sheet: str | None, on_progress: OnProgress | None, cancelled: Cancelled | None
) -> Table:
    """The table inside a file's sheet."""
    table = find_table(read_sheet(path, sheet, on_progress, cancelled), entity)
    if not table.rows:
        raise ImportRefused("表里只有标题，没有可以导入的行。")
    return table


def newest_change(database: Connections) -> int:
    """Grows with every change of the office's data."""
    return int(database.value(NEWEST_CHANGE) or 0)


def not_blank(record: Mapping[str, Any], entity: Entity, shared: Shared) -> Mapping[str, Any]:
    """What a new record has that ``entity.blank`` has not."""
    blank = entity.blank
    return Kept({name: value for name, value in record.items() if value != blank[name]}, shared)


class Planner:
    """Plans one import of one table; ``contacts`` takes the contacts that share a row with their customer."""

    def __init__(
        self,
        context: Context,
        controller: EntityController,
        contacts: EntityController,
        table: Table,
        mapping: headers.Mapping,
        mode: Mode,
        path: Path,
    ) -> None:
        self._context, self._controller, self._contacts = context, controller, contacts
        self._table, self._mapping, self._mode, self._path = table, mapping, mode, path
        self._entity = controller.entity
        self._lookup = Lookup(context.db)
        self._words = WordCollector(context, self._lookup)
        self._regions = RegionFinder(context.db, self._lookup)
        self._headings = {column.field: column.header for column in mapping.columns}
        self._has_contacts = any(each.startswith(CONTACT) for each in self._headings)
        self._has_parts = not self._headings.keys().isdisjoint(PARTS)
        self._shared: Shared = {}
        self._kept_empty = [each for each in self._headings if self._stays_empty(each)]
        lacking = layout.missing(self._entity.key, self._headings.keys(), mode)
        if lacking:
            raise ImportRefused(NO_COLUMN.format(label=self._label(lacking[0])))

    def _stays_empty(self, name: str) -> bool:
        """Whether an empty cell of a new record means nothing, where without its column a default would be taken.

        What must be filled in is asked for, and who marks some rows in a column says no of the others.
        """
        field = self._entity.writable.get(name)
        is_asked = field is not None and field.default is not None and (field.required or isinstance(field, Flag))
        return name in KEPT_EMPTY or is_asked

    def plan(self, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None) -> ImportPreview:
        """Decide about every row; reads the office's data, writes nothing."""
        seen = newest_change(self._context.db)

        def look() -> None:
            self._report(0, len(self._table.rows), on_progress, cancelled)

        rows = self._read_rows(look)
        task = Task(self._context, self._entity, self._mode, rows, self._label, self._lookup, look)
        matcher = matcher_of(self._entity.key)(task)
        for done, row in enumerate(rows):
            if done % STEP == 0:
                self._report(done, len(rows), on_progress, cancelled)
            matcher.settle(row)
            if row.fate != "skip":
                self._check(row)
                matcher.compare(row)
                self._leave_blank(row)
        for row in rows:
            row.values = Kept(row.values, self._shared)
        self._report(len(rows), len(rows), on_progress, cancelled)
        errors = [
            Problem(row.number, self._label(path), sentence) for row in rows for path, sentence in row.problems.items()
        ]
        return ImportPreview(
            entity=self._entity.key,
            path=self._path,
            mode=self._mode,
            table=self._table,
            mapping=self._mapping,
            rows=rows,
            errors=errors[:SHOWN_ERRORS],
            error_count=len(errors),
            unknown=self._words.told(),
            seen=seen,
        )

    def _leave_blank(self, row: PlannedRow) -> None:
        """Most fields of most rows are empty, and a plan may have a million of them."""
        if row.target is None and row.record:
            row.record = not_blank(row.record, self._entity, self._shared)
        if row.contact_target is None and row.contact:
            row.contact = not_blank(row.contact, self._contacts.entity, self._shared)

    def _report(self, done: int, total: int, on_progress: OnProgress | None, cancelled: Cancelled | None) -> None:
        if cancelled and cancelled():
            raise ImportRefused(CANCELLED)
        if on_progress:
            on_progress(done, total)

    def _label(self, path: str) -> str:
        """The heading of the column that holds a field, or what the field is called."""
        if path in self._headings:
            return self._headings[path]
        if path in ALIASES[self._entity.key]:
            return headers.label(self._entity.key, path)
        field = self._field(path)
        return field.label if field else path

    def _field(self, path: str) -> Field | None:
        """The declared field, None for a part such as region.city."""
        entity = self._contacts.entity if path.startswith(CONTACT) else self._entity
        return entity.writable.get(path.removeprefix(CONTACT))

    # -- reading ---------------------------------------------------------------------------------------------------

    def _read_rows(self, look: Callable[[], object]) -> list[PlannedRow]:
        cleaners = [
            (column.index, column.field, typed_cells.cleaner(column.field, column.header, self._field(column.field)))
            for column in self._mapping.columns
        ]
        numbers = [
            (column.index, column.field)
            for column in self._mapping.columns
            if column.field.removeprefix(CONTACT) in WRITTEN_IN_FULL
        ]
        rows = []
        for done, row in enumerate(self._table.rows):
            if done % STEP == 0:
                look()
            values = {field: text for index, field, clean in cleaners if (text := clean(row.cells[index]))}
            planned = PlannedRow(row.number, values, row.cells)
            for index, field in numbers:
                if cells.has_lost_digits(row.cells[index]):
                    planned.refuse(field, LOST_DIGITS)
            if self._has_parts:
                self._regions.join_parts(planned)
            rows.append(planned)
        return rows

    # -- checking --------------------------------------------------------------------------------------------------

    def _check(self, row: PlannedRow) -> None:
        is_new = row.target is None
        if row.same_as is None:
            self._check_record(row, is_new)
        if self._has_contacts and any(path.startswith(CONTACT) for path in row.values):
            self._check_contact(row)
        if row.problems:
            row.fate = "bad"
        elif row.fate == "update" and not (row.record or row.contact or row.pending):
            row.fate = "skip"
            row.note("内容相同，不用更新")

    def _check_record(self, row: PlannedRow, is_new: bool) -> None:
        values: dict[str, Any] = {
            name: text for name, text in row.values.items() if "." not in name
        }
        values.update(row.record)
        region = self._regions.code(row, "", is_new)
        if region:
            values["region"] = region
        if is_new:
            values.update({name: "" for name in self._kept_empty if name not in values})
        elif row.fate == "update":
            for name in self._entity.unique:  # what the record was found by, perhaps in other case
                values.pop(name, None)
        row.record = self._accept(self._controller, values, "", row, row.target)

    def _check_contact(self, row: PlannedRow) -> None:
        values: dict[str, Any] = {
            path.removeprefix(CONTACT): text for path, text in row.values.items() if path.startswith(CONTACT)
        }
        if not values.get("name"):
            row.refuse(CONTACT + "name", "填了联系人的电话等内容，却没有联系人姓名。")
            return
        region = self._regions.code(row, CONTACT, row.contact_target is None)
        if region:
            values["region"] = region
        row.contact = self._accept(self._contacts, values, CONTACT, row, row.contact_target)

    def _accept(
        self, controller: EntityController, values: dict[str, Any], prefix: str, row: PlannedRow, record: int | None
    ) -> dict[str, Any]:
        """Raw values of what the row says about one record, for an existing one only those that change."""
        self._words.take_out(controller.entity, prefix, values, row)
        if row.pending and not prefix:
            row.given = values
        existing = self._existing(controller, record) if record is not None else None
        # The owner is either known from the row, or not there yet, or has its problem already.
        owner = controller.entity.owner_reference
        leave_out = owner.name if owner and owner.name not in row.record and existing is None else ""
        try:
            accepted = controller._accept(values, existing, self._lookup, leave_out)
        except ValidationError as error:
            self._take_problems(row, prefix, error.fields, controller.entity if leave_out else None)
            return {}
        if existing is None:
            return accepted
        return {name: value for name, value in accepted.items() if value != existing[name]}

    def _take_problems(
        self, row: PlannedRow, prefix: str, found: dict[str, str], ownerless: Entity | None
    ) -> None:
        """Leave out what follows from another problem: a record named by a code that nobody has, no owner."""
        told = {path.removeprefix(prefix).partition(".")[0] for path in row.problems if path.startswith(prefix)}
        for name, sentence in found.items():
            if name not in told and not (ownerless and ownerless.is_within(name)):
                row.refuse(prefix + name, sentence)

    def _existing(self, controller: EntityController, record: int) -> dict[str, Any]:
        row = self._context.db.one(f"SELECT * FROM {quote(controller.entity.source)} WHERE id = ?", (record,))
        assert row is not None
        return dict(row)
