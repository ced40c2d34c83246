"""Looks at every page of a file that was just opened, while the operator still types the password."""

from pathlib import Path
from typing import Any, Protocol

from crm_desktop.app.offices import DAMAGED
from crm_desktop.db import Database
from crm_desktop.db.soundness import is_sound
from crm_desktop.views.background import Background
from crm_desktop.views.main_window import MainWindow

HARMED = "数据库文件有损坏的地方，请尽快用备份恢复。"


class Watched(Protocol):
    """What is needed of the application."""

    background: Background
    database: Database | None
    page: Any

    def show_trouble(self, path: Path, problem: str) -> None: ...
    def give_up(self, path: Path) -> None: ...


def look_closely(application: Watched, database: Database) -> None:
    """That costs nobody a moment, half a second for a hundred thousand customers.

    Whoever has begun to work by then is told beside the work, for it may still be saved.
    """
    path = database.path

    def tell(is_all_right: bool) -> None:
        if is_all_right or application.database is not database:
            return
        if isinstance(application.page, MainWindow):
            action = ("用备份恢复…", lambda: application.give_up(path))
            application.page.desk.notify(HARMED, action)
        else:
            application.show_trouble(path, DAMAGED.format(path.name))

    application.background.run_in_background(lambda job: is_sound(path, lambda: not job.is_cancelled()), tell)
