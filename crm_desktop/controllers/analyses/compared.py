"""两者对比: what those who gave 反馈 think beside what those who made 投诉 think."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.controllers.analyses.groups import Key
from crm_desktop.controllers.analyses.satisfaction import SatisfactionTable
from crm_desktop.controllers.analyses.tables import GREY, NO_DATA, AnalysisTable, Row
from crm_desktop.models import Query
from crm_desktop.models.analysis import NOT_EVALUATED
from crm_desktop.models.query import AnyCondition
from crm_desktop.reports import Column
from crm_desktop.reports.chart_spec import Chart, Kind, Series, Unit

WORDS = {"feedback": "反馈", "complaints": "投诉"}
MEASURES = {"total": ("数", "integer"), "satisfied_share": ("满意率", "percent"), "mean": ("平均分", "score")}
COLUMNS = {
    f"{entity}_{key}": Column(word + label, kind=kind)
    for entity, word in WORDS.items()
    for key, (label, kind) in MEASURES.items()
}


@dataclass(frozen=True)
class ComparedTable(AnalysisTable):
    parts: Mapping[str, SatisfactionTable]
    """Entity → its own table."""

    def records(self, group: Key | None = None, grade: Key | None = None) -> tuple[str, Query]:
        """Also for 反馈 and 投诉 as ``grade``, without one the complaints; and for a grade of either as ``group``."""
        for each, word in WORDS.items():
            if group == word:
                return self.parts[each].records(None, grade)
        entity = next((each for each, word in WORDS.items() if str(grade).startswith((each, word))), self.entity)
        return entity, self._asking(entity, self._conditions_of(entity, group))

    def _conditions(self, row: Row | None, grade: Key | None) -> tuple[AnyCondition, ...]:
        _, query = self.records(None if row is None else row["key"], grade)
        return tuple(query.conditions)

    def _conditions_of(self, entity: str, group: Key | None) -> tuple[AnyCondition, ...]:
        return self.parts[entity]._conditions(None if group is None else self._row(group), None)

    def charts(self) -> list[Chart]:
        drawn = {"share_trend": self._shares, "mean_trend": self._means, "grades_compared": self._grades}
        return [drawn[key]() for key in self.analysis.charts]

    def _shares(self) -> Chart:
        return self._side_by_side("satisfied_share", "满意率", "percent")

    def _means(self) -> Chart:
        return self._side_by_side("mean", "平均分", "score")

    def _side_by_side(self, key: str, title: str, unit: Unit) -> Chart:
        series = tuple(
            Series(word, tuple(row[f"{entity}_{key}"] for row in self.rows), unit=unit)
            for entity, word in WORDS.items()
        )
        kind: Kind = "line" if self.dimension.is_time else "bars"
        heading = title if self.dimension.is_time else f"各{self.dimension.label}的{title}"
        is_evaluated = any(table.totals["evaluated"] for table in self.parts.values())
        return Chart(kind, heading, self.labels, series, self.note, "" if is_evaluated else self._why_nothing())

    def _why_nothing(self) -> str:
        missing = [message for table in self.parts.values() if (message := table.missing) != NO_DATA]
        return missing[0] if missing else NO_DATA

    def _grades(self) -> Chart:
        """How each of both divides into the grades."""
        totals = [table.totals for table in self.parts.values()]
        grades = {each.name: each.colour for table in self.parts.values() for each in table.grades}
        series = tuple(
            Series(name, tuple(each.get(name, 0) for each in totals), colour)
            for name, colour in {**grades, NOT_EVALUATED: GREY}.items()
        )
        message = "" if any(each["total"] for each in totals) else NO_DATA
        return Chart("stacked", "反馈与投诉的满意程度", tuple(WORDS.values()), series, message=message)


def figures(rows: Mapping[str, Row]) -> Row:
    """The values of a row: those of both parts, by name."""
    return {f"{entity}_{key}": row[key] for entity, row in rows.items() for key in MEASURES}
