"""What may lie in the recycle bin: records of every entity, dictionary items, attachments, each asked in SQL alike."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.deletion import children
from crm_desktop.db.doomed import ATTACHMENTS, ITEMS
from crm_desktop.db.statements import Clause, column, join, quote
from crm_desktop.models import COMPANY, ENTITIES, RECORDS, Entity
from crm_desktop.models.dictionaries import DICTIONARIES

FILES = "附件"
LIVE_FILES = "SELECT count(*) FROM attachments f WHERE f.entity = ? AND f.record = t.id AND f.deleted_at IS NULL"


class Key(NamedTuple):
    """One line of the recycle bin: an entity's key, dictionary_items or attachments, and the record's id."""

    kind: str
    record: int


class Place(NamedTuple):
    """One kind of things that may be deleted."""

    key: str
    label: str
    source: Clause
    """A SELECT of record, operation, title and belonging (to whom or what), of what the operator may see."""
    restored_by: str
    """The area whose 删除 right restoring takes; empty when it depends on the record."""
    can_be_purged: bool = True


def places(context: Context) -> list[Place]:
    """Those whose area the operator may view, in the order of the menus."""
    deletable = (each for each in ENTITIES.values() if each.key != COMPANY.key)
    found = [_of_entity(context, entity) for entity in deletable if context.may(entity.key, "view")]
    if context.may("dictionaries", "view"):
        found.append(Place(ITEMS, "字典项目", _items(), "dictionaries"))
    owners = [entity for entity in RECORDS if entity.has_attachments and context.may(entity.key, "view")]
    if owners:
        found.append(Place(ATTACHMENTS, FILES, _files(context, owners), ""))
    return found


def _of_entity(context: Context, entity: Entity) -> Place:
    """Records that did not go along with another."""
    scope, title = context.scope(entity), column(entity.title)
    belonging, alone = "''", ""
    reference = entity.owner_reference
    if reference is not None:
        owner = ENTITIES[reference.entity]
        of_owner = f"FROM {quote(owner.table)} o WHERE o.id = {column(reference.name)}"
        belonging = f"(SELECT o.{quote(owner.title)} {of_owner})"
        alone = f" AND NOT EXISTS (SELECT 1 {of_owner} AND o.deleted_in = t.deleted_in)"
    sql = (
        f"SELECT t.id AS record, t.deleted_in AS operation, {title} AS title, {belonging} AS belonging"
        f" FROM {quote(entity.source)} t WHERE t.deleted_in IS NOT NULL AND ({scope.sql}){alone}"
    )
    return Place(entity.key, entity.label, Clause(sql, scope.parameters), entity.key, entity in RECORDS)


def _items() -> Clause:
    """Dictionary items, each with the name of its list."""
    labels = json.dumps({kind: each.label for kind, each in DICTIONARIES.items()}, ensure_ascii=False)
    sql = (
        "SELECT t.id AS record, t.deleted_in AS operation, t.name AS title,"
        " (SELECT j.value FROM json_each(?) j WHERE j.key = t.kind) AS belonging"
        " FROM dictionary_items t WHERE t.deleted_in IS NOT NULL"
    )
    return Clause(sql, (labels,))


def _files(context: Context, owners: Sequence[Entity]) -> Clause:
    """Attachments that were deleted by themselves, each with the record it was kept with."""
    parts = []
    for entity in owners:
        scope = context.scope(entity)
        sql = (
            f"SELECT a.id AS record, a.deleted_in AS operation, a.name AS title, ? || ' ' || {column(entity.title)}"
            f" AS belonging FROM attachments a JOIN {quote(entity.source)} t ON t.id = a.record"
            f" WHERE a.entity = ? AND a.deleted_in IS NOT NULL AND ({scope.sql})"
        )
        parts.append(Clause(sql, (entity.label, entity.key, *scope.parameters)))
    return union(parts)


def union(parts: Sequence[Clause]) -> Clause:
    """All rows of several SELECTs."""
    sql = " UNION ALL ".join(part.sql for part in parts)
    return Clause(sql, tuple(value for part in parts for value in part.parameters))


def narrowed(place: Place, records: Sequence[int]) -> Clause:
    """Of a place only these records."""
    sql = f"SELECT * FROM ({place.source.sql}) p WHERE p.record IN (SELECT value FROM json_each(?))"
    return Clause(sql, (*place.source.parameters, json.dumps(list(records))))


# What went along


def went_along(context: Context, key: str, records: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many of each kind went under the same operation as each of these records and belong to it."""
    found: dict[int, dict[str, int]] = {record: {} for record in records}
    if key not in ENTITIES:
        return found
    entity, listed = ENTITIES[key], json.dumps(list(records))
    files = _counter(context, entity, found, listed, FILES)
    if entity.has_attachments:
        files(f"({LIVE_FILES})", "", (entity.key,))
    for child, field in children(entity):
        own = f"JOIN {quote(child.table)} c ON c.{quote(field)} = t.id AND +c.deleted_in = t.deleted_in"
        _counter(context, entity, found, listed, child.label)("count(*)", own, ())
        if child.has_attachments:
            files("count(*)", f"{own} JOIN attachments f ON f.record = c.id AND f.entity = ? AND f.deleted_at IS NULL",
                  (child.key,))  # fmt: skip
    for counts in found.values():
        if FILES in counts:
            counts[FILES] = counts.pop(FILES)  # at the end
    return found


def _counter(
    context: Context, entity: Entity, found: dict[int, dict[str, int]], listed: str, label: str
) -> Callable[[str, str, tuple[str, ...]], None]:
    """Adds up one label's numbers."""

    def count(expression: str, joined: str, bound: tuple[str, ...]) -> None:
        sql = (
            f"SELECT t.id, {expression} FROM {quote(entity.table)} t {joined}"
            " WHERE t.id IN (SELECT value FROM json_each(?)) GROUP BY t.id"
        )
        for record, number in context.db.query(sql, (*bound, listed)):
            if number:
                found[record][label] = found[record].get(label, 0) + number

    return count


# Conditions


def conditions(filters: Mapping[str, object]) -> Clause:
    """WHERE over lines joined with their operations: text, operator, since and until (UTC, until excluded)."""
    parts = []
    if text := filters.get("text"):
        parts.append(Clause("b.title LIKE ? ESCAPE '\\' OR b.belonging LIKE ? ESCAPE '\\'", (text, text)))
    for name, sql in (("operator", "o.operator = ?"), ("since", "o.at >= ?"), ("until", "o.at < ?")):
        if filters.get(name) is not None:
            parts.append(Clause(sql, (filters[name],)))
    return join("AND", parts)
