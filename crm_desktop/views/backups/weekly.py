"""Once a week every index is compared with its table, beside the work: a record that a search misses nobody misses."""

from tkinter import Misc
from typing import Any

from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk

UNTRUE = "查找和排序用的索引与记录不一致，可能漏掉记录。请管理员用“检查数据库”修复。"
LATER_MILLISECONDS = 60_000
"""It reads the whole file, and by then the first lists have been read."""


class WeeklyLook:
    """For as long as a ``window`` is there; what could not be finished is done the next time."""

    def __init__(self, desk: Desk, window: Misc) -> None:
        self._desk, self._window = desk, window
        self._job: Job | None = None
        self._later = window.after(LATER_MILLISECONDS, self._begin)
        window.bind("<Destroy>", lambda event: self._stop(), add="+")

    def _begin(self) -> None:
        maintenance = self._desk.office.maintenance
        self._job = self._desk.run(lambda job: maintenance.are_indexes_true(job.is_cancelled), self._tell)

    def _stop(self) -> None:
        self._window.after_cancel(self._later)
        if self._job is not None:
            self._job.forget()

    def _tell(self, is_all_right: bool) -> None:
        if not is_all_right:
            action: Any = ("检查数据库", lambda: self._desk.open("maintenance"))
            self._desk.notify(UNTRUE, action if self._desk.office.may("maintenance", "view") else None)
