"""The paper of one record: bordered cells with labels, tables, cells to sign in, on A4 or A5."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm_desktop.errors import ReportError
from crm_desktop.reports.document import Document, Problem
from crm_desktop.reports.fonts import SANS, advances, missing, width
from crm_desktop.reports.linebreak import fill
from crm_desktop.reports.list_layout import PADDING, SPACE_ABOVE, printable, shown_cells
from crm_desktop.reports.paper_layout import Box, Cell, Grid, Row, fitted, paginate
from crm_desktop.reports.pdf import BLACK, MM, Pdf
from crm_desktop.reports.spec import Table

SMALL = 8.0  # pt: footer, and the title on later pages
FOOTER_LINE, FOOTER_GAP = 4.0, 3.0  # mm
HEAD_SHARE, HEAD_LEADING = 0.65, 1.35  # the office above the title: its size of the title's, and from line to line
LABEL_FILL, GRID = "#eef2f6", "#5f666d"
UNKNOWN = "字库中没有“{}”（U+{:04X}），以〓代替。"


@dataclass(frozen=True)
class Sheet:
    """A size of paper, in mm, and how it is used: margins in mm, type in pt, pairs of label and value in a row."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    type_size: float
    title_size: float
    pairs: int


SHEETS = {
    "A4": Sheet(210.0, 297.0, 15.0, 13.0, 11.0, 9.5, 18.0, 3),
    "A5": Sheet(148.0, 210.0, 11.0, 9.0, 8.0, 8.5, 15.0, 2),
}


@dataclass(frozen=True)
class Part:
    """Cells under a heading."""

    heading: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Paper:
    """What stands on it; ``name`` says on later pages which record it is of."""

    title: str
    parts: Sequence[Part]
    tables: Sequence[Table] = ()
    signatures: Sequence[str] = ()
    name: str = ""
    office: str = ""
    printed_by: str = ""
    printed_at: str = ""
    least_height: float = 0.0
    """Of every row, in mm: what is filled in by hand needs more than type."""
    leaves_house: bool = False
    """Strangers get it: the office stands above the title, not at the foot."""

    def pdf(self, size: str = "A4") -> Document:
        """The pages; ``warnings`` names the cells with characters that no font has."""
        if size not in SHEETS:
            raise ReportError(f"没有“{size}”这种纸，可以用 {'、'.join(SHEETS)}。")
        return _Drawing(self, SHEETS[size]).document()


