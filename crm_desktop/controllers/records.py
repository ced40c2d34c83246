"""An entity's records as a table for paper or a workbook, read in batches while it is written."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.controllers.base import EntityReader, Record
from crm_desktop.errors import ReportError
from crm_desktop.models import Entity, Query
from crm_desktop.models.fields import Date, Field, Integer, Money, Timestamp
from crm_desktop.reports import Column, Table

Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]
BATCH = 500


def record_table(
    reader: EntityReader, title: str, query: Query, columns: Sequence[str], ids: Sequence[int] | None = None
) -> Table:
    """The records of a query, or of given ids in their order."""
    entity = reader.entity
    chosen = list(ids) if ids is not None else list(reader.ids(query))
    return Table(
        title=title,
        columns=[Column(entity[name].label, kind=kind_of(entity[name])) for name in columns],
        rows=(
            [shown(entity, record, name) for name in columns]
            for batch in batches(chosen)
            for record in reader.rows(batch, columns)
        ),
        subtitle=f"共 {len(chosen):,} 条",
    )


def save_table(
    table: Table, path: Path, on_progress: Progress | None = None, cancelled: Cancelled | None = None
) -> None:
    """Write a workbook or a CSV file, chosen by the name's ending."""
    match path.suffix.lower():
        case ".xlsx":
            from crm_desktop.reports.workbook import save_workbook  # openpyxl loads only for a workbook

            save_workbook(table, path, on_progress=on_progress, cancelled=cancelled)
        case ".csv":
            from crm_desktop.reports.csv_file import save_csv  # beside its sibling

            save_csv(table, path, on_progress=on_progress, cancelled=cancelled)
        case _:
            raise ReportError("请保存为 .xlsx 或 .csv 文件。")


def kind_of(field: Field) -> str:
    """How a report shows a field."""
    match field:
        case Money(in_wan=True):
            return "wan"
        case Money():
            return "money"
        case Integer():
            return "integer"
        case Date():
            return "date"
        case Timestamp():
            return "datetime"
    return "text"


def shown(entity: Entity, record: Record, name: str) -> Any:
    """Numbers and dates stay raw, for the report to format; everything else is its words."""
    return record[name] if kind_of(entity[name]) != "text" else record[f"{name}_text"]


def batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
