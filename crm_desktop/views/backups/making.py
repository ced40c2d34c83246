"""立即备份, 备份到… and 导出全部数据…, as buttons of a screen: with progress, and what came of it in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.backups import TargetResult
from crm_desktop.errors import CrmError
from crm_desktop.views.background import Job
from crm_desktop.views.backups.words import failures, in_short, told
from crm_desktop.views.desk import Desk
from crm_desktop.views.printing import open_file

WORKING = "正在备份并校验…"
CANCELLED = "已取消，没有留下没写完的文件。"


class Making:
    """``tell`` shows on the screen, ``owner``, what was made where."""

    def __init__(self, desk: Desk, owner: Misc, tell: Callable[[str], Any]) -> None:
        self._desk = desk
        self._owner = owner
        self._tell = tell

    def create(self) -> None:
        """A backup to every place of the plan; without one the first place is asked for."""
        backups = self._desk.office.backups
        if backups.plan().targets:
            self._run(lambda job: backups.create_all(job.report, job.is_cancelled))
        else:
            self.create_elsewhere()

    def create_elsewhere(self) -> None:
        """One backup into a folder that is chosen now; the first one becomes the plan's when that has none."""
        backups, may = self._desk.office.backups, self._desk.office.may
        folder = self._desk.dialogs.choose_folder("选择备份文件夹，最好在U盘上", parent=self._owner)
        if folder is None:
            return
        plan, password = backups.plan(), ""
        if plan.is_encrypted:
            password = self._desk.dialogs.ask_password("备份密码：", title="加密的备份", parent=self._owner)
            if not password:
                return

        def work(job: Job) -> list[TargetResult]:
            if not plan.targets and may("backups", "update"):
                backups.set_plan(replace(plan, targets=(str(folder.absolute()),)))
            return self._one(job, folder, password)

        self._run(work)

    def _one(self, job: Job, folder: Path, password: str) -> list[TargetResult]:
        try:
            info = self._desk.office.backups.create(folder, job.report, password, job.is_cancelled)
        except CrmError as error:
            return [TargetResult(str(folder), None, str(error))]
        return [TargetResult(str(folder), info)]

    def _run(self, work: Callable[[Job], Sequence[TargetResult]]) -> None:
        def cancelled() -> None:
            self._tell(CANCELLED)

        self._desk.run(work, self._done, owner=self._owner, title=WORKING, is_saving=True, on_cancelled=cancelled)

    def _done(self, results: Sequence[TargetResult]) -> None:
        self._tell(told(results))
        made = next((result.info for result in results if result.info is not None), None)
        action = None if made is None else ("打开文件夹", lambda: open_file(self._desk, made.path.parent))
        self._desk.say("备份没有全部完成。" if failures(results) else in_short(results), action)

    # -- everything, for other programs ----------------------------------------------------------------------------

    def export(self) -> None:
        """Every kind of record for other programs, so that nobody is locked in."""
        folder = self._desk.dialogs.choose_folder("导出全部数据到哪个文件夹", parent=self._owner)
        if folder is not None:
            backups = self._desk.office.backups
            self._desk.run(
                lambda job: backups.export_everything(folder, job.report, job.is_cancelled),
                lambda files: self._exported(folder, files),
                owner=self._owner,
                title="正在导出全部数据…",
            )

    def _exported(self, folder: Path, files: Sequence[Path]) -> None:
        """They are in a new folder of their own inside the one that was chosen."""
        made = folder / files[0].relative_to(folder).parts[0] if files else folder
        self._tell(f"全部数据已导出为 {len(files)} 个文件：{made}\n里面是未加密的客户资料，请妥善保管。")
        self._desk.say("全部数据已导出。", ("打开文件夹", lambda: open_file(self._desk, made)))
