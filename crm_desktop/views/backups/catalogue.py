"""The list of backups: those the office knows it made, and those that merely lie in its folders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any

from crm_desktop import system
from crm_desktop.controllers import Office
from crm_desktop.controllers.backups import BackupPlan, BackupState
from crm_desktop.models import Query
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import size_text
from crm_desktop.views.backups.words import SUFFIXES, asks_password
from crm_desktop.views.widgets.table_rows import Row, TableColumn

ELSEWHERE = "其他"
"""A file that this office's table of backups does not have: from another computer, or from before a restore."""
BACKSLASH = "\\"
"""Stands in the paths of an office that has moved here from Windows, and in no others."""
THERE, GONE, THINNED = "在", "现在找不到", "已按计划清理"
COLUMNS = (
    TableColumn("at_text", "时间", 17),
    TableColumn("occasion", "时机", 9),
    TableColumn("name", "文件", 38),
    TableColumn("size", "大小", 10, "right", format=lambda row: size_text(row["size"])),
    TableColumn("encrypted_text", "加密", 6, "center"),
    TableColumn("state", "状态", 13),
    TableColumn("folder", "位置", 40),
)  # fmt: skip


@dataclass(frozen=True)
class Overview:
    """What the screen shows, read in one go."""

    plan: BackupPlan
    state: BackupState
    rows: Sequence[Row]
    places: Sequence[str]
    """One line a target of the plan: where it is, how much room it has, or that it is not there."""


def overview(office: Office) -> Overview:
    """Everything the screen shows; reads folders, so it belongs in a worker."""
    plan = office.backups.plan()
    made = [_made(row) for row in office.backups.made()]
    known = {row["id"] for row in made}
    lying = [row for row in _lying(map(Path, plan.targets), office.db.path) if row["id"] not in known]
    rows = sorted([*made, *lying], key=lambda row: str(row["at_text"]), reverse=True)
    return Overview(plan, office.backups.state(), rows, [place(Path(target)) for target in plan.targets])


def place(folder: Path) -> str:
    """A target and how things stand there."""
    if not folder.is_dir():
        return f"{folder}（现在不在，可能U盘没有插上）"
    kind = "U盘或移动硬盘" if system.is_removable(folder) else "本机硬盘"
    return f"{folder}（{kind}，可用 {size_text(system.free_bytes(folder))}）"


def live_counts(office: Office) -> dict[str, int]:
    """How many records the office has now, by table, as backups count them."""
    counts = {each.entity.table: each.count(Query()).n for each in office.records.values()}
    return {**counts, "operators": office.operators.count(Query()).n}


def schedule(plan: BackupPlan) -> str:
    """When the program backs up by itself, and what it keeps."""
    if not plan.targets:
        return "还没有，程序不会自动备份。按 F4 选一个U盘或另一块硬盘。"
    moments = [word for word, is_on in (("每天登录后", plan.daily), ("退出程序时", plan.on_exit)) if is_on]
    kept = f"保留每日 {plan.keep_daily}、每周 {plan.keep_weekly}、每月 {plan.keep_monthly} 份"
    encrypted = "，文件加密" if plan.is_encrypted else ""
    return f"{'、'.join(moments) + '自动备份' if moments else '不自动备份'}，{kept}{encrypted}。"


def _made(row: Row) -> Row:
    path = PureWindowsPath(row["path"]) if BACKSLASH in row["path"] else PurePath(row["path"])
    state = THINNED if row["removed_at"] else THERE if row["exists"] else GONE
    return {**row, "id": str(path), "name": path.name, "folder": str(path.parent), "state": state,
            "encrypted_text": "是" if row["is_encrypted"] else ""}  # fmt: skip


def _lying(folders: Iterable[Path], database: Path) -> list[dict[str, Any]]:
    """Files of the right kind in the folders, without opening them; a database in use is none."""
    found = []
    for folder in folders:
        try:
            files = [file for file in folder.iterdir() if file.suffix in SUFFIXES and file != database]
            found += [_file(file) for file in files if not system.InstanceLock(file).path.exists()]
        except OSError:  # a stick that is not there, or was pulled out meanwhile
            continue
    return found


def _file(file: Path) -> dict[str, Any]:
    facts = file.stat()
    at = datetime.fromtimestamp(facts.st_mtime).astimezone().isoformat(timespec="seconds")
    return {
        "id": str(file), "path": str(file), "name": file.name, "at_text": local_text(at), "occasion": ELSEWHERE,
        "size": facts.st_size, "exists": True, "state": THERE, "folder": str(file.parent),
        "encrypted_text": "是" if asks_password(file) else "",
    }  # fmt: skip
