"""Measure how far an .xlsx sheet reaches before it is read: one stray cell at XFD1048576 exhausts memory."""

import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import normpath
from xml.etree import ElementTree
from zipfile import ZipFile

LARGEST_AREA = 30_000_000  # cells of the rectangle around all data; the reader takes 32 bytes for each
PIECE = 1 << 20  # bytes decompressed at a time
DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="([A-Z]+\d+:)?([A-Z]+)(\d+)"')
BEYOND_Z = re.compile(rb' r="[A-Z]{2}')  # 26 columns are small enough even with every row in use
FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]+)(\d+)"[^>]*(?<!/)>')
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def too_far(data: bytes, sheet: str) -> str | None:
    """The last cell's name, such as "XFD1048576", when the sheet spans more than can be read; else None."""
    with ZipFile(BytesIO(data)) as package:
        part = _part_of(package, sheet)
        if part is None:
            return None
        with package.open(part) as stream:
            declared = DIMENSION.search(stream.read(4096))
        if declared and _column(declared[2]) * int(declared[3]) <= LARGEST_AREA:
            return None
        if declared is None and not any(BEYOND_Z.search(piece) for piece in _pieces(package, part)):
            return None
        column, row = _last_cell(package, part)
    return f"{column_name(column)}{row}" if column * row > LARGEST_AREA else None


def _part_of(package: ZipFile, sheet: str) -> str | None:
    """The package part that holds the sheet, e.g. "xl/worksheets/sheet1.xml"; None outside .xlsx."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    targets = {link.get("Id"): link.get("Target", "")
               for link in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))}
    for element in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            target = targets.get(element.get(RELATIONSHIP_ID), "")
            part = normpath("xl/" + target) if not target.startswith("/") else target[1:]
            return part if part in names else None
    return None


def _last_cell(package: ZipFile, part: str) -> tuple[int, int]:
    """The rightmost column and the lowest row that hold something; formatted empty cells do not count."""
    column, row = 0, 0
    for piece in _pieces(package, part):
        for cell in FILLED_CELL.finditer(piece):
            column, row = max(column, _column(cell[1])), max(row, int(cell[2]))
    return column, row


def _pieces(package: ZipFile, part: str) -> Iterator[bytes]:
    """The part in bounded pieces that never cut a tag in two."""
    rest = b""
    with package.open(part) as stream:
        while read := stream.read(PIECE):
            whole, bracket, cut = (rest + read).rpartition(b"<")
            yield whole
            rest = bracket + cut
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_name(column: int) -> str:
    """The letters over a column, counted from 1."""
    name = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        name = chr(65 + remainder) + name
    return name
