"""One row of an import as it is planned; there may be a million, so it keeps no container that is empty."""

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from crm_desktop.models import Entity

Fate = Literal["add", "update", "skip", "bad"]
CONTACT = "contact."
"""Before the field of a contact that shares a row with its customer."""
Shared = dict[tuple[str, ...], tuple[str, ...]]
"""Each combination of names once, for all rows that have it."""


class Kept(Mapping[str, Any]):
    """Values by name in a third of a dict's room: the names are shared with other rows."""

    __slots__ = ("_names", "_values")

    def __init__(self, given: Mapping[str, Any], shared: Shared) -> None:
        names = tuple(given)
        self._names = shared.setdefault(names, names)
        self._values = tuple(given.values())

    def __getitem__(self, name: str) -> Any:
        try:
            return self._values[self._names.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def items(self) -> ItemsView[str, Any]:
        return dict(zip(self._names, self._values, strict=True)).items()


NOTHING: Mapping[str, Any] = MappingProxyType({})


def nothing() -> Mapping[str, Any]:
    """The one empty mapping."""
    return NOTHING


@dataclass(slots=True)
class PlannedRow:
    """The values read from a row of the file, and what will become of it."""

    number: int
    values: Mapping[str, str]
    """Field path → cleaned text, as the clerk sees it; empty cells are absent."""
    cells: Sequence[object]
    """The row as it stands in the file, to write bad rows back."""
    fate: Fate = "add"
    record: Mapping[str, Any] = field(default_factory=nothing)
    """Accepted raw values of the record itself: of a new one those that are not blank, else those that change."""
    given: dict[str, Any] | None = None
    """What the record was accepted from, when it must be accepted again because words of it are pending."""
    contact: Mapping[str, Any] = field(default_factory=nothing)
    """The same of the contact in this row, empty when there is none to write."""
    target: int | None = None
    """The existing record that this row updates or skips."""
    contact_target: int | None = None
    """The existing contact that this row updates."""
    same_as: int | None = None
    """Number of the earlier row that holds the same customer; this one only adds a contact."""
    pending: Mapping[str, str] = field(default_factory=nothing)
    """Field path → a word that the office does not know yet."""
    problems: Mapping[str, str] = field(default_factory=nothing)
    """Field path → why this cell cannot be imported."""
    notes: tuple[str, ...] = ()
    """A region that was proposed, cells that are not used: worth knowing, no obstacle."""
    duplicates: tuple[str, ...] = ()
    """What this new record may be a duplicate of."""

    def wait_for(self, path: str, word: str) -> None:
        self.pending = {**self.pending, path: word}

    def refuse(self, path: str, reason: str) -> None:
        self.problems = {**self.problems, path: reason}

    def note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)

    def doubt(self, sentence: str) -> None:
        self.duplicates = (*self.duplicates, sentence)


def whole(entity: Entity, record: Mapping[str, Any]) -> dict[str, Any]:
    """A new record with all its fields, of which the plan keeps those that are not blank."""
    known = entity.blank
    known.update(record.items())
    return known
