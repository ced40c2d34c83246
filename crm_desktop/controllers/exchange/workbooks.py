"""Read one sheet of a workbook (.xlsx, .xls, .xlsb, .ods) through python-calamine."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crm_desktop.controllers.exchange.extent import too_far
from crm_desktop.controllers.exchange.sources import BROKEN, DAMAGE, PASSWORD, ZIP_MAGIC, Source

NO_SHEET = "“{name}”里没有名为“{sheet}”的工作表。"
NO_DATA = "“{name}”里没有任何数据。"
TOO_FAR = "工作表“{sheet}”在 {cell} 处有多余的内容，请在 Excel 中删除数据区以外的行和列后再导入。"

Merge = tuple[tuple[int, int], tuple[int, int]]  # (first row, first column), (last row, last column), from 0


def names(source: Source) -> list[str]:
    """The worksheets a clerk sees; the hidden ones only when nothing else is there."""
    with _refusing(source), _workbook(source) as workbook:
        return _names(workbook)


def open_sheet(source: Source, name: str | None) -> CalamineSheet:
    """The named sheet, or the first one that holds data."""
    with _refusing(source), _workbook(source) as workbook:
        for candidate in _names(workbook) if name is None else [name]:
            if candidate not in workbook.sheet_names:
                raise source.refuse(NO_SHEET, sheet=candidate)
            sheet = _sheet(source, workbook, candidate)
            if sheet.end is not None:
                return sheet
    raise source.refuse(NO_DATA)


def rows(sheet: CalamineSheet) -> Iterator[list[object]]:
    """Every row from the sheet's first one, each starting in column A."""
    start = sheet.start
    margin: list[object] = [""] * start[1] if start else []
    for cells in sheet.iter_rows():
        yield margin + cells


def merges(sheet: CalamineSheet) -> list[Merge]:
    """The merged areas; none for the kinds of file that do not tell (.ods, .xlsb)."""
    return sheet.merged_cell_ranges or []


def _names(workbook: CalamineWorkbook) -> list[str]:
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return visible or [sheet.name for sheet in sheets]


def _sheet(source: Source, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    if source.data.startswith(ZIP_MAGIC):
        cell = too_far(source.data, name)
        if cell:
            raise source.refuse(TOO_FAR, sheet=name, cell=cell)
    return workbook.get_sheet_by_name(name)


@contextmanager
def _refusing(source: Source) -> Iterator[None]:
    """Whatever goes wrong in opening is told as a locked or a broken file."""
    try:
        yield
    except PasswordError as error:
        raise source.refuse(PASSWORD) from error
    except (CalamineError, *DAMAGE) as error:
        raise source.refuse(BROKEN) from error
    except BaseException as error:
        # Over a damaged .xls the reader may panic, and a panic is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise source.refuse(BROKEN) from error


def _workbook(source: Source) -> CalamineWorkbook:
    """By its path, which alone tells a password; by its content when the name pretends another kind."""
    try:
        return CalamineWorkbook.from_path(source.path)
    except CalamineError as first:
        try:
            return CalamineWorkbook.from_filelike(BytesIO(source.data))
        except CalamineError:
            raise first from None
