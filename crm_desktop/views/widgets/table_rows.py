"""The rows behind a table that shows a few of them: their source, the ones kept, the ones selected."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Row = dict[str, Any]
Cancelled = Callable[[], bool]
KEPT_ROWS = 600
"""Rows remembered beyond the visible ones, so that scrolling back asks for nothing."""


def never() -> bool:
    """Somebody waits for it in any case."""
    return False


@dataclass(frozen=True)
class TableColumn:
    """``width`` is in half-width characters; ``format(row)`` makes the text, else ``<key>_text`` or the
    value."""

    key: str
    label: str
    width: float = 12
    align: str = "left"
    is_visible: bool = True
    is_sortable: bool = True
    format: Callable[[Row], str] | None = None

    def text(self, row: Row) -> str:
        """One line for the cell."""
        if self.format:
            return self.format(row)
        value = row.get(f"{self.key}_text")
        if value is None:
            value = row.get(self.key)
        return "" if value is None else " ".join(str(value).split("\n"))


class TableSource(Protocol):
    """What a table asks. ``order`` is a column's key, with ``-`` for descending, "" for the natural order.

    ``first_page`` and ``rows`` answer at once, on the UI thread; ``ids`` is called in a worker thread.
    """

    def first_page(self, order: str) -> Sequence[Row] | None:
        """The first hundred rows or so; None when they would keep the window waiting: then the ids bring them."""

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[Any] | None:
        """The ids of all rows in order; None when the first page was everything. Once it is ``cancelled()``, nobody
        waits for them, and a long search may end with any error."""

    def rows(self, ids: Sequence[Any]) -> Sequence[Row]:
        """The rows with these ids, in any order; a vanished one is left out."""


class ListSource:
    """A short list that is in memory already; each row has an ``id``."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = list(rows)

    def first_page(self, order: str) -> Sequence[Row]:
        key = order.removeprefix("-")
        if not key:
            return self._rows
        return sorted(self._rows, key=lambda row: _sortable(row.get(key)), reverse=order.startswith("-"))

    def ids(self, order: str, cancelled: Cancelled = never) -> None:
        return None

    def rows(self, ids: Sequence[Any]) -> Sequence[Row]:
        wanted = set(ids)
        return [row for row in self._rows if row["id"] in wanted]


def _sortable(value: Any) -> tuple[bool, bool, Any]:
    is_text = not isinstance(value, int | float)
    return value is not None, is_text, str(value) if is_text else value


class LoadedRows:
    """The ids in order, and the rows that were read lately."""

    def __init__(self) -> None:
        self.ids: Sequence[Any] = ()
        self.is_waiting = False
        """Whether the ids are those of before, or none, because the first page takes long."""
        self._source: TableSource = ListSource(())
        self._rows: dict[Any, Row] = {}

    def start(self, source: TableSource, order: str, *, keeps_ids: bool = False) -> None:
        """Read the first page; with ``keeps_ids``, or when that takes long, the old ids stay until the new ones have
        come."""
        self._source = source
        page = source.first_page(order)
        self.is_waiting = page is None
        self._rows = {row["id"]: row for row in page or ()}
        if page is not None and (not keeps_ids or len(self.ids) <= len(page)):
            self.ids = [row["id"] for row in page]

    def take(self, ids: Sequence[Any] | None) -> None:
        """All ids have come; None: the first page was everything."""
        self.is_waiting = False
        if ids is not None:
            self.ids = ids

    def between(self, first: int, last: int) -> list[Row | None]:
        """The rows at these places, reading what is missing; None for one that has vanished."""
        wanted = list(self.ids[first:last])
        missing = [id for id in wanted if id not in self._rows]
        if missing:
            self._forget_old(wanted)
            self._rows.update((row["id"], row) for row in self._source.rows(missing))
        return [self._rows.get(id) for id in wanted]

    def read(self, ids: Sequence[Any]) -> list[Row]:
        """These rows, in this order, without remembering them."""
        found = {row["id"]: row for row in self._source.rows(ids)}
        return [found[id] for id in ids if id in found]

    def place(self, id: Any) -> int | None:
        """Where the id stands."""
        try:
            return self.ids.index(id)
        except ValueError:
            return None

    def _forget_old(self, wanted: Sequence[Any]) -> None:
        if len(self._rows) > KEPT_ROWS:
            self._rows = {id: self._rows[id] for id in wanted if id in self._rows}


class Selection:
    """Ids that are selected; "everything" is kept as everything but the exceptions."""

    def __init__(self) -> None:
        self._ids: set[Any] = set()
        self._is_inverted = False

    def __contains__(self, id: Any) -> bool:
        return (id in self._ids) != self._is_inverted

    def only(self, ids: Iterable[Any]) -> None:
        self._ids, self._is_inverted = set(ids), False

    def toggle(self, id: Any) -> None:
        self._ids ^= {id}

    def everything(self) -> None:
        self._ids, self._is_inverted = set(), True

    def count(self, total: int) -> int:
        return total - len(self._ids) if self._is_inverted else len(self._ids)

    def of(self, ids: Sequence[Any]) -> list[Any]:
        """The selected ids in the order of ``ids``."""
        if not self._ids:
            return list(ids) if self._is_inverted else []
        return [id for id in ids if id in self]

    def keep_those_in(self, ids: Sequence[Any]) -> None:
        """Forget what is no longer there."""
        self._ids = self._ids.intersection(ids)
