"""What a Query asks, as a Chinese sentence: 受理日期在 2025-01-01 至 2025-12-31 之间，并且客户级别是重要."""

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.models import ENTITIES, Condition, Entity, Not, Query, Related
from crm_desktop.models import All as AllOf
from crm_desktop.models import Any as AnyOf
from crm_desktop.models.fields import Choice, Date, DateTime, Field, Flag, Reference, Region, Time, Timestamp
from crm_desktop.models.periods import COUNTED, RELATIVE
from crm_desktop.models.query import AnyCondition

Words = Callable[[Field, Any], str]
"""A raw or typed value as people read it."""

OF_WORDS = {"=": "是", "!=": "不是", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于"}
OF_NUMBERS = {**OF_WORDS, "=": "等于", "!=": "不等于"}
OF_DAYS = {**OF_WORDS, "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
SINGLE_DAYS = ("today", "yesterday")
AND, OR = "，并且", "，或者"
EVERYTHING, NOTHING = "不限条件", "没有符合的条件"


def sentence(entity: Entity, query: Query, words: Words) -> str:
    """All that narrows the query, joined by 并且; its order and page are left out."""
    texts = [f"文字含“{query.text.strip()}”"] if query.text.strip() else []
    return AND.join([*texts, *_each(entity, query.conditions, words, AllOf)]) or EVERYTHING


def phrase(entity: Entity, condition: AnyCondition, words: Words) -> str:
    """One condition; what has several parts puts those with parts of their own into brackets."""
    match condition:
        case AllOf(parts):
            return AND.join(_each(entity, parts, words, AllOf)) or EVERYTHING
        case AnyOf(parts):
            return OR.join(_each(entity, parts, words, AnyOf)) or NOTHING
        case Not(Condition(name, "contains" | "starts" | "in" | "within") as part):
            return _comparison(entity[name], part, words, "不")
        case Not(part):
            return f"不满足（{phrase(entity, part, words)}）"
        case Related():
            return _related(entity, condition, words)
    return _comparison(entity[condition.field], condition, words)


def _each(
    entity: Entity, conditions: Sequence[AnyCondition], words: Words, kind: type[AllOf] | type[AnyOf]
) -> list[str]:
    """The phrase of each; what is joined in the other way than ``kind`` stands in brackets."""
    is_alone = len(conditions) == 1
    phrases = [(each, phrase(entity, each, words)) for each in conditions]
    return [
        f"（{text}）" if isinstance(each, AllOf | AnyOf) and not isinstance(each, kind) and not is_alone else text
        for each, text in phrases
    ]


def _related(entity: Entity, condition: Related, words: Words) -> str:
    other, verb = ENTITIES[condition.entity], "有" if condition.exists else "没有"
    inside = sentence(other, condition.query, words)
    if entity.reference_to(other.key) is not None:
        return f"{other.label}{'' if condition.exists else '不'}满足（{inside}）"
    return f"{verb}{other.label}" if inside == EVERYTHING else f"{verb}满足（{inside}）的{other.label}"


def _comparison(field: Field, condition: Condition, words: Words, no: str = "") -> str:
    """``no`` goes before the verbs that can be turned round."""
    name, operator, value = field.label, condition.operator, condition.value
    if operator in RELATIVE:
        return f"{name}{'是' if operator in SINGLE_DAYS else '在'}{RELATIVE[operator]}"
    if operator in COUNTED:
        return f"{name}在{_spaced(COUNTED[operator].format(value))}"
    match operator:
        case "empty":
            return f"{name}{'已填写' if value is False else '未填写'}"
        case "contains":
            return f"{name}{no}包含“{value}”"
        case "starts":
            return f"{name}{no}以“{value}”开头"
        case "within":
            return f"{name}{no}在{_said(field, value, words)}内"
        case "in":
            listed = "、".join(_said(field, each, words) for each in value)
            return f"{name}{no}是{listed}{'之一' if len(value) > 1 else ''}"
        case "between":
            return _between(field, value, words)
    return _compared(field, operator, value, words)


def _said(field: Field, value: Any, words: Words) -> str:
    """A day stays a day, whatever moment of it the field can hold."""
    is_day = isinstance(field, DateTime | Timestamp) and ":" not in str(value)
    return str(value) if is_day else words(field, value)


def _between(field: Field, bounds: Sequence[Any], words: Words) -> str:
    low, high = (None if bound in (None, "") else _said(field, bound, words) for bound in bounds)
    if low is None and high is None:
        return f"{field.label}不限"
    if low is None or high is None:
        operator, bound = (">=", low) if high is None else ("<=", high)
        return f"{field.label}{_verbs(field)[operator]}{_spaced(bound)}"
    return f"{field.label}是 {low}" if low == high else f"{field.label}在 {low} 至 {high} 之间"


def _compared(field: Field, operator: str, value: Any, words: Words) -> str:
    if value is None or value == "":
        return f"{field.label}{'未填写' if operator == '=' else '已填写'}"
    if isinstance(field, Flag):
        return f"{field.label}：{'否' if value in (0, '0', '否') else '是'}"
    return f"{field.label}{_verbs(field)[operator]}{_spaced(_said(field, value, words))}"


def _verbs(field: Field) -> dict[str, str]:
    if isinstance(field, Date | DateTime | Time | Timestamp):
        return OF_DAYS
    is_number = field.sql_type == "INTEGER" and not isinstance(field, Choice | Reference | Region | Flag)
    return OF_NUMBERS if is_number else OF_WORDS


def _spaced(text: str | None) -> str:
    """Digits and Latin letters stand a space away from the Chinese before them."""
    return f" {text}" if text and text[0].isascii() else text or ""
