"""A sheet before it is imported: its columns with some of their values, and the fields they may go into."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crm_desktop.controllers.exchange import headers
from crm_desktop.controllers.exchange.aliases import ALIASES
from crm_desktop.controllers.exchange.cells import text
from crm_desktop.controllers.exchange.plan import Mode
from crm_desktop.controllers.exchange.record_matching import matcher_of
from crm_desktop.controllers.exchange.sheets import is_blank
from crm_desktop.controllers.exchange.tables import Table
from crm_desktop.models import ENTITIES

SAMPLES = 3
SAMPLED_ROWS = 200


@dataclass(frozen=True)
class SheetColumn:
    """One column of the file: where it stands (from 0), its heading, its first values, its likely field."""

    index: int
    header: str
    samples: tuple[str, ...]
    field: str | None
    note: str = ""
    """Why it is left out, when it is."""


@dataclass(frozen=True)
class SheetLayout:
    """What the clerk maps; ``is_remembered`` when the fields are those chosen for these headings last time."""

    sheet: str
    columns: tuple[SheetColumn, ...]
    row_count: int
    is_remembered: bool


def layout(table: Table, mapping: headers.Mapping, is_remembered: bool) -> SheetLayout:
    """The columns of a table under a first mapping."""
    fields = {column.index: column.field for column in mapping.columns}
    reasons = {column.index: column.reason for column in mapping.ignored}
    columns = tuple(
        SheetColumn(index, header, _samples(table, index), fields.get(index), reasons.get(index, ""))
        for index, header in enumerate(table.headers)
        if header.strip()
    )
    return SheetLayout(table.sheet, columns, len(table.rows), is_remembered)


def _samples(table: Table, index: int) -> tuple[str, ...]:
    filled = (text(row.cells[index]) for row in table.rows[:SAMPLED_ROWS] if not is_blank(row.cells[index]))
    return tuple(dict.fromkeys(each for each in filled if each))[:SAMPLES]


def fields(entity: str) -> Sequence[tuple[str, str]]:
    """(field path, label) of everything a column may go into, in the order of the form."""
    own = list(ENTITIES[entity].writable)
    paths = ALIASES[entity]
    return [(path, headers.label(entity, path)) for path in sorted(paths, key=lambda path: _place(path, own))]


def missing(entity: str, mapped: Collection[str], mode: Mode | str) -> list[str]:
    """The fields without a column although nothing can be imported without them.

    A record referred to may be named by its code instead; to update, what identifies a record is enough.
    """
    declared = ENTITIES[entity]
    if mode == "update" and any(name in mapped for name in declared.unique):
        return []
    needed = [each.name for each in declared.fields if each.required and not each.is_made and each.default is None]
    return [name for name in needed if not any(path in mapped for path in (name, f"{name}.code"))]


def modes(entity: str) -> Sequence[Mode]:
    """What may happen to records that exist already; only what identifies them lets them be updated."""
    return matcher_of(entity).modes


def exported(entity: str) -> list[str]:
    """Every field of a record, and what names its customer without doubt when two share a name."""
    declared = ENTITIES[entity]
    code = ["customer_code"] if declared.owner_reference and "customer_code" in declared.by_name else []
    return [*(field.name for field in declared.fields), *code]


def _place(path: str, own: Sequence[str]) -> tuple[bool, int, str]:
    """A record's own fields come first, each followed by its parts (region.city)."""
    name, is_contacts = path.removeprefix("contact."), path.startswith("contact.")
    order = list(ENTITIES["contacts"].writable) if is_contacts else own
    return is_contacts, order.index(name.split(".")[0]), ""
