"""Open a chosen file and tell by its content what it is, refusing in one sentence what cannot be a sheet."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from crm_desktop.errors import ImportRefused

TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xls", ".xlsm", ".xltx", ".xlt", ".xlsb", ".et", ".ods"})
ENCODINGS = ("utf-8-sig", "gb18030")  # UTF-8 first: GB18030 takes almost any bytes

MISSING = "找不到文件“{name}”，它可能已被移动、改名或删除，请重新选择。"
FOLDER = "“{name}”是一个文件夹，请选择其中的一个 Excel 或 CSV 文件。"
LOCK_FILE = "“{name}”是 Excel 打开文件时留下的临时文件，请选择文件名不带“~$”的原文件。"
OCCUPIED = "无法读取“{name}”，它正被 Excel 等程序占用或您没有读取权限，请关闭该文件后再导入。"
UNREADABLE = "读取“{name}”时磁盘或网络出错，请检查后再导入。"
EMPTY = "文件“{name}”是空的，里面没有任何内容。"
NOT_WORKBOOK = "“{name}”不是 Excel 工作簿，也不是 CSV 文本，请选择 .xlsx、.xls 或 .csv 文件。"
BROKEN = "工作簿“{name}”已损坏，无法打开，请用 Excel 修复并另存后再导入。"
BOMB = "“{name}”解压后大得不合常理，可能是有意做坏的文件，没有读取。请用 Excel 打开后另存，再导入。"
PASSWORD = "工作簿“{name}”设有打开密码，请在 Excel 中取消密码后再导入。"
HTML = "“{name}”其实是网页（HTML）表格，不是 Excel 工作簿，请用 Excel 打开后另存为 .xlsx 再导入。"
XML = "“{name}”其实是 XML 表格，不是 Excel 工作簿，请用 Excel 打开后另存为 .xlsx 再导入。"
PLAIN_TEXT = "“{name}”其实是文本文件，不是 Excel 工作簿，请用 Excel 打开后另存为 .xlsx 再导入。"
TAB_TEXT = "“{name}”其实是用制表符分隔的文本，不是 Excel 工作簿，请用 Excel 打开后另存为 .xlsx 再导入。"
ENCODING = "“{name}”的文字编码无法识别，请用 Excel 另存为“CSV UTF-8”格式后再导入。"

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OLE_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
OLE_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
HTML_SIGNS = ("<html", "<table", "<!doctype html", "<meta", "<head", "<body", "mime-version:")
# What the standard library raises over a damaged zip or the XML inside.
DAMAGE = (BadZipFile, zlib.error, ParseError, EOFError, OSError, ValueError, RuntimeError)
LARGE_PART = 100 << 20  # bytes of one part of a workbook, unpacked; one of a million rows is larger
LARGEST_RATIO = 200  # of what is unpacked to what was packed; Excel's own sheets stay well below
HEAD = 4096  # characters in which a text betrays what it is


@dataclass(frozen=True)
class Source:
    """A file read into memory (so that it is never kept open); ``text`` is None for a workbook."""

    path: Path
    data: bytes
    text: str | None

    def refuse(self, sentence: str, **details: object) -> ImportRefused:
        return ImportRefused(sentence.format(name=self.path.name, **details))


def load(path: Path) -> Source:
    """Read the file; raises ImportRefused with the reason when it cannot hold a sheet."""
    path = Path(path)
    source = Source(path, _read(path), None)
    if source.data.startswith(ZIP_MAGIC):
        _check_package(source)
        return source
    if source.data.startswith(OLE_MAGIC):
        if OLE_ENCRYPTED_STREAM in source.data:
            raise source.refuse(PASSWORD)
        if not any(stream in source.data for stream in OLE_WORKBOOK_STREAMS):
            raise source.refuse(NOT_WORKBOOK)
        return source
    return Source(path, source.data, _text_of(source))


def _read(path: Path) -> bytes:
    def refused(sentence: str) -> ImportRefused:
        return ImportRefused(sentence.format(name=path.name))

    if path.is_dir():
        raise refused(FOLDER)
    if path.name.startswith("~$"):
        raise refused(LOCK_FILE)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise refused(MISSING) from error
    except PermissionError as error:
        raise refused(OCCUPIED) from error
    except OSError as error:
        raise refused(UNREADABLE) from error
    if not data:
        raise refused(EMPTY)
    return data


def _check_package(source: Source) -> None:
    """A zip must open and look like a workbook: a Word file is a zip, too."""
    try:
        with ZipFile(BytesIO(source.data)) as package:
            parts = package.infolist()
            names = [part.filename for part in parts]
            kind = package.read("mimetype") if "mimetype" in names else b""
    except DAMAGE as error:
        raise source.refuse(BROKEN) from error
    if any(part.file_size > max(LARGE_PART, LARGEST_RATIO * part.compress_size) for part in parts):
        raise source.refuse(BOMB)
    if b"spreadsheet" not in kind and not any(name.startswith("xl/") for name in names):
        raise source.refuse(NOT_WORKBOOK)


def _text_of(source: Source) -> str:
    """The content as text, refused when it is no text or only pretends to be a workbook."""
    suffix = source.path.suffix.lower()
    if suffix not in TEXT_SUFFIXES | WORKBOOK_SUFFIXES:
        raise source.refuse(NOT_WORKBOOK)
    text = _decode(source.data)
    if text is None:
        raise source.refuse(ENCODING if suffix in TEXT_SUFFIXES else NOT_WORKBOOK)
    head = text[:HEAD].lstrip().lower()
    if any(sign in head for sign in HTML_SIGNS) and head.startswith(("<", "mime-version:")):
        raise source.refuse(HTML)
    if head.startswith("<?xml"):
        raise source.refuse(XML)
    if suffix in WORKBOOK_SUFFIXES:
        raise source.refuse(TAB_TEXT if "\t" in head else PLAIN_TEXT)
    if not text.strip():
        raise source.refuse(EMPTY)
    return text


def _decode(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith(UTF16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
