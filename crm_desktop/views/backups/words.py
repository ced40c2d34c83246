"""Backups in words: what is inside, what became of making them, which files are some."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from crm_desktop.controllers.backups import BackupInfo, TargetResult
from crm_desktop.models import OPERATORS, RECORDS
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import size_text

SUFFIXES = (".db", ".crmbak")
"""Of plain and of encrypted backups."""
BACKUP_FILES = (("客户管理系统备份", "*.db *.crmbak"), ("所有文件", "*"))
ENCRYPTED = ".crmbak"
LABELS = {each.table: each.label for each in (*RECORDS, OPERATORS)} | {"attachments": "附件"}
"""What is counted in a backup, in the order in which it is told."""
IN_ONE_LINE = ("customers", "contacts", "interactions")


def asks_password(file: Path) -> bool:
    """Whether a backup tells what is inside only to who knows its password."""
    return file.suffix.casefold() == ENCRYPTED


def counted(counts: Mapping[str, int], tables: Sequence[str] = IN_ONE_LINE) -> str:
    """客户 1,203、联系人 2,410."""
    return "、".join(f"{LABELS[table]} {counts[table]:,}" for table in tables if table in counts)


def contents(info: BackupInfo) -> str:
    """What is inside a backup, in one line."""
    changed = f"，最后修改 {local_text(info.last_change)}" if info.last_change else ""
    return f"{info.company}：{counted(info.counts)}{changed}，{size_text(info.size)}"


def told(results: Sequence[TargetResult]) -> str:
    """What is in the backups, and one line a target: what was written there, or why nothing was."""
    made = [result.info for result in results if result.info is not None]
    lines = [f"✓ {info.path}。{info.message}" for info in made]
    lines += [f"✕ {result.folder}：{result.problem}" for result in failures(results)]
    return "\n".join([contents(made[0]), *lines] if made else lines)


def failures(results: Sequence[TargetResult]) -> list[TargetResult]:
    """The targets that have no backup now."""
    return [result for result in results if result.info is None]


def in_short(results: Sequence[TargetResult], occasion: str = "备份") -> str:
    """For the status bar: 每日备份完成，已校验（2 处）。"""
    failed = failures(results)
    if not failed:
        places = f"（{len(results)} 处）" if len(results) > 1 else ""
        return f"{occasion}完成，已校验{places}。"
    named = "；".join(f"{result.folder}：{result.problem}" for result in failed)
    return f"{occasion}没有全部完成。{named}"
