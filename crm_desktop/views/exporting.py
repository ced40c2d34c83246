"""Writes what a list shows into a workbook or a CSV file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import Misc
from typing import Any

from crm_desktop.models import Entity
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import FileTypes
from crm_desktop.views.printing import Chosen, file_name, tell_saved

PDF = ".pdf"
TABLE_FILES: FileTypes = (("Excel 工作簿", "*.xlsx"), ("CSV 文件", "*.csv"))


def export_list(desk: Desk, owner: Misc, entity: Entity, chosen: Chosen, columns: Sequence[str]) -> None:
    """Ask for the file, write it in the background, and offer to open it."""
    name = file_name(f"{entity.label}信息", desk.office.clock.today(), ".xlsx")
    path = desk.dialogs.choose_save_file(f"导出{entity.label}", name=name, types=TABLE_FILES, parent=owner)
    if path is None:
        return
    query, ids = chosen
    desk.run(
        lambda job: desk.office.exchange.export(
            entity.key, query, path, columns, ids, on_progress=job.report, cancelled=job.is_cancelled
        ),
        lambda count: tell_saved(desk, desk.say, path, f"已导出 {count:,} 条，"),
        owner=owner,
        title="正在导出…",
    )


def save_report(
    desk: Desk, owner: Misc, name: str, parameters: dict[str, Any], title: str, types: FileTypes = TABLE_FILES
) -> None:
    """Ask for the file, and write a list of ``office.reports`` into it."""

    def write(job: Job, path: Path) -> None:
        desk.office.reports.run(name, parameters).save(path, job.report, job.is_cancelled)

    write_file(desk, owner, title, types, write)


def write_file(
    desk: Desk, owner: Misc, title: str, types: FileTypes, write: Callable[[Job, Path], Any]
) -> None:
    """Ask for a file called after ``title``, write it in the background, and offer to open it."""
    suggested = file_name(title, desk.office.clock.today(), Path(types[0][1]).suffix)
    path = desk.dialogs.choose_save_file(f"保存{title}", name=suggested, types=types, parent=owner)
    if path is None:
        return

    def work(job: Job) -> None:
        write(job, path)
        if path.suffix.lower() == PDF:  # the others log their file themselves
            desk.office.reports.log_saved(title, path.name)

    desk.run(work, lambda done: tell_saved(desk, desk.say, path, f"{title}："), owner=owner, title="正在保存…")
