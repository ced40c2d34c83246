"""Runs analyses: within the operator's scope, one query for each figure, folded to the groups asked for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm_desktop.controllers.analyses import figures
from crm_desktop.controllers.analyses.groups import folded, groups, within
from crm_desktop.controllers.analyses.satisfaction import FIELD, SatisfactionTable
from crm_desktop.controllers.analyses.tables import AnalysisTable, headings, total_row
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.company import Company
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import Lookup, words
from crm_desktop.controllers.rights import requires
from crm_desktop.db import search
from crm_desktop.db.statements import Clause, Selection, column
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import ENTITIES, Condition, Entity, Query
from crm_desktop.models import Any as AnyOf
from crm_desktop.models.analysis import ANALYSES, Analysis, Dimension
from crm_desktop.models.fields import Date, Region
from crm_desktop.models.periods import UNITS, Span, count_of
from crm_desktop.models.query import AnyCondition
from crm_desktop.models.query_sentence import sentence

Filters = Mapping[str, Any]
START, END = Date("start", "开始日期", required=True), Date("end", "结束日期", required=True)
MOST_PERIODS = 600
TOP = 10


class Analyses(Controller):
    area = "satisfaction"

    def __init__(self, context: Context, company: Company) -> None:
        super().__init__(context)
        self._company = company

    @requires("view")
    def run(
        self, key: str, start: Any, end: Any, group_by: str = "month", filters: Filters | None = None
    ) -> AnalysisTable:
        """One of ``ANALYSES`` over the days from ``start`` to ``end``; a filter's value is a name, an id or a list.

        ValidationError.fields says what is wrong with start, end, group_by or a filter.
        """
        analysis = ANALYSES.get(key)
        if analysis is None:
            raise ValidationError({"key": f"没有“{key}”这种分析。"})
        self.demand(analysis.entity, "view")
        dimension = analysis.dimension(group_by)
        span = self._span(start, end, dimension)
        asked = self._conditions(analysis, filters or {})
        return self._satisfaction(analysis, dimension, span, asked)

    # -- the question ----------------------------------------------------------------------------------------------

    def _span(self, start: Any, end: Any, dimension: Dimension) -> Span:
        today, errors, days = self._context.clock.today(), dict[str, str](), list[date]()
        for field, value in ((START, start), (END, end)):
            try:
                days.append(date.fromisoformat(field.accept(value, today)))
            except FieldError as error:
                errors[field.name] = str(error)
        if errors:
            raise ValidationError(errors)
        span = Span(*days)
        if span.end < span.start:
            raise ValidationError({"end": f"结束日期 {span.end} 早于开始日期 {span.start}。"})
        if dimension.is_time and count_of(span, dimension.fold) > MOST_PERIODS:
            unit = UNITS[dimension.fold]
            raise ValidationError({"end": f"按{unit}分组最多 {MOST_PERIODS} 个{unit}，请缩短时间或换一种分组。"})
        return span

    def _conditions(self, analysis: Analysis, filters: Filters) -> tuple[AnyCondition, ...]:
        """Names are looked up, so that what does not exist is refused instead of finding nothing."""
        lookup, errors, found = Lookup(self._db), dict[str, str](), list[AnyCondition]()
        for key, value in filters.items():
            name = analysis.filter(key).field
            if value in (None, "", [], ()):
                continue
            field = ENTITIES[analysis.entity][name]
            values = value if isinstance(value, list | tuple | set) else [value]
            try:
                known = [lookup.resolve(field, each) for each in values]
            except FieldError as error:
                errors[key] = str(error)
                continue
            operator = "within" if isinstance(field, Region) else "="
            each_one = tuple(Condition(name, operator, each) for each in known)
            found.append(each_one[0] if len(each_one) == 1 else AnyOf(each_one))
        if errors:
            raise ValidationError(errors)
        return tuple(found)

    def _sentence(self, entity: Entity, dimension: Dimension, conditions: tuple[AnyCondition, ...]) -> str:
        asked = sentence(entity, Query(conditions=conditions), lambda field, value: words(self._db, field, value))
        return f"{asked}，按{dimension.label}分组"

    def _selection(self, entity: Entity, conditions: tuple[AnyCondition, ...]) -> Selection:
        query = Query(conditions=conditions, order="id")
        return search.selection(self._db, entity, query, self._context.scope, self._context.clock.today())

    def _counts(self, selection: Selection, *by: Clause) -> list[Any]:
        counted = selection.counts(*by)
        return self._db.query(counted.sql, counted.parameters)

    # -- 满意程度 --------------------------------------------------------------------------------------------------

    def _satisfaction(
        self, analysis: Analysis, dimension: Dimension, span: Span, asked: tuple[AnyCondition, ...]
    ) -> SatisfactionTable:
        entity = ENTITIES[analysis.entity]
        conditions = (within(analysis.date, span), *asked)
        chosen, made = self._selection(entity, conditions), groups(self._db, entity, dimension, span)
        sums = folded(self._counts(chosen, made.expression, Clause(column(FIELD))), made)
        grades = figures.read_grades(self._db, (grade for _, grade in sums))
        by_group: dict[Any, dict[int | None, int]] = {}
        for (key, grade), number in sums.items():
            by_group.setdefault(key, {})[grade] = number
        order = made.order({key: sum(numbers.values()) for key, numbers in by_group.items()})
        rows = [
            {"group": made.label(key), "key": key, **figures.figures(by_group.get(key, {}), grades)} for key in order
        ]
        whole: dict[int | None, int] = {}
        for (_, grade), number in sums.items():
            whole[grade] = whole.get(grade, 0) + number
        return SatisfactionTable(
            analysis, dimension, span, asked, self._sentence(entity, dimension, conditions), made,
            headings(dimension, figures.columns(grades)), rows,
            total_row(figures.figures(whole, grades)), grades,
            top_customers=self._top_customers(chosen),
            durations=self._durations(entity, chosen, span),
        )  # fmt: skip

    def _top_customers(self, chosen: Selection) -> list[tuple[str, int]]:
        return []

    def _durations(self, entity: Entity, chosen: Selection, span: Span) -> list[figures.Duration]:
        return []


class Satisfaction(Controller):
    """The same figures under the names of the contract."""

    area = "satisfaction"

    def __init__(self, context: Context, analyses: Analyses) -> None:
        super().__init__(context)
        self._analyses = analyses

    @requires("view")
    def complaints(self, start: Any, end: Any, group_by: str = "month", **filters: Any) -> AnalysisTable:
        """How satisfied those were who complained, by 受理日期."""
        return self._analyses.run("complaint_satisfaction", start, end, group_by, filters)

    @requires("view")
    def feedback(self, start: Any, end: Any, group_by: str = "month", **filters: Any) -> AnalysisTable:
        """How satisfied those were who gave feedback."""
        return self._analyses.run("feedback_satisfaction", start, end, group_by, filters)

    @requires("view")
    def compared(self, start: Any, end: Any, group_by: str = "month", **filters: Any) -> AnalysisTable:
        """Both side by side."""
        return self._analyses.run("satisfaction_compared", start, end, group_by, filters)

    @requires("view")
    def customers(self, start: Any, end: Any, group_by: str = "region", **filters: Any) -> AnalysisTable:
        """How many customers of each kind, and how many of them are new."""
        return self._analyses.run("customer_statistics", start, end, group_by, filters)
