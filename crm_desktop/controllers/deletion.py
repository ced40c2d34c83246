"""Deleting to the recycle bin, coming back from it, and leaving it for ever, with everything a record owns."""

import json
from collections.abc import Iterator, Sequence

from crm_desktop.controllers import drafts
from crm_desktop.controllers.context import Context
from crm_desktop.db import search_index, serials
from crm_desktop.db.statements import ALWAYS, quote
from crm_desktop.errors import InUse, NotFound
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Reference

LISTED = "IN (SELECT value FROM json_each(?))"


def children(entity: Entity) -> Iterator[tuple[Entity, str]]:
    """Entities whose records belong to this one's, with the referring field."""
    for other in ENTITIES.values():
        reference = other.owner_reference
        if reference is not None and reference.entity == entity.key:
            yield other, reference.name


def outside_references(entity: Entity) -> Iterator[tuple[Entity, str]]:
    """Fields elsewhere that refer to this entity's records without belonging to them.

    What belongs to the same owner (the 联系人 of a 投诉) may go: its name still stands in the record.
    """
    for other in ENTITIES.values():
        for field in other.fields:
            if isinstance(field, Reference) and field.entity == entity.key and not (field.is_owner or field.within):
                yield other, field.name


def effect(context: Context, entity: Entity, records: Sequence[int]) -> dict[str, int]:
    counts = {entity.label: len(records)}
    for child, field in children(entity):
        number = _count(context, child, field, records, "deleted_at IS NULL")
        if number:
            counts[child.label] = number
    return counts


def _count(context: Context, other: Entity, field: str, records: Sequence[int], condition: str = "1") -> int:
    sql = f"SELECT count(*) FROM {quote(other.table)} WHERE {quote(field)} {LISTED} AND {condition}"
    return int(context.db.value(sql, (json.dumps(list(records)),)))


def delete(context: Context, entity: Entity, records: Sequence[int]) -> int:
    """Returns the operation, under which everything that went can come back together."""
    _refuse_used(context, entity, records)
    names = _names(context, entity, records)
    with context.operation("delete", f"删除{entity.label}：{names}") as operation:
        _mark_deleted(context, entity, records, operation)
        for child, field in children(entity):
            sql = f"SELECT id FROM {quote(child.table)} WHERE {quote(field)} {LISTED} AND deleted_at IS NULL"
            owned = [row["id"] for row in context.db.query(sql, (json.dumps(list(records)),))]
            if owned:
                _mark_deleted(context, child, owned, operation)
    return operation


def _refuse_used(context: Context, entity: Entity, records: Sequence[int]) -> None:
    """Records in the recycle bin count as uses, too: they may come back.

    How many there are is not told, and 0 among ``uses``, where some may be out of the operator's scope.
    """
    uses = [
        (f"{other.label}的{other[field].label}", number if context.scope(other) == ALWAYS else 0)
        for other, field in outside_references(entity)
        if (number := _count(context, other, field, records))
    ]
    if uses:
        places = "、".join(f"{where} {number} 处" if number else where for where, number in uses)
        instead = f"可以把“{entity[entity.offered_if].label}”改为否。" if entity.offered_if else "可以改为停用。"
        raise InUse(f"正在使用，不能删除：{places}。{instead}", uses)


def _names(context: Context, entity: Entity, records: Sequence[int]) -> str:
    sql = f"SELECT {quote(entity.title)} FROM {quote(entity.table)} WHERE id {LISTED} LIMIT 3"
    names = [row[0] for row in context.db.query(sql, (json.dumps(list(records)),))]
    return "、".join(names) + (f" 等 {len(records)} 条" if len(records) > len(names) else "")


def _mark_deleted(context: Context, entity: Entity, records: Sequence[int], operation: int) -> None:
    context.db.execute(
        f"UPDATE {quote(entity.table)} SET deleted_at = ?, deleted_in = ?, version = version + 1 WHERE id {LISTED}",
        (context.clock.timestamp(), operation, json.dumps(list(records))),
    )
    context.audit_many(operation, entity.key, "delete", records)
    _tell(context, entity, records)


def _tell(context: Context, entity: Entity, records: Sequence[int]) -> None:
    """Whatever shows the records, or their owners with them, must look again."""
    context.changed(entity.key, records)
    reference = entity.owner_reference
    if reference is not None:
        sql = f"SELECT DISTINCT {quote(reference.name)} FROM {quote(entity.table)} WHERE id {LISTED}"
        owners = context.db.query(sql, (json.dumps(list(records)),))
        context.changed(reference.entity, [row[0] for row in owners])


def restore(context: Context, entity: Entity, records: Sequence[int]) -> None:
    with context.operation("restore", f"恢复{entity.label}：{_names(context, entity, records)}") as operation:
        for record in records:
            _refuse_orphan(context, entity, record)
            _refuse_taken(context, entity, record)
            went_in = context.db.value(f"SELECT deleted_in FROM {quote(entity.table)} WHERE id = ?", (record,))
            _unmark(context, entity, [record], operation)
            for child, field in children(entity):
                sql = f"SELECT id FROM {quote(child.table)} WHERE {quote(field)} = ? AND deleted_in = ?"
                owned = [each["id"] for each in context.db.query(sql, (record, went_in))]
                _unmark(context, child, owned, operation)


