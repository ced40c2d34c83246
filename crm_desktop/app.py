"""The composition root: from the command line to an open window, and from start to sign-in to work."""

import argparse
import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from crm_desktop import paths, system
from crm_desktop.clock import Clock
from crm_desktop.controllers import Office, create_office, is_founded, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import CrmError, DatabaseError
from crm_desktop.events import EventBus
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.theme import create_root
from crm_desktop.views.welcome import WelcomePage

DATABASES = (("客户管理系统数据库", "*.db"), ("所有文件", "*"))
TITLE = "客户管理系统"
LOG_BYTES = 1_000_000
NO_DISPLAY = "没有图形界面，无法打开窗口。请在桌面环境中运行，或使用命令行：python -m crm_desktop --help"


def main(arguments: list[str] | None = None) -> int:
    """Start the desktop; returns the exit code."""
    parser = argparse.ArgumentParser(prog="main.py", description="客户管理系统")
    parser.add_argument("--db", type=Path, help="要打开的数据库文件")
    options = parser.parse_args(arguments)
    if not system.has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 1
    folder = paths.user_data_folder()
    start_logging(folder)
    system.enable_dpi_awareness()
    application = build(ComputerSettings(folder / "settings.json"), Clock(), log=folder / "crm.log")
    application.start(options.db)
    application.root.mainloop()
    return 0


def build(settings: ComputerSettings, clock: Clock, root: Any = None, log: Path | None = None) -> "Application":
    """The application with its window; tests hand in their own root, because there can be only one."""
    return Application(root or create_root(scaling=settings["scaling"] or None), settings, clock, log)


def start_logging(folder: Path) -> None:
    """Warnings and errors go to a file the office can send."""
    handler = RotatingFileHandler(folder / "crm.log", maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)


class Application:
    """One window and the database it works on. ``page`` is what fills the window now."""

    def __init__(self, root: Any, settings: ComputerSettings, clock: Clock, log: Path | None = None) -> None:
        self.root = root
        self.settings = settings
        self.clock = clock
        self.background = Background(root)
        self.dialogs = Dialogs(root, open_log=(lambda: system.open_path(log)) if log else None)
        self.background.on_error = self.dialogs.show_error
        self.database: Database | None = None
        self.page: Any = None
        self.lock: system.InstanceLock | None = None
        root.protocol("WM_DELETE_WINDOW", self.quit)
        root.bind("<<Quit>>", lambda event: self.quit())
        self._catch_errors()

    def start(self, path: Path | None = None) -> None:
        """Open the given database, else the last one, else ask."""
        remembered = self.settings["database"]
        chosen = path or (Path(remembered) if remembered else None)
        if chosen is None or (path is None and not chosen.exists()):
            self.show_welcome()
        else:
            self.open(chosen)

    def open(self, path: Path) -> None:
        """Open a database and ask who works; a file that cannot be used is said in words."""
        try:
            database = Database.open(path)
            if not is_founded(database):
                database.close_all()
                raise DatabaseError("这个数据库里还没有办公室。")
        except CrmError as error:
            self.dialogs.show_error(error)
            if self.page is None:
                self.show_welcome()
            return
        self.use(database)

    def use(self, database: Database) -> None:
        """Work on this database from now on."""
        self.close_database()
        self.database = database
        self.lock = system.InstanceLock(database.path)
        self.lock.open()
        self.settings["database"] = str(database.path.resolve())
        self.show_sign_in()

    def show_welcome(self) -> None:
        """The first start: found an office, open an existing one or restore a backup."""
        self._replace_page(lambda: WelcomePage(self.root, self))

    def found(self, path: Path, company: str, operator: str, password: str, profile: dict[str, str]) -> str:
        """Make a new office; the file is removed again when that is refused. Returns the recovery code."""
        database = Database.open(path, create=True)
        try:
            return create_office(database, company, operator, password, profile, self.clock)
        except BaseException:
            database.close_all()
            path.unlink(missing_ok=True)
            raise
        finally:
            database.close_all()

    def suggested_database(self) -> Path:
        """Where a new office's file is proposed: where every user of the computer can write."""
        return system.shared_folder() / "客户管理系统" / "客户.db"

    def show_sign_in(self) -> None:
        database = self.database
        assert database is not None
        company = database.value("SELECT name FROM company") or ""
        self.root.title(f"{company} - {TITLE}")
        self._replace_page(
            lambda: SignInPage(
                self.root,
                self.background,
                company,
                lambda name, word: sign_in(database, name, word, EventBus(), self.clock),
                self._signed_in,
                operator=self.settings["last_operator"],
                on_other=self.choose_database,
            )
        )

    def choose_database(self) -> None:
        path = self.dialogs.choose_open_file("打开数据库", types=DATABASES)
        if path is not None:
            self.open(path)

    def _signed_in(self, office: Office) -> None:
        office.bus.dispatch = self.background.ui.put
        self.settings["last_operator"] = office.operator.name
        desk = Desk(self.root, office, self.background, self.dialogs, self.settings, sign_out=self.sign_out)
        self._replace_page(lambda: MainWindow(self.root, desk))

    def sign_out(self) -> None:
        """Close the screens and ask for the next operator."""
        if isinstance(self.page, MainWindow):
            if not self.page.close():
                return
            self.page = None
        self.show_sign_in()

    def quit(self) -> None:
        """End the program, unless a screen has something unsaved that the operator wants to keep."""
        if isinstance(self.page, MainWindow) and not self.page.close():
            return
        self.page = None
        self.background.close()
        self.close_database()
        self.root.destroy()

    def close_database(self) -> None:
        if self.lock is not None:
            self.lock.close()
            self.lock = None
        if self.database is not None:
            self.database.close_all()
            self.database = None

    def _replace_page(self, make: Callable[[], Any]) -> None:
        if self.page is not None:
            self.page.destroy()
        self.page = make()
        self.page.pack(fill="both", expand=True)

    def _catch_errors(self) -> None:
        """An error in a handler of the window is told and logged; tests have a catcher of their own."""

        def report(kind: type[BaseException], error: BaseException, trace: Any) -> None:
            self.dialogs.show_error(error)

        if self.root.report_callback_exception.__qualname__.startswith("Tk."):
            self.root.report_callback_exception = report
