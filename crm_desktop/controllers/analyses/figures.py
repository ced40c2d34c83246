"""The arithmetic of 满意程度: grades, mean score, satisfied share, and how long the handling took."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.db.connection import Connections
from crm_desktop.models.analysis import NOT_EVALUATED
from crm_desktop.reports import Column

GRADES = """SELECT id, name, is_active AND deleted_at IS NULL AS is_offered, attributes FROM dictionary_items
 WHERE kind = 'satisfaction' ORDER BY position, id"""
MEASURES = {
    "total": Column("件数", kind="integer"),
    "satisfied_share": Column("满意率", kind="percent"),
    "mean": Column("平均分", kind="score"),
}
TAKEN = frozenset(("group", "key", "evaluated", NOT_EVALUATED, *MEASURES))


@dataclass(frozen=True)
class Grade:
    """An item of 客户满意程度; ``name`` is also its column in a row."""

    id: int
    name: str
    score: int | None
    is_satisfied: bool
    colour: str


@dataclass(frozen=True)
class CustomerCount:
    """A customer and how many records are its."""

    id: int
    name: str
    number: int


@dataclass(frozen=True)
class Duration:
    """How long the records of one type took, in days from 受理日期 to 处理日期; only handled ones count."""

    type: int | None
    group: str
    handled: int
    median: float
    p90: float

    @property
    def of_type(self) -> tuple[str, int | bool]:
        """Operator and value of the condition that finds them."""
        return ("empty", True) if self.type is None else ("=", self.type)


def read_grades(database: Connections, used: Iterable[int | None]) -> list[Grade]:
    """Those still offered, and of the others those that some record has."""
    kept = set(used)
    grades = []
    for row in database.query(GRADES):
        if not row["is_offered"] and row["id"] not in kept:
            continue
        attributes = json.loads(row["attributes"])
        score, colour = attributes.get("score"), attributes.get("colour") or ""
        grades.append(Grade(row["id"], _free(row["name"]), score, bool(attributes.get("satisfied")), colour))
    return grades


def _free(name: str) -> str:
    """An office may call a grade 未评价; its column must not be that of the records without a grade."""
    return f"{name}（等级）" if name in TAKEN else name


def figures(numbers: Mapping[int | None, int], grades: Sequence[Grade]) -> dict[str, Any]:
    """The values of a row: each grade's number, 未评价 apart, and what follows from them."""
    total = sum(numbers.values())
    missing = numbers.get(None, 0)
    evaluated = total - missing
    satisfied = sum(numbers.get(each.id, 0) for each in grades if each.is_satisfied)
    scored = [(each.score, numbers.get(each.id, 0)) for each in grades if each.score is not None]
    answers = sum(number for _, number in scored)
    return {
        **{each.name: numbers.get(each.id, 0) for each in grades},
        NOT_EVALUATED: missing,
        "total": total,
        "evaluated": evaluated,
        "mean": sum(score * number for score, number in scored) / answers if answers else None,
        "satisfied_share": satisfied / evaluated if evaluated else None,
    }


def columns(grades: Sequence[Grade]) -> dict[str, Column]:
    """What is asked for first stands first: the grades may need more room than a screen has."""
    counted = [*(each.name for each in grades), NOT_EVALUATED]
    return {**MEASURES, **{name: Column(name, kind="integer") for name in counted}}


def durations(rows: Iterable[tuple[int | None, int, int]], names: Mapping[int | None, str]) -> list[Duration]:
    """From (type, days, how many) rows, in the order of the names."""
    by_type: dict[int | None, dict[int, int]] = {}
    for kind, days, number in rows:
        by_type.setdefault(kind, {})[days] = number
    return [
        Duration(kind, name, sum(lengths.values()), median(lengths), percentile(lengths, 90))
        for kind, name in names.items()
        if (lengths := by_type.get(kind))
    ]


def median(lengths: Mapping[int, int]) -> float:
    """Of values with how often each occurs; the middle of the two middle ones when they are even."""
    total = sum(lengths.values())
    return (_ranked(lengths, (total + 1) // 2) + _ranked(lengths, total // 2 + 1)) / 2


def percentile(lengths: Mapping[int, int], percent: int) -> float:
    """The smallest value that so many per cent do not exceed."""
    return _ranked(lengths, (sum(lengths.values()) * percent + 99) // 100)


def _ranked(lengths: Mapping[int, int], rank: int) -> float:
    """The value at a rank counted from 1."""
    passed = 0
    for value in sorted(lengths):
        passed += lengths[value]
        if passed >= rank:
            return float(value)
    raise ValueError(rank)
