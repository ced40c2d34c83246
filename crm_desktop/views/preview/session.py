"""The program running on a copy of one database, for as long as its screens are photographed and looked over."""

import getpass
import os
import time
import traceback
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tkinter import Misc
from typing import Any

from crm_desktop.app import Application, build
from crm_desktop.clock import Clock
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import CrmError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.photographs import Camera
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.theme import APPEARANCES, create_root, use_theme

WHOLE = 4 / 3
"""Pixels a point at 100 %."""
SECONDS_TO_OPEN = 30

Step = Callable[["Session", Any], Any]


@dataclass(frozen=True)
class Scene:
    """Something to photograph: each step gets what the one before showed, when that is ready, and shows more.

    ``is_outside``: before signing in.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    is_outside: bool = False


class Session:
    """``show`` brings a scene about, ``close_scene`` takes away what it opened; questions wait for nobody."""

    def __init__(self, options: Namespace, scaling: float, folder: Path) -> None:
        self.folder = folder
        self.root = create_root(scaling=scaling * WHOLE)
        self.camera = Camera(self.root, (0, 0))
        self.failures = 0
        self.root.report_callback_exception = self._failed
        _answer_nobody()
        settings = ComputerSettings(folder / "settings.json")
        self.database, self.operator, self.password = _prepare_office(options, folder)
        settings["last_operator"] = self.operator
        self.application: Application = build(settings, Clock(), self.root)
        self.application.background.on_error = lambda error: self._failed(type(error), error, error.__traceback__)
        self.application.start(self.database)
        self._wait_for(SignInPage)

    def dress(self, size: tuple[int, int], theme: str) -> None:
        """From now on on a screen of ``size`` pixels, and in that appearance."""
        setattr(Misc, "winfo_screenwidth", lambda widget: size[0])  # noqa: B010  as if the screen were that small
        setattr(Misc, "winfo_screenheight", lambda widget: size[1])  # noqa: B010
        self.camera.size = size
        use_theme(APPEARANCES[theme])
        self.camera.fit()

    def show(self, scene: Scene) -> Any:
        """Bring the scene about; the last thing shown, ready to be looked at."""
        shown: Any = None
        if scene.is_outside:
            self._leave()
        else:
            self._tidy(self.window)
        for step in scene.steps:
            shown = step(self, shown)
            self.root.update()
            self.wait_until(lambda shown=shown: is_ready(shown), f"{scene.title} {type(shown).__name__}")
        return shown

    def close_scene(self) -> None:
        """What stands in front goes, and no form is kept: the next scene shall not find what this one typed."""
        for window in self.camera.front_windows():
            window.destroy()
        if isinstance(self.application.page, MainWindow):
            self.window.desk.forms.clear()
            self.window.lock.end()

    def _leave(self) -> None:
        """To the page before signing in."""
        if isinstance(self.application.page, MainWindow):
            self._tidy(self.window)
            self.application.sign_out(asks=False)
        elif not isinstance(self.application.page, SignInPage):
            self.application.start(self.database)
        self._wait_for(SignInPage)

    def _tidy(self, window: MainWindow) -> None:
        """Leave only the first screen open, as after signing in."""
        for key in window.tabs.keys_open[1:]:
            window.tabs.current.can_close = lambda: True  # whatever the scene typed may go
            window.tabs.close(key)

    @property
    def window(self) -> MainWindow:
        """The signed-in window; signs in where nobody is."""
        if not isinstance(self.application.page, MainWindow):
            self._leave()
            page: Any = self.application.page
            page.operator.set(self.operator)
            page.password.set(self.password)
            page.submit()
            self._wait_for(MainWindow)
            self.application.page.desk.office.reminders.take_due()  # or a reminder would come up in some picture
        window: MainWindow = self.application.page
        return window

    @property
    def desk(self) -> Any:
        return self.window.desk

    def close(self) -> None:
        self.application.quit()

    def _wait_for(self, page: type) -> None:
        self.wait_until(lambda: isinstance(self.application.page, page), page.__name__)

    def wait_until(self, is_there: Callable[[], bool], what: str) -> None:
        """A picture of what is not there yet would show something else."""
        deadline = time.monotonic() + SECONDS_TO_OPEN
        while not is_there():
            if time.monotonic() > deadline or self.failures:
                raise CrmError(f"没有等到 {what}，请看上面的错误信息。")
            self.root.update()
            time.sleep(0.01)

    def _failed(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        """A box would wait for somebody who is not there."""
        self.failures += 1
        traceback.print_exception(error)


def is_ready(shown: Any) -> bool:
    """Screens that work in the background say when there is something to see; tables, when they are read."""
    table = getattr(shown, "table", None)
    return bool(getattr(shown, "is_ready", True)) and bool(getattr(table, "is_complete", True))


def _answer_nobody() -> None:
    """A window that asks stays open, and whoever asked goes on as after Esc."""
    setattr(Misc, "wait_window", lambda widget, window=None: None)  # noqa: B010


def _prepare_office(options: Namespace, folder: Path) -> tuple[Path, str, str]:
    """The database to show, and how to sign in to it."""
    path = folder / (options.db.name if options.db else "示例.db")
    if options.db:
        copy_database(options.db, path)
    database = Database.open(path, create=not options.db)
    known = sample_sign_in(database) if options.db else None
    if not options.db:
        sample = build_sample(database, Clock())
        known = sample.operator, sample.password
    database.close_all()
    operator, password = known or (options.operator, _ask_password(options.operator))
    return path, operator, password


def _ask_password(operator: str) -> str:
    return os.environ.get("CRM_PASSWORD") or getpass.getpass(f"{operator} 的密码：")
