"""Runs analyses: within the operator's scope, one query for each figure, folded to the groups asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from crm_desktop.controllers.analyses.answering import Answering, Question
from crm_desktop.controllers.analyses.month import COUNTED, ServiceMonth
from crm_desktop.controllers.analyses.tables import AnalysisTable
from crm_desktop.controllers.base import Controller, EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.listings import around
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import FieldError, ReportError, ValidationError
from crm_desktop.models import ENTITIES, Condition
from crm_desktop.models import Any as AnyOf
from crm_desktop.models.analysis import ANALYSES, Analysis, Dimension
from crm_desktop.models.fields import Date, Field, Region
from crm_desktop.models.periods import UNITS, Span, count_of
from crm_desktop.models.query import AnyCondition
from crm_desktop.reports.chart_spec import Chart
from crm_desktop.reports.charts import save_png
from crm_desktop.reports.csv_file import save_csv
from crm_desktop.reports.document import Document
from crm_desktop.reports.pages import Block, Charts, LongTable, Note, pages_pdf
from crm_desktop.reports.spec import Origin
from crm_desktop.reports.workbook import save_xlsx

Filters = Mapping[str, Any]
START, END = Date("start", "开始日期", required=True), Date("end", "结束日期", required=True)
SATISFACTION = "satisfaction"
MOST_PERIODS = 600
FIRST_YEAR, LAST_YEAR = 1950, 9998
CHART_HEIGHT = 72.0
FIGURES = "数据"


class Analyses(Controller):
    area = SATISFACTION

    def __init__(self, context: Context, records: Mapping[str, EntityReader]) -> None:
        super().__init__(context)
        self._records = records

    @requires("view", SATISFACTION)
    def run(
        self, key: str, start: Any, end: Any, group_by: str = "month", filters: Filters | None = None
    ) -> AnalysisTable:
        """One of ``ANALYSES`` over the days from ``start`` to ``end``; a filter's value is a name, an id or a list.

        ValidationError.fields says what is wrong with start, end, group_by or a filter.
        """
        analysis = ANALYSES.get(key)
        if analysis is None:
            raise ValidationError({"key": f"没有“{key}”这种分析。"})
        for entity in analysis.entities:
            self.demand(entity, "view")
        dimension = analysis.dimension(group_by)
        question = Question(
            analysis, dimension, self._span(start, end, dimension), self._conditions(analysis, filters or {})
        )
        return Answering(self._context).answer(question)

    @requires("export", SATISFACTION)
    def save(self, table: AnalysisTable, path: str | Path) -> None:
        """Write .xlsx, with charts that Excel draws, or .csv; ReportError for other endings."""
        path = Path(path)
        match path.suffix.lower():
            case ".xlsx":
                save_xlsx(table.report(), path, charts=table.charts(), origin=Origin(**around(self._context)))
            case ".csv":
                save_csv(table.report(), path)
            case _:
                raise ReportError("请保存为 .xlsx 或 .csv 文件。")
        with self._context.operation("export", f"导出{table.title}：{path.name}"):
            pass

    @requires("export", SATISFACTION)
    def save_chart(self, chart: Chart, path: str | Path) -> None:
        """Write one chart as a picture."""
        save_png(chart, Path(path))
        with self._context.operation("export", f"导出图表“{chart.title}”：{Path(path).name}"):
            pass

    @requires("print", SATISFACTION)
    def pdf(self, table: AnalysisTable) -> Document:
        """The charts and then the figures on A4, under the question in words."""
        charts = table.charts()
        rows = [Charts(charts[start : start + 2], CHART_HEIGHT) for start in range(0, len(charts), 2)]
        blocks: list[Block] = [*rows, LongTable(replace(table.report(), title=FIGURES)), Note(table.note)]
        return self._document(table.title, (table.sentence,), blocks)

    @requires("print", SATISFACTION)
    def monthly(self, year: int, month: int) -> Document:
        """客户服务月报 of a month: two A4 pages against the month before and the year before."""
        if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
            raise ValidationError({"month": f"没有 {year} 年 {month} 月，请填写 1 到 12 月。"})
        for entity in COUNTED:
            self.demand(entity, "view")
        now = self._context.clock.now().astimezone().replace(tzinfo=None)
        report = ServiceMonth(Answering(self._context), self._records, year, month, now)
        days = f"{report.span.start:%Y-%m-%d} 至 {report.span.end:%Y-%m-%d}"
        line = "，".join(filter(None, (days, self._context.scope_note())))
        return self._document(f"客户服务月报　{year} 年 {month} 月", (line,), report.blocks())

    def _document(self, title: str, lines: Sequence[str], blocks: Sequence[Block]) -> Document:
        made = around(self._context)
        document = pages_pdf(title, (made["office"], *lines), blocks, **made)
        with self._context.operation("print", f"生成{title}"):
            pass
        return document

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
            found.append(any_of(field, known))
        if errors:
            raise ValidationError(errors)
        return tuple(found)


def any_of(field: Field, values: Sequence[Any]) -> AnyCondition:
    """A field has one of the values; a region is what lies in it, too."""
    if isinstance(field, Region):
        within = tuple(Condition(field.name, "within", each) for each in values)
        return within[0] if len(within) == 1 else AnyOf(within)
    return Condition(field.name, "in", values) if len(values) > 1 else Condition(field.name, "=", values[0])


class Satisfaction(Controller):
    """The same figures under the names of the contract."""

    area = SATISFACTION

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
