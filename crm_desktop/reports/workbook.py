"""A table as an .xlsx workbook: typed cells, frozen header, filter; streamed, whatever its size."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crm_desktop.models.progress import part
from crm_desktop.reports.chart_spec import Chart
from crm_desktop.reports.document import Cancelled, OnProgress, replacing, watched
from crm_desktop.reports.spec import KINDS, NOBODY, Column, Origin, Table
from crm_desktop.reports.workbook_charts import add_charts

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML has no place for them
SPECIAL = frozenset(("", "=", "+", "-", "@", "#"))  # first characters of formulas and error values
NARROWEST, WIDEST = 6.0, 60.0  # characters
SAMPLE = 200  # rows looked at for the column widths
MM_PER_CHARACTER = 1.9
A4 = 9  # its number in workbooks
UPRIGHT, LEGIBLE = 95.0, 260.0
"""Characters beside each other that an upright A4 page takes, and a lying one made smaller that can still be read."""
PAGE_NUMBERS = "第 &P 页　共 &N 页"
LONGEST_FOOTER = 60

Row = Sequence[object]


def save_xlsx(
    table: Table,
    path: str | Path,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    total: int = 0,
    charts: Sequence[Chart] = (),
    origin: Origin = NOBODY,
) -> None:
    """Write the table to ``path``, completely or not at all. ``total`` rows are for the progress only.

    ``charts`` come on a sheet of their own, under the table's heading lines. Whose workbook it is stands at the foot
    of its printed pages and in its properties, never among the rows: what is imported again must be records.
    """
    with _new_book(Path(path)) as book:
        _fill(book, table, watched(table.rows, total, on_progress, cancelled))
        if charts:
            lines = (table.title, *table.heading_lines, *filter(None, (origin.words,)))
            add_charts(book, charts, lines, safe_text)
        _sign(book, table.title, origin)


def save_sheets(
    tables: Sequence[Table],
    path: str | Path,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    title: str = "",
    origin: Origin = NOBODY,
) -> None:
    """Write each table to a sheet of its own, completely or not at all."""
    with _new_book(Path(path)) as book:
        for number, table in enumerate(tables):
            _fill(book, table, watched(table.rows, 0, part(on_progress, number, len(tables)), cancelled))
        _sign(book, title, origin)


@contextmanager
def _new_book(path: Path) -> Iterator[Any]:
    """A workbook that is saved when the block ends well."""
    from openpyxl import Workbook  # heavy: only when a workbook is made

    with replacing(path) as temporary:
        book = Workbook(write_only=True)
        try:
            yield book
            book.save(temporary)
        finally:
            for sheet in book.worksheets:  # a half-written sheet holds a temporary file
                if not sheet.closed:
                    sheet.close()


def _fill(book: Any, table: Table, rows: Iterable[Row]) -> None:
    sheet = book.create_sheet(_sheet_title(table.title))
    rows = iter(rows)
    sample = list(islice(rows, SAMPLE))
    _set_page(sheet, _set_widths(sheet, table.columns, sample))
    sheet.freeze_panes = "A2"
    cells = _Cells(sheet, table.columns)
    sheet._values_to_row = cells.placed
    sheet.append(cells.header())
    count = 0
    for row in chain(sample, rows):
        sheet.append(cells.row(row))
        count += 1
    if table.columns:
        sheet.auto_filter.ref = f"A1:{_letter(len(table.columns))}{count + 1}"
    if table.totals is not None:
        sheet.append(cells.totals(table.totals))


def _sign(book: Any, title: str, origin: Origin) -> None:
    book.properties.title = ILLEGAL.sub("", title)
    book.properties.creator = book.properties.lastModifiedBy = ILLEGAL.sub("", origin.printed_by) or None
    book.properties.description = ILLEGAL.sub("", origin.words) or None
    for sheet in book.worksheets:
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = _footer(origin.office), _footer(origin.words)
        sheet.oddFooter.center.text = PAGE_NUMBERS


def _footer(text: str) -> str:
    """& begins a code there, and Excel takes 255 characters for all three parts."""
    return ILLEGAL.sub("", text)[:LONGEST_FOOTER].replace("&", "&&")


def _sheet_title(title: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", ILLEGAL.sub("", title)).strip(" '")[:31] or "数据"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter  # heavy: only when a workbook is made

    letter: str = get_column_letter(number)
    return letter


def _set_page(sheet: Any, width: float) -> None:
    """For who prints it from Excel: A4, the header on each page, no column on a page of its own.

    What is so wide that nobody could read it on one page is left as it is.
    """
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if width > UPRIGHT else "portrait"
    sheet.print_title_rows = "1:1"
    if width <= LEGIBLE:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _set_widths(sheet: Any, columns: Sequence[Column], sample: Sequence[Row]) -> float:
    """How many characters wide the columns are together."""
    total = 0.0
    for number, column in enumerate(columns):
        if column.width_mm:
            wanted = column.width_mm / MM_PER_CHARACTER
        else:
            texts = chain([column.label + "　"], (column.shown(row[number]) for row in sample))
            wanted = max(map(_characters, texts)) + 2
        width = sheet.column_dimensions[_letter(number + 1)].width = min(WIDEST, max(NARROWEST, wanted))
        total += width
    return total


def _characters(text: str) -> int:
    """Width in Latin characters: a Chinese character takes two."""
    return max((sum(2 if char > "ʯ" else 1 for char in line) for line in text.splitlines()), default=0)


class _Cells:
    """Turns values into what openpyxl writes; plain values go through untouched because that is fastest."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.columns = columns
        self._text = partial(safe_text, sheet)
        self.makers = [self._maker(column) for column in columns]

    def row(self, values: Row) -> list[object]:
        return [make(value) for make, value in zip(self.makers, values, strict=True)]

    def placed(self, values: Iterable[Any], number: int) -> Iterator[Any]:
        """Does what openpyxl's method of a sheet does, without an exception for each styled cell."""
        plain = self._cell(None)
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            if type(value) is type(plain):
                cell = value
            else:
                cell = plain
                cell.value = value
            cell.row, cell.column = number, column
            yield cell
            if plain.has_style:  # a date brings its format with it
                plain = self._cell(None)

    def header(self) -> list[object]:
        return [self._bold(self._text(column.label)) for column in self.columns]

    def totals(self, values: Row) -> list[object]:
        return [None if value is None else self._bold(value) for value in self.row(values)]

    def _maker(self, column: Column) -> Callable[[Any], object]:
        kind = KINDS[column.kind]
        if not kind.number_format:
            return self._text
        styled = self._cell(0)
        styled.number_format = kind.number_format

        def make(value: Any) -> object:
            value = kind.cell(value)
            if value is None or isinstance(value, str):
                return self._text(value)
            styled.value = value
            return styled

        return make

    def _cell(self, value: object) -> Any:
        from openpyxl.cell import WriteOnlyCell  # heavy: only when a workbook is made

        return WriteOnlyCell(self.sheet, value)

    def _bold(self, value: Any) -> Any:
        from openpyxl.styles import Font  # heavy: only when a workbook is made

        cell = value if hasattr(value, "data_type") else self._cell(value)
        cell.font = Font(bold=True)
        return cell


def safe_text(sheet: Any, value: Any) -> object:
    """A text as a cell's value, or as a cell that no program takes for a formula."""
    if not value or not isinstance(value, str):
        return None if value == "" else value
    if not value.isprintable():
        value = ILLEGAL.sub("", value)
    if value[:1] not in SPECIAL:
        return value
    from openpyxl.cell import WriteOnlyCell  # heavy: only when a workbook is made

    # Stored as text even where openpyxl would see a formula or an error value; quotePrefix keeps Excel
    # from making a formula of it when somebody edits the cell.
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
