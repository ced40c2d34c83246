"""Draws the rows of a table on a page: header row, wrapped cells, totals, grid."""

from collections.abc import Sequence
from itertools import pairwise

from crm_desktop.reports.fonts import SANS
from crm_desktop.reports.list_layout import LEADING, PADDING, Measure, Slice
from crm_desktop.reports.pdf import BLACK, MM, Pdf
from crm_desktop.reports.spec import Column

GRID = "#8a8f96"
FILLS = {"header": "#e9eff6", "band": "#f4f7fb", "subtotal": "#f8f8f8", "totals": "#f2f2f2"}


class TableDrawing:
    """A table whose left edge is at ``left`` (mm), its widths those of ``measure``."""

    def __init__(self, pdf: Pdf, columns: Sequence[Column], measure: Measure, left: float) -> None:
        self.pdf = pdf
        self.columns = columns
        self.measure = measure
        self.left = left
        self.header = measure.wrap(tuple(column.label for column in columns))
        self.edges = [left]
        for wide in measure.widths:
            self.edges.append(self.edges[-1] + wide)

    @property
    def wide(self) -> float:
        return self.edges[-1] - self.left

    @property
    def header_height(self) -> float:
        return self.measure.height(self.header.lines)

    def draw(self, rows: Sequence[Slice], top: float) -> float:
        """The header and these rows; returns where they end."""
        y, edges = top, [(top, False)]
        for number, row in enumerate((self.header, *rows)):
            height = self.measure.height(row.lines)
            fill = FILLS.get(row.kind if number else "header")
            if fill:
                self.pdf.color(fill)
                self.pdf.rectangle(self.left, y, self.wide, height, fill=True)
                self.pdf.color(BLACK)
            if row.kind == "band":
                self._band(row, y, height)
            else:
                self._row(row, y, height, is_header=number == 0)
            y += height
            edges.append((y, row.kind == "band"))
        self._grid(edges)
        return y

    def _band(self, row: Slice, y: float, height: float) -> None:
        size = self.measure.size
        step = LEADING * size / MM
        baseline = y + (height - row.lines * step) / 2 + step / 2 + 0.36 * size / MM
        for line in row.cells[0]:
            self.pdf.text(self.left + PADDING + row.level * size / MM, baseline, line, SANS, size)
            baseline += step

    def _row(self, row: Slice, y: float, height: float, is_header: bool) -> None:
        size = self.measure.size
        step = LEADING * size / MM
        for column, lines, left, right in zip(self.columns, row.cells, self.edges, self.edges[1:], strict=False):
            baseline = y + (height - len(lines) * step) / 2 + step / 2 + 0.36 * size / MM
            align = "center" if is_header else column.alignment
            for line in lines:
                if line:
                    self.pdf.text(self._start(line, align, left, right), baseline, line, SANS, size)
                baseline += step

    def _start(self, line: str, align: str, left: float, right: float) -> float:
        if align == "left":
            return left + PADDING
        length = self.measure.length(line) * self.measure.size / MM
        return right - PADDING - length if align == "right" else (left + right - length) / 2

    def _grid(self, edges: Sequence[tuple[float, bool]]) -> None:
        """Lines between rows; those between columns not through a band, whose lower edge is marked."""
        self.pdf.color(GRID)
        self.pdf.line_width(0.12)
        lines = [(self.left, y, self.edges[-1], y) for y, _ in edges]
        for (above, _), (below, is_band) in pairwise(edges):
            sides = (self.edges[0], self.edges[-1]) if is_band else self.edges
            lines += [(x, above, x, below) for x in sides]
        self.pdf.lines(lines)
        self.pdf.color(BLACK)
