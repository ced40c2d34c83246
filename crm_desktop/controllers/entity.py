"""The writing half of every entity's controller; subclasses add what is particular through its hooks."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.controllers import deletion
from crm_desktop.controllers.base import EntityReader, Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.db import search_index, statements
from crm_desktop.db.statements import quote
from crm_desktop.errors import Conflict, FieldError, NotFound, ValidationError
from crm_desktop.models.query import Values


class EntityController(EntityReader):
    """Reading and writing one entity's records; subclasses add what is particular through the hooks below."""

    def __init__(self, context: Context, lines: Mapping[str, "EntityController"] | None = None) -> None:
        super().__init__(context)
        self._lines = lines or {}

    @requires("view")
    def check(self, values: Values, record: int | None = None) -> dict[str, str]:
        """What is wrong with these values, field by field, without saving anything."""
        try:
            existing = self._get(record) if record is not None else None
            self._accept(values, existing, Lookup(self._db))
        except ValidationError as error:
            return error.fields
        return {}

    @requires("create")
    def create(self, values: Values, lines: Mapping[str, Sequence[Values]] | None = None) -> int:
        """Save a new record and return its id; ValidationError.fields says what is wrong with which field.

        ``lines`` are records of other entities that belong to this one (``{"contacts": [{…}]}``), saved in the
        same transaction; their errors come under ``contacts.0.name``.
        """
        with self._context.operation("create", f"新增{self.entity.label}：{values.get(self.entity.title, '')}"):
            record = self._create_many([values])[0]
            for key, children in (lines or {}).items():
                self._create_lines(record, key, children)
        return record

    def _create_lines(self, owner: int, key: str, children: Sequence[Values]) -> None:
        controller = self._lines[key]
        reference = controller.entity.owner_reference
        assert reference is not None
        for number, values in enumerate(children):
            try:
                controller._create_many([{**values, reference.name: owner}])
            except ValidationError as error:
                raise ValidationError({f"{key}.{number}.{name}": text for name, text in error.fields.items()}) from None

    @requires("update")
    def update(self, record: int, values: Values, version: int) -> None:
        """Change the given fields of one version of a record; Conflict when someone else saved first."""
        existing = self._get(record)
        accepted = self._accept(values, existing, Lookup(self._db))
        changed = {name: value for name, value in accepted.items() if value != existing[name]}
        sentence = f"修改{self.entity.label}：{existing[self.entity.title]}"
        with self._context.operation("update", sentence) as operation:
            if existing["version"] != version:
                raise self._conflict(existing, version, changed)
            if not changed:
                return
            self._write_changes(operation, existing, changed)

    def _write_changes(self, operation: int, existing: Record, changed: Record) -> None:
        record = existing["id"]
        self._before_update(existing, changed)
        self._write_update(record, existing["version"], changed)
        old = {name: existing[name] for name in changed}
        self._context.audit_change(operation, self.entity.key, record, old, changed)
        self._index([record], is_new=False)
        self._after_write([record])
        self._context.changed(self.entity.key, [record], operation)

    def _write_update(self, record: int, version: int, changed: Record) -> None:
        columns = [*changed, "updated_at", "updated_by"]
        stamp = (self._context.clock.timestamp(), self._context.operator.id)
        sql = statements.update(self.entity.table, columns)
        if self._db.execute(sql, (*changed.values(), *stamp, record, version)).rowcount != 1:
            raise self._conflict(self._get(record), version, changed)

    def _conflict(self, theirs: Record, version: int, ours: Record) -> Exception:
        """Who changed what since ``version``: only differences that the two savings dispute or that they made."""
        rows = self._db.query(
            "SELECT new, old FROM audit WHERE entity = ? AND record = ? AND kind = 'update' ORDER BY id DESC LIMIT ?",
            (self.entity.key, theirs["id"], max(theirs["version"] - version, 1)),
        )
        touched = {name for row in rows for name in json.loads(row["new"])}
        changes = {
            name: (theirs[f"{name}_text"], self._words(name, ours[name]) if name in ours else None)
            for name in self.entity.by_name
            if name in touched
        }
        by = theirs.get("updated_by_text") or "另一个窗口"
        labels = "、".join(self.entity[name].label for name in changes) or "内容"
        sentence = f"{by}刚刚修改了这条记录的{labels}，您的修改还没有保存。可以重新载入，或覆盖对方的修改。"
        return Conflict(sentence, changes, by, theirs["updated_at"])

    def _words(self, name: str, value: Any) -> str:
        field = self.entity[name]
        expression = statements.text_expression(field, "v")
        if expression is None:
            return field.format(value)
        sql = f"SELECT {expression} FROM (SELECT ? AS {quote(name)}) v"
        return self._db.value(sql, (value,)) or ""

    # -- deleting ----------------------------------------------------------------------------------------------

    @requires("delete")
    def delete_effect(self, records: Sequence[int]) -> dict[str, int]:
        """What deleting these would take along: {label of an entity: how many}, for the question to the clerk."""
        return deletion.effect(self._context, self.entity, self._visible(records))

    @requires("delete")
    def delete(self, records: Sequence[int]) -> int:
        """Move records and what belongs to them to the recycle bin; InUse when others refer to them."""
        return deletion.delete(self._context, self.entity, self._visible(records))

    @requires("delete")
    def restore(self, records: Sequence[int]) -> None:
        """Bring records back with what went along with them."""
        deletion.restore(self._context, self.entity, records)

    @requires("delete")
    def purge(self, records: Sequence[int]) -> None:
        """Remove records in the recycle bin for ever; their codes and ids never return."""
        deletion.purge(self._context, self.entity, records)

    def _visible(self, records: Sequence[int]) -> list[int]:
        found = [row["id"] for row in self._read(list(records), ())]
        if len(found) != len(set(records)):
            raise NotFound()
        return found

    # -- creating ----------------------------------------------------------------------------------------------

    def _create_many(self, many: Sequence[Values]) -> list[int]:
        """Save new records in one operation; the first bad one refuses all."""
        lookup = Lookup(self._db)
        return self._insert_accepted([self._accept(values, None, lookup) for values in many])

    def _insert_accepted(self, records: Sequence[Record]) -> list[int]:
        """Write records that ``_accept`` has passed, in one operation."""
        with self._context.operation("create", f"新增{self.entity.label}") as operation:
            ids = self._insert(records)
            self._context.audit_many(operation, self.entity.key, "create", ids)
            self._index(ids, is_new=True)
            self._after_write(ids)
            self._context.changed(self.entity.key, ids, operation)
        return ids

    def _insert(self, records: Sequence[Record]) -> list[int]:
        table = self.entity.table
        first = (self._db.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)) or 0) + 1
        stamp, operator = self._context.clock.timestamp(), self._context.operator.id
        names = [field.name for field in self.entity.fields]
        ids = list(range(first, first + len(records)))
        self._before_insert(records)
        rows = (
            (number, *(record[name] for name in names), stamp, operator, stamp, operator)
            for number, record in zip(ids, records, strict=True)
        )
        columns = ["id", *names, "created_at", "created_by", "updated_at", "updated_by"]
        self._db.executemany(statements.insert(table, columns), rows)
        return ids

    def _index(self, ids: Sequence[int], is_new: bool) -> None:
        if not (self.entity.is_searchable or self.entity.phone_fields):
            return
        sql = f"SELECT * FROM {quote(self.entity.table)} WHERE id IN (SELECT value FROM json_each(?))"
        records = [dict(row) for row in self._db.query(sql, (json.dumps(ids),))]
        write = search_index.add_records if is_new else search_index.replace_records
        write(self._db, self.entity, records)

    # -- accepting values --------------------------------------------------------------------------------------

    def _accept(self, values: Values, existing: Record | None, lookup: Lookup, leave_out: str = "") -> Record:
        """Raw values for what was given (all fields for a new record), or ValidationError.

        ``leave_out`` is a field not asked for yet: the customer of a contact that is imported in the same row.
        """
        errors: dict[str, str] = {}
        accepted: Record = {} if existing is not None else self.entity.blank
        given = values if existing is not None else {**self.entity.expected, **values}
        today = self._context.clock.today()
        for name, value in given.items():
            if name == leave_out:
                continue
            field = self.entity.writable.get(name)
            if field is None:
                errors[name] = f"{self.entity.label}没有“{name}”这一项。"
                continue
            try:
                accepted[name] = lookup.resolve(field, field.accept(value, today))
            except FieldError as error:
                errors[name] = str(error)
        self._complete(values, accepted, existing, errors)
        if existing is not None:
            self._refuse_fixed(accepted, existing, errors)
        if errors:
            raise ValidationError(errors)
        return accepted

    def _refuse_fixed(self, accepted: Record, existing: Record, errors: dict[str, str]) -> None:
        for field in self.entity.fields:
            if field.is_fixed and field.name in accepted and accepted[field.name] != existing[field.name]:
                errors.setdefault(field.name, f"{field.label}建立后不能更改。")

    # -- hooks -------------------------------------------------------------------------------------------------

    def _complete(self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str]) -> None:
        """Fill made fields and check fields against each other; runs for ``check`` too, so it writes nothing."""

    def _before_insert(self, records: Sequence[Record]) -> None:
        """Last step inside the transaction before new rows are written."""

    def _before_update(self, existing: Record, changed: Record) -> None:
        """Last step inside the transaction before a row is changed."""

    def _after_write(self, ids: Sequence[int]) -> None:
        """Inside the transaction, after rows are written."""
