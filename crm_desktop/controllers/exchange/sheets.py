"""Read one sheet of a file into rows that keep the sheet's own row numbers, whatever kind of file it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from crm_desktop.controllers.exchange import delimited, workbooks
from crm_desktop.controllers.exchange.sources import Source, load
from crm_desktop.errors import ImportRefused

QUOTES = "“{name}”第 {line} 行附近的引号不成对，请改正后再导入。"
CANCELLED = "已取消读取文件，没有导入任何内容。"
STEP = 1_000  # rows between two looks at progress and cancellation

OnProgress = Callable[[int, int], object]  # rows done, rows in all
Cancelled = Callable[[], bool]


class Row(NamedTuple):
    """One row that holds something: its number as Excel shows it, and its raw cells from column A on."""

    number: int
    cells: list[object]


@dataclass(frozen=True)
class Sheet:
    """What a sheet holds: no blank rows, all rows equally long, nothing right of the last used column."""

    name: str
    rows: list[Row]


def sheet_names(path: Path) -> list[str]:
    """The sheets to choose from; a text file has one, named like the file."""
    source = load(path)
    return workbooks.names(source) if source.text is None else [source.path.stem]


def read_sheet(path: Path, sheet: str | None = None, on_progress: OnProgress | None = None,
               cancelled: Cancelled | None = None) -> Sheet:
    """The sheet, or the first one with data; raises ImportRefused with the sentence to show."""
    source = load(path)
    watch = _Watch(on_progress, cancelled)
    return _read_workbook(source, sheet, watch) if source.text is None else _read_text(source, watch)


class _Watch:
    """Passes rows on, telling the progress and stopping when the clerk cancels."""

    def __init__(self, on_progress: OnProgress | None, cancelled: Cancelled | None) -> None:
        self.on_progress = on_progress or (lambda done, total: None)
        self.cancelled = cancelled or (lambda: False)

    def each(self, rows: Iterable[list[object]], total: int) -> Iterator[tuple[int, list[object]]]:
        self.look(0, total)
        for number, cells in enumerate(rows, start=1):
            if number % STEP == 0:
                self.look(number, total)
            yield number, cells
        self.look(total, total)

    def look(self, done: int, total: int) -> None:
        if self.cancelled():
            raise ImportRefused(CANCELLED)
        self.on_progress(done, total)


def _read_workbook(source: Source, name: str | None, watch: _Watch) -> Sheet:
    watch.look(0, 0)  # opening cannot be interrupted, so ask once more before it begins
    sheet = workbooks.open_sheet(source, name)
    total = sheet.end[0] + 1 if sheet.end else 0
    rows = _filled_rows(watch.each(workbooks.rows(sheet), total))
    _fill_down(rows, workbooks.merges(sheet))
    return _sheet(source, sheet.name, rows)


def _read_text(source: Source, watch: _Watch) -> Sheet:
    text = source.text or ""
    try:
        rows = _filled_rows(watch.each(delimited.rows(text), text.count("\n") + 1))
    except delimited.UnbalancedQuotes as error:
        raise source.refuse(QUOTES, line=error.line) from error
    return _sheet(source, source.path.stem, rows)


def _sheet(source: Source, name: str, rows: list[Row]) -> Sheet:
    if not rows:
        raise source.refuse(workbooks.NO_DATA)
    width = _used_width(rows)
    return Sheet(name, [row if len(row.cells) == width else _resized(row, width) for row in rows])


def _filled_rows(numbered: Iterable[tuple[int, list[object]]]) -> list[Row]:
    return [Row(number, cells) for number, cells in numbered if not all(map(is_blank, cells))]


def is_blank(cell: object) -> bool:
    """Nothing there that a person would see."""
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())


def _used_width(rows: list[Row]) -> int:
    width = 0
    for row in rows:
        for column in range(len(row.cells) - 1, width - 1, -1):
            if not is_blank(row.cells[column]):
                width = column + 1
                break
    return width


def _resized(row: Row, width: int) -> Row:
    return Row(row.number, (row.cells + [""] * (width - len(row.cells)))[:width])


def _fill_down(rows: list[Row], merges: list[workbooks.Merge]) -> None:
    """Repeat a cell merged over several rows in each: one customer beside its three contacts."""
    tall = [(first, last) for first, last in merges if last[0] > first[0]]
    cells_of = {row.number: row.cells for row in rows} if tall else {}
    for (top, column), (bottom, _) in tall:
        above = cells_of.get(top + 1)
        for number in range(top + 2, bottom + 2):
            below = cells_of.get(number)
            if above is not None and below is not None and column < min(len(above), len(below)):
                below[column] = above[column]
