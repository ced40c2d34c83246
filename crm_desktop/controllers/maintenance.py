"""检查数据库: everything that can be wrong with the office's file, and the repair of what can be repaired."""

import json
import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crm_desktop.controllers.backups.due import local_folder
from crm_desktop.controllers.backups.names import free_name
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.checks import (
    attached,
    file,
    log,
    numbers,
    orphans,
    relations,
    search,
    structure,
    values,
    weekly,
)
from crm_desktop.controllers.checks.findings import RESTORE, Check, CheckCancelled, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import CrmError, DatabaseError

CHECKS: tuple[tuple[str, Check], ...] = (
    ("数据库文件", file.integrity),
    ("引用关系", file.references),
    ("数据库结构", structure.built_as_declared),
    ("主联系人", relations.one_primary),
    ("重复的编号", relations.unique_values),
    ("日期先后", relations.dates_in_order),
    ("每一项内容", values.by_their_fields),
    ("编号流水号", numbers.not_behind),
    ("所属记录", orphans.belongings),
    ("权限", orphans.rights),
    ("附件内容", attached.contents),
    ("查找索引", search.in_step),
    ("系统日志", log.unbroken),
)
"""What is looked at, in this order, each under the words that the progress shows."""

REPAIRS: dict[str, Callable[[Context, Finding], None]] = {
    "primary": relations.keep_first_primary,
    "orphans": orphans.remove,
    "indexes": file.reindex,
    "structure": structure.rebuild,
    "serials": numbers.raise_last,
    "search": search.rebuild,
}
"""Kind of finding → its repair, in the order of repairing: an index of single values needs the values mended first."""

UNREADABLE, UNREAD = "unreadable", "请先修复其他问题再检查，或用最近的备份恢复。"
LAST_CHECK = "last_check"
OnProgress = Callable[[int, int, str], object]
Cancelled = Callable[[], bool]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """What a check found; nothing when the file is whole."""

    findings: tuple[Finding, ...]
    repaired: tuple[str, ...] = ()
    """What was repaired before this check, in sentences."""
    failed: tuple[str, ...] = ()
    """What could not be repaired after all, and why."""
    safety: Path | None = None
    """The copy of the file as it was before the repair."""

    @property
    def is_whole(self) -> bool:
        return not self.findings


class Maintenance(Controller):
    area = "maintenance"

    @requires("view")
    def check(self, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None) -> Report:
        """Look through the whole file; ``on_progress(done, total, what)``. CheckCancelled leaves nothing behind."""
        return check_office(self._context, on_progress, cancelled)

    @requires("view")
    def last_check(self) -> tuple[str, int] | None:
        """(UTC time, findings) of the last complete check, None before the first."""
        stored = self._db.value(READ, (OFFICE, LAST_CHECK))
        return None if stored is None else tuple(json.loads(stored))

    @requires(ANYONE)
    def are_indexes_true(self, cancelled: Cancelled | None = None) -> bool:
        """What the program looks at by itself: once a week, otherwise and when cancelled nothing is wrong."""
        return weekly.are_indexes_true(self._context, lambda: cancelled is None or not cancelled())

    @requires("update")
    def repair(
        self, findings: Sequence[Finding], on_progress: OnProgress | None = None, cancelled: Cancelled | None = None
    ) -> Report:
        """Copy the file, repair what of the findings can be repaired, and check again."""
        return repair_office(self._context, findings, on_progress, cancelled)


def check_office(context: Context, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None) -> Report:
    """What ``Maintenance.check`` does, also for the program itself."""

    def is_unwanted() -> bool:
        return cancelled is not None and cancelled()

    def pulse() -> None:
        if is_unwanted():
            raise CheckCancelled()

    reading = Reading(context.db, context.clock.today(), pulse)
    findings: list[Finding] = []
    with context.db.snapshot(is_unwanted):
        for number, (what, check) in enumerate(CHECKS):
            pulse()
            if on_progress is not None:
                on_progress(number, len(CHECKS), f"正在检查{what}…")
            findings += _look(check, reading, what)
    pulse()
    findings = _of_damaged(findings) if any(each.kind == "integrity" for each in findings) else findings
    _remember(context, len(findings))
    return Report(tuple(findings))


def _of_damaged(findings: Sequence[Finding]) -> list[Finding]:
    """What else cannot be read follows from the damage, and nothing is repaired on pages that cannot be trusted."""
    left = [each for each in findings if each.kind != UNREADABLE]
    return [replace(each, is_repairable=False, remedy=RESTORE) if each.is_repairable else each for each in left]


def _look(check: Check, reading: Reading, what: str) -> list[Finding]:
    """A check that the damage itself stops is a finding, too."""
    try:
        return list(check(reading))
    except (DatabaseError, sqlite3.DatabaseError, ValueError, TypeError) as error:
        logger.warning("a check could not be finished: %s", check.__name__, exc_info=error)
        told = str(error) if isinstance(error, DatabaseError) else "内容无法读取。"
        return [
            Finding(UNREADABLE, f"“{what}”没有检查完：{told}", 1, False, "请先修复其他问题再检查，或用最近的备份恢复。")
        ]


def _remember(context: Context, count: int) -> None:
    """A damaged file may not even take that."""
    sentence = f"检查数据库：发现 {count} 个问题" if count else "检查数据库：没有发现问题"
    try:
        with context.operation("check", sentence):
            context.db.execute(WRITE, (OFFICE, LAST_CHECK, json.dumps([context.clock.timestamp(), count])))
    except (DatabaseError, sqlite3.DatabaseError) as error:
        logger.warning("the date of the check was not kept", exc_info=error)


def repair_office(
    context: Context,
    findings: Sequence[Finding],
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> Report:
    """What ``Maintenance.repair`` does, also for the program itself."""
    mended = [each for kind in REPAIRS for each in findings if each.kind == kind and each.is_repairable]
    if not mended:
        return check_office(context, on_progress, cancelled)
    if on_progress is not None:
        on_progress(0, 0, "正在备份…")
    safety = keep_copy(context)
    repaired, failed = [], []
    for finding in mended:
        try:
            with context.operation("repair", f"修复数据库：{finding.sentence}{finding.remedy}"):
                REPAIRS[finding.kind](context, finding)
            repaired.append(f"{finding.sentence}已修复：{finding.remedy}")
        except (CrmError, sqlite3.DatabaseError) as error:
            logger.warning("a repair failed: %s", finding.kind, exc_info=error)
            failed.append(f"{finding.sentence}没有修复成，数据没有改动。")
    report = check_office(context, on_progress, cancelled)
    return Report(report.findings, tuple(repaired), tuple(failed), safety)


def keep_copy(context: Context) -> Path:
    """The file as it is, damage and all, beside itself: a verified backup would refuse just what is to be mended."""
    target = free_name(context, local_folder(context), "修复前")
    copy_database(context.db.path, target)
    return target
