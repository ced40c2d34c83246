"""客户服务月报: what a month brought beside the month before and the same month a year ago, on two pages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from crm_desktop.controllers.analyses import figures
from crm_desktop.controllers.analyses.answering import DAYS, HANDLED, Answering, Question
from crm_desktop.controllers.analyses.groups import within
from crm_desktop.controllers.analyses.satisfaction import SatisfactionTable
from crm_desktop.controllers.base import EntityReader
from crm_desktop.db.statements import column
from crm_desktop.models import COMPLAINTS, ENTITIES, Condition, Query
from crm_desktop.models.analysis import ANALYSES, SATISFACTION_NOTE
from crm_desktop.models.complaint import FILED
from crm_desktop.models.number_fields import Money
from crm_desktop.models.periods import Span, last_day, month_before, whole
from crm_desktop.reports import Column, Table
from crm_desktop.reports.pages import Block, Charts, LongTable, Note, Tables, Turn

COUNTED = ("interactions", "customers", "feedback", "complaints", "sales")
"""Entities that the report reads."""
FEEDBACK, COMPLAINT = ANALYSES["feedback_satisfaction"], ANALYSES["complaint_satisfaction"]
MONTHS_SHOWN = 12
MOST_TYPES, MOST_CUSTOMERS, MOST_OPEN = 10, 5, 8
CHART_HEIGHT = 66.0
NONE = "—"
TREND, STACKED = "投诉满意率和平均分（近 12 个月）", "各月投诉的满意程度（近 12 个月）"
OPEN_COLUMNS = ("number", "date", "customer", "type", "severity", "handler", "due_at", "status")
DUE = "open_due_at"
BY_TYPE = (Column("数量", kind="integer"), Column("满意率", kind="percent"), Column("平均分", kind="score"))
NOTE = (
    f"{SATISFACTION_NOTE} 处理时长 = 处理日期 − 受理日期，按已处理的投诉。"
    "未结 = 当月受理、至今未归档；超期 = 当月受理、处理晚于期限或至今已过期限。"
)
Figures = dict[str, float | None]
Show = Callable[[float], str]


def number(value: float) -> str:
    return f"{value:,.0f}"


def percent(value: float) -> str:
    return f"{value:.1%}"


def points(value: float) -> str:
    return f"{value * 100:.1f} 个百分点"


def days(value: float) -> str:
    return f"{value:g} 天"


def score(value: float) -> str:
    return f"{value:.2f}"


def yuan(value: float) -> str:
    return Money("", "").format(int(value))


LINES: Mapping[str, tuple[str, Show, Show]] = {
    "interactions": ("业务往来", number, number),
    "customers": ("新增客户", number, number),
    "feedback": ("客户反馈", number, number),
    "complaints": ("客户投诉", number, number),
    "open": ("其中未结投诉", number, number),
    "overdue": ("其中超期投诉", number, number),
    "feedback_share": ("反馈满意率", percent, points),
    "complaint_share": ("投诉满意率", percent, points),
    "complaint_mean": ("投诉平均分", score, score),
    "median": ("处理时长中位数", days, days),
    "p90": ("九成投诉处理于", days, days),
    "sales": ("销售额（元，退货为负）", yuan, yuan),
}
"""Figure → its words, how it is shown, and how its difference is."""


class ServiceMonth:
    """The parts of the report for one month; ``now`` is the office's local time."""

    def __init__(
        self, answering: Answering, records: Mapping[str, EntityReader], year: int, month: int, now: datetime
    ) -> None:
        self._answering = answering
        self._records = records
        self._now = now.strftime("%Y-%m-%d %H:%M")
        self.span = whole(date(year, month, 1), "month")
        self._before = whole(date(*month_before(year, month), 1), "month")
        self._year_ago = whole(date(year - 1, month, 1), "month")

    def blocks(self) -> list[Block]:
        year = self._satisfaction(COMPLAINT, self._recent(), "month")
        types = [self._satisfaction(each, self.span, "type") for each in (FEEDBACK, COMPLAINT)]
        trend, stacked = year.chart("trend"), year.chart("stacked")
        rings = [table.chart("shares") for table in types]
        return [
            Tables([self._summary()]),
            Charts([replace(trend, title=TREND, note=""), replace(stacked, title=STACKED)], CHART_HEIGHT),
            Charts([replace(rings[0], title="反馈满意程度"), replace(rings[1], title="投诉满意程度")], CHART_HEIGHT),
            Turn(),
            Tables([_by_type("反馈类型", types[0]), _by_type("投诉类型", types[1])]),
            Tables([_most("反馈最多的客户", types[0]), _most("投诉最多的客户", types[1])]),
            *self._open(),
            Note(NOTE),
        ]

    def figures(self, span: Span) -> Figures:
        """Every figure of ``LINES`` for one month."""
        found: Figures = {each: self._count(each, span) for each in ("interactions", "customers")}
        for key, analysis in (("feedback", FEEDBACK), ("complaint", COMPLAINT)):
            totals = self._satisfaction(analysis, span, "month").totals
            found |= {analysis.entity: totals["total"], f"{key}_share": totals["satisfied_share"]}
            found[f"{key}_mean"] = totals["mean"]
        lengths = self._lengths(span)
        found |= {
            "median": figures.median(lengths) if lengths else None,
            "p90": figures.percentile(lengths, 90) if lengths else None,
            "sales": sum((amount or 0) * n for amount, n in self._counts("sales", span, column("net_amount"))),
        }
        return found | self._unfinished(span)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _satisfaction(self, analysis: Any, span: Span, group_by: str) -> SatisfactionTable:
        return self._answering.satisfaction(Question(analysis, analysis.dimension(group_by), span, ()))

    def _recent(self) -> Span:
        """The twelve months that end with this one."""
        end = self.span.end
        last = end.year * 12 + end.month - MONTHS_SHOWN
        return Span(date(last // 12, last % 12 + 1, 1), last_day(end.year, end.month))

    def _counts(self, key: str, span: Span, *columns: str, handled: bool = False) -> list[Any]:
        field = "created_at" if key == "customers" else "date"
        conditions = (within(field, span), *((HANDLED,) if handled else ()))
        return self._answering.counts(self._answering.select(ENTITIES[key], conditions), list(columns))

    def _count(self, key: str, span: Span) -> int:
        return sum(row[-1] for row in self._counts(key, span, column("deleted_at")))

    def _lengths(self, span: Span) -> dict[int, int]:
        return dict(tuple(row) for row in self._counts("complaints", span, DAYS, handled=True))

    def _unfinished(self, span: Span) -> Figures:
        columns = [column(name) for name in ("status", "due_at", "handled_at")]
        rows = self._counts("complaints", span, *columns)
        late = (n for _, due, handled, n in rows if due and (handled or self._now) > due)
        return {"open": sum(n for status, _, _, n in rows if status != FILED), "overdue": sum(late)}

    def _summary(self) -> Table:
        now, before, year_ago = (self.figures(span) for span in (self.span, self._before, self._year_ago))
        rows = [
            (label, _shown(now[key], show), _shown(before[key], show), _change(now[key], before[key], difference),
             _shown(year_ago[key], show), _change(now[key], year_ago[key], difference))
            for key, (label, show, difference) in LINES.items()
        ]  # fmt: skip
        month_ago, year_before = f"上月（{self._before.start:%Y-%m}）", f"去年同月（{self._year_ago.start:%Y-%m}）"
        heads = ("本月", month_ago, "比上月", year_before, "比去年")
        return Table("概况", [Column("项目"), *(Column(head, align="right") for head in heads)], rows)

    def _open(self) -> list[Block]:
        until = Condition("date", "<=", self.span.end.isoformat())
        query = Query(conditions=(Condition("status", "!=", FILED), until), order="due_at", limit=MOST_OPEN)
        page = self._records["complaints"].search(query, (*OPEN_COLUMNS, DUE))
        heads = [Column(COMPLAINTS[name].label) for name in OPEN_COLUMNS]
        rows = [
            [*(row[f"{name}_text"] if f"{name}_text" in row else row[name] for name in OPEN_COLUMNS),
             "超期" if row[DUE] and row[DUE] < self._now else ""]
            for row in page.rows
        ]  # fmt: skip
        if not rows:
            return [Note("没有未结的投诉。")]
        title = f"未结投诉（截至 {self._now}，共 {page.total:,} 条）"
        more = [Note(f"另有 {page.total - len(rows):,} 条没有列出。")] if page.total > len(rows) else []
        return [LongTable(Table(title, [*heads, Column("")], rows)), *more]


def _by_type(title: str, table: SatisfactionTable) -> Table:
    columns = [Column(title), *BY_TYPE]
    rows = [(row["group"], row["total"], row["satisfied_share"], row["mean"]) for row in table.rows[:MOST_TYPES]]
    totals = ("合计", table.totals["total"], table.totals["satisfied_share"], table.totals["mean"])
    return Table(f"按{title}", columns, rows, totals=totals)


def _most(title: str, table: SatisfactionTable) -> Table:
    rows = [(each.name, each.number) for each in table.top_customers[:MOST_CUSTOMERS]]
    return Table(title, [Column("客户"), Column("数量", kind="integer")], rows or [("这个月没有", None)])


def _shown(value: float | None, show: Show) -> str:
    return NONE if value is None else show(value).replace("-", "−")


def _change(now: float | None, then: float | None, show: Show) -> str:
    if now is None or then is None:
        return NONE
    difference = now - then
    text = show(abs(difference))
    return text if text == show(0) else f"{'+' if difference > 0 else '−'}{text}"
