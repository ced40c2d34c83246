"""Counts what an analysis asks for: one query for each figure, within the operator's scope."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.analyses import compared, customers, figures
from crm_desktop.controllers.analyses.compared import ComparedTable
from crm_desktop.controllers.analyses.customers import CustomersTable
from crm_desktop.controllers.analyses.groups import Groups, Key, distinct, folded, groups, within
from crm_desktop.controllers.analyses.satisfaction import FIELD, SatisfactionTable
from crm_desktop.controllers.analyses.tables import AnalysisTable, headings, total_row
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import asked
from crm_desktop.db import search
from crm_desktop.db.statements import Selection, column
from crm_desktop.models import ENTITIES, Condition, Entity, Query
from crm_desktop.models.analysis import ANALYSES, UNSET, Analysis, Dimension
from crm_desktop.models.fields import Choice
from crm_desktop.models.periods import Span
from crm_desktop.models.query import AnyCondition

DAYS = "CAST(julianday(substr(t.handled_at, 1, 10)) - julianday(t.date) AS INTEGER)"
HANDLED = Condition("handled_at", "empty", False)
CUSTOMERS = "SELECT c.id, c.name FROM json_each(?) j JOIN customers c ON c.id = j.value ORDER BY j.key"
ITEMS = "SELECT id, name FROM dictionary_items WHERE kind = ? ORDER BY position, id"
TOP = 10
Numbers = dict[Key, dict[Any, int]]


@dataclass(frozen=True)
class Question:
    """What is asked, checked."""

    analysis: Analysis
    dimension: Dimension
    span: Span
    asked: tuple[AnyCondition, ...]

    @property
    def entity(self) -> Entity:
        return ENTITIES[self.analysis.entity]

    @property
    def conditions(self) -> tuple[AnyCondition, ...]:
        return (within(self.analysis.date, self.span), *self.asked)


class Answering:
    """Turns questions into tables."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._db = context.db

    def answer(self, question: Question) -> AnalysisTable:
        match question.analysis.measure:
            case "satisfaction":
                return self.satisfaction(question)
            case "compared":
                return self._compared(question)
        return self._customers(question)

    def _sentence(self, question: Question) -> str:
        told = asked(self._db, question.entity, Query(conditions=question.conditions))
        return "，".join(filter(None, (told, f"按{question.dimension.label}分组", self._context.scope_note())))

    def _groups(self, question: Question) -> Groups:
        return groups(self._db, question.entity, question.dimension, question.span)

    def select(self, entity: Entity, conditions: tuple[AnyCondition, ...]) -> Selection:
        query = Query(conditions=conditions, order="id")
        context = self._context
        return search.selection(
            self._db, entity, query, context.scope, context.clock.today(), hides_numbers=not context.sees_numbers
        )

    def counts(self, chosen: Selection, columns: list[str], by: list[str] | None = None) -> list[Any]:
        counted = chosen.counts(columns, by or columns)
        return self._db.query(counted.sql, counted.parameters)

    # -- 满意程度 --------------------------------------------------------------------------------------------------

    def satisfaction(self, question: Question) -> SatisfactionTable:
        chosen, made = self.select(question.entity, question.conditions), self._groups(question)
        grade = column(FIELD)
        rows = self.counts(chosen, [made.value, grade], [made.grouping, grade])
        numbers, whole = split(folded(rows, made))
        grades = figures.read_grades(self._db, whole)
        order = made.order({key: sum(each.values()) for key, each in numbers.items()})
        return SatisfactionTable(
            question.analysis,
            question.dimension,
            question.span,
            question.asked,
            self._sentence(question),
            made,
            headings(question.dimension, figures.columns(grades)),
            [named(made, key, figures.figures(numbers.get(key, {}), grades)) for key in order],
            total_row(figures.figures(whole, grades)),
            grades,
            lambda: self._top_customers(chosen),
            lambda: self._durations(question),
        )

    def _top_customers(self, chosen: Selection) -> list[figures.CustomerCount]:
        counted = chosen.counts([column("customer")], [column("customer")], most=TOP)
        most = [tuple(row) for row in self._db.query(counted.sql, counted.parameters)]
        rows = self._db.query(CUSTOMERS, (json.dumps([customer for customer, _ in most]),))
        names = distinct({row["id"]: row["name"] for row in rows})
        return [figures.CustomerCount(customer, names[customer], number) for customer, number in most]

    def _durations(self, question: Question) -> list[figures.Duration]:
        chosen = self.select(question.entity, (*question.conditions, HANDLED))
        rows = self.counts(chosen, [column("type"), DAYS])
        field = question.entity["type"]
        assert isinstance(field, Choice)
        names = {row["id"]: row["name"] for row in self._db.query(ITEMS, (field.kind,))}
        return figures.durations((tuple(row) for row in rows), {**names, None: UNSET})

    # -- 两者对比 --------------------------------------------------------------------------------------------------

    def _compared(self, question: Question) -> ComparedTable:
        asked = [ANALYSES[part] for part in question.analysis.parts]
        parts = {
            each.entity: self.satisfaction(Question(each, question.dimension, question.span, question.asked))
            for each in asked
        }
        made = self._groups(question)
        numbers: dict[Key, int] = {}
        rows = {entity: {row["key"]: row for row in table.rows} for entity, table in parts.items()}
        for table in parts.values():
            for row in table.rows:
                numbers[row["key"]] = numbers.get(row["key"], 0) + row["total"]
        nothing = {entity: figures.figures({}, table.grades) for entity, table in parts.items()}
        return ComparedTable(
            question.analysis,
            question.dimension,
            question.span,
            question.asked,
            self._sentence(question),
            made,
            headings(question.dimension, compared.COLUMNS),
            [
                named(made, key, compared.figures({part: rows[part].get(key, nothing[part]) for part in parts}))
                for key in made.order(numbers)
            ],
            total_row(compared.figures({part: table.totals for part, table in parts.items()})),
            parts,
        )

    # -- 客户统计 --------------------------------------------------------------------------------------------------

    def _customers(self, question: Question) -> CustomersTable:
        """All there were at the end of the period, and those that came during it."""
        entity, made = question.entity, self._groups(question)
        until = Condition(question.analysis.date, "<=", question.span.end.isoformat())
        existing = self._numbers(entity, (until, *question.asked), made)
        new = self._numbers(entity, question.conditions, made)
        whole = sum(existing.values())
        totals = cumulated(existing, made.order({})) if question.dimension.is_time else existing
        return CustomersTable(
            question.analysis,
            question.dimension,
            question.span,
            question.asked,
            self._sentence(question),
            made,
            headings(question.dimension, customers.COLUMNS),
            [named(made, key, customers.figures(totals[key], new.get(key, 0), whole)) for key in made.order(totals)],
            total_row(customers.figures(whole, sum(new.values()), whole)),
        )

    def _numbers(self, entity: Entity, conditions: tuple[AnyCondition, ...], made: Groups) -> dict[Key, int]:
        rows = self.counts(self.select(entity, conditions), [made.value])
        return {key: number for (key, _), number in folded(((raw, 0, number) for raw, number in rows), made).items()}


def split(sums: Mapping[tuple[Key, Any], int]) -> tuple[Numbers, dict[Any, int]]:
    """The numbers of each group by the second column, and those of all groups together."""
    numbers: Numbers = {}
    whole: dict[Any, int] = {}
    for (key, second), number in sums.items():
        numbers.setdefault(key, {})[second] = number
        whole[second] = whole.get(second, 0) + number
    return numbers, whole


def cumulated(numbers: Mapping[Key, int], shown: list[Key]) -> dict[Key, int]:
    """How many there were at the end of each period: those that came in it, and all before."""
    running = sum(number for key, number in numbers.items() if key not in shown)
    sums: dict[Key, int] = {}
    for key in shown:
        running += numbers.get(key, 0)
        sums[key] = running
    return sums


def named(made: Groups, key: Key, values: dict[str, Any]) -> dict[str, Any]:
    return {"group": made.label(key), "key": key, **values}
