"""The window and the database it works on: from start to sign-in to work, and to the end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop import system
from crm_desktop.app.doubts import is_wanted
from crm_desktop.app.offices import DAMAGED, build_sample_office, found_office, open_office
from crm_desktop.app.rescue import Rescuer
from crm_desktop.app.watch import look_closely
from crm_desktop.clock import Clock
from crm_desktop.controllers import Office, recover_administrator, sign_in
from crm_desktop.controllers.sample import sample_sign_in
from crm_desktop.controllers.session import must_change_password
from crm_desktop.db import Database
from crm_desktop.errors import DatabaseLost
from crm_desktop.events import EventBus, RecordsChanged
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.backups import leaving
from crm_desktop.views.backups.keeper import Keeper
from crm_desktop.views.backups.leaving import LeavingPage
from crm_desktop.views.backups.trouble import TroublePage
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.passwords import change_password
from crm_desktop.views.sign_in import Door, SignInPage
from crm_desktop.views.welcome import WelcomePage
from crm_desktop.views.window_place import window_place

DATABASES = (("客户管理系统数据库", "*.db"), ("所有文件", "*"))
TITLE = "客户管理系统"
SAVING_MILLISECONDS = 30
COMPANY_NAME = "SELECT name FROM company"
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
        self.lock: system.InstanceLock | None = None
        self.rescuer = Rescuer(settings, clock)
        self._desk: Desk | None = None
        """That of the operator who worked here last, until the database is closed."""
        self._news = ""
        self._is_leaving = False
        root.protocol("WM_DELETE_WINDOW", self.quit)
        root.bind("<<Quit>>", lambda event: self.quit())
        self._catch_errors()

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
        return found_office(path, company, operator, password, profile, self.clock)

    def found_sample(self, path: Path) -> None:
        """Make the sample office, to look at without fear."""
        build_sample_office(path, self.clock)

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
            self.database = self._desk = None

    # -- the pages -------------------------------------------------------------------------------------------------

    def show_welcome(self, note: str = "") -> None:
        """The first start: found an office, or open an existing one."""
        self._replace_page(lambda: WelcomePage(self.root, self, note))

    def show_trouble(self, path: Path, problem: str) -> None:
        """The way back for an office whose file is gone or damaged."""
        self.close_database()
        rescue = self.rescuer.way_back(path, problem, self)
        self._replace_page(lambda: TroublePage(self.root, self.background, self.dialogs, rescue))

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
            sign_in=lambda name, word: sign_in(database, name, word, EventBus(), self.clock),
            on_signed_in=self._signed_in,
            recover=lambda code, name, word: recover_administrator(database, code, name, word, self.clock),
            choose_other=self.choose_database,
            found_other=self.show_welcome,
            show_code=self.dialogs.show_recovery_code,
        )
        operator, note, self._news = self.settings["last_operator"], self._news, ""
        sample = sample_sign_in(database)
        if sample is not None:
            operator, note = sample[0], "\n".join(filter(None, (note, SAMPLE_NOTE.format(*sample))))
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
            self._begin_work(desk)

    def _begin_work(self, desk: Desk) -> None:
        self._desk = desk
        if self.lock is not None:
            self.lock.sign(desk.office.operator.full_name)
        self._replace_page(lambda: MainWindow(self.root, desk))
        if desk.office.first_steps.is_wanted() and not sample_sign_in(desk.office.db):
            self.page.open("first_steps")
        Keeper(desk, self.rescuer).begin()

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
        if isinstance(self.page, LeavingPage):
            self.page.skip()
        elif not self._is_waiting_for_answer():
            self._leave(self._back_up_and_end, asks=True)

    def _back_up_and_end(self) -> None:
        desk = self._desk
        if desk is not None and self.database is not None and leaving.is_wanted(desk):
            self._replace_page(lambda: LeavingPage(self.root, desk, self._end))
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
