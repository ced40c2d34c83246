"""What a field is in a grid: its column, the words it offers, and the full list it can be picked from."""

from collections.abc import Sequence

from crm_desktop.models import ENTITIES
from crm_desktop.models.fields import Choice, Field, Flag, Options, Reference, Region
from crm_desktop.views.desk import Desk
from crm_desktop.views.record_picker import RecordPicker
from crm_desktop.views.region_picker import RegionPicker
from crm_desktop.views.widgets.grid_sheet import Cell, GridColumn, GridSheet

ALIGNED = {"right": "e", "center": "center"}


def grid_columns(desk: Desk, fields: Sequence[Field]) -> list[GridColumn]:
    """A column for each field; what must be filled has a star."""
    return [
        GridColumn(
            field.name,
            f"{field.label} *" if field.required and not field.is_made else field.label,
            field.width,
            ALIGNED.get(field.align, "w"),
            _choices(desk, field),
        )
        for field in fields
    ]


def _choices(desk: Desk, field: Field) -> Sequence[str]:
    match field:
        case Flag():
            return ("是", "否")
        case Options(options=words):
            return words
        case Choice(kind=kind):
            return [item["name"] for item in desk.office.dictionaries.items(kind, active_only=True)]
        case Reference(entity="operators"):
            return [row["full_name"] for row in desk.office.operators.active()]
    return ()


def is_picked(field: Field | None) -> bool:
    """Whether a list stands behind a cell."""
    return isinstance(field, Reference | Region | Choice | Options | Flag)


def pick_cell(desk: Desk, sheet: GridSheet, field: Field) -> None:
    """Choose the value of the cell with the cursor from the full list."""
    place = sheet.current
    if place is None:
        return
    if isinstance(field, Region):
        RegionPicker(sheet, desk, lambda code: _put(sheet, place, desk.office.regions.get(code)["full_name"])).ask()
    elif isinstance(field, Reference):
        entity = ENTITIES[field.entity]
        name = entity.unique[0] if entity.unique else entity.title
        reader, typed = getattr(desk.office, entity.key), sheet.rows()[place[0]][place[1]]

        def take(record: int) -> None:
            _put(sheet, place, str(reader.rows([record], [name])[0][name]))

        RecordPicker(sheet, desk, entity, take, text=typed).ask()


def _put(sheet: GridSheet, place: Cell, text: str) -> None:
    sheet.set_cell(*place, text)
    sheet.go_to(*place)