class _Drawing:
    """One paper while its pages are drawn."""

    def __init__(self, paper: Paper, sheet: Sheet) -> None:
        self.paper = paper
        self.sheet = sheet
        self.available = sheet.width - 2 * sheet.side
        self.pdf = Pdf(f"{paper.title} {paper.name}".strip())

    def document(self) -> Document:
        top, later_top = self._first_top(), self.sheet.top + FOOTER_LINE + 1
        room = self.sheet.height - self.sheet.bottom - FOOTER_GAP - FOOTER_LINE * len(self._footer_left())
        pages = paginate(fitted(list(self._rows()), room - top), room - top, room - later_top)
        for number, rows in enumerate(pages, 1):
            self.pdf.start_page(self.sheet.width, self.sheet.height)
            self._title(is_first=number == 1)
            y = top if number == 1 else later_top
            for row in rows:
                self._row(row, y)
                y += row.height
            self._footer(f"第 {number} 页　共 {len(pages)} 页")
            self.pdf.end_page()
        return self.pdf.finish(list(self._unknown()))

    def _rows(self) -> Iterator[Row]:
        grid = Grid(
            self.sheet.side, self.available, self.sheet.type_size, self.sheet.pairs, self.paper.least_height
        )
        for part in self.paper.parts:
            yield grid.heading(part.heading)
            yield from grid.cells(part.cells)
        for table in self.paper.tables:
            yield grid.heading(table.title)
            yield from grid.table(table)
        if self.paper.signatures:
            yield grid.signatures(self.paper.signatures)

    def _row(self, row: Row, y: float) -> None:
        for box in row.boxes:
            if box.is_label:
                self.pdf.color(LABEL_FILL)
                self.pdf.rectangle(box.left, y, box.width, row.height, fill=True)
        self.pdf.color(GRID)
        self.pdf.line_width(0.15)
        for box in row.boxes:
            self.pdf.rectangle(box.left, y, box.width, row.height)
        self.pdf.color(BLACK)
        for box in row.boxes:
            self._text(box, row, y)

    def _text(self, box: Box, row: Row, y: float) -> None:
        above = SPACE_ABOVE if box.is_top else (row.height - len(box.lines) * row.step) / 2
        baseline = y + above + row.step / 2 + 0.36 * row.size / MM
        for line in box.lines:
            if line:
                self.pdf.text(self._start(line, box, row.size), baseline, line, SANS, row.size)
            baseline += row.step
        if box.corner:
            x = box.left + box.width - PADDING - width(box.corner, SANS, SMALL) / MM
            self.pdf.text(x, y + row.height - SPACE_ABOVE - 1, box.corner, SANS, SMALL)

    def _start(self, line: str, box: Box, size: float) -> float:
        if box.align == "left":
            return box.left + PADDING
        space = box.width - width(line, SANS, size) / MM
        return box.left + (space - PADDING if box.align == "right" else space / 2)

    # -- around the grid -------------------------------------------------------------------------------------------

    def _first_top(self) -> float:
        return self.sheet.top + self._head_height() + self.sheet.title_size * 1.25 / MM + 2

    def _head(self) -> list[str]:
        """The office in as many lines as it needs, where it stands above the title."""
        if not self.paper.leaves_house:
            return []
        return fill(printable(self.paper.office), self.available * MM / self._head_size(), advances(SANS))

    def _head_size(self) -> float:
        return self.sheet.title_size * HEAD_SHARE

    def _head_height(self) -> float:
        return len(self._head()) * HEAD_LEADING * self._head_size() / MM

    def _title(self, is_first: bool) -> None:
        size = self.sheet.title_size
        if is_first:
            for number, line in enumerate(self._head()):
                below = (number * HEAD_LEADING + 0.95) * self._head_size() / MM
                self._centred(line, self.sheet.top + below, self._head_size())
            self._centred(self.paper.title, self.sheet.top + self._head_height() + size / MM * 0.95, size)
            return
        office = self.paper.office if self.paper.leaves_house else ""
        text = "　".join(filter(None, (f"{self.paper.title}（续）", printable(self.paper.name), printable(office))))
        line = fill(text, self.available * MM / SMALL, advances(SANS))[0]
        self.pdf.text(self.sheet.side, self.sheet.top + 3, line, SANS, SMALL)

    def _centred(self, text: str, y: float, size: float) -> None:
        self.pdf.text((self.sheet.width - width(text, SANS, size) / MM) / 2, y, text, SANS, size)

    def _footer_left(self) -> list[str]:
        """The office where it is not above, in as many lines as it needs beside the page's number; who and when."""
        room = (self.available - 35) * MM / SMALL
        office = "" if self.paper.leaves_house else self.paper.office
        by = f"打印人：{self.paper.printed_by}" if self.paper.printed_by else ""
        who = "　".join(filter(None, (by, self.paper.printed_at)))
        return [line for text in (office, who) for line in fill(printable(text), room, advances(SANS))]

    def _footer(self, pages: str) -> None:
        lines = self._footer_left()
        y = self.sheet.height - self.sheet.bottom - FOOTER_LINE * (len(lines) - 1)
        x = self.sheet.width - self.sheet.side - width(pages, SANS, SMALL) / MM
        self.pdf.text(x, y, pages, SANS, SMALL)
        for line in lines:
            self.pdf.text(self.sheet.side, y, line, SANS, SMALL)
            y += FOOTER_LINE

    def _unknown(self) -> Iterator[Problem]:
        """Which cell has characters that no font has."""
        cells = [(cell.label, printable(cell.text)) for part in self.paper.parts for cell in part.cells]
        for table in self.paper.tables:
            cells += [(table.title, "".join(shown_cells(table.columns, row))) for row in table.rows]
        for label, text in cells:
            for char in missing(text.replace("\n", "").replace("\r", "")):
                yield Problem(label, UNKNOWN.format(char, ord(char)))
