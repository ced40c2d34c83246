"""Backups that the program makes by itself: to several places, daily, on leaving, before something risky."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm_desktop.controllers.backups.making import BEFORE_CLEANUP, DAILY, MANUAL, ON_EXIT, back_up
from crm_desktop.controllers.backups.plan import BackupPlan, password_of, read_plan
from crm_desktop.controllers.backups.record import day_of, has_changed_since, last_at, made, standing
from crm_desktop.controllers.backups.thinning import thin
from crm_desktop.controllers.context import Context
from crm_desktop.db.backup import Cancelled, Progress, reason, stop_when
from crm_desktop.db.inspection import BackupInfo
from crm_desktop.errors import BackupError, CrmError
from crm_desktop.models.progress import part

OVERDUE_DAYS = 7
RECENT = 50
"""Backups looked at for those of today."""
LOCAL_FOLDER = "备份"
"""Beside the database, for copies before something risky when no place of the plan can be reached."""
HAS_RECORDS = "SELECT 1 FROM customers WHERE deleted_at IS NULL LIMIT 1"


@dataclass(frozen=True)
class TargetResult:
    """What became of the backup to one place."""

    folder: str
    info: BackupInfo | None
    problem: str = ""


@dataclass(frozen=True)
class BackupState:
    """How well the office is secured."""

    last_at: str
    """UTC time of the last good backup, empty when there was none."""
    days_since: int | None
    """Local days since then; None without one."""
    is_overdue: bool
    missing_targets: tuple[str, ...]
    """Places of the plan that cannot be reached now."""


def state(context: Context) -> BackupState:
    """When the last backup was, and whether that is too long ago for an office that has records."""
    last, plan = last_at(context.db), read_plan(context.db)
    days = None
    if last:
        # One that lies ahead was made by a clock that was set back since: it is trusted no longer than an old one.
        days = abs((context.clock.today() - date.fromisoformat(day_of({"at": last}))).days)
    is_late = days is None or days > OVERDUE_DAYS
    is_overdue = is_late and context.db.one(HAS_RECORDS) is not None
    missing = tuple(each for each in plan.targets if not is_reachable(Path(each)))
    return BackupState(last, days, is_overdue, missing)


def back_up_to(
    context: Context,
    targets: list[str],
    occasion: str,
    on_progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[TargetResult]:
    """One backup to each place; one that fails says why and does not stop the others."""
    plan, results = read_plan(context.db), []
    for number, target in enumerate(targets):
        info, problem, step = None, "", part(on_progress, number, len(targets))
        try:
            info = back_up(context, target, step, password_of(context.db, plan), cancelled, occasion)
            thin(context, Path(target), plan)
        except CrmError as error:
            problem = str(error)
        results.append(TargetResult(target, info, problem))
    return results


def run_due(
    context: Context, occasion: str, on_progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[TargetResult]:
    """What is due by the plan on 每日 or 退出; nothing when all of it has been made."""
    plan = read_plan(context.db)
    if occasion == DAILY and plan.daily:
        due = [each for each in plan.targets if not _was_made_today(context, each)]
    elif occasion == ON_EXIT and plan.on_exit:
        due = [each for each in plan.targets if not _holds_the_present(context, each)]
    else:
        due = []
    return back_up_to(context, due, occasion, on_progress, cancelled)


def _was_made_today(context: Context, target: str) -> bool:
    """Also when the stick has been pulled since, or the file removed: once a day is what the plan says."""
    today = context.clock.today().isoformat()
    return any(
        day_of(row) == today and row["occasion"] in (DAILY, MANUAL) and Path(row["folder"]) == Path(target)
        for row in made(context.db, RECENT)
    )


def _holds_the_present(context: Context, target: str) -> bool:
    """Whether the last backup there has all that the office has now."""
    for row in standing(context.db):
        if row["exists"] and Path(row["folder"]) == Path(target):
            return not has_changed_since(context.db, row)
    return False


def secure_before(context: Context, occasion: str, cancelled: Cancelled | None = None) -> Path | None:
    """A backup before something risky; None when the plan wants none.

    It goes to the first place that can be reached, else into a folder beside the database. When nothing has changed
    since a backup that is still there, an import takes that one; a cleanup, which is undone by its own, never.
    BackupError once ``cancelled``.
    """
    plan = read_plan(context.db)
    if not plan.before_risky:
        return None
    present = next((row for row in standing(context.db) if row["exists"]), None)
    if occasion != BEFORE_CLEANUP and present is not None and not has_changed_since(context.db, present):
        return Path(present["path"])
    for target in filter(is_reachable, map(Path, plan.targets)):
        with suppress(BackupError):
            return _secured(context, target, plan, password_of(context.db, plan), occasion, cancelled)
        stop_when(cancelled)
    return _secured(context, local_folder(context), plan, "", occasion, cancelled)


def _secured(
    context: Context, folder: Path, plan: BackupPlan, password: str, occasion: str, cancelled: Cancelled | None
) -> Path:
    path = back_up(context, folder, password=password, cancelled=cancelled, occasion=occasion).path
    thin(context, folder, plan)
    return path


def local_folder(context: Context) -> Path:
    """The folder for backups beside the database; made when there is none.

    It is as safe from readers as the database beside it, so what lies there need not be encrypted.
    """
    folder = context.db.path.absolute().parent / LOCAL_FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BackupError(f"数据库旁的“{LOCAL_FOLDER}”文件夹建立不了：{reason(error)}") from error
    return folder


def is_reachable(folder: Path) -> bool:
    """Whether a folder is there now; a stick that fails is not."""
    try:
        return folder.is_dir()
    except OSError:
        return False
