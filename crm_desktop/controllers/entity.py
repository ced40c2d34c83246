"""The writing half of an entity's controller; subclasses add what is particular through its hooks."""

import json
from collections.abc import Mapping, Sequence
from operator import itemgetter

from crm_desktop.controllers import deletion, fitting, masking
from crm_desktop.controllers.base import EntityReader, Record
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import NAMED, Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.db import search_index, serials, statements
from crm_desktop.db.statements import quote
from crm_desktop.errors import FieldError, NotFound, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.query import Values


class EntityWriter(EntityReader):
    """Checking and changing one entity's records, and what making new ones takes."""

    @requires("view")
    def check(self, values: Values, record: int | None = None) -> dict[str, str]:
        """What is wrong with these values, field by field, without saving anything."""
        try:
            existing = self._get(record) if record is not None else None
            self._accept(values, existing, Lookup(self._db))
        except ValidationError as error:
            return error.fields
        return {}

    @requires("update")
    def update(self, record: int, values: Values, version: int) -> None:
        """Change the given fields of one version of a record; Conflict when someone else saved first."""
        with self._db.atomic():
            existing = self._get(record)
            accepted = self._accept(values, existing, Lookup(self._db))
            changed = {name: value for name, value in accepted.items() if value != existing[name]}
            if existing["version"] != version:
                raise conflict(self._context, self.entity, existing, version, changed)
            if not changed:
                return
            sentence = f"修改{self.entity.label}：{existing[self.entity.title]}"
            with self._context.operation("update", sentence) as operation:
                self._write_changes(operation, existing, changed)

    def _write_changes(self, operation: int, existing: Record, changed: Record) -> None:
        record = existing["id"]
        self._before_update(existing, changed)
        self._write_update(record, existing["version"], changed)
        old = {name: existing[name] for name in changed}
        self._context.audit_change(operation, self.entity.key, record, old, changed)
        if search_index.concerns(self.entity, changed):
            self._index_again(record)
        self._after_write([record])
        self._context.changed(self.entity.key, [record])

    def _write_update(self, record: int, version: int, changed: Record) -> None:
        columns = [*changed, "updated_at", "updated_by"]
        stamp = (self._context.clock.timestamp(), self._context.operator.id)
        sql = statements.update(self.entity.table, columns)
        if self._db.execute(sql, (*changed.values(), *stamp, record, version)).rowcount != 1:
            raise conflict(self._context, self.entity, self._get(record), version, changed)

    # -- creating ----------------------------------------------------------------------------------------------

    def _create_many(self, many: Sequence[Values]) -> list[int]:
        """Save new records in one operation; the first bad one refuses all."""
        lookup = Lookup(self._db)
        return self._insert_accepted([self._accept(values, None, lookup) for values in many])

    def _insert_accepted(self, records: Sequence[Record]) -> list[int]:
        """Write records that ``_accept`` has passed, in one operation."""
        with self._db.roomy(len(records)), self._context.operation("create", f"新增{self.entity.label}") as operation:
            return self._write_new(operation, records)

    def _write_new(self, operation: int, records: Sequence[Record]) -> list[int]:
        """Write accepted records as a part of an operation that is under way; without a savepoint of their own.

        SQLite keeps in memory what every page was before a savepoint, and each statement after it looks through that.
        """
        ids = self._insert(records)
        self._context.audit_many(operation, self.entity.key, "create", ids)
        search_index.add_records(self._db, self.entity, records)
        self._after_write(ids)
        self._context.changed(self.entity.key, ids)
        return ids

    def _insert(self, records: Sequence[Record]) -> list[int]:
        """Write the rows; what was left open in the records, their ids too, stands in them afterwards."""
        table = self.entity.table
        first = (self._db.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)) or 0) + 1
        stamp, operator = self._context.clock.timestamp(), self._context.operator.id
        for number, record in enumerate(records, first):
            record["id"] = number
        self._fill_numbers(records)
        self._before_insert(records)
        names = statements.filled(self.entity, records)
        values = itemgetter("id", *names)
        rows = ((*values(record), stamp, operator, stamp, operator) for record in records)
        columns = ["id", *names, "created_at", "created_by", "updated_at", "updated_by"]
        self._db.executemany(statements.insert(table, columns), rows)
        return [record["id"] for record in records]

    def _fill_numbers(self, records: Sequence[Record]) -> None:
        """Documents that came without a number get the next of their day."""
        field = self.entity.serial_number
        if field is None:
            return
        for record in records:
            while not record[field.name]:
                day = record[field.numbering.day_field]
                number = field.numbering.text(day, serials.take(self._db, field.numbering.start(day)))
                record[field.name] = "" if self._was_given(field.name, number) else number

    def _was_given(self, name: str, number: str) -> bool:
        """Whether a record has, or had before it was deleted or purged, a number that somebody typed."""
        deleted = f"{quote(name)} = ? COLLATE NOCASE AND deleted_in IS NOT NULL"
        if self._taken(name, number, None) or serials.retired(self._db, [number]):
            return True
        return self._db.one(f"SELECT 1 FROM {quote(self.entity.table)} WHERE {deleted}", (number,)) is not None

    def _index_again(self, record: int) -> None:
        row = self._db.one(f"SELECT * FROM {quote(self.entity.table)} WHERE id = ?", (record,))
        assert row is not None
        search_index.replace_records(self._db, self.entity, [dict(row)])

    # -- accepting values --------------------------------------------------------------------------------------

    def _accept(self, values: Values, existing: Record | None, lookup: Lookup, leave_out: str = "") -> Record:
        """Raw values for what was given (all fields for a new record), or ValidationError.

        ``leave_out`` is a field not asked for yet: the customer of a contact that is imported in the same row.
        """
        errors: dict[str, str] = {}
        accepted: Record = {} if existing is not None else self.entity.blank
        given = {**values} if existing is not None else {**self.entity.expected, **values}
        given.pop(leave_out, None)
        self._accept_fields(given, accepted, existing, errors, lookup)
        self._complete(values, accepted, existing, errors, lookup)
        fitting.check(self._context, self.entity, accepted, existing, errors, lookup)
        self._refuse_taken(accepted, existing, errors)
        self._refuse_fixed(accepted, existing, errors)
        if errors:
            raise ValidationError(errors)
        return accepted

    def _accept_fields(
        self, given: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        """Each value by itself; what must share an owner with this record comes when the owner is known."""
        today = lookup.remember("today", None, self._context.clock.today)
        for name in self.entity.owners_first(given.keys()):
            field = self.entity.writable.get(name)
            if field is None:
                errors[name] = f"{self.entity.label}没有“{name}”这一项。"
                continue
            try:
                typed = given[name] if existing is None else masking.given(field, given[name], existing)
                value = field.accept(typed, today)
                if isinstance(field, NAMED) and value is not None:
                    value = lookup.resolve(field, value, fitting.shared_owner(field, accepted, existing))
                accepted[name] = value
            except FieldError as error:
                errors[name] = str(error)

    def _refuse_taken(self, accepted: Record, existing: Record | None, errors: dict[str, str]) -> None:
        """Values that no two records may share, in any mixture of cases."""
        for name in self.entity.unique:
            if accepted.get(name) and (existing is None or accepted[name] != existing[name]):
                sentence = self._taken(name, accepted[name], existing["id"] if existing else None)
                if sentence:
                    errors.setdefault(name, sentence)

    def _taken(self, name: str, value: str, but: int | None) -> str:
        """Why a value of a unique field cannot be had, or nothing; ``but`` is the record it may belong to."""
        sql = f"SELECT 1 FROM {quote(self.entity.table)} WHERE {quote(name)} = ? COLLATE NOCASE"
        found = self._db.one(f"{sql} AND deleted_at IS NULL AND id IS NOT ?", (value, but))
        return f"{self.entity[name].label}“{value}”已被使用，请换一个。" if found else ""

    def _refuse_fixed(self, accepted: Record, existing: Record | None, errors: dict[str, str]) -> None:
        if existing is None:
            return
        for field in self.entity.fields:
            if field.is_fixed and field.name in accepted and accepted[field.name] != existing[field.name]:
                errors[field.name] = f"{field.label}建立后不能更改。"

    # -- choosing records -------------------------------------------------------------------------------------

    def _visible(self, records: Sequence[int]) -> list[int]:
        """Live records within the operator's scope, each once, or NotFound."""
        wanted = list(dict.fromkeys(records))
        if len(self._read(wanted, ())) != len(wanted):
            raise NotFound()
        return wanted

    def _in_recycle_bin(self, records: Sequence[int]) -> list[int]:
        wanted, scope = list(dict.fromkeys(records)), self._context.scope(self.entity)
        sql = (
            f"SELECT count(*) FROM {quote(self.entity.source)} t WHERE t.deleted_at IS NOT NULL AND ({scope.sql})"
            " AND t.id IN (SELECT value FROM json_each(?))"
        )
        if self._db.value(sql, (*scope.parameters, json.dumps(wanted))) != len(wanted):
            raise NotFound("回收站里没有这条记录。")
        return wanted

    # -- hooks -------------------------------------------------------------------------------------------------

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        """Fill made fields and check fields against each other; runs for ``check`` too, so it writes nothing."""

    def _before_insert(self, records: Sequence[Record]) -> None:
        """Last step inside the transaction before new rows are written."""

    def _before_update(self, existing: Record, changed: Record) -> None:
        """Last step inside the transaction before a row is changed."""

    def _after_write(self, ids: Sequence[int]) -> None:
        """Inside the transaction, after rows are written."""


class EntityRemover(EntityWriter):
    """What goes to the recycle bin and comes back from it."""

    @requires("delete")
    def delete_effect(self, records: Sequence[int]) -> dict[str, int]:
        """What deleting these would take along: {label of an entity: how many}, for the question to the clerk."""
        return deletion.effect(self._context, self.entity, self._visible(records))

    @requires("delete")
    def delete(self, records: Sequence[int]) -> int:
        """Move records and what belongs to them to the recycle bin; InUse when others refer to them.

        Returns the operation, under which everything that went can come back together.
        """
        with self._db.atomic():
            visible = self._visible(records)
            self._before_delete(visible)
            return deletion.delete(self._context, self.entity, visible)

    @requires("delete")
    def restore(self, records: Sequence[int], names: Mapping[int, Mapping[str, str]] | None = None) -> None:
        """Bring records back with what went along with them; ``names``: new values for those that were taken."""
        with self._db.atomic():
            deletion.restore(self._context, self.entity, self._in_recycle_bin(records), names)

    def _before_delete(self, records: Sequence[int]) -> None:
        """Inside the transaction: raise what speaks against deleting these."""


class EntityController(EntityRemover):
    """Everything that is done with the records of most entities."""

    def __init__(self, context: Context, lines: Mapping[str, EntityWriter] | None = None) -> None:
        super().__init__(context)
        self._lines = lines or {}

    @requires("create")
    def create(self, values: Values, lines: Mapping[str, Sequence[Values]] | None = None) -> int:
        """Save a new record and return its id; ValidationError.fields says what is wrong with which field.

        ``lines`` are records of other entities that belong to this one (``{"contacts": [{…}]}``), saved in the
        same transaction; their errors come under ``contacts.0.name``.
        """
        started = f"新增{self.entity.label}："
        with self._context.operation("create", f"{started}{values.get(self.entity.title, '')}") as operation:
            record = self._create_many([values])[0]
            if self.entity.serial_number:
                made = self._read([record], (self.entity.title,))[0]
                self._context.name_operation(operation, started + made[self.entity.title])
            for key, children in (lines or {}).items():
                self._create_lines(record, self._lines[key], children)
        return record

    def _create_lines(self, owner: int, controller: EntityWriter, children: Sequence[Values]) -> None:
        key, reference = controller.entity.key, controller.entity.owner_reference
        assert reference is not None
        if children:
            self.demand(controller.area, "create")
        for number, values in enumerate(children):
            try:
                controller._create_many([{**values, reference.name: owner}])
            except ValidationError as error:
                raise ValidationError({f"{key}.{number}.{name}": text for name, text in error.fields.items()}) from None

    @requires("delete", "recycle_bin")
    def purge(self, records: Sequence[int]) -> None:
        """Remove records in the recycle bin for ever; their codes and ids never return."""
        with self._db.atomic():
            deletion.purge(self._context, self.entity, self._in_recycle_bin(records))


def plain_controller(entity: Entity) -> type[EntityController]:
    """The controller of an entity that has no rules beyond its declaration."""
    return type(f"{entity.key.title()}Records", (EntityController,), {"area": entity.key, "entity": entity})
