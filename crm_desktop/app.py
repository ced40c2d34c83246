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
from crm_desktop.controllers import Office, create_office, is_founded, recover_administrator, sign_in
from crm_desktop.controllers.sample import build_sample, sample_sign_in
from crm_desktop.controllers.session import must_change_password
from crm_desktop.db import Database
from crm_desktop.db.passing_files import remove_database
from crm_desktop.errors import DatabaseError
from crm_desktop.events import EventBus, RecordsChanged
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.passwords import change_password
from crm_desktop.views.sign_in import Door, SignInPage
from crm_desktop.views.theme import APPEARANCES, LIGHT, create_root
from crm_desktop.views.welcome import WelcomePage
from crm_desktop.views.window_place import place_window, window_place

DATABASES = (("客户管理系统数据库", "*.db"), ("所有文件", "*"))
TITLE = "客户管理系统"
LOG_BYTES = 1_000_000
SAVING_MILLISECONDS = 30
COMPANY_NAME = "SELECT name FROM company"
SAMPLE = "（示例数据）"
SAMPLE_NOTE = "示例数据：操作员 {}，密码 {}"
MISSING = "找不到上次使用的数据库：{}。它可能在没有插上的 U 盘里，或者已被移走。"
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
    if root is None:
        root = create_root(APPEARANCES.get(settings["theme"], LIGHT), settings["scaling"] or None)
        place_window(root, settings["window"])
    return Application(root, settings, clock, log)


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
        self._is_leaving = False
        root.protocol("WM_DELETE_WINDOW", self.quit)
        root.bind("<<Quit>>", lambda event: self.quit())
        self._catch_errors()

    # -- the database ----------------------------------------------------------------------------------------------

    def start(self, path: Path | None = None) -> None:
        """Open the given database, else the last one, else ask; a last one that is gone is said."""
        remembered = self.settings["database"]
        if path is not None:
            self.open(path)
        elif not remembered:
            self.show_welcome()
        elif Path(remembered).exists():
            self.open(Path(remembered))
        else:
            self.show_welcome(MISSING.format(remembered))

    def open(self, path: Path) -> None:
        """Open a database and ask who works; a file that cannot be used is said in words."""
        self.background.run_in_background(
            lambda job: open_office(path), self.use, self._not_opened, title="正在打开数据库…", is_saving=True
        )

    def _not_opened(self, error: BaseException) -> None:
        if self.page is None:
            self.show_welcome()
        self.dialogs.show_error(error)

    def use(self, database: Database) -> None:
        """Work on this database from now on."""
        self.close_database()
        self.database = database
        self.lock = system.InstanceLock(database.path)
        self.lock.open()
        self.settings["database"] = str(database.path.resolve())
        self.show_sign_in()

    def found(self, path: Path, company: str, operator: str, password: str, profile: dict[str, str]) -> str:
        """Make a new office; the file is removed again when that is refused. Returns the recovery code."""
        return self._create(
            path, lambda database: create_office(database, company, operator, password, profile, self.clock)
        )

    def found_sample(self, path: Path) -> None:
        """Make the sample office, to look at without fear."""
        self._create(path, lambda database: build_sample(database, self.clock))

    def _create(self, path: Path, fill: Callable[[Database], Any]) -> Any:
        database = Database.open(path, create=True)
        try:
            made = fill(database)
        except BaseException:
            database.close_all()
            remove_database(path)
            raise
        database.close_all()
        return made

    def suggested_database(self) -> Path:
        """Where a new office's file is proposed: where every user of the computer can write."""
        return system.shared_folder() / "客户管理系统" / "客户.db"

    def choose_database(self) -> None:
        path = self.dialogs.choose_open_file("打开数据库", types=DATABASES)
        if path is not None:
            self.open(path)

    def close_database(self) -> None:
        if self.lock is not None:
            self.lock.close()
            self.lock = None
        if self.database is not None:
            self.background.break_off_reading()
            self.database.close_all()
            self.database = None

    # -- the pages -------------------------------------------------------------------------------------------------

    def show_welcome(self, note: str = "") -> None:
        """The first start: found an office, or open an existing one."""
        self._replace_page(lambda: WelcomePage(self.root, self, note))

    def show_sign_in(self) -> None:
        """Ask who works on the open database."""
        database = self.database
        assert database is not None
        company = self._show_title()
        door = Door(
            sign_in=lambda name, word: sign_in(database, name, word, EventBus(), self.clock),
            on_signed_in=self._signed_in,
            recover=lambda code, name, word: recover_administrator(database, code, name, word, self.clock),
            choose_other=self.choose_database,
            found_other=self.show_welcome,
        )
        operator, note = self.settings["last_operator"], ""
        sample = sample_sign_in(database)
        if sample is not None:
            operator, note = sample[0], SAMPLE_NOTE.format(*sample)
        self._replace_page(lambda: SignInPage(self.root, self.background, company, door, operator=operator, note=note))

    def _show_title(self) -> str:
        """The office's name in the title of the window; returns it."""
        assert self.database is not None
        company = str(self.database.value(COMPANY_NAME) or "")
        sample = SAMPLE if sample_sign_in(self.database) else ""
        self.root.title(f"{company}{sample} - {TITLE}")
        return company

    def _signed_in(self, office: Office) -> None:
        office.bus.dispatch = self.background.ui.put
        office.bus.subscribe(RecordsChanged, lambda event: self._show_title() if event.entity == "company" else None)
        self.settings["last_operator"] = office.operator.name
        desk = Desk(
            self.root,
            office,
            self.background,
            self.dialogs,
            self.settings,
            sign_out=self.sign_out,
            has_other_windows=lambda: self.lock is not None and self.lock.has_others(),
        )
        if must_change_password(office) and not change_password(desk, self.root, is_forced=True):
            self.show_sign_in()
        else:
            self._replace_page(lambda: MainWindow(self.root, desk))

    def _replace_page(self, make: Callable[[], Any]) -> None:
        if self.page is not None:
            self.page.destroy()
        self.page = make()
        self.page.pack(fill="both", expand=True)

    # -- leaving ---------------------------------------------------------------------------------------------------

    def sign_out(self, *, asks: bool = True) -> None:
        """Close the screens and ask for the next operator; without ``asks`` nothing unsaved can hold that up."""
        self._leave(self.show_sign_in, asks)

    def quit(self) -> None:
        """End the program, unless a window waits for an answer or a screen has something unsaved."""
        if not self._is_waiting_for_answer():
            self._leave(self._end, asks=True)

    def _is_waiting_for_answer(self) -> bool:
        """A window in front of this one comes first, as everywhere else."""
        front = self.root.tk.call("grab", "current", self.root)
        if front:
            self.root.tk.call("raise", front)
            self.root.bell()
        return bool(front)

    def _leave(self, go_on: Callable[[], Any], asks: bool) -> None:
        """Once nothing is being written any more, close the main window and go on."""
        if self._is_leaving:
            return
        self._is_leaving = True

        def look() -> None:
            if self.background.is_saving:
                self.root.after(SAVING_MILLISECONDS, look)
                return
            self._is_leaving = False
            if isinstance(self.page, MainWindow):
                if not self.page.close(asks=asks):
                    return
                self.page = None
            go_on()

        look()

    def _end(self) -> None:
        self.settings["window"] = window_place(self.root)
        self.background.close()
        self.close_database()
        self.root.destroy()

    def _catch_errors(self) -> None:
        """An error in a handler of the window is told and logged; tests have a catcher of their own."""

        def report(kind: type[BaseException], error: BaseException, trace: Any) -> None:
            self.dialogs.show_error(error)

        if self.root.report_callback_exception.__qualname__.startswith("Tk."):
            self.root.report_callback_exception = report


def open_office(path: Path) -> Database:
    """The database of an office; DatabaseError says why it is none."""
    database = Database.open(path)
    try:
        if not is_founded(database):
            raise DatabaseError("这个数据库里还没有办公室，请换一个文件，或重新建立。")
    except BaseException:
        database.close_all()
        raise
    return database
