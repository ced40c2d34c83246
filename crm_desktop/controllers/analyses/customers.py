"""客户统计: how many customers of each kind there are, their share, and how many are new."""

from dataclasses import dataclass

from crm_desktop.controllers.analyses.groups import Key, within
from crm_desktop.controllers.analyses.tables import NO_DATA, AnalysisTable, Row
from crm_desktop.errors import NotFound
from crm_desktop.models import Condition, Query
from crm_desktop.models.query import AnyCondition
from crm_desktop.reports import Column
from crm_desktop.reports.chart_spec import Chart, Kind, Series

COLUMNS = {
    "total": Column("客户数", kind="integer"),
    "share": Column("占比", kind="percent"),
    "new": Column("新增", kind="integer"),
}
LARGEST = 8
"""A ring shows so many kinds and the rest as one."""


@dataclass(frozen=True)
class CustomersTable(AnalysisTable):
    def _conditions(self, row: Row | None, grade: Key | None) -> tuple[AnyCondition, ...]:
        if grade not in (None, *COLUMNS):
            raise NotFound(f"{self.title}里没有“{grade}”这一列。")
        chosen = () if row is None else (self.groups.condition(row["key"]),)
        if grade == "new":
            return (within(self.analysis.date, self.span), *self.asked, *chosen)
        if row is not None and self.dimension.is_time:  # as many as there were at its end
            _, end = self.groups.condition(row["key"]).value  # type: ignore[union-attr]
            return (Condition(self.analysis.date, "<=", end), *self.asked)
        return (Condition(self.analysis.date, "<=", self.end), *self.asked, *chosen)

    def records(self, group: Key | None = None, grade: Key | None = None) -> tuple[str, Query]:
        """Also for a part of the ring: a group's words as ``grade``."""
        if group is None and grade in self.labels:
            return super().records(grade, "new" if self.dimension.is_time else None)
        return super().records(group, grade)

    def charts(self) -> list[Chart]:
        drawn = {"customer_numbers": self._numbers, "customer_shares": self._shares, "new_customers": self._new}
        return [drawn[key]() for key in self.analysis.charts]

    def _numbers(self) -> Chart:
        numbers = Series("客户数", tuple(row["total"] for row in self.rows))
        kind: Kind = "line" if self.dimension.is_time else "bars"
        return self._chart(kind, f"各{self.dimension.label}的客户数", (numbers,), self.totals["total"])

    def _new(self) -> Chart:
        numbers = Series("新增", tuple(row["new"] for row in self.rows))
        kind: Kind = "stacked" if self.dimension.is_time else "bars"
        return self._chart(kind, f"各{self.dimension.label}的新增客户", (numbers,), self.totals["new"])

    def _shares(self) -> Chart:
        """The largest kinds; in time, how many came when."""
        column = "new" if self.dimension.is_time else "total"
        largest = sorted(self.rows, key=lambda row: -row[column])
        shown = [Series(row["group"], (row[column],)) for row in largest[:LARGEST] if row[column]]
        rest = sum(row[column] for row in largest[LARGEST:])
        series = (*shown, Series("其余", (rest,))) if rest else tuple(shown)
        title = f"各{self.dimension.label}的占比" if column == "total" else "新增客户的分布"
        return Chart("ring", title, ("",), series, self.note, "" if series else NO_DATA)

    def _chart(self, kind: Kind, title: str, series: tuple[Series, ...], number: int) -> Chart:
        return Chart(kind, title, self.labels, series, self.note, "" if number else NO_DATA)


def figures(total: int, new: int, whole: int) -> Row:
    """The values of a row, of ``whole`` customers altogether."""
    return {"total": total, "share": total / whole if whole else None, "new": new}
