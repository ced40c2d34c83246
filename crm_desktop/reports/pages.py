"""Charts and tables one below the other on A4, with a title, the office and who printed it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crm_desktop.reports.chart_spec import Chart
from crm_desktop.reports.charts import draw_on_pdf
from crm_desktop.reports.document import Document, Problem
from crm_desktop.reports.fonts import SANS, advances, missing, width
from crm_desktop.reports.linebreak import fill
from crm_desktop.reports.list_layout import Measure, Slice, paginate, shown_cells
from crm_desktop.reports.pdf import BLACK, MM, Pdf
from crm_desktop.reports.pdf_table import TableDrawing
from crm_desktop.reports.spec import Table

WIDE, HIGH = 210.0, 297.0
SIDE, TOP, BOTTOM = 13.0, 12.0, 16.0  # mm
ROOM = WIDE - 2 * SIDE
TITLE_SIZE, TITLE_HEIGHT = 17.0, 10.0  # pt, mm
LINE_SIZE, LINE_HEIGHT = 9.0, 5.0
CAPTION_SIZE, CAPTION_HEIGHT = 11.0, 6.5
FOOTER_SIZE = 8.0
GAP = 4.0  # mm between things
LEAST_ROWS = 20.0  # mm of a table below its caption, else it begins overleaf

Draw = Callable[[Pdf, float], object]


@dataclass(frozen=True)
class Piece:
    """Something of a known height (mm), drawn from a given top."""

    height: float
    draw: Draw


class Block(ABC):
    """A part of the document, cut into pieces that fit their pages."""

    @abstractmethod
    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        """``left`` mm are left on the page, ``full`` mm on each further one."""


@dataclass(frozen=True)
class Charts(Block):
    """Charts side by side."""

    charts: Sequence[Chart]
    height: float

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        yield Piece(self.height, self._draw)

    def _draw(self, pdf: Pdf, y: float) -> None:
        for chart, (x, wide) in zip(self.charts, places(len(self.charts)), strict=True):
            draw_on_pdf(pdf, chart, x, y, wide, self.height)


@dataclass(frozen=True)
class Tables(Block):
    """Short tables side by side, each under its title."""

    tables: Sequence[Table]

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        laid = [Laid(table, wide) for table, (_, wide) in zip(self.tables, self._places(), strict=True)]
        tallest = max(each.height for each in laid)

        def draw(pdf: Pdf, y: float) -> None:
            for each, (x, _) in zip(laid, self._places(), strict=True):
                caption(pdf, x, y, each.table.title)
                each.draw(pdf, x, y + CAPTION_HEIGHT, each.slices)

        yield Piece(CAPTION_HEIGHT + tallest, draw)

    def _places(self) -> list[tuple[float, float]]:
        return places(len(self.tables))


@dataclass(frozen=True)
class LongTable(Block):
    """A table over as many pages as it takes, its header on each."""

    table: Table

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        laid = Laid(self.table, ROOM)
        above = CAPTION_HEIGHT + laid.header_height
        first = left - above if left - above >= LEAST_ROWS else full - above
        for part in paginate(laid.slices, laid.measure, first, full - above):
            yield self._piece(laid, part)

    def _piece(self, laid: "Laid", part: list[Slice]) -> Piece:
        def draw(pdf: Pdf, y: float) -> None:
            caption(pdf, SIDE, y, self.table.title)
            laid.draw(pdf, SIDE, y + CAPTION_HEIGHT, part)

        return Piece(CAPTION_HEIGHT + laid.header_height + laid.height_of(part), draw)


@dataclass(frozen=True)
class Note(Block):
    """A paragraph in the size of the heading lines."""

    text: str

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        lines = fill(self.text, ROOM * MM / LINE_SIZE, advances(SANS))

        def draw(pdf: Pdf, y: float) -> None:
            for number, line in enumerate(lines):
                pdf.text(SIDE, y + number * LINE_HEIGHT + 3.5, line, SANS, LINE_SIZE)

        yield Piece(len(lines) * LINE_HEIGHT, draw)


class Turn(Block):
    """What follows begins overleaf."""

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        yield Piece(max(left, 0.0), lambda pdf, y: None)


class Laid:
    """A table with its cells broken into lines."""

    def __init__(self, table: Table, available: float) -> None:
        self.table = table
        rows = [shown_cells(table.columns, row) for row in table.rows]
        totals = [shown_cells(table.columns, table.totals)] if table.totals is not None else []
        self.cells = rows + totals
        self.measure = Measure(table.columns, self.cells, available, advances(SANS))
        self.slices = [self.measure.wrap(cells) for cells in rows]
        self.slices += [self.measure.wrap(cells, "totals") for cells in totals]
        self.header_height = self.measure.height(max(1, *map(len, self.measure.wrap(self._labels()).cells)))

    @property
    def height(self) -> float:
        return self.header_height + self.height_of(self.slices)

    def height_of(self, slices: Sequence[Slice]) -> float:
        return sum(self.measure.height(each.lines) for each in slices)

    def draw(self, pdf: Pdf, x: float, y: float, slices: Sequence[Slice]) -> None:
        TableDrawing(pdf, self.table.columns, self.measure, x).draw(slices, y)

    def _labels(self) -> tuple[str, ...]:
        return tuple(column.label for column in self.table.columns)


def places(count: int) -> list[tuple[float, float]]:
    """Left edge and width (mm) of so many things side by side."""
    wide = (ROOM - GAP * (count - 1)) / count
    return [(SIDE + number * (wide + GAP), wide) for number in range(count)]


def caption(pdf: Pdf, x: float, y: float, text: str) -> None:
    pdf.text(x, y + 4.5, text, SANS, CAPTION_SIZE)


def pages_pdf(
    title: str, lines: Sequence[str], blocks: Sequence[Block], office: str, printed_by: str, printed_at: str
) -> Document:
    """The whole document; ``lines`` stand under the title, ``warnings`` name characters no font has."""
    broken = [part for line in lines for part in fill(line, ROOM * MM / LINE_SIZE, advances(SANS))]
    pages = _paged(blocks, TITLE_HEIGHT + LINE_HEIGHT * len(broken) + GAP)
    pdf = Pdf(title)
    for number, page in enumerate(pages, 1):
        pdf.start_page(WIDE, HIGH)
        pdf.color(BLACK)
        if number == 1:
            _headings(pdf, title, broken)
        else:
            pdf.text(SIDE, TOP + 2.5, f"{title}（续）", SANS, FOOTER_SIZE)
        for y, piece in page:
            piece.draw(pdf, y)
        printed = "　".join(filter(None, (f"打印人：{printed_by}" if printed_by else "", printed_at)))
        _footer(pdf, office, f"第 {number} 页　共 {len(pages)} 页", printed)
    return pdf.finish(_unknown(lines, blocks))


def _paged(blocks: Sequence[Block], heading: float) -> list[list[tuple[float, Piece]]]:
    """The pieces of each page and where they begin."""
    pages: list[list[tuple[float, Piece]]] = [[]]
    bottom, y = HIGH - BOTTOM, TOP + heading
    for block in blocks:
        for piece in block.pieces(bottom - y, bottom - TOP - LINE_HEIGHT):
            if y + piece.height > bottom and pages[-1]:
                pages.append([])
                y = TOP + LINE_HEIGHT
            pages[-1].append((y, piece))
            y += piece.height + GAP
    return pages


def _headings(pdf: Pdf, title: str, lines: Sequence[str]) -> None:
    _centred(pdf, title, TOP + TITLE_SIZE / MM * 0.9, TITLE_SIZE)
    for number, line in enumerate(lines, 1):
        pdf.text(SIDE, TOP + TITLE_HEIGHT + number * LINE_HEIGHT - 1.5, line, SANS, LINE_SIZE)


def _footer(pdf: Pdf, left: str, middle: str, right: str) -> None:
    y = HIGH - BOTTOM + 8
    pdf.color(BLACK)
    pdf.text(SIDE, y, left, SANS, FOOTER_SIZE)
    _centred(pdf, middle, y, FOOTER_SIZE)
    pdf.text(WIDE - SIDE - width(right, SANS, FOOTER_SIZE) / MM, y, right, SANS, FOOTER_SIZE)
    pdf.end_page()


def _centred(pdf: Pdf, text: str, y: float, size: float) -> None:
    pdf.text((WIDE - width(text, SANS, size) / MM) / 2, y, text, SANS, size)


def _unknown(lines: Sequence[str], blocks: Sequence[Block]) -> list[Problem]:
    texts = list(lines)
    for block in blocks:
        tables = block.tables if isinstance(block, Tables) else [block.table] if isinstance(block, LongTable) else []
        texts += [cell for table in tables for row in table.rows for cell in shown_cells(table.columns, row)]
    return [
        Problem("", f"字库中没有“{char}”（U+{ord(char):04X}），以〓代替。")
        for char in dict.fromkeys(missing("".join(texts).replace("\n", "").replace("\r", "")))
    ]
