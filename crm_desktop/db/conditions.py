"""Turns the conditions of a Query into bound SQL: the one place that compiles them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_desktop.db import text_patterns
from crm_desktop.db.statements import NEVER, Clause, column, join, quote, text_expression
from crm_desktop.errors import FieldError, PermissionDenied
from crm_desktop.models import ENTITIES, Condition, Entity, Not, Related
from crm_desktop.models import All as AllOf
from crm_desktop.models import Any as AnyOf
from crm_desktop.models.fields import Choice, Date, DateTime, Field, Flag, Reference, Region, Text, Timestamp
from crm_desktop.models.moments import start_of_day
from crm_desktop.models.periods import COUNTED, MOST_DAYS, RELATIVE, counted, period
from crm_desktop.models.query import AnyCondition

COMPARISONS = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
NUMBERS_HIDDEN = "您不能查看电话号码，所以不能按“{}”查询；可以在快速查找里输入完整的号码。"
DAY = Date("day", "日期")
LONGEST_TEXT = 2000
"""Characters; a note has room for as many."""

WITHIN = """{column} IN (WITH RECURSIVE inside(code) AS (
  SELECT code FROM regions WHERE code = ? OR full_name = ? OR name = ?
  UNION SELECT regions.code FROM regions JOIN inside ON regions.parent = inside.code) SELECT code FROM inside)"""


@dataclass(frozen=True)
class Compiler:
    """What conditions need besides themselves: the day, the operator's own rows, and how texts are found."""

    today: date
    scope: Callable[[Entity], Clause]
    find_text: Callable[[Entity, str], Clause]
    """Predicate over ``t.id`` for a quick-search text."""
    hides_numbers: bool = False
    """Whether telephone numbers are kept from the operator, who could find them out by comparing."""

    def all(self, entity: Entity, conditions: Sequence[AnyCondition]) -> Clause:
        return join("AND", [self.one(entity, each) for each in conditions])

    def one(self, entity: Entity, condition: AnyCondition) -> Clause:
        match condition:
            case AllOf(parts):
                return self.all(entity, parts)
            case AnyOf(parts):
                return join("OR", [self.one(entity, part) for part in parts])
            case Not(part):
                inner = self.one(entity, part)
                return Clause(f"NOT COALESCE(({inner.sql}), 0)", inner.parameters)  # what is unknown does not hold
            case Related():
                return self.related(entity, condition)
            case Condition():
                field = field_of(entity, condition.field)
                if self.hides_numbers and field.name in entity.hidden_fields and condition.operator != "empty":
                    raise PermissionDenied(NUMBERS_HIDDEN.format(field.label))
                return compare(field, condition, self.today)

    def related(self, entity: Entity, condition: Related) -> Clause:
        """Records with (or without) a record of another entity, within the operator's scope, on their other side."""
        other, here, there = link(entity, condition.entity)
        query = condition.query
        inner = join("AND", [
            Clause(f"t.deleted_at IS NULL AND {there} IS NOT NULL"),
            self.scope(other),
            self.find_text(other, query.text),
            self.all(other, query.conditions),
        ])  # fmt: skip
        found = f"{here} IN (SELECT {there} FROM {quote(other.source)} t WHERE {inner.sql})"
        return Clause(found if condition.exists else f"NOT COALESCE({found}, 0)", inner.parameters)


def link(entity: Entity, key: str) -> tuple[Entity, str, str]:
    """The other entity, and the columns on this and on that side which are the same where records belong together."""
    other = ENTITIES.get(key)
    own = entity.reference_to(key) if other else None
    if other and own:
        return other, column(own.name), column("id")
    theirs = other.reference_to(entity.key) if other else None
    if other is None or theirs is None:
        raise FieldError(f"{entity.label}没有相关的“{other.label if other else key}”。")
    return other, column("id"), column(theirs.name)


def field_of(entity: Entity, name: str) -> Field:
    if name not in entity.by_name:
        raise FieldError(f"{entity.label}没有“{name}”这一项。")
    return entity[name]


def compare(field: Field, condition: Condition, today: date) -> Clause:
    """One comparison, by the kind of its field."""
    source, operator, value = column(field.name), condition.operator, condition.value
    if operator not in field.operators:
        raise FieldError(f"“{field.label}”不能用“{operator}”来比较。")
    if operator == "empty":
        is_empty = f"{source} IS NULL OR {source} = ''"
        return Clause(is_empty if value is not False else f"NOT ({is_empty})")
    if operator == "in":
        return join("OR", [compare(field, Condition(field.name, "=", each), today) for each in value])
    if operator in ("contains", "starts"):
        return like(field, operator, str(value))
    if operator == "within":
        return Clause(WITHIN.format(column=source), (value, value, value))
    if operator in RELATIVE or operator in COUNTED:
        return between(field, days_of(operator, value, today), today)
    if operator == "between":
        return between(field, value, today)
    return equal_or_ordered(field, operator, value, today)


