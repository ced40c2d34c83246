"""Fills the paper of one record: its words in the declared cells, what belongs to it in tables below."""

from collections.abc import Iterator, Mapping
from typing import Any

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.flows import FlowController
from crm_desktop.controllers.records import kind_of, shown
from crm_desktop.models import Condition, Entity, Query
from crm_desktop.models.papers import PaperCell, PaperForm, PaperLines
from crm_desktop.reports import Column, Table
from crm_desktop.reports.paper import Paper, Part
from crm_desktop.reports.paper_layout import Cell

COUNTED = ("wan", "money", "integer")
"""Kinds of fields whose note is their unit."""
COURSE_COLUMNS = {"at_text": "时间", "label": "步骤", "operator": "经办人", "remark": "说明"}


def fill_paper(
    context: Context, records: Mapping[str, EntityController], form: PaperForm, record: int, **around: Any
) -> Paper:
    """The paper of a record that the operator may see; ``around`` is who prints it when."""
    controller = records[form.entity.key]
    values = controller.get(record)
    return Paper(
        form.title,
        [Part(part.heading, [_cell(form.entity, values, each) for each in part.cells]) for part in form.parts],
        list(_tables(context, records, form, record)),
        form.signatures,
        name=_name(form.entity, values),
        **around,
    )


def _name(entity: Entity, values: Record) -> str:
    """What the record is called; a name with the number beside it."""
    number = next((values[name] for name in entity.unique if name != entity.title), "")
    return f"{values[entity.title]} {number}".strip()


def _cell(entity: Entity, values: Record, cell: PaperCell) -> Cell:
    field, words = entity[cell.field], values[f"{cell.field}_text"]
    unit = f" {field.note}" if words and field.note and kind_of(field) in COUNTED else ""
    return Cell(field.label, f"{words}{unit}", cell.span, cell.least_lines)


def _tables(
    context: Context, records: Mapping[str, EntityController], form: PaperForm, record: int
) -> Iterator[Table]:
    """Those that have rows, and that the operator may see."""
    for lines in form.lines:
        if context.may(lines.entity, "view"):
            yield from _filled(_lines(records[lines.entity], lines, record))
    flow = records[form.entity.key]
    if form.course and isinstance(flow, FlowController):
        columns = [Column(label) for label in COURSE_COLUMNS.values()]
        rows = [[step[name] for name in COURSE_COLUMNS] for step in flow.course(record)]
        yield from _filled(Table(form.course, columns, rows))


def _filled(table: Table) -> Iterator[Table]:
    if table.rows:
        yield table


def _lines(reader: EntityController, lines: PaperLines, record: int) -> Table:
    entity = reader.entity
    assert entity.owner_reference is not None
    mine = Condition(entity.owner_reference.name, "=", record)
    page = reader.search(Query(conditions=(mine,), order=lines.order, limit=lines.limit), lines.columns)
    columns = [Column(entity[name].label, kind=kind_of(entity[name])) for name in lines.columns]
    return Table(lines.heading, columns, [[shown(entity, row, name) for name in lines.columns] for row in page.rows])