def _refuse_orphan(context: Context, entity: Entity, record: int) -> None:
    reference = entity.owner_reference
    if reference is None:
        return
    owner = ENTITIES[reference.entity]
    sql = (
        f"SELECT o.deleted_at FROM {quote(entity.table)} t JOIN {quote(owner.table)} o"
        f" ON o.id = t.{quote(reference.name)} WHERE t.id = ?"
    )
    if context.db.value(sql, (record,)) is not None:
        raise NotFound(f"所属的{owner.label}也在回收站里，请先恢复{owner.label}。")


def _refuse_taken(context: Context, entity: Entity, record: int) -> None:
    """A unique value may have been taken meanwhile (codes never are: they are unique over deleted rows too)."""
    for name in entity.unique:
        table, column = quote(entity.table), quote(name)
        sql = (
            f"SELECT o.{column} FROM {table} o JOIN {table} t ON t.id = ? AND o.{column} = t.{column} COLLATE NOCASE"
            " WHERE o.id <> t.id AND o.deleted_at IS NULL"
        )
        taken = context.db.value(sql, (record,))
        if taken is not None:
            raise InUse(f"{entity[name].label}“{taken}”已被别的记录使用，请先改名再恢复。", [(entity.label, 1)])


def _unmark(context: Context, entity: Entity, records: Sequence[int], operation: int) -> None:
    if not records:
        return
    if "is_primary" in entity.by_name:
        _give_up_primary(context, entity, records, operation)
    context.db.execute(
        f"UPDATE {quote(entity.table)} SET deleted_at = NULL, deleted_in = NULL, version = version + 1"
        f" WHERE id {LISTED}",
        (json.dumps(list(records)),),
    )
    context.audit_many(operation, entity.key, "restore", records)
    _tell(context, entity, records)


def _give_up_primary(context: Context, entity: Entity, records: Sequence[int], operation: int) -> None:
    """Whoever became the primary one meanwhile stays it."""
    table, owner = quote(entity.table), entity.owner_reference
    assert owner is not None
    rows = context.db.query(
        f"UPDATE {table} SET is_primary = 0, version = version + 1 WHERE id {LISTED} AND is_primary = 1 AND EXISTS"
        f" (SELECT 1 FROM {table} o WHERE o.{quote(owner.name)} = {table}.{quote(owner.name)} AND o.is_primary = 1"
        " AND o.deleted_at IS NULL) RETURNING id",
        (json.dumps(list(records)),),
    )
    for row in rows:
        context.audit_change(operation, entity.key, row["id"], {"is_primary": 1}, {"is_primary": 0})


def purge(context: Context, entity: Entity, records: Sequence[int]) -> None:
    with context.operation("purge", f"彻底删除{entity.label}：{_names(context, entity, records)}") as operation:
        context.db.execute("PRAGMA defer_foreign_keys = ON")  # children refer to each other, too
        gone = [(entity, list(records))]
        for child, field in children(entity):
            sql = f"SELECT id FROM {quote(child.table)} WHERE {quote(field)} {LISTED}"
            gone.append((child, [row["id"] for row in context.db.query(sql, (json.dumps(list(records)),))]))
        for removed, ids in reversed(gone):
            _remove(context, removed, ids, operation)
        for removed, ids in gone:
            _refuse_dangling(context, removed, ids)


def _refuse_dangling(context: Context, removed: Entity, ids: Sequence[int]) -> None:
    """What stays must not refer to what went."""
    uses = [
        (f"{other.label}的{field.label}", number)
        for other in ENTITIES.values()
        for field in other.fields
        if isinstance(field, Reference) and field.entity == removed.key
        if (number := _count(context, other, field.name, ids))
    ]
    if uses:
        places = "、".join(f"{where} {number} 处" for where, number in uses)
        raise InUse(f"{removed.label}还被别的记录引用，不能彻底删除：{places}。", uses)


def _retire_numbers(context: Context, entity: Entity, records: Sequence[int]) -> None:
    """One that was typed by hand may lie ahead of those that are given out."""
    field = entity.serial_number
    if field is not None:
        sql = f"SELECT {quote(field.name)} FROM {quote(entity.table)} WHERE id {LISTED}"
        for row in context.db.query(sql, (json.dumps(list(records)),)):
            serials.retire(context.db, row[0])


def _remove(context: Context, entity: Entity, records: Sequence[int], operation: int) -> None:
    _tell(context, entity, records)
    _retire_numbers(context, entity, records)
    search_index.remove_records(context.db, entity, records)
    drafts.forget(context.db, entity.key, records)
    listed = json.dumps(list(records))
    if entity.has_attachments:
        context.db.execute(f"DELETE FROM attachments WHERE entity = ? AND record {LISTED}", (entity.key, listed))
    if entity.workflow:
        context.db.execute(f"DELETE FROM transitions WHERE entity = ? AND record {LISTED}", (entity.key, listed))
    context.db.execute(f"DELETE FROM {quote(entity.table)} WHERE id {LISTED}", (listed,))
    context.audit_many(operation, entity.key, "purge", records)
