"""The window and the database it works on: from start to sign-in to work, and to the end."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop import paths, system
from crm_desktop.app.doubts import is_wanted
from crm_desktop.app.offices import DAMAGED, open_office
from crm_desktop.app.watch import PAINTED_SECONDS, look_closely
from crm_desktop.clock import Clock
from crm_desktop.controllers.doorplate import company_name, sample_sign_in
from crm_desktop.db import Database
from crm_desktop.errors import DatabaseLost
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background, Job
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.sign_in import Door, SignInPage
from crm_desktop.views.window_place import window_place

if TYPE_CHECKING:
    from crm_desktop.app.inside import Inside
    from crm_desktop.app.rescue import Rescuer
    from crm_desktop.controllers import Office
    from crm_desktop.views.backups.leaving import LeavingPage
    from crm_desktop.views.desk import Desk
    from crm_desktop.views.main_window import MainWindow

DATABASES = (("客户管理系统数据库", "*.db"), ("所有文件", "*"))
TITLE = "客户管理系统"
SAVING_MILLISECONDS = 30
SAMPLE = "（示例数据）"
RESTORED = "数据已从备份恢复，请登录。"
KEPT = "原来的文件另存为：{}"
SAMPLE_NOTE = "示例数据：操作员 {}，密码 {}"


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
        self.window: MainWindow | None = None
        """The page while somebody works."""
        self.lock: system.InstanceLock | None = None
        self._desk: Desk | None = None
        """That of the operator who worked here last, until the database is closed."""
        self._leaving_page: LeavingPage | None = None
        self._news = ""
        self._is_leaving = False
        root.protocol("WM_DELETE_WINDOW", self.quit)
        root.bind("<<Quit>>", lambda event: self.quit())
        self._catch_errors()

    @cached_property
    def _inside(self) -> "Inside":
        from crm_desktop.app.inside import (
            Inside,  # late: it is most of the program, and the sign-in page needs none of it
        )

        return Inside(self)

    @property
    def rescuer(self) -> "Rescuer":
        """Knows where the backups are."""
        return self._inside.rescuer

    # -- the database ----------------------------------------------------------------------------------------------

    def start(self, path: Path | None = None) -> None:
        """Open the given database, else the last one, else ask for the office."""
        remembered = self.settings["database"]
        if path is not None or remembered:
            self.open(path or Path(remembered))
        else:
            self.show_welcome()

    def open(self, path: Path) -> None:
        """Open a database and ask who works; a file that cannot be used is said in words, one that is lost leads to
        its backups."""
        is_mine = self.lock is not None and self.database is not None and self.database.path == path
        look = (self.lock if is_mine and self.lock else system.InstanceLock(path)).look()
        if not is_wanted(self.dialogs, path, look.others, self.clock):
            if self.page is None:
                self.quit()
            return
        self.background.run_in_background(
            lambda job: open_office(path, looks_closely=look.was_cut_off, is_cancelled=job.is_cancelled),
            self.use,
            lambda error: self._not_opened(path, error),
            title="正在打开数据库…",
            is_saving=True,
        )

    def _not_opened(self, path: Path, error: BaseException) -> None:
        if isinstance(error, DatabaseLost) and (self.page is None or self.rescuer.knows(path)):
            self.show_trouble(path, str(error))
            return
        if self.page is None:
            self.show_welcome()
        self.dialogs.show_error(error)

    def use(self, database: Database) -> None:
        """Work on this database from now on."""
        self.close_database()
        self.database = database
        self.lock = system.InstanceLock(database.path)
        self.lock.open(self.clock.timestamp())
        self.settings["database"] = str(database.path.resolve())
        self.show_sign_in()
        look_closely(self, database)

    def found(self, path: Path, company: str, operator: str, password: str, profile: dict[str, str]) -> str:
        """Make a new office; the file is removed again when that is refused. Returns the recovery code."""
        return self._inside.found(path, company, operator, password, profile)

    def found_sample(self, path: Path) -> None:
        """Make the sample office, to look at without fear."""
        self._inside.found_sample(path)

    def suggested_database(self) -> Path:
        """Where a new office's file is proposed: where every user of the computer can write, or with
        the portable program."""
        return (paths.portable_folder() or system.shared_folder() / "客户管理系统") / "客户.db"

    def suggested_backups(self) -> str:
        """Where a new office's backups are proposed to go: with a portable program, else a person has to choose."""
        portable = paths.portable_folder()
        return str(portable / paths.BACKUPS) if portable else ""

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
            self.database = self._desk = None

    # -- the pages -------------------------------------------------------------------------------------------------

    def show_welcome(self, note: str = "") -> None:
        """The first start: found an office, or open an existing one."""
        self._replace_page(lambda: self._inside.welcome(note))

    def show_trouble(self, path: Path, problem: str) -> None:
        """The way back for an office whose file is gone or damaged."""
        self.close_database()
        self._replace_page(lambda: self._inside.trouble(path, problem))

    def give_up(self, path: Path) -> None:
        """From the work to the way back, once what is unsaved has been asked about."""
        self._leave(lambda: self.show_trouble(path, DAMAGED.format(path.name)), asks=True)

    def restored(self, path: Path, safety: Path) -> None:
        """Open what a backup has brought back, and say where the rest is."""
        self._news = RESTORED + (KEPT.format(safety) if safety.exists() else "")
        self.open(path)

    def show_sign_in(self) -> None:
        """Ask who works on the open database."""
        database = self.database
        assert database is not None
        company = self._show_title()
        door = Door(
            sign_in=lambda name, word, job: self._inside.sign_in(database, name, word, job),
            on_signed_in=self._signed_in,
            recover=lambda code, name, word: self._inside.recover(database, code, name, word),
            choose_other=self.choose_database,
            found_other=self.show_welcome,
            show_code=self.dialogs.show_recovery_code,
        )
        operator, note, self._news = self.settings["last_operator"], self._news, ""
        sample = sample_sign_in(database)
        if sample is not None:
            operator, note = sample[0], "\n".join(filter(None, (note, SAMPLE_NOTE.format(*sample))))
        self._replace_page(lambda: SignInPage(self.root, self.background, company, door, operator=operator, note=note))
        self.background.run_in_background(self._load_ahead)

    def _load_ahead(self, job: Job) -> None:
        """All that lies behind the sign-in page is loaded while the password is typed."""
        if job.pause(PAINTED_SECONDS):
            self._inside.load_ahead()

    def _show_title(self) -> str:
        """The office's name in the title of the window; returns it."""
        assert self.database is not None
        company = company_name(self.database)
        sample = SAMPLE if sample_sign_in(self.database) else ""
        self.root.title(f"{company}{sample} - {TITLE}")
        return company

    def _signed_in(self, office: "Office") -> None:
        desk = self._inside.desk(office, self._show_title)
        if desk is None:
            self.show_sign_in()
        else:
            self._begin_work(desk)

    def has_other_windows(self) -> bool:
        """Whether another window of this computer has the same database open."""
        return self.lock is not None and self.lock.has_others()

    def _begin_work(self, desk: "Desk") -> None:
        self._desk = desk
        if self.lock is not None:
            self.lock.sign(desk.office.operator.full_name)
        self._replace_page(lambda: self._inside.window(desk))
        self.window = window = self.page
        self._inside.begin(desk, window)

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
        if self._leaving_page is not None:
            self._leaving_page.skip()
        elif not self._is_waiting_for_answer():
            self._leave(self._back_up_and_end, asks=True)

    def _back_up_and_end(self) -> None:
        desk = self._desk
        if desk is not None and self.database is not None and self._inside.backs_up_on_exit(desk):
            self._replace_page(lambda: self._inside.leaving(desk, self._end))
            self._leaving_page = self.page
        else:
            self._end()

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
            if self.window is not None:
                if not self.window.close(asks=asks):
                    return
                self.page = self.window = None
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
