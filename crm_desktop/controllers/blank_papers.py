"""Makes blank forms: a box to tick for each word of a short list, room to write for the rest, the unit at its end."""

from typing import Any

from crm_desktop.controllers.papers import COUNTED
from crm_desktop.controllers.records import kind_of
from crm_desktop.db.connection import Connections
from crm_desktop.models.blank_forms import MOST_CHOICES, BlankForm, BlankLines
from crm_desktop.models.field import Field
from crm_desktop.models.fields import Choice, Flag, Note, Options
from crm_desktop.models.papers import WHOLE, PaperCell
from crm_desktop.reports import Column, Table
from crm_desktop.reports.paper import Paper, Part
from crm_desktop.reports.paper_layout import BETWEEN, Cell

ITEMS = """SELECT name FROM dictionary_items WHERE kind = ? AND is_active = 1 AND deleted_at IS NULL
 ORDER BY position, id"""
NARROW, MIDDLING = 13, 32
"""Characters that a cell of one pair, and of two, has room for in a line."""
NOTE_LINES = 3
WRITING_HEIGHT = 7.5  # mm: what a hand needs
MM_A_CHARACTER = 1.4


def blank_paper(db: Connections, form: BlankForm, **around: Any) -> Paper:
    """The form with nothing filled in; ``around`` is the office and who printed it when."""
    return Paper(
        form.title,
        [Part(part.heading, [_cell(db, form, each) for each in part.cells]) for part in form.parts],
        [_table(lines) for lines in form.lines],
        form.signatures,
        least_height=WRITING_HEIGHT,
        leaves_house=True,
        **around,
    )


def _cell(db: Connections, form: BlankForm, cell: PaperCell) -> Cell:
    field = form.entity[cell.field]
    unit = field.note if kind_of(field) in COUNTED else ""
    text, span = unit or _choices(db, field), cell.span
    if len(text) > NARROW and span != WHOLE:
        span = max(span, 2) if len(text) <= MIDDLING else WHOLE
    lines = NOTE_LINES if isinstance(field, Note) else 1
    return Cell(field.label, text, span, lines, is_unit=bool(unit), is_choices=bool(text and not unit))


def _choices(db: Connections, field: Field) -> str:
    """What is to be ticked; "" where it is to be written."""
    match field:
        case Flag():
            words = ["是", "否"]
        case Options(options=options):
            words = list(options)
        case Choice(kind=kind):
            words = [row["name"] for row in db.query(ITEMS, (kind,))]
        case _:
            return ""
    return BETWEEN.join(f"□{word}" for word in words) if len(words) <= MOST_CHOICES else ""


def _table(lines: BlankLines) -> Table:
    fields = [lines.entity[name] for name in lines.columns]
    columns = [Column(field.label, field.width * MM_A_CHARACTER) for field in fields]
    return Table(lines.heading, columns, [[""] * len(columns) for _ in range(lines.rows)])
