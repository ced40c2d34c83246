"""The arithmetic of a printed list: column widths from their content, wrapped cells, rows on pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from crm_desktop.models.line_breaks import tokens
from crm_desktop.reports.fonts import INVISIBLE
from crm_desktop.reports.linebreak import fill
from crm_desktop.reports.pdf import MM
from crm_desktop.reports.spec import Column

SIZES = (9.0, 8.0, 7.0, 6.0)  # pt: the first in which no number or word has to be cut
PADDING = 1.5  # mm left and right of a cell's text
SPACE_ABOVE = 1.2  # mm above and below it
LEADING = 1.35
LARGEST_STRETCH = 2.0  # a narrow table is widened by no more than this
TALL, FEWEST_LINES = 12, 3  # a row of so many lines may be cut, leaving at least so many before the cut
SAMPLE = 300  # rows looked at for words that must not be cut

Cells = tuple[str, ...]
Wrapped = list[list[str]]


class Slice(NamedTuple):
    """A row, or the part of a very tall one, as it stands on a page: the lines of each cell.

    ``kind`` is "row", "band" (one cell across all columns), "subtotal" or "totals"; ``level`` that of a band.
    """

    cells: Wrapped
    lines: int
    kind: str = "row"
    level: int = 0


def shown_cells(columns: Sequence[Column], row: Sequence[object]) -> Cells:
    return tuple(printable(column.shown(value)) for column, value in zip(columns, row, strict=True))


def printable(text: str) -> str:
    """The text without what cannot be drawn; its lines stay."""
    return text if text.isprintable() else INVISIBLE.sub("", text.replace("\t", " "))


def wrapped(text: str, limit: float, advance: Mapping[str, float]) -> list[str]:
    """The lines of a text in a cell ``limit`` em wide; line ends that were typed are kept."""
    if "\n" in text or "\r" in text:
        return [line for part in text.splitlines() for line in fill(part, limit, advance) or [""]]
    if sum(map(advance.__getitem__, text)) <= limit:
        return [text]
    return fill(text, limit, advance)


class Measure:
    """Column widths for a table and the wrapping that follows from them."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Cells],
        available: float,
        advance: Mapping[str, float],
        largest_stretch: float = LARGEST_STRETCH,
    ) -> None:
        self.columns = columns
        self.advance = advance
        self.available = available
        labels = tuple(column.label for column in columns)
        self.natural = [self._longest(column) for column in zip(*rows, labels, strict=True)]
        whole = [self._longest_word(column) for column in zip(*islice(rows, SAMPLE), labels, strict=True)]
        self.least = [
            word if column.kind == "text" else natural
            for column, word, natural in zip(columns, whole, self.natural, strict=True)
        ]
        self.size = next((size for size in SIZES if sum(self._outer(self.least, size)) <= available), SIZES[-1])
        self.widths = self._widths(largest_stretch if rows else available)

    @property
    def is_roomy(self) -> bool:
        """Whether every cell stands on one line in the largest type."""
        return sum(self._outer(self.natural, SIZES[0])) <= self.available

    def band(self, text: str, level: int) -> Slice:
        """A heading across all columns."""
        room = (sum(self.widths) - 2 * PADDING) * MM / self.size - level
        broken = wrapped(text, room, self.advance)
        return Slice([broken], len(broken), "band", level)

    def wrap(self, cells: Cells, kind: str = "row") -> Slice:
        """Break each cell at its column's width; no character is lost."""
        broken = [
            wrapped(text, (width - 2 * PADDING) * MM / self.size, self.advance)
            for text, width in zip(cells, self.widths, strict=True)
        ]
        return Slice(broken, max(map(len, broken)), kind)

    def height(self, lines: int) -> float:
        return lines * LEADING * self.size / MM + 2 * SPACE_ABOVE

    def length(self, text: str) -> float:
        return sum(map(self.advance.__getitem__, text))

    def _longest(self, texts: Iterable[str]) -> float:
        return max(max(map(self.length, text.splitlines()), default=0.0) for text in texts)

    def _longest_word(self, texts: Iterable[str]) -> float:
        return max(max(map(self.length, tokens(text.replace("\n", " "))), default=0.0) for text in texts)

    def _outer(self, lengths: Sequence[float], size: float) -> list[float]:
        """Column widths in mm for text lengths in em; a width the column asks for wins."""
        return [
            column.width_mm or length * size / MM + 2 * PADDING + 0.1
            for column, length in zip(self.columns, lengths, strict=True)
        ]

    def _widths(self, largest_stretch: float) -> list[float]:
        natural, least = self._outer(self.natural, self.size), self._outer(self.least, self.size)
        total = sum(natural)
        if total <= self.available:
            stretch = min(self.available / total, largest_stretch)
            return [width * stretch for width in natural]
        cap = _cap(natural, least, self.available)
        widths = [max(low, min(width, cap)) for low, width in zip(least, natural, strict=True)]
        too_wide = sum(widths) / self.available
        return [width / too_wide for width in widths]


def _cap(natural: Sequence[float], least: Sequence[float], available: float) -> float:
    """The largest width any column may have so that all fit; found by halving."""
    low, high = 0.0, max(natural)
    for _ in range(30):
        middle = (low + high) / 2
        if sum(max(a, min(b, middle)) for a, b in zip(least, natural, strict=True)) > available:
            high = middle
        else:
            low = middle
    return low


def paginate(rows: Iterable[Slice], measure: Measure, first_room: float, room: float) -> Iterator[list[Slice]]:
    """Rows for each page; a tall row is cut between lines and goes on overleaf.

    A band does not stand alone at the foot of a page: it goes with the row below it.
    """
    page: list[Slice] = []
    left = first_room
    for row in rows:
        rest: Slice | None = row
        while rest:
            fitting = int((left - 2 * SPACE_ABOVE) * MM / (LEADING * measure.size) + 1e-6)
            if rest.lines > fitting and (rest.lines < TALL or fitting < FEWEST_LINES) and page:
                kept, moved = _before_bands(page)
                yield kept
                page, left = moved, room - sum(measure.height(each.lines) for each in moved)
                continue
            part, rest = _cut(rest, max(fitting, 1))
            page.append(part)
            left -= measure.height(part.lines)
    yield page


def _before_bands(page: list[Slice]) -> tuple[list[Slice], list[Slice]]:
    """A page without the bands at its foot, and those; a page of nothing but bands stays as it is."""
    end = len(page)
    while end and page[end - 1].kind == "band":
        end -= 1
    return (page[:end], page[end:]) if end else (page, [])


def _cut(row: Slice, lines: int) -> tuple[Slice, Slice | None]:
    if row.lines <= lines:
        return row, None
    above = [cell[:lines] for cell in row.cells]
    below = [cell[lines:] for cell in row.cells]
    return row._replace(cells=above, lines=lines), row._replace(cells=below, lines=row.lines - lines)
