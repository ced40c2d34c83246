"""A table on A4: repeated header row, wrapped cells, totals, page numbers and who printed it."""

from collections.abc import Iterator, Sequence

from crm_desktop.reports.document import Cancelled, Document, OnProgress, Problem, watched
from crm_desktop.reports.fonts import SANS, advances, missing, width
from crm_desktop.reports.list_layout import Cells, Measure, Slice, paginate, shown_cells, wrapped
from crm_desktop.reports.pdf import BLACK, MM, Pdf
from crm_desktop.reports.pdf_table import GRID, TableDrawing
from crm_desktop.reports.spec import Table

SHEETS = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "241": (241.0, 279.4)}
"""mm, upright; 241 is the continuous paper of dot-matrix printers, whose holes lie in the side margins."""
SIDE, TOP, BOTTOM = 13.0, 12.0, 16.0  # mm margins
TITLE_SIZE, TITLE_HEIGHT = 17.0, 10.0  # pt, mm
LINE_SIZE, LINE_HEIGHT = 9.0, 5.0  # pt, mm: the lines under the title
FOOTER_SIZE = 8.0
EMPTY = "没有符合条件的记录"


def list_pdf(
    table: Table,
    *,
    landscape: bool | None = None,
    paper: str = "A4",
    office: str = "",
    printed_by: str = "",
    printed_at: str = "",
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> Document:
    """The whole table as a document; ``warnings`` names the rows with characters no font has.

    ``landscape`` left open: see ``_sheet``.
    """
    rows = [shown_cells(table.columns, row) for row in watched(table.rows, 0, None, cancelled)]
    added = [shown_cells(table.columns, row) for each in table.subtotals.values() for row in each]
    totals = [shown_cells(table.columns, table.totals)] if table.totals is not None else []
    size, measure = _sheet(table, rows + added + totals, SHEETS[paper], landscape)
    sheet = _Paper(table, measure, size, len(rows))
    slices = watched(_slices(table, measure, rows, totals), 0, None, cancelled)
    pages = list(paginate(slices, measure, sheet.room(is_first=True), sheet.room(is_first=False)))
    printed = "　".join(text for text in (f"打印人：{printed_by}" if printed_by else "", printed_at) if text)
    for number, page in enumerate(watched(pages, len(pages), on_progress, cancelled), 1):
        sheet.draw(page, number == 1)
        sheet.footer(office, f"第 {number} 页　共 {len(pages)} 页", printed)
    return sheet.pdf.finish(_unknown(rows))


def _slices(table: Table, measure: Measure, rows: Sequence[Cells], totals: Sequence[Cells]) -> Iterator[Slice]:
    """Everything in the order in which it stands on paper."""
    for number, cells in enumerate(rows):
        yield from (measure.band(band.text, band.level) for band in table.bands.get(number, ()))
        yield measure.wrap(cells)
        for added in table.subtotals.get(number, ()):
            yield measure.wrap(shown_cells(table.columns, added), "subtotal")
    yield from (measure.wrap(cells, "totals") for cells in totals)


def _sheet(
    table: Table, rows: Sequence[Cells], upright: tuple[float, float], landscape: bool | None
) -> tuple[tuple[float, float], Measure]:
    """The sheet that was asked for, or the upright one where no cell needs a second line on it."""
    sizes = (upright, upright[::-1])
    for size in sizes if landscape is None else (sizes[landscape],):
        measure = Measure(table.columns, rows, size[0] - 2 * SIDE, advances(SANS))
        if measure.is_roomy:
            break
    return size, measure


def _unknown(rows: Sequence[Cells]) -> list[Problem]:
    used: set[str] = set()
    for cells in rows:
        used.update(*cells)
    unknown = set(missing("".join(used - {"\n", "\r"})))
    if not unknown:
        return []
    return [
        Problem(f"第 {number} 行", f"字库中没有“{char}”（U+{ord(char):04X}），以〓代替。")
        for number, cells in enumerate(rows, 1)
        for char in dict.fromkeys("".join(cells))
        if char in unknown
    ]


class _Paper:
    """The pages of one list while they are drawn."""

    def __init__(self, table: Table, measure: Measure, size: tuple[float, float], count: int) -> None:
        self.pdf = Pdf(table.title)
        self.table = table
        self.measure = measure
        self.wide, self.high = size
        self.left = (self.wide - sum(measure.widths)) / 2
        self.drawing = TableDrawing(self.pdf, table.columns, measure, self.left)
        counted = f"共 {count} 条　{table.subtitle}".rstrip()
        room = (self.wide - 2 * SIDE) * MM / LINE_SIZE
        self.lines = [part for line in (*table.heading_lines, counted) for part in wrapped(line, room, advances(SANS))]

    def room(self, is_first: bool) -> float:
        """Height in mm for rows below the header row."""
        return self.high - BOTTOM - self._table_top(is_first) - self.drawing.header_height

    def _table_top(self, is_first: bool) -> float:
        return TOP + (TITLE_HEIGHT + LINE_HEIGHT * len(self.lines) if is_first else LINE_HEIGHT)

    def draw(self, rows: Sequence[Slice], is_first: bool) -> None:
        self.pdf.start_page(self.wide, self.high)
        self._headings(is_first)
        bottom = self.drawing.draw(rows, self._table_top(is_first))
        if not rows:
            self._empty(bottom)

    def _empty(self, y: float) -> None:
        height = self.measure.height(2)
        self.pdf.color(GRID)
        self.pdf.rectangle(self.left, y, self.drawing.wide, height)
        self.pdf.color(BLACK)
        self._centred(EMPTY, y + height / 2 + 0.35 * LINE_SIZE / MM, LINE_SIZE)

    def _headings(self, is_first: bool) -> None:
        if not is_first:
            self.pdf.text(self.left, TOP + 2.5, f"{self.table.title}（续）", SANS, FOOTER_SIZE)
            return
        self._centred(self.table.title, TOP + TITLE_SIZE / MM * 0.9, TITLE_SIZE)
        for number, line in enumerate(self.lines, 1):
            y = TOP + TITLE_HEIGHT + number * LINE_HEIGHT - 1.5
            self.pdf.text(min(self.left, SIDE), y, line, SANS, LINE_SIZE)

    def _centred(self, text: str, y: float, size: float) -> None:
        self.pdf.text((self.wide - width(text, SANS, size) / MM) / 2, y, text, SANS, size)

    def footer(self, left: str, middle: str, right: str) -> None:
        y = self.high - BOTTOM + 8
        self.pdf.text(SIDE, y, left, SANS, FOOTER_SIZE)
        self._centred(middle, y, FOOTER_SIZE)
        length = width(right, SANS, FOOTER_SIZE) / MM
        self.pdf.text(self.wide - SIDE - length, y, right, SANS, FOOTER_SIZE)
        self.pdf.end_page()
