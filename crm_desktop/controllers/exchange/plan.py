"""What an import would do: each row's fate, what is wrong with it, and what the clerk must decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from crm_desktop.controllers.exchange import headers
from crm_desktop.controllers.exchange.tables import Table

Mode = Literal["add", "update", "skip"]
Fate = Literal["add", "update", "skip", "bad"]
Action = Literal["add", "map", "blank"]
CONTACT = "contact."
"""Before the field of a contact that shares a row with its customer."""
SHOWN_ERRORS = 1000
PEOPLE = "operators"
"""The kind of an unknown word that names no operator."""


class Problem(NamedTuple):
    """A bad cell: the sheet's own row number, the column's heading, and why."""

    row: int
    column: str
    reason: str


@dataclass(slots=True)
class PlannedRow:
    """One row of the file: the values read from it, and what will become of it."""

    number: int
    values: dict[str, str]
    """Field path → cleaned text, as the clerk sees it; empty cells are absent."""
    cells: Sequence[object]
    """The row as it stands in the file, to write bad rows back."""
    fate: Fate = "add"
    record: dict[str, Any] = field(default_factory=dict)
    """Accepted raw values of the record itself: of a new one those that are not blank, else those that change."""
    given: dict[str, Any] | None = None
    """What the record was accepted from, when it must be accepted again because words of it are pending."""
    contact: dict[str, Any] = field(default_factory=dict)
    """The same of the contact in this row, empty when there is none to write."""
    target: int | None = None
    """The existing record that this row updates or skips."""
    contact_target: int | None = None
    """The existing contact that this row updates."""
    same_as: int | None = None
    """Number of the earlier row that holds the same customer; this one only adds a contact."""
    pending: dict[str, str] = field(default_factory=dict)
    """Field path → a word that the office does not know yet."""
    problems: dict[str, str] = field(default_factory=dict)
    """Field path → why this cell cannot be imported."""
    notes: list[str] = field(default_factory=list)
    """A region that was proposed, cells that are not used: worth knowing, no obstacle."""
    duplicates: list[str] = field(default_factory=list)
    """What this new record may be a duplicate of."""


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
