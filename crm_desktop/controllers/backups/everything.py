"""导出全部数据: workbook, CSV files and attachments for any program to read, so that no office is locked in."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_desktop.controllers.backups.making import GONE
from crm_desktop.controllers.backups.names import free_name, office_name
from crm_desktop.controllers.backups.sheets import TITLE, everything
from crm_desktop.controllers.base import EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.listings import around
from crm_desktop.db.backup import Cancelled, Progress, reason
from crm_desktop.db.connection import beside
from crm_desktop.db.passing_files import PARTIAL
from crm_desktop.errors import BackupError, PermissionDenied
from crm_desktop.models import ENTITIES
from crm_desktop.models.attachment import UNSAFE
from crm_desktop.models.attachment import free_name as free_file_name
from crm_desktop.models.progress import part
from crm_desktop.reports import Table
from crm_desktop.reports.csv_file import save_csv
from crm_desktop.reports.spec import Origin
from crm_desktop.reports.workbook import save_sheets

CANCELLED = "已取消导出，没有留下文件。"
NOTE = "全部数据"
FOLDER_OF_FILES = "附件"
LONGEST_FOLDER = 40
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
FILES = f"""SELECT t.id, t.entity, t.record, t.name, {TITLE} AS title FROM attachments t
 WHERE t.deleted_at IS NULL ORDER BY t.entity, t.record, t.id"""
CONTENT = "SELECT content FROM attachments WHERE id = ?"
README = """{office}：{note}
导出时间：{at}
导出人：{operator}

全部数据.xlsx    每一类资料一张工作表
CSV 文件夹       同样的内容，每一类一个文件（UTF-8），任何程序都能读
附件 文件夹      按类别和记录存放的附件原件

包含的资料：
{tables}
附件 {files} 个。

金额以元为单位，注册资金和年营业额以万元为单位；日期和时间是本地时间。
回收站里的记录和操作员的密码不在其中。要原样恢复全部数据，请用“数据备份与恢复”做的备份。
"""


def export_everything(
    context: Context,
    readers: Sequence[EntityReader],
    folder: Path | str,
    on_progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Path]:
    """Write everything into a new folder inside ``folder``, completely or not at all; returns the files.

    Whoever sees only some customers, or stars instead of telephone numbers, cannot take everything with them.
    """
    context.demand("phones", "view")
    if context.data_scope() != "全部":
        raise PermissionDenied("导出全部数据需要“全部”的数据范围，请联系管理员。")
    folder = Path(folder)
    if not folder.is_dir():
        raise BackupError(GONE.replace("备份", "导出"))
    target = free_name(context, folder, NOTE, suffix="")
    with _filled(target) as partial:
        tables = everything(context, readers)
        written = _write_tables(context, tables, partial, on_progress, cancelled)
        files = _write_files(context, partial / FOLDER_OF_FILES, part(on_progress, 2, 3), cancelled)
        written += files
        written.append(_write_note(context, tables, len(files), partial))
    with context.operation("export", f"导出全部数据到 {target}"):
        pass
    return [target / each.relative_to(partial) for each in written]


@contextmanager
def _filled(target: Path) -> Iterator[Path]:
    """A folder that has its name only once everything is in it."""
    partial = beside(target, PARTIAL)
    try:
        partial.mkdir()
        yield partial
        partial.replace(target)
    except OSError as error:
        raise BackupError(f"导出没有完成：{reason(error)}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_tables(
    context: Context, tables: Sequence[Table], folder: Path, on_progress: Progress | None, cancelled: Cancelled | None
) -> list[Path]:
    workbook, written = folder / f"{NOTE}.xlsx", []
    save_sheets(tables, workbook, part(on_progress, 0, 3), cancelled, NOTE, Origin(**around(context)))
    (folder / "CSV").mkdir()
    for number, table in enumerate(tables):
        file = folder / "CSV" / f"{table.title}.csv"
        save_csv(table, file, part(part(on_progress, 1, 3), number, len(tables)), cancelled)
        written.append(file)
    return [workbook, *written]


def _write_files(context: Context, folder: Path, on_progress: Progress, cancelled: Cancelled | None) -> list[Path]:
    """Each attachment in the folder of its record, under a name that every system takes."""
    rows, written = context.db.query(FILES), []
    for done, row in enumerate(rows, 1):
        if cancelled is not None and cancelled():
            raise BackupError(CANCELLED)
        place = folder / ENTITIES[row["entity"]].label / folder_name(row)
        place.mkdir(parents=True, exist_ok=True)
        file = place / free_file_name(safe_name(row["name"]), Present(place))
        file.write_bytes(context.db.value(CONTENT, (row["id"],)))
        written.append(file)
        on_progress(done, len(rows))
    return written


class Present:
    """The names in a folder, as its file system compares them: most take A.pdf for a.pdf."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, name: object) -> bool:
        return (self._folder / str(name)).exists()


def folder_name(row: Any) -> str:
    """Of a record: what it is called and its number, so that two of one name do not share one."""
    return f"{safe_name(str(row['title'] or ''))[:LONGEST_FOLDER].rstrip(' .')} {row['record']}".strip()


def safe_name(name: str) -> str:
    """A name without path, without what a system forbids, never that of a device."""
    plain = UNSAFE.sub("_", re.sub(r"[\\/]", "_", name)).strip(" .") or "_"
    return f"_{plain}" if RESERVED.match(plain) else plain


def _write_note(context: Context, tables: Sequence[Table], files: int, folder: Path) -> Path:
    note = folder / "说明.txt"
    text = README.format(
        office=office_name(context.db),
        note=NOTE,
        at=context.clock.local_minute(),
        operator=context.operator.full_name,
        tables="\n".join(f"  {table.title}" for table in tables),
        files=files,
    )
    note.write_text(text, encoding="utf-8-sig", newline="\r\n")
    return note