def equal_or_ordered(field: Field, operator: str, value: Any, today: date) -> Clause:
    source = column(field.name)
    if isinstance(field, Timestamp):
        return compare_moment(source, operator, day_in_utc(DAY.parse(str(value), today)))
    if isinstance(field, DateTime) and not has_clock(value):
        return compare_moment(source, operator, day_and_next(DAY.parse(str(value), today)))
    if isinstance(field, Text):
        return equal_text(source, operator, field.clean(str(value or "")))
    if isinstance(field, Choice | Reference | Region) and isinstance(value, str) and value.strip():
        named = named_by(field, value.strip())
        return named if operator == "=" else Clause(f"NOT COALESCE({named.sql}, 0)", named.parameters)
    raw = None if value is None or value == "" else field.accept(value, today)
    if isinstance(field, Flag) and raw is not None:
        return Clause(f"{source} = {int(raw)}")  # a partial index is only used for the number itself
    known = f"{source} <> '' AND " if field.empty == "" and operator in ("<", "<=") else ""  # no time is not early
    return Clause(f"{known}{source} {COMPARISONS[operator]} ?", (raw,))


def equal_text(source: str, operator: str, text: str) -> Clause:
    """The same text, whatever the width and case of its letters."""
    if not text_patterns.has_variants(text):
        return Clause(f"{source} {COMPARISONS[operator]} ?", (text,))
    same = glob(source, text, text_patterns.whole)
    return same if operator == "=" else Clause(f"NOT COALESCE({same.sql}, 0)", same.parameters)


def named_by(field: Choice | Reference | Region, name: str) -> Clause:
    """Records whose item, record or region has this name, or code."""
    source = column(field.name)
    if isinstance(field, Choice):
        query = "SELECT id FROM dictionary_items WHERE kind = ? AND name = ? AND deleted_at IS NULL"
        return Clause(f"{source} IN ({query})", (field.kind, name))
    if isinstance(field, Region):
        query = "SELECT code FROM regions WHERE ? IN (code, full_name, name)"
    else:
        query = f"SELECT id FROM {quote(field.entity)} WHERE {quote(ENTITIES[field.entity].title)} = ?"
    return Clause(f"{source} IN ({query})", (name,))


def like(field: Field, operator: str, text: str) -> Clause:
    source = text_expression(field) or column(field.name)
    needle = (field.clean(text) if isinstance(field, Text) else text).strip()
    return glob(source, needle, text_patterns.within if operator == "contains" else text_patterns.begun)


def glob(source: str, text: str, pattern: Callable[[str], str]) -> Clause:
    """No field holds so much text that its pattern would be too long for SQLite."""
    return Clause(f"{source} GLOB ?", (pattern(text),)) if len(text) <= LONGEST_TEXT else NEVER


def between(field: Field, bounds: Sequence[Any], today: date) -> Clause:
    """Both ends included; an empty end is open."""
    ends = [
        equal_or_ordered(field, operator, bound, today)
        for operator, bound in zip((">=", "<="), bounds, strict=True)
        if bound not in (None, "")
    ]
    return join("AND", ends)


def has_clock(value: Any) -> bool:
    return ":" in str(value)


def day_and_next(day: str) -> tuple[str, str]:
    """A day and the one after it: between them is whatever happened on it."""
    return day, (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def compare_moment(source: str, operator: str, ends: tuple[str, str]) -> Clause:
    """A time compared with a whole local day, given by its beginning and its end."""
    first, following = ends
    match operator:
        case "=":
            return Clause(f"{source} >= ? AND {source} < ?", (first, following))
        case "!=":
            return Clause(f"{source} IS NULL OR {source} < ? OR {source} >= ?", (first, following))
        case "<" | ">=":
            return Clause(f"{source} {operator} ?", (first,))
    return Clause(f"{source} {'<' if operator == '<=' else '>='} ?", (following,))


def day_in_utc(day: str) -> tuple[str, str]:
    """When a day of the office's own time begins and when the next one does, as machine times are stored."""
    begins = date.fromisoformat(day)
    return start_of_day(begins), start_of_day(begins, days_later=1)


def days_of(operator: str, value: Any, today: date) -> tuple[str, str]:
    """First and last day of a period that is told from today; without a first one that is empty."""
    if operator in RELATIVE:
        first: date | None
        first, last = period(operator, today)
    else:
        if not (str(value).isdecimal() and int(value) <= MOST_DAYS):
            raise FieldError("几天应填一个整数，例如 30。")
        first, last = counted(operator, int(value), today)
    return first.isoformat() if first else "", last.isoformat()
