"""Brings records into the groups of a printed list, with a heading above and a subtotal below each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.controllers.base import EntityReader
from crm_desktop.controllers.records import batches, record_table, totals_row
from crm_desktop.models import Query
from crm_desktop.models.list_design import ListDesign
from crm_desktop.reports import Table
from crm_desktop.reports.spec import Band

NOTHING = "（空）"


def designed_table(reader: EntityReader, title: str, ids: Sequence[int], design: ListDesign) -> Table:
    """The records of these ids, in the design's groups and within them in their order."""
    names = design.names
    groups = [_Group(reader, name, ids) for name in design.groups]
    ordered = _in_groups(ids, groups)
    table = record_table(reader, design.title or title, Query(), names, ordered)
    widths = [width or None for _, width in design.columns]
    columns = [replace(column, width_mm=width) for column, width in zip(table.columns, widths, strict=True)]
    bands, subtotals = _breaks(reader, ordered, groups, names, design.has_subtotals)
    totals = totals_row(reader, ordered, names)
    return replace(table, columns=columns, totals=totals, bands=bands, subtotals=subtotals)


class _Group:
    """The value of one field for every record, and where each value comes in the field's own order."""

    def __init__(self, reader: EntityReader, name: str, ids: Sequence[int]) -> None:
        self.label = reader.entity[name].label
        self.texts = {
            row["id"]: str(row[f"{name}_text"]) or NOTHING
            for batch in batches(ids)
            for row in reader.rows(batch, (name,))
        }
        everywhere = reader.ids(Query(order=name))  # dictionary items by position, names by pinyin
        self.places: dict[str, int] = {}
        for record in everywhere:
            if record in self.texts:
                self.places.setdefault(self.texts[record], len(self.places))
        self.places[NOTHING] = len(self.places)  # what is not known comes last

    def place(self, record: int) -> int:
        return self.places[self.texts[record]]


def _in_groups(ids: Sequence[int], groups: Sequence[_Group]) -> list[int]:
    present = [record for record in ids if all(record in group.texts for group in groups)]
    return sorted(present, key=lambda record: tuple(group.place(record) for group in groups)) if groups else list(ids)


def _breaks(
    reader: EntityReader, ids: Sequence[int], groups: Sequence[_Group], names: Sequence[str], has_subtotals: bool
) -> tuple[dict[int, list[Band]], dict[int, list[list[Any]]]]:
    """Bands by the row they stand before, subtotals by the row they stand after, inner groups first."""
    bands: dict[int, list[Band]] = {}
    subtotals: dict[int, list[list[Any]]] = {}
    for level in range(len(groups) - 1, -1, -1):
        for start, end in _runs(ids, groups[: level + 1]):
            text = groups[level].texts[ids[start]]
            bands.setdefault(start, []).insert(0, Band(f"{groups[level].label}：{text}（{end - start} 条）", level))
            added = totals_row(reader, ids[start:end], names, f"{text} 小计") if has_subtotals else None
            if added is not None:
                subtotals.setdefault(end - 1, []).append(added)
    return bands, subtotals


def _runs(ids: Sequence[int], groups: Sequence[_Group]) -> Iterator[tuple[int, int]]:
    """Where each stretch of rows with the same values begins and ends."""
    start = 0
    for place in range(1, len(ids) + 1):
        if place == len(ids) or any(group.texts[ids[place]] != group.texts[ids[start]] for group in groups):
            yield start, place
            start = place

