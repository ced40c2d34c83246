"""What an import would do: each row's fate, what is wrong with it, and what the clerk must decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

Mode = Literal["add", "update", "skip"]
Fate = Literal["add", "update", "skip", "bad"]
SHOWN_ERRORS = 1000


class Problem(NamedTuple):
    """A bad cell: the sheet's own row number, the column's heading, and why."""

    row: int
    column: str
    reason: str


@dataclass
class PlannedRow:
    """One row of the file: the values read from it, and what will become of it."""

    number: int
    values: dict[str, Any]
    """Field path → cleaned text, as the clerk sees it."""
    cells: Sequence[object]
    """The row as it stands in the file, to write bad rows back."""
    fate: Fate = "add"
    record: dict[str, Any] = field(default_factory=dict)
    """Accepted raw values of the record itself."""
    contact: dict[str, Any] = field(default_factory=dict)
    """Accepted raw values of the contact in the same row, empty when there is none."""
    target: int | None = None
    """The existing record this row updates, skips, or adds its contact to."""
    same_as: int | None = None
    """Row number of the earlier row that has the same customer."""
    pending: dict[str, str] = field(default_factory=dict)
    """Field path → a word that no dictionary has yet."""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Possible duplicate, proposed region: worth a look, no obstacle."""


@dataclass
class UnknownValue:
    """A word no dictionary has; ``action`` is add, map (to ``target``) or blank."""

    field: str
    label: str
    kind: str
    value: str
    count: int
    action: Literal["add", "map", "blank"] = "add"
    target: int | None = None


@dataclass
class ImportPreview:
    """Everything ``run`` needs; nothing is written until then."""

    entity: str
    path: Path
    sheet: str
    mode: Mode
    headers: list[str]
    columns: dict[int, str]
    """Column of the sheet, counted from 0 → field path (``contact.mobile`` for the contact in a customer's row)."""
    labels: dict[str, str]
    """Field path → the words for it on screen."""
    rows: list[PlannedRow]
    errors: list[Problem]
    """The first thousand bad cells."""
    error_count: int
    unknown: list[UnknownValue]
    ignored: list[str]
    """Headings of columns that go nowhere, and why."""
    left_out: list[tuple[int, str]]
    """Rows that are no records (totals, remarks), and why."""

    def count(self, fate: Fate) -> int:
        return sum(row.fate == fate for row in self.rows)


@dataclass(frozen=True)
class ImportResult:
    """What an import did; ``operation`` names it in the log."""

    added: int
    updated: int
    skipped: int
    bad: int
    contacts: int
    operation: int
