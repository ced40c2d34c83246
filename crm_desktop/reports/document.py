"""A finished document: its pages as bytes, what to tell the clerk about it, and how it reaches the disk."""

import errno
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import length_hint
from pathlib import Path
from typing import TypeVar

from crm_desktop.errors import ReportError

Item = TypeVar("Item")
OnProgress = Callable[[int, int], object]
Cancelled = Callable[[], bool]
STEP = 50  # records between two reports of progress


@dataclass(frozen=True)
class Problem:
    """Something the clerk should know about one record of a document."""

    record_label: str
    problem: str
    record: int = 0
    """The record's id, 0 for what belongs to none."""


@dataclass(frozen=True)
class Document:
    """A PDF in memory; ``pages`` counts its sheets, ``warnings`` says who lacks what."""

    data: bytes = field(repr=False)
    pages: int
    warnings: list[Problem]

    def to_bytes(self) -> bytes:
        return self.data

    def save(self, path: str | Path) -> None:
        """Write the file completely or not at all; ReportError says why not."""
        with replacing(Path(path)) as temporary:
            temporary.write_bytes(self.data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file in the same folder that takes the place of ``path`` when the block ends well."""
    temporary = path.with_name(f".~{secrets.token_hex(6)}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise ReportError(_why_not_saved(path, error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _why_not_saved(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘空间不足，没有保存“{path.name}”，原有文件未改动。"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"文件夹“{path.parent}”不存在，没有保存“{path.name}”。"
    if isinstance(error, PermissionError | IsADirectoryError):
        return f"没有保存“{path.name}”：文件正被其他程序使用，或没有写入权限。请关闭该文件或换一个位置再试。"
    return f"没有保存“{path.name}”：{error.strerror or error}。"


def refuse_more(number: int, most: int) -> None:
    """ReportError when one document would have to hold more than ``most`` records."""
    if number > most:
        raise ReportError(f"一次最多打印 {most:,} 条，现在有 {number:,} 条，请分几次打印，例如按区域或级别查询。")


def watched(
    items: Iterable[Item], total: int, on_progress: OnProgress | None, cancelled: Cancelled | None
) -> Iterator[Item]:
    """Pass the items on, report progress now and then, and stop with ReportError once cancelled.

    ``total`` counts for items that do not know how many they are.
    """
    done, total = 0, length_hint(items, total)
    for item in items:
        if done % STEP == 0:
            if cancelled and cancelled():
                raise ReportError("已取消，文档没有生成。")
            if on_progress and done:
                on_progress(done, max(total, done))
        yield item
        done += 1
    if on_progress:
        on_progress(done, max(total, done))
