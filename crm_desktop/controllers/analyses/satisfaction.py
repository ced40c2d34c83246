"""满意程度 of 反馈 or 投诉: how many of each grade, the mean score and the satisfied share of every group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from crm_desktop.controllers.analyses.figures import CustomerCount, Duration, Grade
from crm_desktop.controllers.analyses.groups import Key, within
from crm_desktop.controllers.analyses.tables import GREY, NO_DATA, AnalysisTable, Row
from crm_desktop.errors import NotFound
from crm_desktop.models import ENTITIES, Condition, Query
from crm_desktop.models.analysis import NOT_EVALUATED, ChartKey
from crm_desktop.models.query import AnyCondition
from crm_desktop.reports.chart_spec import Chart, Series

FIELD = "satisfaction"
NOTHING_EVALUATED = "这段时间的 {} 条记录都还没有评价。"
NOTHING_HANDLED = "这段时间没有处理完的记录。"
DURATION_NOTE = "处理时长 = 处理日期 − 受理日期（天），只算已处理的；九成在此天数内处理完。"


@dataclass(frozen=True)
class SatisfactionTable(AnalysisTable):
    grades: Sequence[Grade]
    count_customers: Callable[[], Sequence[CustomerCount]]
    count_durations: Callable[[], Sequence[Duration]]
    """Each goes through all the records again, so only for those who look."""

    @cached_property
    def top_customers(self) -> Sequence[CustomerCount]:
        """Whose records are most; counted when first asked."""
        return self.count_customers()

    @cached_property
    def durations(self) -> Sequence[Duration]:
        """How long the handling took, by type; counted when first asked."""
        return self.count_durations()

    def records(self, group: Key | None = None, grade: Key | None = None) -> tuple[str, Query]:
        """Also for a customer of ``top_customers`` and a type of ``durations``, by their words."""
        day = within(self.analysis.date, self.span)
        is_row = group is None or any(group in (row["key"], row["group"]) for row in self.rows)
        for customer in () if is_row else self.top_customers:
            if customer.name == group:
                return self.entity, self._asking(
                    self.entity, (day, *self.asked, Condition("customer", "=", customer.id))
                )
        for each in () if is_row else self.durations:
            if each.group == group:
                handled = (Condition("type", *each.of_type), Condition("handled_at", "empty", False))
                return self.entity, self._asking(self.entity, (day, *self.asked, *handled))
        return super().records(group, grade)

    def _conditions(self, row: Row | None, grade: Key | None) -> tuple[AnyCondition, ...]:
        day = within(self.analysis.date, self.span)
        period = () if row and self.dimension.is_time else (day,)
        chosen = (self.groups.condition(row["key"]),) if row else ()
        return (*period, *self.asked, *chosen, *self._grade(grade))

    def _grade(self, grade: Key | None) -> tuple[AnyCondition, ...]:
        if grade in (None, "total"):
            return ()
        if grade == NOT_EVALUATED:
            return (Condition(FIELD, "empty"),)
        if grade == "evaluated":
            return (Condition(FIELD, "empty", False),)
        for each in self.grades:
            if grade in (each.id, each.name):
                return (Condition(FIELD, "=", each.id),)
        raise NotFound(f"{self.title}里没有“{grade}”这个等级。")

    def charts(self) -> list[Chart]:
        return [self.chart(key) for key in self.analysis.charts]

    def chart(self, key: ChartKey) -> Chart:
        """One of the analysis's charts."""
        drawn = {
            "shares": self._shares, "trend": self._trend, "stacked": self._stacked,
            "top_customers": self._top_customers, "handling_time": self._handling_time,
        }  # fmt: skip
        return drawn[key]()

    def _shares(self) -> Chart:
        """How the evaluated records divide into the grades."""
        missing = self.missing
        series = tuple(Series(each.name, (self.totals[each.name],), each.colour) for each in self.grades)
        note = f"已评价 {self.totals['evaluated']:,} 条；未评价 {self.totals[NOT_EVALUATED]:,} 条不计入。"
        return Chart("ring", "各等级占比", ("",), series, note, missing)

    def _trend(self) -> Chart:
        """Satisfied share and mean score of each group."""
        values = (
            Series("满意率", tuple(row["satisfied_share"] for row in self.rows), unit="percent"),
            Series("平均分", tuple(row["mean"] for row in self.rows), unit="score"),
        )
        if self.dimension.is_time:
            return Chart("line", "满意率和平均分", self.labels, values, self.note, self.missing)
        title = f"各{self.dimension.label}的满意率"
        return Chart("bars", title, self.labels, values[:1], self.note, self.missing)

    def _stacked(self) -> Chart:
        """Each group's records by grade, those without one on top."""
        series = [Series(each.name, tuple(row[each.name] for row in self.rows), each.colour) for each in self.grades]
        series.append(Series(NOT_EVALUATED, tuple(row[NOT_EVALUATED] for row in self.rows), GREY))
        message = "" if self.totals["total"] else NO_DATA
        return Chart("stacked", f"各{self.dimension.label}的满意程度", self.labels, tuple(series), message=message)

    def _top_customers(self) -> Chart:
        """Who has the most records."""
        names = tuple(each.name for each in self.top_customers)
        numbers = tuple(each.number for each in self.top_customers)
        title = f"{ENTITIES[self.entity].label.removeprefix('客户')}最多的客户"
        return Chart("bars", title, names, (Series("记录数", numbers),), message="" if names else NO_DATA)

    def _handling_time(self) -> Chart:
        """How long it took, by type: the middle, and nine of ten."""
        series = (
            Series("中位数", tuple(each.median for each in self.durations), unit="days"),
            Series("九成以内", tuple(each.p90 for each in self.durations), unit="days"),
        )
        groups = tuple(each.group for each in self.durations)
        return Chart("bars", "处理时长", groups, series, DURATION_NOTE, "" if groups else NOTHING_HANDLED)

    @property
    def missing(self) -> str:
        """What is said when no record has a grade."""
        if self.totals["evaluated"]:
            return ""
        total = self.totals["total"]
        return NOTHING_EVALUATED.format(f"{total:,}") if total else NO_DATA
