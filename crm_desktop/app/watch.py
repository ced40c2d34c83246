"""Looks at every page of a file that was just opened, while the operator still types the password."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from crm_desktop.app.offices import DAMAGED
from crm_desktop.db import Database
from crm_desktop.db.soundness import is_sound
from crm_desktop.views.background import Background, Job

if TYPE_CHECKING:
    from crm_desktop.views.main_window import MainWindow

HARMED = "数据库文件有损坏的地方，请尽快用备份恢复。"

PAINTED_SECONDS = 0.05
"""After which the sign-in page is there for certain; what can wait until then begins now."""


class Watched(Protocol):
    """What is needed of the application."""

    background: Background
    database: Database | None
    window: "MainWindow | None"

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
        if application.window is not None:
            action = ("用备份恢复…", lambda: application.give_up(path))
            application.window.desk.notify(HARMED, action)
        else:
            application.show_trouble(path, DAMAGED.format(path.name))

    def look(job: Job) -> bool:
        return not job.pause(PAINTED_SECONDS) or is_sound(path, lambda: not job.is_cancelled())

    application.background.run_in_background(look, tell)
