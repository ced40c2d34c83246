"""Sees to it that an office has backups: 每日 in the background after sign-in, and a word when something is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from crm_desktop.controllers.backups import BackupState, TargetResult
from crm_desktop.events import BackupCreated
from crm_desktop.views.background import Job
from crm_desktop.views.backups.words import failures, in_short
from crm_desktop.views.desk import Desk

DAILY = "每日"
NEVER = "还没有备份过。电脑坏了或文件丢了，没有备份就找不回来。"
OVERDUE = "最近一次好的备份已是 {} 天前。"
MISSING = "备份文件夹现在不在：{}。请插上U盘后再备份。"
FAILED = "上次退出时的备份没有完成：{}"


class Done(NamedTuple):
    """What the work after sign-in has come to; who may not look at backups is told of no state and no places."""

    results: Sequence[TargetResult] = ()
    state: BackupState | None = None
    targets: Sequence[str] = ()


class Memory(Protocol):
    """Where the computer keeps what a damaged file could not tell."""

    def remember(self, path: Path, folders: Iterable[Path]) -> None: ...


class Keeper:
    """Works for one signed-in operator; nothing of it stands in the way of the work."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._memory = memory
        self._backups = desk.office.backups
        self._path = desk.office.db.path
        self._may_look = desk.office.may("backups", "view")

    def begin(self) -> None:
        """After sign-in: what went wrong last time, then what is due, then what is missing."""
        self._desk.office.bus.subscribe(BackupCreated, lambda event: self._memory.remember(
            self._path, [Path(event.path).parent]
        ))  # fmt: skip
        self._tell_last_failure()
        folder = self._desk.computer["backup_folder"]
        self._desk.run(lambda job: self._do_what_is_due(job, folder), self._tell, on_error=self._not_done)

    def _do_what_is_due(self, job: Job, folder: str) -> Done:
        """In a worker: the founder's folder enters the plan, then the daily backup is made when it is due."""
        if folder:
            self._adopt(folder)
        results = self._backups.run_due(DAILY, job.report, job.is_cancelled)
        if not self._may_look:
            return Done(results)
        return Done(results, self._backups.state(), self._backups.plan().targets)

    def _adopt(self, folder: str) -> None:
        """The folder that was named when the office was founded is the plan's first target."""
        if self._desk.office.may("backups", "update") and not self._backups.plan().targets:
            self._backups.set_plan(replace(self._backups.plan(), targets=(folder,)))

    def _tell(self, done: Done) -> None:
        self._memory.remember(self._path, map(Path, done.targets))
        if done.results:
            self._desk.say(in_short(done.results, "每日备份"))
        missing = done.state.missing_targets if done.state is not None else ()
        for result in failures(done.results):
            if result.folder not in missing:  # that is said below
                self._notify(f"每日备份没有写到 {result.folder}：{result.problem}")
        for text in reminders(done.state) if done.state is not None else ():
            self._notify(text)

    def _not_done(self, error: BaseException) -> None:
        self._notify(f"每日备份没有完成：{error}")

    def _notify(self, text: str) -> None:
        action = ("备份…", lambda: self._desk.open("backups")) if self._may_look else None
        self._desk.notify(text, action)

    def _tell_last_failure(self) -> None:
        """Once: it stands there until the operator closes it."""
        failed = dict(self._desk.computer["backup_failures"])
        text = failed.pop(str(self._path), "")
        if text:
            self._desk.computer["backup_failures"] = failed
            self._notify(FAILED.format(text))


def reminders(state: BackupState) -> list[str]:
    """What somebody should see to; nothing when all is well."""
    texts = [NEVER if state.days_since is None else OVERDUE.format(state.days_since)] if state.is_overdue else []
    if state.missing_targets:
        texts.append(MISSING.format("、".join(state.missing_targets)))
    return texts


def note_failure(desk: Desk, text: str) -> None:
    """Keep for the next sign-in what nobody is there to read now."""
    known: dict[str, Any] = desk.computer["backup_failures"]
    desk.computer["backup_failures"] = {**known, str(desk.office.db.path): text}
