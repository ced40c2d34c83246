"""Merging: what refers to the records that go is moved to the one that stays, found from the declarations."""

import json
from collections.abc import Iterator, Sequence

from crm_desktop.controllers import deletion
from crm_desktop.controllers.context import MANY, Context
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Reference
from crm_desktop.models.merging import PRIMARY

LISTED = "IN (SELECT value FROM json_each(?))"
LOG = """INSERT INTO audit (operation, entity, record, kind, old, new)
 SELECT ?, ?, id, 'update', json_object(?, {column}), json_object(?, ?) FROM {table} WHERE {column} """ + LISTED
MOVE = ("UPDATE {table} SET {column} = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE {column} "
        + LISTED + " RETURNING id")  # fmt: skip
SET_PRIMARY = "UPDATE {table} SET is_primary = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?"
PRIMARIES = "SELECT id FROM {table} WHERE is_primary = 1 AND deleted_at IS NULL AND {owner} " + LISTED


def referring(entity: Entity) -> Iterator[tuple[Entity, str]]:
    """Every field of any entity that refers to records of this one."""
    for other in ENTITIES.values():
        for field in other.fields:
            if isinstance(field, Reference) and field.entity == entity.key:
                yield other, field.name


class Move:
    """Everything that belongs to ``others`` or names one of them comes to ``keep``, within one operation."""

    def __init__(self, context: Context, operation: int, entity: Entity, keep: int, others: Sequence[int]) -> None:
        self._context, self._db, self._operation = context, context.db, operation
        self._entity, self._keep, self._others = entity, keep, list(others)
        self._stamp = (context.clock.timestamp(), context.operator.id)

    def run(self) -> None:
        """Move all, in the recycle bin too: it comes back to the one that stays. Then the others go there."""
        for other, name in referring(self._entity):
            if PRIMARY in other.by_name and other.owner_reference is other.writable[name]:
                self._leave_one_primary(other, name)
            self._move(other, name)
        is_primary = self._has_primary()
        deletion.mark_deleted(self._context, self._entity, self._others, self._operation)
        if is_primary:
            self._set_primary(self._entity, self._keep, 1)

    def _move(self, other: Entity, name: str) -> None:
        place = {"table": quote(other.table), "column": quote(name)}
        listed = json.dumps(self._others)
        self._db.execute(LOG.format(**place), (self._operation, other.key, name, name, self._keep, listed))
        moved = self._db.query(MOVE.format(**place), (self._keep, *self._stamp, listed))
        self._context.changed(other.key, None if len(moved) > MANY else [row[0] for row in moved])

    def _leave_one_primary(self, other: Entity, name: str) -> None:
        """The kept record's first one stays it; where it has none, that of the first of the others."""
        sql = PRIMARIES.format(table=quote(other.table), owner=quote(name))
        found = [row[0] for owner in (self._keep, *self._others) for row in self._db.query(sql, (json.dumps([owner]),))]
        for record in found[1:]:
            self._set_primary(other, record, 0)

    def _has_primary(self) -> bool:
        """Whether the first one of an owner is among those that go, and not the one that stays."""
        if PRIMARY not in self._entity.by_name:
            return False
        sql = f"SELECT 1 FROM {quote(self._entity.table)} WHERE is_primary = 1 AND id {LISTED}"
        return self._db.one(sql, (json.dumps(self._others),)) is not None

    def _set_primary(self, entity: Entity, record: int, value: int) -> None:
        self._db.execute(SET_PRIMARY.format(table=quote(entity.table)), (value, *self._stamp, record))
        self._context.audit_change(self._operation, entity.key, record, {PRIMARY: 1 - value}, {PRIMARY: value})
        self._context.changed(entity.key, [record])
