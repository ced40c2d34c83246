"""Removes automatic backups that are no longer needed, once a newer one in the same folder is verified."""

from contextlib import suppress
from pathlib import Path

from crm_desktop.controllers.backups.making import DAILY, ON_EXIT, RISKY
from crm_desktop.controllers.backups.plan import BackupPlan
from crm_desktop.controllers.backups.record import Row, exists, moment_of, standing
from crm_desktop.controllers.context import Context
from crm_desktop.db.backup_file import remove_backup
from crm_desktop.db.inspection import written_digest
from crm_desktop.models.thinning import kept

ROUTINE = (DAILY, ON_EXIT)
REMOVED = "UPDATE backups SET removed_at = ? WHERE id = ?"


def thin(context: Context, folder: Path, plan: BackupPlan) -> None:
    """Remove what the plan does not keep of the automatic backups of this office in one folder.

    Those made before an import, a cleanup or a restore have a turn of their own and stay for ``keep_daily`` days
    whatever else was made: they are how that step is undone.
    """
    here = [row for row in standing(context.db) if Path(row["path"]).parent == folder.absolute()]
    gone = [row for row in here if not row["exists"]]
    routine = [row for row in here if row["exists"] and row["occasion"] in ROUTINE]
    risky = [row for row in here if row["exists"] and row["occasion"] in RISKY]
    superfluous = [*_beyond(context, routine, plan), *_old(context, _beyond(context, risky, plan), plan)]
    removed = [row for row in superfluous if _remove(row)]
    if not (gone or removed):
        return
    with context.operation("backup_thinned", _sentence(folder, gone, removed)):
        now = context.clock.timestamp()
        context.db.executemany(REMOVED, [(now, row["id"]) for row in (*gone, *removed)])


def _beyond(context: Context, rows: list[Row], plan: BackupPlan) -> list[Row]:
    moments = {row["id"]: moment_of(row).astimezone().replace(tzinfo=None) for row in rows}
    now = context.clock.now().astimezone().replace(tzinfo=None)
    stay = kept(moments.values(), now, plan.keep_daily, plan.keep_weekly, plan.keep_monthly)
    return [row for row in rows if moments[row["id"]] not in stay]


def _old(context: Context, rows: list[Row], plan: BackupPlan) -> list[Row]:
    return [row for row in rows if (context.clock.now() - moment_of(row)).days >= plan.keep_daily]


def _remove(row: Row) -> bool:
    """Whether the file is gone now. Only the very file that was made: another stick may have one of that name."""
    path = Path(row["path"])
    with suppress(OSError):
        if path.stat().st_size == row["size"] and written_digest(path) == row["sha256"]:
            remove_backup(path)
    return not exists(path)


def _sentence(folder: Path, gone: list[Row], removed: list[Row]) -> str:
    told = [f"删除较旧的自动备份 {len(removed)} 份" if removed else "", f"有 {len(gone)} 份已不在" if gone else ""]
    return f"整理备份文件夹 {folder}：{'，'.join(filter(None, told))}"
