"""Draws the rows of a table on a page: header row, wrapped cells, totals, grid."""

from collections.abc import Sequence

from crm_desktop.reports.fonts import SANS
from crm_desktop.reports.list_layout import LEADING, PADDING, Measure, Slice
from crm_desktop.reports.pdf import BLACK, MM, Pdf
from crm_desktop.reports.spec import Column

HEADER_FILL, TOTALS_FILL, GRID = "#e9eff6", "#f2f2f2", "#8a8f96"


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

    def draw(self, rows: Sequence[Slice], top: float, has_totals: bool) -> float:
        """The header and these rows, the last of which may be the totals; returns where they end."""
        y, lines = top, [top]
        for number, row in enumerate((self.header, *rows)):
            height = self.measure.height(row.lines)
            if number == 0 or (has_totals and number == len(rows)):
                self.pdf.color(TOTALS_FILL if number else HEADER_FILL)
                self.pdf.rectangle(self.left, y, self.wide, height, fill=True)
                self.pdf.color(BLACK)
            self._row(row, y, height, is_header=number == 0)
            y += height
            lines.append(y)
        self._grid(top, lines)
        return y

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

    def _grid(self, top: float, lines: Sequence[float]) -> None:
        self.pdf.color(GRID)
        self.pdf.line_width(0.12)
        horizontal = [(self.left, y, self.edges[-1], y) for y in lines]
        self.pdf.lines(horizontal + [(x, top, x, lines[-1]) for x in self.edges])
        self.pdf.color(BLACK)
