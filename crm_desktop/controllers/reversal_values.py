"""Whether records can have their old values back: for an undo, from how everything stands now."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.merging import NAMED_IN_LETTERS
from crm_desktop.db.doomed import ITEMS, LETTERS
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Choice, Reference

STRANGE = "这种改动不能撤销"
LETTER_OF_NOBODY = "原来的收件人已删除"
OTHER_PRIMARY, USED_SINCE = "已有别的主联系人", "之后登记的记录用到了它"
Chosen = Mapping[str, set[int]]


@dataclass
class Change:
    """Everything that the operation did to one record."""

    is_created: bool = False
    is_deleted: bool = False
    is_strange: bool = False
    updates: int = 0
    old: dict[str, Any] = field(default_factory=dict)
    """The values before the operation, of the fields that it changed."""
    new: dict[str, Any] = field(default_factory=dict)

    def add(self, kind: str, old: str | None, new: str | None) -> None:
        """One more audit row of the record."""
        self.is_created |= kind == "create"
        self.is_deleted |= kind == "delete"
        self.is_strange |= kind in ("restore", "purge")
        if kind == "update":
            self.updates += 1
            self.old = json.loads(old or "{}") | self.old  # the first one counts
            self.new |= json.loads(new or "{}")


Reverted = Mapping[str, Mapping[int, Change]]


def obstacles(
    context: Context, removed: Chosen, returned: Chosen, reverted: Reverted
) -> Iterator[tuple[str, int, str]]:
    """(entity, record, reason) of each that must stay as it is; the caller takes it out of ``reverted`` at once."""
    checks = _Checks(context, removed, returned, reverted)
    for key in list(reverted):
        for record, change in list(reverted[key].items()):
            if reason := checks.reason(key, record, change):
                yield key, record, reason
    while parted := dict.fromkeys(checks.parted()):
        yield from ((key, record, USED_SINCE) for key, record in parted)


def is_live(context: Context, table: str, record: int) -> bool:
    sql = f"SELECT 1 FROM {quote(table)} WHERE id = ? AND deleted_at IS NULL"
    return context.db.one(sql, (record,)) is not None


def is_taken(context: Context, entity: Entity, name: str, value: Any, but: set[int]) -> bool:
    """Whether another live record than these has a value that no two may share."""
    sql = f"SELECT id FROM {quote(entity.table)} WHERE {quote(name)} = ? COLLATE NOCASE AND deleted_at IS NULL"
    return not {row[0] for row in context.db.query(sql, (value,))} <= but


class _Checks:
    """Looks at one plan while it is being made."""

    def __init__(self, context: Context, removed: Chosen, returned: Chosen, reverted: Reverted) -> None:
        self._context, self._db = context, context.db
        self._removed, self._returned, self._reverted = removed, returned, reverted

    def reason(self, key: str, record: int, change: Change) -> str:
        """Why a record cannot have its old values back, or nothing."""
        if key == LETTERS:
            owners = ((each, change.old.get(name)) for each, name in NAMED_IN_LETTERS.items())
            return next((LETTER_OF_NOBODY for each, id in owners if id and not self._will_be_live(each, id)), "")
        entity = ENTITIES.get(key)
        return self._obstacle(entity, record, change) if entity else ""

    def _obstacle(self, entity: Entity, record: int, change: Change) -> str:
        leaving = self._removed[entity.key] | set(self._reverted[entity.key]) | {record}
        for name, value in change.old.items():
            each = entity.writable.get(name)
            if each is None:
                return STRANGE
            target = each.entity if isinstance(each, Reference) else ITEMS if isinstance(each, Choice) else ""
            if target and value is not None and not self._will_be_live(target, value):
                return f"原来的{each.label}已删除"
            if name in entity.unique and is_taken(self._context, entity, name, value, leaving):
                return f"原来的{each.label}已被别的记录使用"
        has_other = change.old.get("is_primary") and self._has_other_primary(entity, record, change)
        return OTHER_PRIMARY if has_other else ""

    def _will_be_live(self, table: str, record: int) -> bool:
        return record in self._returned[table] or is_live(self._context, table, record)

    def _has_other_primary(self, entity: Entity, record: int, change: Change) -> bool:
        """Somebody became the primary one there who is neither removed nor gives it up with this."""
        assert entity.owner_reference is not None
        owner, table = entity.owner_reference.name, quote(entity.table)
        whose = change.old.get(owner) or self._db.value(f"SELECT {quote(owner)} FROM {table} WHERE id = ?", (record,))
        sql = f"SELECT id FROM {table} WHERE {quote(owner)} = ? AND is_primary = 1 AND deleted_at IS NULL AND id <> ?"
        return any(not self._gives_up(entity.key, row[0], owner) for row in self._db.query(sql, (whose, record)))

    def _gives_up(self, key: str, record: int, owner: str) -> bool:
        change = self._reverted[key].get(record)
        return record in self._removed[key] or (
            change is not None and (change.old.get("is_primary") == 0 or owner in change.old)
        )

    def parted(self) -> Iterator[tuple[str, int]]:
        """Records that would go back to another owner than that of what they name, or of what names them."""
        for entity in ENTITIES.values():
            for each in entity.fields:
                if isinstance(each, Reference) and each.within:
                    yield from self._parted(entity, each)

    def _parted(self, entity: Entity, reference: Reference) -> Iterator[tuple[str, int]]:
        """A dealing with another customer than its contact's: whichever of the two was to move stays."""
        target = reference.entity
        moving = self._moving(entity.key, reference.within), self._moving(target, reference.within)
        if not any(moving):
            return
        name, owner = quote(reference.name), quote(reference.within)
        sql = (
            f"SELECT t.id, t.{name} AS named, t.{owner} AS own, o.{owner} AS theirs"
            f" FROM {quote(entity.table)} t JOIN {quote(target)} o ON o.id = t.{name}"
            " WHERE t.id IN (SELECT value FROM json_each(?)) OR o.id IN (SELECT value FROM json_each(?))"
        )
        for row in self._db.query(sql, tuple(json.dumps(list(each)) for each in moving)):
            own, theirs = moving[0].get(row["id"], row["own"]), moving[1].get(row["named"], row["theirs"])
            if own != theirs and row["own"] == row["theirs"]:
                for key, record in ((entity.key, row["id"]), (target, row["named"])):
                    if record in self._reverted[key] and reference.within in self._reverted[key][record].old:
                        yield key, record

    def _moving(self, key: str, owner: str) -> dict[int, Any]:
        """Record → the owner it goes back to."""
        return {record: change.old[owner] for record, change in self._reverted[key].items() if owner in change.old}
