"""Nothing freezes: the window listens again within a tenth of a second in list, search, forms and tabs.

While work goes on in the background it is a quarter.

Time counts here, so it is counted with care: without what other programs took from this one, and what was too long is
done again, three times in all.
"""

import shutil
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from benchmarks import data
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.events import EventBus
from crm_desktop.models import CUSTOMERS, Query
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.desk import Desk
from crm_desktop.views.main_window import MainWindow
from tests.silence import TK, Silence

AT_WORK, BESIDE_A_JOB = 0.1, 0.25
ROWS = 2000
TRIES = 3
THREADS = Path("/proc/self/task")
"""A thread's ``schedstat`` has as its second number how many nanoseconds it was ready while the processor did something
else."""


class OwnTime:
    """A clock of all that passes, waiting for a worker or a disk included, but not while other programs had the turn.

    Where the system does not tell that, it is the processor time of the window's thread.
    """

    def __init__(self):
        self._waited = {}

    def __call__(self) -> float:
        if not THREADS.exists():
            return time.thread_time()
        for thread in THREADS.iterdir():
            with suppress(OSError):  # it has just ended: what it had waited stays in the sum
                self._waited[thread.name] = int((thread / "schedstat").read_text(encoding="ascii").split()[1])
        return time.perf_counter() - sum(self._waited.values()) / 1e9


# The watchdog


@pytest.fixture
def watchdog(root, monkeypatch):
    watchdog = Silence(0.05)
    watchdog.watch(monkeypatch)
    return watchdog


def work(of):
    until = time.thread_time() + of
    while time.thread_time() < until:
        pass


def test_a_handler_that_takes_long_is_noted_with_its_name(root, watchdog):
    def slow():
        work(0.06)

    root.after(1, slow)
    root.after(1, partial(work, 0.01))
    while not watchdog.turns:
        root.update()
    assert ["slow" in turn.handler and turn.seconds > 0.05 for turn in watchdog.turns] == [True]


def test_what_a_handler_calls_is_of_its_turn(root, watchdog):
    variable = root.register(partial(work, 0.04))

    def twice():
        for _ in range(2):
            root.tk.call(variable)

    root.after(1, twice)
    while not watchdog.turns:
        root.update()
    assert [round(turn.seconds, 2) >= 0.08 for turn in watchdog.turns] == [True]


def test_a_handler_that_lets_the_window_look_for_keys_is_not_silent(root, watchdog):
    done = []

    def in_between():
        work(0.03)
        root.update()
        work(0.03)
        done.append(True)

    root.after(1, in_between)
    while not done:
        root.update()
    assert [turn for turn in watchdog.turns if turn.handler != TK] == []


# The walk


@pytest.fixture(scope="module")
def large_office(tmp_path_factory):
    """The file of an office with two thousand customers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "PASSWORD", "bench-2026")
        office = data.office(tmp_path_factory.mktemp("large"), ROWS)
    path = office.db.path
    office.db.close_all()
    return path


@pytest.fixture
def at_work(root, large_office, tmp_path, background, dialogs):
    """The window of somebody who works in the large office."""
    path = Path(shutil.copy(large_office, tmp_path / "office.db"))
    database = Database.open(path)
    office = sign_in(database, "admin", data.PASSWORD, EventBus(), FixedClock.at("2026-11-22"))
    office.bus.dispatch = background.ui.put
    desk = Desk(root, office, background, dialogs, ComputerSettings(tmp_path / "settings.json"))
    window = MainWindow(root, desk)
    window.pack(fill="both", expand=True)
    root.update()
    yield window
    window.close(asks=False)
    background.close()
    database.close_all()


class Clerk:
    """Does things as handlers of the window, and knows the longest silence of each."""

    def __init__(self, root, window, patch):
        self.root, self.window = root, window
        self.silence = Silence(0.0, OwnTime())
        self.silence.watch(patch)
        self.steps = {
            "open the list": lambda: window.open("customers"),
            "search": lambda: self.list.find("宏达"),
            "search for nothing": lambda: self.list.find(""),
            "page down": lambda: self.list.table.body.scroll_to(60),
            "jump": lambda: self.list.table.body.scroll_to(ROWS // 2),
            "sort": lambda: self.list.table._sorted("-name"),
            "new record": lambda: self.list.create(),
            "close the form": lambda: self.forms[0].hide(),
            "open the record": lambda: self.list.open_form(ROWS // 2),
            "close the record": lambda: self.forms[0].hide(),
            "another tab": lambda: window.open("complaints"),
            "a third tab": lambda: window.open("customer_statistics"),
            "back to the list": lambda: window.open("customers"),
            "close the tabs": lambda: [window.tabs.close(key) for key in list(window.tabs.keys_open)],
        }

    @property
    def list(self):
        return self.window.open("customers")

    @property
    def forms(self):
        return self.window.desk.forms[CUSTOMERS.key]

    def take(self, step):
        """One step, until the window is at rest; the longest turn in it."""
        self.silence.turns.clear()
        done = []

        def handler():
            try:
                step()
            finally:
                done.append(True)

        self.root.after(1, handler)
        until = time.monotonic() + 0.05
        while not done or time.monotonic() < until:
            self.root.update()
            time.sleep(0.001)
        return self.silence.longest

    def walk(self):
        """Every step once: its name and the longest turn."""
        return {name: self.take(step) for name, step in self.steps.items()}

    def too_long(self, limit):
        """The steps that were too long each time."""
        long_ones = {name: turn for name, turn in self.walk().items() if turn.seconds > limit}
        for _ in range(TRIES - 1):
            again = self.walk() if long_ones else {}
            long_ones = {name: turn for name, turn in long_ones.items() if again[name].seconds > limit}
        return [f"{name}: {turn}" for name, turn in long_ones.items()]


@pytest.fixture
def clerk(root, at_work, monkeypatch):
    return Clerk(root, at_work, monkeypatch)


def test_the_window_is_never_silent_in_list_search_forms_and_tabs(clerk):
    assert clerk.too_long(AT_WORK) == []


@pytest.mark.parametrize("kind", ["export", "duplicates", "backup", "import"])
def test_the_window_is_never_silent_while_work_goes_on(clerk, tmp_path, kind):
    office, rounds, ended = clerk.window.desk.office, [], []

    def once():
        target = tmp_path / f"{kind}{len(rounds)}.xlsx"
        if kind == "export":
            office.exchange.export("customers", Query(), target)
        elif kind == "duplicates":
            office.duplicates.find("customers")
        elif kind == "backup":
            office.backups.create(tmp_path)
        else:
            office.exchange.export("customers", Query(), target)
            office.exchange.preview("customers", target)

    def again(job):
        while not job.is_cancelled():
            once()
            rounds.append(kind)

    job = clerk.window.desk.run(again, lambda result: ended.append(True), on_cancelled=lambda: ended.append(True))
    try:
        assert clerk.too_long(BESIDE_A_JOB) == []
    finally:
        job.cancel()
    deadline = time.monotonic() + 60
    while not ended and time.monotonic() < deadline:
        clerk.root.update()
    assert rounds, "nothing was done beside the clerk"
