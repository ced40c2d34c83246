"""附件: scans, photographs and papers kept with a record, of kinds that are safe to open."""

import re
from collections.abc import Container
from pathlib import PurePath

from crm_desktop.errors import FieldError
from crm_desktop.models.text import size_text

KINDS = {
    ".pdf": "PDF", ".jpg": "图片", ".jpeg": "图片", ".png": "图片", ".bmp": "图片", ".gif": "图片", ".tif": "图片",
    ".tiff": "图片", ".txt": "文本", ".csv": "表格", ".doc": "Word", ".docx": "Word", ".xls": "Excel",
    ".xlsx": "Excel", ".wps": "WPS", ".et": "WPS", ".ofd": "版式文件", ".mp3": "录音", ".wav": "录音", ".m4a": "录音",
    ".amr": "录音",
}  # fmt: skip
"""The endings that are taken: the system's opener would run programs and scripts."""
LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120
UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
"""What no Windows file is called, marks that make a name read backwards, and what no database takes."""


def check_name(name: str) -> str:
    """A file's bare name with an allowed ending, fit for any system, or FieldError."""
    bare = UNSAFE.sub("_", PurePath(name.replace("\\", "/")).name.strip())
    if ending(bare) not in KINDS:
        raise FieldError(f"“{bare}”的类型不能作为附件，可以用图片、PDF、Office 文档、文本和录音。")
    return bare if len(bare) <= LONGEST_NAME else shortened(bare, LONGEST_NAME)


def check_size(name: str, size: int) -> None:
    """FieldError for an empty file or one too large to keep in the office's database; ``size`` is in bytes."""
    if size <= 0:
        raise FieldError(f"“{name}”是空文件，没有添加。")
    if size > LARGEST_BYTES:
        raise FieldError(f"“{name}”有 {size_text(size)}，附件最大 {LARGEST_BYTES // 1024**2} MB。")


def ending(name: str) -> str:
    """``.pdf``: what follows the last dot, in small letters."""
    return PurePath(name).suffix.lower()


def shortened(name: str, length: int) -> str:
    """A name of at most ``length`` characters that keeps its ending."""
    path = PurePath(name)
    return path.stem[: length - len(path.suffix)] + path.suffix


def free_name(name: str, taken: Container[str]) -> str:
    """The name, or the name with the first number that is free: 合同 (2).pdf."""
    path, number, free = PurePath(name), 2, name
    while free in taken:
        mark = f" ({number}){path.suffix}"
        free, number = path.stem[: LONGEST_NAME - len(mark)] + mark, number + 1
    return free
