"""The answer to an analysis: rows with their totals, the records behind each figure, and the charts of them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.analyses.groups import Groups, Key
from crm_desktop.errors import NotFound
from crm_desktop.models import ENTITIES, Query
from crm_desktop.models.analysis import TOTAL, Analysis, Dimension
from crm_desktop.models.periods import Span
from crm_desktop.models.query import AnyCondition
from crm_desktop.reports import Column, Table
from crm_desktop.reports.chart_spec import Chart

Row = dict[str, Any]
NO_DATA = "这段时间没有记录。"
GREY = "#9E9E9E"
"""Of what has no grade."""


@dataclass(frozen=True)
class AnalysisTable(ABC):
    """``rows`` carry ``group`` (its words), ``key`` (its raw value) and one value for each of ``columns``."""

    analysis: Analysis
    dimension: Dimension
    span: Span
    asked: tuple[AnyCondition, ...]
    """The filters, beside the period."""
    sentence: str
    """The question in words."""
    groups: Groups
    columns: Mapping[str, Column]
    """Key of a row's value → its heading and kind, in order; the first is ``group``."""
    rows: Sequence[Row]
    totals: Row

    @property
    def key(self) -> str:
        return self.analysis.key

    @property
    def title(self) -> str:
        return self.analysis.title

    @property
    def entity(self) -> str:
        """Whose list shows the records behind a figure."""
        return self.analysis.entity

    @property
    def start(self) -> str:
        return self.span.start.isoformat()

    @property
    def end(self) -> str:
        return self.span.end.isoformat()

    @property
    def group_by(self) -> str:
        return self.dimension.key

    @property
    def note(self) -> str:
        """The formula of the figures, to stand under them."""
        return self.analysis.note

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of the groups, as a chart has them."""
        return tuple(row["group"] for row in self.rows)

    def query(self, group: Key | None = None, grade: Key | None = None) -> Query:
        """The records behind a figure; see ``records``."""
        return self.records(group, grade)[1]

    def records(self, group: Key | None = None, grade: Key | None = None) -> tuple[str, Query]:
        """The records behind a figure: whose list shows them, and the Query that finds them.

        ``group`` is a row's ``key`` or ``group``, or None for all of them; ``grade`` a column's key, a grade's id or
        name, or None for the total. NotFound for others.
        """
        row = None if group is None else self._row(group)
        return self.entity, self._asking(self.entity, self._conditions(row, grade))

    def _asking(self, entity: str, conditions: tuple[AnyCondition, ...]) -> Query:
        return Query(conditions=conditions, order=ENTITIES[entity].order)

    @abstractmethod
    def _conditions(self, row: Row | None, grade: Key | None) -> tuple[AnyCondition, ...]:
        """What holds for the records of one cell."""

    @abstractmethod
    def charts(self) -> list[Chart]:
        """Everything the analysis shows, in order."""

    def report(self) -> Table:
        """The rows as a table for paper, workbook or CSV."""
        body = [[row.get(key) for key in self.columns] for row in self.rows]
        totals = [self.totals.get(key) for key in self.columns]
        return Table(self.title, list(self.columns.values()), body, totals=totals, heading_lines=(self.sentence,))

    def _row(self, group: Key) -> Row:
        for row in self.rows:
            if group in (row["key"], row["group"]):
                return row
        raise NotFound(f"{self.title}里没有“{group}”这一组。")


def headings(dimension: Dimension, columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns with the group's own before them."""
    return {"group": Column(dimension.label), **columns}


def total_row(values: Row) -> Row:
    return {"group": TOTAL, "key": None, **values}
