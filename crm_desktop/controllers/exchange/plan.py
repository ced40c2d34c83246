"""What an import would do: each row's fate, what is wrong with it, and what the clerk must decide."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from crm_desktop.controllers.exchange import headers
from crm_desktop.controllers.exchange.planned_row import Fate, PlannedRow
from crm_desktop.controllers.exchange.tables import Table

Mode = Literal["add", "update", "skip"]
Action = Literal["add", "map", "blank"]
SHOWN_ERRORS = 1000
PEOPLE = "operators"
"""The kind of an unknown word that names no operator."""


class Problem(NamedTuple):
    """A bad cell: the sheet's own row number, the column's heading, and why."""

    row: int
    column: str
    reason: str


@dataclass
class UnknownWord:
    """A word that no dictionary has, or that names no operator; ``action`` is what the clerk decided."""

    kind: str
    label: str
    value: str
    can_add: bool
    action: Action
    target: int | None = None
    """The item or operator it stands for, when ``action`` is map."""
    count: int = 0


@dataclass
class ImportPreview:
    """Everything ``run`` needs; nothing is written until then."""

    entity: str
    path: Path
    mode: Mode
    table: Table
    mapping: headers.Mapping
    rows: list[PlannedRow]
    errors: list[Problem]
    """The first thousand bad cells."""
    error_count: int
    unknown: list[UnknownWord]
    seen: int
    """The newest change of the office's data that the plan knows of."""

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @property
    def headers(self) -> list[str]:
        return list(self.table.headers)

    @property
    def columns(self) -> dict[int, str]:
        """Column of the sheet, counted from 0 → field path (``contact.mobile`` in a customer's row)."""
        return {column.index: column.field for column in self.mapping.columns}

    @property
    def ignored(self) -> list[str]:
        """Headings of columns that go nowhere, and why."""
        return [f"{each.header}（{each.reason}）" for each in self.mapping.ignored]

    @property
    def left_out(self) -> list[tuple[int, str]]:
        """Rows that are no records (totals, remarks), and why."""
        return [(each.number, each.reason) for each in self.table.skipped]

    def count(self, fate: Fate) -> int:
        """Rows with this fate."""
        return sum(row.fate == fate for row in self.rows)

    @property
    def added(self) -> int:
        """Records that will be new; several rows may hold one customer."""
        return sum(row.fate == "add" and row.same_as is None for row in self.rows)

    @property
    def contacts(self) -> int:
        """Contacts that will be written together with customers."""
        return sum(bool(row.contact) and row.fate in ("add", "update") for row in self.rows)

    def agrees_with(self, later: "ImportPreview") -> bool:
        """Whether a later plan of the same file does to every row what this one said it would."""
        known = {(word.kind, word.value) for word in self.unknown}
        return [_outcome(row) for row in self.rows] == [_outcome(row) for row in later.rows] and all(
            (word.kind, word.value) in known for word in later.unknown
        )


def _outcome(row: PlannedRow) -> tuple[Any, ...]:
    return row.number, row.fate, row.target, row.contact_target, row.same_as, list(row.problems)


@dataclass(frozen=True)
class ImportResult:
    """What an import did; ``operation`` names it in the log."""

    added: int
    updated: int
    skipped: int
    bad: int
    contacts: int
    operation: int
