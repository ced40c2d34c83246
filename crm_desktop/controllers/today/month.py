"""The month in four numbers, each beside last month's."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from crm_desktop.controllers.analyses import Analyses
from crm_desktop.controllers.analyses.groups import within
from crm_desktop.controllers.base import EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.models import Condition, Query
from crm_desktop.models.complaint import FILED
from crm_desktop.models.moments import start_of_day
from crm_desktop.models.periods import Span, last_day, month_before, whole
from crm_desktop.models.query import AnyCondition

SATISFACTION = "satisfaction"
SURVEYS = ("feedback_satisfaction", "complaint_satisfaction")
OPEN_THEN = """SELECT count(*) FROM json_each(?) j JOIN complaints t ON t.id = j.value
 WHERE COALESCE((SELECT s.to_state FROM transitions s WHERE s.entity = 'complaints' AND s.record = t.id AND s.at < ?
   ORDER BY s.id DESC LIMIT 1), CASE WHEN EXISTS (SELECT 1 FROM transitions s WHERE s.entity = 'complaints'
   AND s.record = t.id) THEN '' ELSE t.status END) <> ?"""


@dataclass(frozen=True)
class Figure:
    """A number of this month and the one it is measured by, ``before``, as it was ``then``.

    ``entity`` and ``conditions`` find what it counts.
    """

    key: str
    label: str
    value: str
    then: str
    before: str
    note: str = ""
    entity: str = ""
    conditions: tuple[AnyCondition, ...] = ()
    share: float | None = None
    """What the value says, where it is a share of a whole."""


class MonthFigures:
    """Counts in what the operator may see; a figure whose right is missing is left out."""

    def __init__(self, context: Context, records: Mapping[str, EntityReader], analyses: Analyses) -> None:
        self._context, self._records, self._analyses = context, records, analyses
        today = context.clock.today()
        self._month = Span(whole(today, "month").start, today)
        self._before = _same_days(today)
        self._last = whole(self._before.start, "month")

    def find(self) -> list[Figure]:
        made: list[tuple[str, Callable[[], Figure]]] = [
            ("customers", self._new_customers), ("interactions", self._interactions), ("complaints", self._open),
            (SATISFACTION, self._satisfied),
        ]  # fmt: skip
        return [make() for area, make in made if self._context.may(area, "view")]

    def _new_customers(self) -> Figure:
        return self._counted("customers", "本月新增客户", "created_at")

    def _interactions(self) -> Figure:
        return self._counted("interactions", "本月往来", "date")

    def _counted(self, key: str, label: str, field: str) -> Figure:
        now = within(field, self._month)
        before = f"{self._count(key, within(field, self._before)):,}"
        return Figure(key, label, f"{self._count(key, now):,}", "上月同期", before, entity=key, conditions=(now,))

    def _open(self) -> Figure:
        unfiled = Condition("status", "!=", FILED)
        late = Condition("open_due_at", "<", self._context.clock.local_minute())
        number, note = self._count("complaints", unfiled), f"其中超期 {self._count('complaints', late):,}"
        before = f"{self._open_then():,}"
        return Figure("complaints", "未结投诉", f"{number:,}", "上月末", before, note, "complaints", (unfiled,))

    def _open_then(self) -> int:
        """How many were open when last month ended, by the steps they have taken since."""
        came = Query(conditions=(Condition("date", "<=", self._last.end),), order="id")
        ids = json.dumps(self._records["complaints"].ids(came).tolist())
        return int(self._context.db.value(OPEN_THEN, (ids, start_of_day(self._last.end, 1), FILED)))

    def _satisfied(self) -> Figure:
        now, before = self._share(self._month), self._share(self._last)
        return Figure(SATISFACTION, "本月满意率", _percent(now), "上月", _percent(before), share=now)

    def _share(self, span: Span) -> float | None:
        """(非常满意 + 满意) ÷ 已评价 of 反馈 and 投诉 together."""
        totals = [self._analyses.run(key, span.start, span.end).totals for key in SURVEYS]
        evaluated = sum(each["evaluated"] for each in totals)
        satisfied = sum(each["evaluated"] * (each["satisfied_share"] or 0) for each in totals)
        return satisfied / evaluated if evaluated else None

    def _count(self, key: str, condition: AnyCondition) -> int:
        return self._records[key].count(Query(conditions=(condition,))).n


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def _same_days(today: date) -> Span:
    """Of the month before, as many days as this one has had."""
    year, month = month_before(today.year, today.month)
    end = last_day(year, month)
    return Span(date(year, month, 1), end.replace(day=min(today.day, end.day)))
