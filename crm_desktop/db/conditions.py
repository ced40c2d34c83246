"""Turns the conditions of a Query into bound SQL: the one place that compiles them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crm_desktop.db.statements import ALWAYS, Clause, column, escape_like, join, quote, text_expression
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, Condition, Entity, Not, Related
from crm_desktop.models import All as AllOf
from crm_desktop.models import Any as AnyOf
from crm_desktop.models.fields import Choice, Field, Reference, Region, Text, Timestamp
from crm_desktop.models.query import AnyCondition

COMPARISONS = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

WITHIN = """{column} IN (WITH RECURSIVE inside(code) AS (
  SELECT code FROM regions WHERE code = ? OR full_name = ? OR name = ?
  UNION SELECT regions.code FROM regions JOIN inside ON regions.parent = inside.code) SELECT code FROM inside)"""


def compile_conditions(entity: Entity, conditions: Sequence[AnyCondition], today: date) -> Clause:
    """All conditions of a query together."""
    return join("AND", [compile_one(entity, each, today) for each in conditions])


def compile_one(entity: Entity, condition: AnyCondition, today: date) -> Clause:
    match condition:
        case AllOf(parts):
            return join("AND", [compile_one(entity, part, today) for part in parts])
        case AnyOf(parts):
            return join("OR", [compile_one(entity, part, today) for part in parts])
        case Not(part):
            inner = compile_one(entity, part, today)
            return Clause(f"NOT ({inner.sql})", inner.parameters)
        case Related():
            return related(entity, condition, today)
        case Condition():
            return compare(field_of(entity, condition.field), condition, today)


def field_of(entity: Entity, name: str) -> Field:
    if name not in entity.by_name:
        raise FieldError(f"{entity.label}没有“{name}”这一项。")
    return entity[name]


def related(entity: Entity, condition: Related, today: date) -> Clause:
    """Records with (or without) a record of another entity that refers to them."""
    other = ENTITIES[condition.entity]
    reference = next(f for f in other.fields if isinstance(f, Reference) and f.entity == entity.key)
    inner = compile_conditions(other, condition.query.conditions, today)
    sql = (
        f"t.id {'IN' if condition.exists else 'NOT IN'} (SELECT {column(reference.name)} FROM {quote(other.source)} t"
        f" WHERE t.deleted_at IS NULL AND {inner.sql} AND {column(reference.name)} IS NOT NULL)"
    )
    return Clause(sql, inner.parameters)


def compare(field: Field, condition: Condition, today: date) -> Clause:
    """One comparison, by the kind of its field."""
    source, operator, value = column(field.name), condition.operator, condition.value
    if operator == "empty":
        return Clause(f"({source} IS NULL OR {source} = '')" if value is not False else f"{source} > ''")
    if operator in ("today", "this_month", "last_days"):
        return between(field, period(operator, value, today), today)
    if operator == "between":
        return between(field, value, today)
    if operator == "in":
        return join("OR", [compare(field, Condition(field.name, "=", each), today) for each in value])
    if operator in ("contains", "starts"):
        return like(field, operator, str(value))
    if isinstance(field, Region):
        return Clause(WITHIN.format(column=source), (value, value, value))
    return equal_or_ordered(field, operator, value, today)


def equal_or_ordered(field: Field, operator: str, value: Any, today: date) -> Clause:
    source = column(field.name)
    if operator not in COMPARISONS:
        raise FieldError(f"“{field.label}”不能用“{operator}”来比较。")
    if isinstance(field, Choice | Reference) and isinstance(value, str):
        found = f"{source} IN ({names_query(field)})"
        parameters = (field.kind, value) if isinstance(field, Choice) else (value,)
        return Clause(found if operator == "=" else f"NOT COALESCE({found}, 0)", parameters)
    collate = " COLLATE NOCASE" if isinstance(field, Text) else ""
    raw = value if isinstance(field, Timestamp) else field.accept(value, today)
    return Clause(f"{source} {COMPARISONS[operator]} ?{collate}", (raw,))


def names_query(field: Field) -> str:
    if isinstance(field, Choice):
        return "SELECT id FROM dictionary_items WHERE kind = ? AND name = ? AND deleted_at IS NULL"
    assert isinstance(field, Reference)
    title = ENTITIES[field.entity].title
    return f"SELECT id FROM {quote(field.entity)} WHERE {quote(title)} = ?"


def like(field: Field, operator: str, text: str) -> Clause:
    source = text_expression(field) or column(field.name)
    pattern = escape_like(text) + "%"
    return Clause(f"{source} LIKE ? ESCAPE '\\'", ("%" + pattern if operator == "contains" else pattern,))


def between(field: Field, bounds: Sequence[Any], today: date) -> Clause:
    low, high = bounds
    if not isinstance(field, Timestamp):
        low, high = field.accept(low, today), field.accept(high, today)
    if low in (None, "") and high in (None, ""):
        return ALWAYS
    parts = []
    if low not in (None, ""):
        parts.append(Clause(f"{column(field.name)} >= ?", (low,)))
    if high not in (None, ""):
        # A machine time of the last day is longer text than the day itself.
        last = f"{high}\uffff" if isinstance(field, Timestamp) else high
        parts.append(Clause(f"{column(field.name)} <= ?", (last,)))
    return join("AND", parts)


def period(operator: str, value: Any, today: date) -> tuple[str, str]:
    """First and last day of a relative period."""
    if operator == "today":
        return today.isoformat(), today.isoformat()
    if operator == "this_month":
        following = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        return today.replace(day=1).isoformat(), (following - timedelta(days=1)).isoformat()
    try:
        days = int(value)
    except (TypeError, ValueError):
        raise FieldError("“最近几天”应填一个整数，例如 30。") from None
    return (today - timedelta(days=days)).isoformat(), today.isoformat()
