"""附件: scans, photographs and papers kept with a record, of kinds that are safe to open."""

from pathlib import PurePath

from crm_desktop.errors import FieldError

KINDS = {
    ".pdf": "PDF", ".jpg": "图片", ".jpeg": "图片", ".png": "图片", ".bmp": "图片", ".gif": "图片", ".tif": "图片",
    ".tiff": "图片", ".txt": "文本", ".csv": "表格", ".doc": "Word", ".docx": "Word", ".xls": "Excel",
    ".xlsx": "Excel", ".wps": "WPS", ".et": "WPS", ".ofd": "版式文件", ".mp3": "录音", ".wav": "录音", ".m4a": "录音",
    ".amr": "录音",
}  # fmt: skip
"""The endings that are taken: the system's opener would run programs and scripts."""
LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120


def check_name(name: str) -> str:
    """A file's bare name with an allowed ending, or FieldError."""
    bare = PurePath(name.replace("\\", "/")).name
    if PurePath(bare).suffix.lower() not in KINDS:
        raise FieldError(f"“{bare}”的类型不能作为附件，可以用图片、PDF、Office 文档、文本和录音。")
    return bare if len(bare) <= LONGEST_NAME else PurePath(bare).stem[: LONGEST_NAME - 8] + PurePath(bare).suffix


def check_size(size: int) -> None:
    """FieldError for an empty file or one too large to keep in the office's database."""
    if size <= 0:
        raise FieldError("这个文件是空的。")
    if size > LARGEST_BYTES:
        raise FieldError(f"附件最大 {LARGEST_BYTES // 1024**2} MB，这个文件有 {size / 1024**2:,.0f} MB。")
