"""What an operator asks, as rows to edit, save and come back to; a Query is made from it.

A question has parts. The rows of a part are joined by 并且 or 或者 and speak of the record itself, or of a record
on its other side: customers with (or without) a 往来, contacts of a customer that is 重要.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, RECORDS, Condition, Entity, Not, Query, Related
from crm_desktop.models import All as AllOf
from crm_desktop.models import Any as AnyOf
from crm_desktop.models.fields import Choice, Date, DateTime, Field, Reference, Region, Text, Timestamp
from crm_desktop.models.periods import MOST_DAYS
from crm_desktop.models.query import AnyCondition
from crm_desktop.models.verbs import VERBS, verbs_of

JOINS = {"all": "并且", "any": "或者"}
MOST_LISTED = 500
"""Values of 之一."""
DAY = Date("day", "日期")


@dataclass(frozen=True)
class Row:
    """One comparison: ``verb`` is a key of ``VERBS``, ``value`` what its kind of verb takes."""

    field: str
    verb: str
    value: Any = None

    def condition(self) -> AnyCondition:
        verb = VERBS[self.verb]
        value = False if self.verb == "filled" else self.value
        asked = Condition(self.field, verb.operator, value)
        return Not(asked) if verb.is_negated else asked


@dataclass(frozen=True)
class Part:
    """Rows that belong together; ``of`` is the entity on the other side, empty for the record itself.

    Without ``has`` the part is turned round: 非, or a record without such a one on its other side.
    """

    rows: tuple[Row, ...] = ()
    joined_by: str = "all"
    of: str = ""
    has: bool = True

    def condition(self) -> AnyCondition:
        inner = joined(self.joined_by, [row.condition() for row in self.rows])
        if self.of:
            return Related(self.of, Query(conditions=(inner,) if self.rows else ()), exists=self.has)
        return inner if self.has else Not(inner)

    @property
    def is_blank(self) -> bool:
        """A single row about the record itself that was not filled in."""
        return len(self.rows) == 1 and not self.of and self.has and _is_unfilled(self.rows[0])

    @property
    def is_empty(self) -> bool:
        """A part about the other side may say just that there is one."""
        return not self.rows and not self.of


@dataclass(frozen=True)
class Question:
    """``entity`` is what is asked for, ``text`` the quick search, ``order`` a field as in Query."""

    entity: str
    text: str = ""
    parts: tuple[Part, ...] = ()
    joined_by: str = "all"
    order: str = ""

    def query(self) -> Query:
        parts = [part.condition() for part in self.parts if not part.is_empty]
        conditions = (joined(self.joined_by, parts),) if parts else ()
        return Query(self.text, conditions, self.order)

    @property
    def entities(self) -> set[str]:
        """Everything it speaks of: who asks must be allowed to look at each."""
        return {self.entity, *(part.of for part in self.parts if part.of)}

    def problems(self, today: date) -> dict[tuple[int, int], str]:
        """What is missing or wrong, by the numbers of part and row."""
        found = {}
        for number, part in enumerate(self.parts):
            entity = ENTITIES[part.of or self.entity]
            for place, row in enumerate(part.rows):
                sentence = problem(entity[row.field], row, today)
                if sentence:
                    found[number, place] = sentence
        return found


def joined(word: str, conditions: list[AnyCondition]) -> AnyCondition:
    if len(conditions) == 1:
        return conditions[0]
    return AllOf(tuple(conditions)) if word == "all" else AnyOf(tuple(conditions))


def sides(entity: Entity) -> dict[str, Entity]:
    """The records on the other side of one: what refers to it, and what it refers to itself."""
    return {
        other.key: other
        for other in RECORDS
        if other is not entity and (other.reference_to(entity.key) or entity.reference_to(other.key))
    }


# -- checking ------------------------------------------------------------------------------------------------------


def problem(field: Field, row: Row, today: date) -> str:
    """Why a row cannot be asked, in a sentence; empty when it can."""
    takes = VERBS[row.verb].takes
    try:
        values = [_checked(field, takes, value, today) for value in wanted(takes, row.value)]
    except FieldError as error:
        return str(error)
    is_turned = takes == "pair" and len(values) == 2 and values[0] > values[1]
    return "起止颠倒了，前一个应不大于后一个。" if is_turned else ""


def wanted(takes: str, value: Any) -> list[Any]:
    """The single values in what a verb was given; FieldError when there is none or not enough."""
    if takes == "nothing":
        return []
    if takes == "pair":
        low, high = value or (None, None)
        if is_blank(low) and is_blank(high):
            raise FieldError("请填写起止，至少一端。")
        return [each for each in (low, high) if not is_blank(each)]
    if takes == "list":
        listed = [each for each in value or () if not is_blank(each)]
        if not listed or len(listed) > MOST_LISTED:
            raise FieldError("请至少选一项。" if not listed else f"最多列出 {MOST_LISTED} 项。")
        return listed
    if is_blank(value):
        raise FieldError("请填写要查找的内容。")
    return [value]


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _checked(field: Field, takes: str, value: Any, today: date) -> Any:
    """The value as it is compared; FieldError when it cannot be."""
    if takes == "days":
        if not (str(value).isdecimal() and int(value) <= MOST_DAYS):
            raise FieldError(f"天数应为 0 到 {MOST_DAYS} 的整数。")
    elif isinstance(field, Timestamp | DateTime):
        return DAY.parse(str(value).strip(), today)
    elif takes != "text" and not isinstance(field, Choice | Reference | Region | Text):
        return field.accept(value, today)
    return value


# -- keeping -------------------------------------------------------------------------------------------------------


def as_json(question: Question) -> str:
    return json.dumps(asdict(question), ensure_ascii=False)


def from_json(text: str) -> Question:
    """FieldError when it speaks of something that this program does not have."""
    try:
        kept = json.loads(text)
        parts = tuple(_part(part) for part in kept["parts"])
        question = Question(kept["entity"], kept["text"], parts, kept["joined_by"], kept["order"])
        _refuse_unknown(question)
    except (KeyError, TypeError, ValueError) as error:
        raise FieldError("这个查询是别的版本保存的，其中有本程序没有的条件。") from error
    return question


def _part(kept: Mapping[str, Any]) -> Part:
    rows = tuple(Row(row["field"], row["verb"], row["value"]) for row in kept["rows"])
    return Part(rows, kept["joined_by"], kept["of"], kept["has"])


def _refuse_unknown(question: Question) -> None:
    """KeyError for an entity, field or verb that is not declared."""
    entity = ENTITIES[question.entity]
    for join in (question.joined_by, *(part.joined_by for part in question.parts)):
        JOINS[join]
    for part in question.parts:
        of = sides(entity)[part.of] if part.of else entity
        for row in part.rows:
            verbs_of(of[row.field])[row.verb]


def without_blank_rows(question: Question) -> Question:
    """Rows that were begun and not filled in are no part of what is asked."""
    return replace(question, parts=tuple(_filled(part) for part in question.parts))


def _filled(part: Part) -> Part:
    return replace(part, rows=tuple(row for row in part.rows if not _is_unfilled(row)))


def _is_unfilled(row: Row) -> bool:
    try:
        wanted(VERBS[row.verb].takes, row.value)
    except FieldError:
        return True
    return False
