"""An entity's records as a table for paper or a workbook, read in batches while it is written."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.controllers.base import EntityReader, Record
from crm_desktop.errors import ReportError
from crm_desktop.models import Entity, Query
from crm_desktop.models.fields import Date, DateTime, Discount, Field, Integer, Money, Quantity, Timestamp
from crm_desktop.reports import Column, Table
from crm_desktop.reports.document import Cancelled, OnProgress
from crm_desktop.reports.listing import Listing

DATA_FILES = (".xlsx", ".csv")
BATCH = 500


class Rows:
    """What a report shows of records, read from the database each time it is gone through."""

    def __init__(self, reader: EntityReader, ids: Sequence[int], columns: Sequence[str]) -> None:
        self._reader = reader
        self._ids = ids
        self._columns = columns

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[list[Any]]:
        entity = self._reader.entity
        for batch in batches(self._ids):
            for record in self._reader.rows(batch, self._columns):
                yield [shown(entity, record, name) for name in self._columns]


def record_table(
    reader: EntityReader, title: str, query: Query, columns: Sequence[str], ids: Sequence[int] | None = None
) -> Table:
    """The records of a query, or of given ids in their order."""
    entity = reader.entity
    chosen = reader.ids(query) if ids is None else ids
    shown_columns = [Column(entity[name].label, kind=kind_of(entity[name])) for name in columns]
    return Table(title, shown_columns, Rows(reader, chosen, columns))


def totals_row(
    reader: EntityReader, ids: Sequence[int], columns: Sequence[str], word: str = "合计"
) -> list[Any] | None:
    """合计 of what a list shows and its entity adds up; None when there is nothing to add or no room for the word."""
    entity = reader.entity
    added = [name for name in entity.totals if name in columns]
    place = next((name for name in columns if kind_of(entity[name]) in ("text", "date", "datetime")), None)
    if not added or place is None or not len(ids):
        return None
    row: Record = {place: word, **dict.fromkeys(added, 0)}
    for batch in batches(ids):
        for record in reader.rows(batch, added):
            for name in added:
                row[name] += record[name] or 0
    return [row.get(name) for name in columns]


def save_table(
    table: Table, path: Path, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None, **around: Any
) -> None:
    """Write a workbook or a CSV file, chosen by the name's ending; ``around`` says whose it is."""
    if path.suffix.lower() not in DATA_FILES:
        raise ReportError("请保存为 .xlsx 或 .csv 文件。")
    Listing(table, **around).save(path, on_progress, cancelled)


def kind_of(field: Field) -> str:
    """How a report shows a field."""
    match field:
        case Money(in_wan=True):
            return "wan"
        case Money():
            return "money"
        case Quantity():
            return "quantity"
        case Integer() | Discount():
            return "integer"
        case Date():
            return "date"
        case Timestamp() | DateTime():
            return "datetime"
    return "text"


def shown(entity: Entity, record: Record, name: str) -> Any:
    """Numbers and dates stay raw, for the report to format; everything else is its words (times are local ones)."""
    return record[f"{name}_text"] if kind_of(entity[name]) in ("text", "datetime") else record[name]


def batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
