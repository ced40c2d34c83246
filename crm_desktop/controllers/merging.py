"""Merging: what refers to the records that go is moved to the one that stays, found from the declarations.

Letters of 发送邮件 and the marks 不是重复 name records, too, and follow.
"""

import json
from collections.abc import Iterator, Sequence

from crm_desktop.controllers import deletion
from crm_desktop.controllers.context import MANY, Context
from crm_desktop.db.connection import Connections
from crm_desktop.db.doomed import LETTERS
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Reference
from crm_desktop.models.log import INTO
from crm_desktop.models.mail import CHANGED as MAIL_CHANGED
from crm_desktop.models.merging import PRIMARY

LISTED = "IN (SELECT value FROM json_each(?))"
LOG = """INSERT INTO audit (operation, entity, record, kind, old, new)
 SELECT ?, ?, id, 'update', json_object(?, {column}), json_object(?, ?) FROM {table} WHERE {column} """ + LISTED
MOVE = ("UPDATE {table} SET {column} = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE {column} "
        + LISTED + " RETURNING id")  # fmt: skip
SET_PRIMARY = "UPDATE {table} SET is_primary = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?"
MOVE_LETTERS = f"UPDATE {LETTERS} SET {{column}} = ? WHERE {{column}} {LISTED} RETURNING job"
NAMED_IN_LETTERS = {"customers": "customer", "contacts": "contact"}
AMONG_OTHERS = "IN (SELECT value FROM json_each(:others))"
PASS_ON = f"""INSERT OR IGNORE INTO not_duplicates (entity, one, other, operator, at)
 SELECT entity, min(:keep, stranger), max(:keep, stranger), operator, at FROM (
  SELECT *, CASE WHEN one {AMONG_OTHERS} THEN other ELSE one END AS stranger FROM not_duplicates
  WHERE entity = :entity AND (one {AMONG_OTHERS} OR other {AMONG_OTHERS}))
 WHERE stranger <> :keep AND stranger NOT {AMONG_OTHERS} RETURNING one, other, at"""
MARKS = "not_duplicates.{}"
"""What the marks of one kind are called in the log."""
TAKE_BACK = """DELETE FROM not_duplicates WHERE entity = ? AND (one, other, at) IN (
 SELECT json_extract(new, '$.one'), json_extract(new, '$.other'), json_extract(new, '$.at') FROM audit
 WHERE operation = ? AND entity = ?)"""
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
        self._move_letters()
        self._pass_on_marks()
        is_primary = self._has_primary()
        deletion.mark_deleted(self._context, self._entity, self._others, self._operation, {INTO: self._keep})
        if is_primary:
            self._set_primary(self._entity, self._keep, 1)

    def _move(self, other: Entity, name: str) -> None:
        place = {"table": quote(other.table), "column": quote(name)}
        listed = json.dumps(self._others)
        self._db.execute(LOG.format(**place), (self._operation, other.key, name, name, self._keep, listed))
        moved = self._db.query(MOVE.format(**place), (self._keep, *self._stamp, listed))
        self._context.changed(other.key, None if len(moved) > MANY else [row[0] for row in moved])

    def _move_letters(self) -> None:
        """Each keeps its address, so nobody gets a second letter of a job by this."""
        name = NAMED_IN_LETTERS[self._entity.key]
        listed = json.dumps(self._others)
        log = LOG.format(table=LETTERS, column=name)
        self._db.execute(log, (self._operation, LETTERS, name, name, self._keep, listed))
        moved = self._db.query(MOVE_LETTERS.format(column=name), (self._keep, listed))
        self._context.changed(MAIL_CHANGED, {row["job"] for row in moved})

    def _pass_on_marks(self) -> None:
        """Whom the others are not the same as, the kept one is not either; their own marks stay for an undo."""
        bound = {"keep": self._keep, "entity": self._entity.key, "others": json.dumps(self._others)}
        for row in self._db.query(PASS_ON, bound):
            self._context.audit_many(
                self._operation, MARKS.format(self._entity.key), "create", [self._keep], dict(row)
            )

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


def take_marks_back(database: Connections, operation: int) -> None:
    """The marks that a merge has passed on go with it."""
    for key in NAMED_IN_LETTERS:
        database.execute(TAKE_BACK, (key, operation, MARKS.format(key)))
