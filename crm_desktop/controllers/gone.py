"""What the conditions of a question speak of may be gone since: deleted, merged into something else, purged."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crm_desktop.db.connection import Connections
from crm_desktop.db.doomed import ITEMS
from crm_desktop.db.statements import quote
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES
from crm_desktop.models.fields import Choice, Field, Reference, Region
from crm_desktop.models.log import INTO
from crm_desktop.models.question import Part, Question, Row, wanted
from crm_desktop.models.verbs import VERBS

ITEM = "SELECT name, deleted_at FROM dictionary_items WHERE kind = ? AND id = ?"
ITEM_CALLED = "SELECT 1 FROM dictionary_items WHERE kind = ? AND name = ? AND deleted_at IS NULL"
REGION = "SELECT 1 FROM regions WHERE ? IN (code, full_name, name)"
ITEM_MERGED = """SELECT a.new FROM dictionary_items i JOIN operations o ON o.id = i.deleted_in AND o.kind = 'merge'
 JOIN audit a ON a.operation = o.id AND a.kind = 'update' WHERE i.id = ? AND i.deleted_at IS NOT NULL LIMIT 1"""
"""Of an item with records that was merged before the log said into what: what these were given instead."""
MERGED = f"""SELECT json_extract(a.new, '$.{INTO}') FROM {{table}} t JOIN audit a ON a.entity = '{{table}}'
 AND a.record = t.id AND a.operation = t.deleted_in AND a.kind = 'delete' WHERE t.id = ? AND t.deleted_at IS NOT NULL"""
NOT_FOUND = "没有找到所选的{}，可能已被删除。"
NAMELESS = "（没有找到）"
Finds = Callable[[str, int | str], bool]
"""Whether the operator finds a record of an entity by number or name; also true where that may not be looked at."""


def missing(database: Connections, finds: Finds, field: Field, row: Row) -> str:
    """Why a row can find nothing any more, in a sentence; empty when it can."""
    takes = VERBS[row.verb].takes
    if takes not in ("value", "list") or not isinstance(field, Choice | Reference | Region):
        return ""
    try:
        values = wanted(takes, row.value)
    except FieldError:
        return ""
    return next(filter(None, (_missing(database, finds, field, value) for value in values)), "")


def _missing(database: Connections, finds: Finds, field: Choice | Reference | Region, value: Any) -> str:
    if isinstance(field, Reference):
        if _is_colleague(database, value) if field.entity == "operators" else finds(field.entity, value):
            return ""
        return NOT_FOUND.format(field.label) if isinstance(value, int) else f"没有叫“{value}”的{field.label}。"
    if isinstance(field, Region):
        return "" if database.one(REGION, (value,)) else f"“{value}”已不在{field.label}里。"
    if isinstance(value, int):
        item = database.one(ITEM, (field.kind, value))
        if item is None:
            return NOT_FOUND.format(field.label)
        return f"“{item['name']}”已不在{field.label}里。" if item["deleted_at"] else ""
    return "" if database.one(ITEM_CALLED, (field.kind, str(value).strip())) else f"“{value}”已不在{field.label}里。"


def _is_colleague(database: Connections, value: int | str) -> bool:
    by = "id" if isinstance(value, int) else "full_name"
    return database.one(f"SELECT 1 FROM operators WHERE {by} = ? AND deleted_at IS NULL", (value,)) is not None


def word(database: Connections, field: Field, value: int) -> str:
    """The name of an item or colleague, whatever became of them; no other record's, which may be somebody's alone."""
    if isinstance(field, Choice):
        item = database.one(ITEM, (field.kind, value))
        return str(item["name"]) if item else NAMELESS
    if isinstance(field, Reference) and field.entity == "operators":
        return database.value("SELECT full_name FROM operators WHERE id = ?", (value,)) or NAMELESS
    return NAMELESS


def said(database: Connections, field: Field, value: Any, words: str) -> str:
    """``words`` of a value with what has become of it."""
    if isinstance(field, Choice) and isinstance(value, int):
        item = database.one(ITEM, (field.kind, value))
        return words if item and not item["deleted_at"] else f"“{words or value}”（已不在{field.label}里）"
    if isinstance(field, Region) and not database.one(REGION, (value,)):
        return f"“{value}”（已不在{field.label}里）"
    if isinstance(field, Reference) and isinstance(value, int):
        live = f"SELECT 1 FROM {quote(field.entity)} WHERE id = ? AND deleted_at IS NULL"
        return words if database.one(live, (value,)) else f"{words or '所选的' + field.label}（已删除）"
    return words


# -- following a merge ---------------------------------------------------------------------------------------------


def followed(database: Connections, question: Question) -> Question:
    """The question with the items and records that others were merged into."""
    return replace(question, parts=tuple(_part(database, question, part) for part in question.parts))


def _part(database: Connections, question: Question, part: Part) -> Part:
    entity = ENTITIES[part.of or question.entity]
    rows = (replace(row, value=_now(database, _table(entity[row.field]), row.value)) for row in part.rows)
    return replace(part, rows=tuple(rows))


def _table(field: Field) -> str:
    """Where that lies which a field names by its number; empty for other fields."""
    return ITEMS if isinstance(field, Choice) else field.entity if isinstance(field, Reference) else ""


def _now(database: Connections, table: str, value: Any) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(_now(database, table, each) for each in value))
    if not table or not isinstance(value, int):
        return value
    seen = {value}
    while (new := _merged_into(database, table, value)) is not None and new not in seen:
        value = new
        seen.add(value)
    return value


def _merged_into(database: Connections, table: str, record: int) -> int | None:
    new: int | None = database.value(MERGED.format(table=table), (record,))
    if new is None and table == ITEMS:
        values = database.value(ITEM_MERGED, (record,))
        return next(iter(json.loads(values).values())) if values else None
    return new
