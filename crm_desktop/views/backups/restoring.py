"""检验备份 and 恢复 on a screen: everything that could be lost is asked about before the office is replaced."""

from pathlib import Path
from tkinter import Misc

from crm_desktop.errors import BackupError
from crm_desktop.views.background import Job
from crm_desktop.views.backups.catalogue import live_counts
from crm_desktop.views.backups.contents import Chosen, ContentsWindow, Purpose
from crm_desktop.views.desk import Desk

REPLACES = (
    "现在的数据会全部换成备份里的。换之前先把现在的数据另存一份，"
    "在数据库旁的“备份”文件夹里，名称带“恢复前”。恢复后需要重新登录。"
)
OTHER_WINDOW = "另一个窗口也打开着这个数据库，请先关闭它再恢复。"


class Restoring:
    """Works for one screen, ``owner``."""

    def __init__(self, desk: Desk, owner: Misc) -> None:
        self._desk = desk
        self._owner = owner

    def look(self, file: Path) -> None:
        """Verify a backup and say what is inside."""
        self._compare(file, Purpose())

    def restore(self, file: Path) -> None:
        """Verify a backup, show it beside the office as it is now, and take it when that is confirmed."""
        if self._desk.has_other_windows():
            self._desk.dialogs.show_error(OTHER_WINDOW, parent=self._owner)
        elif self._desk.may_leave():
            self._compare(file, Purpose("从备份恢复", "恢复", REPLACES))

    def _compare(self, file: Path, purpose: Purpose) -> None:
        office = self._desk.office
        self._desk.run(
            lambda job: live_counts(office),
            lambda counts: self._ask(file, Purpose(purpose.title, purpose.confirm, purpose.note, counts)),
            owner=self._owner,
        )

    def _ask(self, file: Path, purpose: Purpose) -> None:
        inspect = self._desk.office.backups.inspect
        window = ContentsWindow(self._owner, self._desk.background, file, inspect, purpose)
        chosen = window.ask()
        if chosen is not None:
            self._restore(chosen)

    def _restore(self, chosen: Chosen) -> None:
        """The screen goes away with the session, so the window itself hears the end."""
        dialogs, root = self._desk.dialogs, self._desk.root

        def restored(safety: Path) -> None:
            detail = f"恢复前的数据保存在：\n{safety}"
            dialogs.show_message("数据已恢复，请重新登录。", detail=detail, title="恢复完成", parent=root)

        self._desk.run(lambda job: self._replace(job, chosen), restored, title="正在恢复…", is_saving=True)

    def _replace(self, job: Job, chosen: Chosen) -> Path:
        if job.is_cancelled():
            raise BackupError("已取消，没有恢复。")
        safety: Path = self._desk.office.backups.restore(chosen.info.path, chosen.password, job.report)
        return safety
