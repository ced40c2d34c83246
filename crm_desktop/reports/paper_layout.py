"""The arithmetic of a paper: rows of boxes from cells, tables and signatures, and the pages they stand on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crm_desktop.reports.fonts import SANS, advances
from crm_desktop.reports.list_layout import (
    FEWEST_LINES,
    LEADING,
    PADDING,
    SPACE_ABOVE,
    TALL,
    Measure,
    printable,
    shown_cells,
    wrapped,
)
from crm_desktop.reports.pdf import MM
from crm_desktop.reports.spec import Table

LABEL_LENGTH = 5.0  # em: the longest common label
SIGNATURE_HEIGHT = 16.0  # mm
MOST_ADDED = 14.0  # mm
BETWEEN = "　"  # stands between choices to tick
DAY = "年　　月　　日"
MANY = 10**6  # mm; wider than any paper: a table is stretched to all of it


class Box(NamedTuple):
    """A bordered rectangle of a row: text lines, how they stand, and what is written into its lower right corner."""

    left: float
    width: float
    lines: list[str]
    align: str = "left"
    is_label: bool = False
    is_top: bool = False
    corner: str = ""


@dataclass(frozen=True)
class Row:
    """Boxes side by side, ``least`` mm high or more; ``size`` is that of the type, in pt."""

    boxes: tuple[Box, ...]
    size: float
    least: float = 0.0
    keeps_next: bool = False
    """A heading does not stand alone at the foot of a page."""
    header: "Row | None" = None
    """What is repeated when a page begins with this row."""

    @property
    def lines(self) -> int:
        return max(len(box.lines) for box in self.boxes)

    @property
    def height(self) -> float:
        return max(self.least, self.lines * self.step + 2 * SPACE_ABOVE)

    @property
    def step(self) -> float:
        """From one line to the next, in mm."""
        return LEADING * self.size / MM

    @property
    def is_to_write_in(self) -> bool:
        return any(box.is_top and not box.corner for box in self.boxes)

    def fitting(self, height: float) -> int:
        """How many of its lines have room."""
        return int((height - 2 * SPACE_ABOVE) / self.step + 1e-6)

    def cut(self, lines: int) -> tuple["Row", "Row"]:
        """What stands above the cut, and what goes on overleaf under the same label."""
        above = [box if box.is_label else box._replace(lines=box.lines[:lines]) for box in self.boxes]
        below = [box if box.is_label else box._replace(lines=box.lines[lines:]) for box in self.boxes]
        return replace(self, boxes=tuple(above), least=0.0), replace(self, boxes=tuple(below), least=0.0)


@dataclass(frozen=True)
class Cell:
    """A label and its text; ``span`` is in pairs, 0 the whole row; ``least_lines`` is room to write by hand.

    ``is_unit`` says that the text is the unit of what will be written before it, ``is_choices`` that a box and its word
    stay together: the line breaks at wide spaces only.
    """

    label: str
    text: str
    span: int = 1
    least_lines: int = 1
    is_unit: bool = False
    is_choices: bool = False


class Grid:
    """Makes rows for ``available`` mm from ``left``, ``least`` mm high or more; ``pairs`` of label and value stand in
    one."""

    def __init__(self, left: float, available: float, size: float, pairs: int, least: float = 0.0) -> None:
        self.left = left
        self.available = available
        self.size = size
        self.pairs = pairs
        self.least = least
        self.advance = advances(SANS)
        self.label_width = LABEL_LENGTH * size / MM + 2 * PADDING

    def heading(self, text: str) -> Row:
        box = Box(self.left, self.available, self._wrap(text, self.available), is_label=True, align="left")
        return Row((box,), self.size, keeps_next=True)

    def cells(self, cells: Iterable[Cell]) -> Iterator[Row]:
        """Cells in rows, the last of each as wide as there is room."""
        for row in self._packed(cells):
            yield self._cell_row(row)

    def _packed(self, cells: Iterable[Cell]) -> Iterator[list[tuple[Cell, int]]]:
        row: list[tuple[Cell, int]] = []
        used = 0
        for cell in cells:
            span = min(cell.span or self.pairs, self.pairs)
            if used + span > self.pairs:
                yield row
                row, used = [], 0
            row.append((cell, span))
            used += span
        if row:
            yield row

    def _cell_row(self, row: Sequence[tuple[Cell, int]]) -> Row:
        boxes: list[Box] = []
        pair, place = self.available / self.pairs, 0
        for number, (cell, span) in enumerate(row, 1):
            end = self.pairs if number == len(row) else place + span
            left, width = self.left + place * pair, (end - place) * pair - self.label_width
            boxes.append(Box(left, self.label_width, self._wrap(cell.label, self.label_width), "center", is_label=True))
            lines = self._choices(cell.text, width) if cell.is_choices else self._wrap(cell.text, width)
            align = "right" if cell.is_unit else "left"
            boxes.append(Box(left + self.label_width, width, lines, align, is_top=cell.least_lines > 1))
            place = end
        least = max(cell.least_lines for cell, _ in row) * LEADING * self.size / MM + 2 * SPACE_ABOVE
        return Row(tuple(boxes), self.size, max(least, self.least))

    def table(self, table: Table) -> Iterator[Row]:
        """A table over the whole width, its heading row first."""
        rows = [shown_cells(table.columns, row) for row in table.rows]
        measure = Measure(table.columns, rows, self.available, self.advance, MANY)
        labels = tuple(column.label for column in table.columns)
        header = self._table_row(table, measure, labels, is_header=True)
        yield header
        for row in rows:
            yield replace(self._table_row(table, measure, row, is_header=False), header=header)

    def _table_row(self, table: Table, measure: Measure, cells: tuple[str, ...], is_header: bool) -> Row:
        boxes, left = [], self.left
        for column, width, lines in zip(table.columns, measure.widths, measure.wrap(cells).cells, strict=True):
            align = "center" if is_header else column.alignment
            boxes.append(Box(left, width, lines, align, is_label=is_header))
            left += width
        return Row(tuple(boxes), measure.size, 0.0 if is_header else self.least, keeps_next=is_header)

    def signatures(self, labels: Sequence[str]) -> Row:
        """A cell for each, with room for a name and a date."""
        width = self.available / len(labels)
        boxes = [
            Box(self.left + place * width, width, self._wrap(label, width), is_top=True, corner=DAY)
            for place, label in enumerate(labels)
        ]
        return Row(tuple(boxes), self.size, SIGNATURE_HEIGHT)

    def _choices(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        for word in text.split(BETWEEN):
            longer = f"{lines[-1]}{BETWEEN}{word}" if lines else ""
            if longer and len(self._wrap(longer, width)) == 1:
                lines[-1] = longer
            else:
                lines += self._wrap(word, width)
        return lines

    def _wrap(self, text: str, width: float) -> list[str]:
        return wrapped(printable(text), (width - 2 * PADDING) * MM / self.size, self.advance)


def fitted(rows: Sequence[Row], room: float) -> list[Row]:
    """Rows as they best fill one page: what may be written in by hand takes what is free, or gives what is missing."""
    open_rows = sum(row.is_to_write_in for row in rows)
    free = room - sum(row.height for row in rows)
    more = min(free / open_rows, MOST_ADDED) if open_rows and free > 0 else 0.0
    made = [
        replace(row, least=row.height + more if more else 0.0) if row.is_to_write_in else row for row in rows
    ]
    return made if sum(row.height for row in made) <= room + 1e-6 else list(rows)


def paginate(rows: Sequence[Row], first_room: float, room: float) -> list[list[Row]]:
    """Rows on pages of so many mm; a tall row is cut between lines, a heading goes with what follows it."""
    pages: list[list[Row]] = [[]]
    left = first_room
    for row in _with_headings(rows):
        rest: list[Row] = row
        while rest:
            placed, rest, is_full = _place(rest, left, is_empty=not pages[-1])
            pages[-1] += placed
            left -= sum(each.height for each in placed)
            if is_full:
                pages.append([])
                left = room
    return pages


def _with_headings(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Each row with the headings that must stand above it."""
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if not row.keeps_next:
            yield group
            group = []
    if group:
        yield group


def _place(group: list[Row], left: float, is_empty: bool) -> tuple[list[Row], list[Row], bool]:
    """What stands on this page, what is left of it, and whether the page is full."""
    *headings, row = group
    if is_empty and row.header and row.header not in headings:
        headings.append(row.header)
    room = left - sum(each.height for each in headings)
    if row.height <= room + 1e-6:
        return [*headings, row], [], False
    fitting = row.fitting(room)
    if not is_empty and (row.lines < TALL or fitting < FEWEST_LINES):
        return [], group, True
    if row.lines <= fitting or fitting < 1:
        return [*headings, row], [], True
    above, below = row.cut(fitting)
    return [*headings, above], [below], True
