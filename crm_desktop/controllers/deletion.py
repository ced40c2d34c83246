"""Deleting to the recycle bin, coming back from it, and leaving it for ever, with everything a record owns."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from crm_desktop.controllers.context import MANY, Context
from crm_desktop.db import search_index
from crm_desktop.db.doomed import Doomed, Use
from crm_desktop.db.statements import ALWAYS, quote
from crm_desktop.errors import FieldError, InUse, OwnerDeleted, Taken, ValidationError
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Choice, Reference

LISTED = "IN (SELECT value FROM json_each(?))"
WORDS_BACK = """UPDATE dictionary_items SET deleted_at = NULL, deleted_in = NULL
 WHERE deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dictionary_items o
 WHERE o.kind = dictionary_items.kind AND o.name = dictionary_items.name AND o.deleted_at IS NULL) AND id IN"""
FILES_OF = "SELECT count(*) FROM attachments WHERE deleted_at IS NULL AND entity = ? AND record IN"
FILES = f"{FILES_OF} (SELECT value FROM json_each(?))"
Told = Mapping[str, int] | None


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
    attachments = _attachments(context, entity, records)
    if attachments:
        counts["附件"] = attachments
    return counts


def _attachments(context: Context, entity: Entity, records: Sequence[int]) -> int:
    """How many files go along with records and with what belongs to them."""
    listed, number = json.dumps(list(records)), 0
    if entity.has_attachments:
        number += int(context.db.value(FILES, (entity.key, listed)))
    for child, field in children(entity):
        if child.has_attachments:
            own = f"SELECT id FROM {quote(child.table)} WHERE {quote(field)} {LISTED} AND deleted_at IS NULL"
            number += int(context.db.value(f"{FILES_OF} ({own})", (child.key, listed)))
    return number


def _count(context: Context, other: Entity, field: str, records: Sequence[int], condition: str = "1") -> int:
    sql = f"SELECT count(*) FROM {quote(other.table)} WHERE {quote(field)} {LISTED} AND {condition}"
    return int(context.db.value(sql, (json.dumps(list(records)),)))


def delete(context: Context, entity: Entity, records: Sequence[int]) -> int:
    """Returns the operation, under which everything that went can come back together."""
    _refuse_used(context, entity, records)
    names = _names(context, entity, records)
    with context.operation("delete", f"删除{entity.label}：{names}") as operation:
        mark_deleted(context, entity, records, operation)
        pass_on_primary(context, entity, owners_of(context, entity, records, are_primary=True), operation)
    return operation


def mark_deleted(context: Context, entity: Entity, records: Sequence[int], operation: int, told: Told = None) -> None:
    """To the recycle bin under an operation, with what belongs to them; whether they may go was asked before."""
    _mark_deleted(context, entity, records, operation, told)
    for child, field in children(entity):
        sql = f"SELECT id FROM {quote(child.table)} WHERE {quote(field)} {LISTED} AND deleted_at IS NULL"
        owned = [row["id"] for row in context.db.query(sql, (json.dumps(list(records)),))]
        if owned:
            _mark_deleted(context, child, owned, operation)


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


def _mark_deleted(context: Context, entity: Entity, records: Sequence[int], operation: int, told: Told = None) -> None:
    context.db.execute(
        f"UPDATE {quote(entity.table)} SET deleted_at = ?, deleted_in = ?, version = version + 1 WHERE id {LISTED}",
        (context.clock.timestamp(), operation, json.dumps(list(records))),
    )
    context.audit_many(operation, entity.key, "delete", records, told)
    _tell(context, entity, records)


def _tell(context: Context, entity: Entity, records: Sequence[int]) -> None:
    """Whatever shows the records, or their owners with them, must look again."""
    context.changed(entity.key, records)
    if entity.owner_reference is not None:
        context.changed(entity.owner_reference.entity, owners_of(context, entity, records))


def owners_of(context: Context, entity: Entity, records: Sequence[int], are_primary: bool = False) -> list[int]:
    """Whom records belong to, each once; with ``are_primary`` only of those that are the first among theirs."""
    if entity.owner_reference is None or (are_primary and "is_primary" not in entity.by_name):
        return []
    owner, table = quote(entity.owner_reference.name), quote(entity.table)
    only = " AND is_primary = 1" if are_primary else ""
    sql = f"SELECT DISTINCT {owner} FROM {table} WHERE id {LISTED}{only}"
    return [row[0] for row in context.db.query(sql, (json.dumps(list(records)),))]


def _has_some(context: Context, entity: Entity, owner: int) -> bool:
    """Whether live records of this kind belong to an owner."""
    assert entity.owner_reference is not None
    sql = f"SELECT 1 FROM {quote(entity.table)} WHERE {quote(entity.owner_reference.name)} = ? AND deleted_at IS NULL"
    return context.db.one(sql, (owner,)) is not None


def restore(
    context: Context, entity: Entity, records: Sequence[int], names: Mapping[int, Mapping[str, str]] | None = None
) -> None:
    """Back with what went along under the same operation; ``names``: what some are to be called from now on.

    OwnerDeleted when what a record belongs to is in the recycle bin itself; Taken when a name is used meanwhile.
    """
    with context.operation("restore", f"恢复{entity.label}：{_names(context, entity, records)}") as operation:
        bare = [each for each in owners_of(context, entity, records) if not _has_some(context, entity, each)]
        for record in records:
            _refuse_orphan(context, entity, record)
            rename(context, entity, record, (names or {}).get(record, {}), operation)
            _refuse_taken(context, entity, record)
            went_in = context.db.value(f"SELECT deleted_in FROM {quote(entity.table)} WHERE id = ?", (record,))
            unmark(context, entity, [record], operation)
            for child, field in children(entity):
                sql = f"SELECT id FROM {quote(child.table)} WHERE {quote(field)} = ? AND +deleted_in = ?"
                owned = [each["id"] for each in context.db.query(sql, (record, went_in))]
                unmark(context, child, owned, operation)
        pass_on_primary(context, entity, bare, operation)


def rename(context: Context, entity: Entity, record: int, names: Mapping[str, str], operation: int) -> None:
    """Give a record in the recycle bin other unique values, because somebody has taken the old ones."""
    if not names:
        return
    row = dict(context.db.query(f"SELECT * FROM {quote(entity.table)} WHERE id = ?", (record,))[0])
    try:
        new = {name: entity[name].accept(value, context.clock.today()) for name, value in names.items()}
    except FieldError as error:
        raise ValidationError({next(iter(names)): str(error)}) from None
    assignments = ", ".join(f"{quote(name)} = ?" for name in new)
    context.db.execute(f"UPDATE {quote(entity.table)} SET {assignments} WHERE id = ?", (*new.values(), record))
    context.audit_change(operation, entity.key, record, {name: row[name] for name in new}, new)
    search_index.replace_records(context.db, entity, [{**row, **new}])


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
        raise OwnerDeleted(f"所属的{owner.label}也在回收站里，请先恢复{owner.label}。")


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
            sentence = f"{entity[name].label}“{taken}”已被别的记录使用，请先改名再恢复。"
            raise Taken(sentence, entity.key, record, name, taken)


def unmark(context: Context, entity: Entity, records: Sequence[int], operation: int) -> None:
    """Out of the recycle bin under an operation; whether they may come back was asked before."""
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
    _bring_words_back(context, entity, records, operation)
    _tell(context, entity, records)


def _bring_words_back(context: Context, entity: Entity, records: Sequence[int], operation: int) -> None:
    """Dictionary items that went with an import which was undone return with the first record that has them."""
    if context.db.one("SELECT 1 FROM dictionary_items WHERE deleted_at IS NOT NULL") is None:
        return
    table, listed = quote(entity.table), json.dumps(list(records))
    for each in entity.fields:
        if isinstance(each, Choice):
            sql = f"{WORDS_BACK} (SELECT {quote(each.name)} FROM {table} WHERE id {LISTED}) RETURNING id"
            items = [row[0] for row in context.db.query(sql, (listed,))]
            context.audit_many(operation, "dictionary_items", "restore", items)
            context.changed("dictionary_items", items)


def pass_on_primary(context: Context, entity: Entity, owners: Sequence[int], operation: int) -> None:
    """An owner that still has some of its records but no primary one any more gets the oldest as that."""
    if "is_primary" not in entity.by_name or entity.owner_reference is None:
        return
    table, owner = quote(entity.table), quote(entity.owner_reference.name)
    stamp = (context.clock.timestamp(), context.operator.id)
    rows = context.db.query(
        f"UPDATE {table} SET is_primary = 1, version = version + 1, updated_at = ?, updated_by = ? WHERE id IN"
        f" (SELECT min(id) FROM {table} WHERE {owner} {LISTED} AND deleted_at IS NULL"
        f" GROUP BY {owner} HAVING max(is_primary) = 0) RETURNING id",
        (*stamp, json.dumps(list(owners))),
    )
    for row in rows:
        context.audit_change(operation, entity.key, row["id"], {"is_primary": 0}, {"is_primary": 1})
    context.changed(entity.key, [row["id"] for row in rows])


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
    """Remove records for ever with what belongs to them; InUse while others that stay refer to any of it."""
    sentence = f"彻底删除{entity.label}：{_names(context, entity, records)}"
    with context.operation("purge", sentence) as operation, Doomed(context.db) as doomed:
        doomed.choose_listed(entity.key, records)
        doomed.choose_owned()
        if uses := doomed.spare_used():
            raise _still_used(uses[0].entity, uses)
        take_out(context, doomed, operation)


def _still_used(key: str, uses: Sequence[Use]) -> InUse:
    own = [(use.where, use.number) for use in uses if use.entity == key]
    places = "、".join(f"{where} {number} 处" for where, number in own)
    return InUse(f"{ENTITIES[key].label}还被别的记录引用，不能彻底删除：{places}。", own)


def take_out(
    context: Context, doomed: Doomed, operation: int, step: Callable[[int], object] = lambda number: None
) -> None:
    """Remove what was chosen and tell the screens; ``step`` hears how many records have been dealt with."""
    for key, number in doomed.counts().items():
        if key in ENTITIES and ENTITIES[key].owner_reference is not None:
            owners = doomed.owners(key) if number <= MANY else None
            context.changed(ENTITIES[key].owner_reference.entity, owners)  # type: ignore[union-attr]
        context.changed(key, next(doomed.batches(key)) if number <= MANY else None)
    for key in doomed.keepers():
        context.changed(key, None)
    for number in doomed.take_out(operation):
        step(number)
