"""Most of the program: what lies behind the sign-in page. It is loaded while the password is typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from crm_desktop.app.rescue import Rescuer, Ways
from crm_desktop.clock import Clock
from crm_desktop.controllers import Office, create_office, recover_administrator, sign_in
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.controllers.sample import build_sample
from crm_desktop.controllers.session import must_change_password
from crm_desktop.db import Database, pinyin
from crm_desktop.db.passing_files import remove_database
from crm_desktop.events import EventBus, RecordsChanged
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background, Job
from crm_desktop.views.backups import leaving
from crm_desktop.views.backups.keeper import Keeper
from crm_desktop.views.backups.leaving import LeavingPage
from crm_desktop.views.backups.trouble import TroublePage
from crm_desktop.views.backups.weekly import WeeklyLook
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.modules import BY_KEY
from crm_desktop.views.passwords import change_password
from crm_desktop.views.welcome import Founder, WelcomePage

USED_FIRST = ("today", "customers")
"""Screens whose modules are loaded ahead, too; every other when it is first opened."""


class House(Ways, Founder, Protocol):
    """What is needed of the application."""

    root: Any
    settings: ComputerSettings
    clock: Clock
    background: Background
    dialogs: Dialogs

    def sign_out(self, *, asks: bool = True) -> None: ...
    def has_other_windows(self) -> bool: ...


class Inside:
    """Makes the pages behind the sign-in, and lets people in."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.rescuer = Rescuer(house.settings, house.clock)

    def load_ahead(self) -> None:
        """In a worker, while the password is typed."""
        for key in USED_FIRST:
            BY_KEY[key].load()
        pinyin.load()  # the first form offers its choices by their initials

    # -- without an office -----------------------------------------------------------------------------------------

    def welcome(self, note: str) -> WelcomePage:
        """The first start: found an office, or open an existing one."""
        return WelcomePage(self._house.root, self._house, note)

    def trouble(self, path: Path, problem: str) -> TroublePage:
        """The way back for an office whose file is gone or damaged."""
        rescue = self.rescuer.way_back(path, problem, self._house)
        return TroublePage(self._house.root, self._house.background, self._house.dialogs, rescue)

    def found(self, path: Path, company: str, operator: str, password: str, profile: dict[str, str]) -> str:
        """Make a new office; the file is removed again when that is refused. Returns the recovery code."""
        clock = self._house.clock
        return str(_create(path, lambda database: create_office(database, company, operator, password, profile, clock)))

    def found_sample(self, path: Path) -> None:
        """Make the sample office, to look at without fear."""
        _create(path, lambda database: build_sample(database, self._house.clock))

    # -- coming in -------------------------------------------------------------------------------------------------

    def sign_in(self, database: Database, name: str, password: str, job: Job) -> Office:
        """In a worker; SignInError and AccountLocked are for the sign-in page."""
        return sign_in(database, name, password, EventBus(), self._house.clock, job.report, job.is_cancelled)

    def recover(self, database: Database, code: str, name: str, password: str) -> str:
        """管理员密码找回: the next recovery code."""
        return recover_administrator(database, code, name, password, self._house.clock)

    def desk(self, office: Office, on_company_changed: Callable[[], Any]) -> Desk | None:
        """Where the operator works; None when a password that has to be changed was not."""
        house = self._house
        office.bus.dispatch = house.background.ui.put
        office.bus.subscribe(RecordsChanged, lambda event: on_company_changed() if event.entity == "company" else None)
        house.settings["last_operator"] = office.operator.name
        desk = Desk(
            house.root,
            office,
            house.background,
            house.dialogs,
            house.settings,
            sign_out=house.sign_out,
            has_other_windows=house.has_other_windows,
        )
        if must_change_password(office) and not change_password(desk, house.root, is_forced=True):
            return None
        return desk

    def window(self, desk: Desk) -> MainWindow:
        return MainWindow(self._house.root, desk)

    def begin(self, desk: Desk, window: MainWindow) -> None:
        """Once the window is there: the first steps of a new office, and its backups."""
        if desk.office.first_steps.is_wanted() and not sample_sign_in(desk.office.db):
            window.open("first_steps")
        Keeper(desk, self.rescuer).begin()
        WeeklyLook(desk, window)

    # -- going out -------------------------------------------------------------------------------------------------

    def backs_up_on_exit(self, desk: Desk) -> bool:
        """Whether the plan has something to do before the program ends."""
        return leaving.is_wanted(desk)

    def leaving(self, desk: Desk, go_on: Callable[[], Any]) -> LeavingPage:
        """The page shown meanwhile."""
        return LeavingPage(self._house.root, desk, go_on)


def _create(path: Path, fill: Callable[[Database], Any]) -> Any:
    database = Database.open(path, create=True)
    try:
        made = fill(database)
    except BaseException:
        database.close_all()
        remove_database(path)
        raise
    database.close_all()
    return made
