"""Goal 16 and the silences: an hour of use pressed into a few minutes, in the program's own window."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.data import PASSWORD
from benchmarks.measure import Row
from benchmarks.window import Desktop
from crm_desktop.models import CUSTOMERS, Query

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, SETTLED = 30, 10
"""So often the clerk's round is gone, and after so many of them everything is loaded that will be."""
MOST_MEMORY = 200 * 2**20
FLAT = 1.05
TICK_MILLISECONDS = 5
AT_WORK, BESIDE_A_JOB = 0.1, 0.25
SCREENS = ("customers", "contacts", "complaints", "today", "customer_statistics", "query.customers")


class Pulse:
    """A timer that beats every few milliseconds while the window listens; ``longest`` is its longest pause."""

    def __init__(self, desktop: Desktop) -> None:
        self._root = desktop.root
        self.start()
        self._beat()

    def start(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now
        self._root.after(TICK_MILLISECONDS, self._beat)


def silences(desktop: Desktop, folder: Path) -> Iterator[Row]:
    """The longest pause of a clerk's round, alone and beside each piece of long work."""
    pulse, desk = Pulse(desktop), desktop.application.page.desk
    office = desk.office
    walk(desktop)  # the first time loads modules
    pulse.start()
    walk(desktop)
    yield Row("-", "longest silence in list, search, forms, tabs, against 100 ms", [pulse.longest], [AT_WORK], 1)
    jobs: dict[str, Callable[[Callable[[], bool]], object]] = {
        "all ids of the list": lambda cancelled: list(office.customers.ids(Query())),
        "a search for duplicates": lambda cancelled: office.duplicates.find("customers", cancelled=cancelled),
        "an export": lambda cancelled: office.exchange.export(
            "customers", Query(), folder / "silence.xlsx", cancelled=cancelled
        ),
        "a backup": lambda cancelled: office.backups.create(folder, cancelled=cancelled),
    }
    for name, work in jobs.items():
        longest = beside(desktop, pulse, work)
        yield Row("-", f"longest silence beside {name}, against 250 ms", [longest], [BESIDE_A_JOB], 1)


def beside(desktop: Desktop, pulse: Pulse, work: Callable[[Callable[[], bool]], object]) -> float:
    """The longest pause of a clerk's round while the work goes on, which is then cancelled."""
    job = desktop.application.page.desk.run(
        lambda job: work(job.is_cancelled), on_error=lambda error: None, on_cancelled=lambda: None
    )
    pulse.start()
    walk(desktop)
    longest = pulse.longest
    job.cancel()
    desktop.wait_until(lambda: job.is_finished)
    return longest


def memory(database: Path, folder: Path) -> Iterator[Row]:
    """What a process holds in which a clerk goes round and round, and nothing was measured before."""
    command = [sys.executable, "-m", "benchmarks.living", str(database), str(folder)]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    sizes = [int(line) for line in told.split()]
    yield Row("16", "memory at the end, against 200 MB", sizes[-1:], [MOST_MEMORY], 1, unit="MB")
    yield Row("16", "memory at the end, against a third of the way", sizes[-1:], [sizes[SETTLED]], FLAT, unit="MB")


def go_round(database: Path, folder: Path) -> Iterator[int]:
    """The memory after each round."""
    desktop = Desktop(database, folder)
    desktop.sign_in("admin", PASSWORD)
    for _ in range(ROUNDS):
        walk(desktop)
        desktop.idle(1)
        yield resident()
    desktop.close()


def walk(desktop: Desktop) -> None:
    """List, search, scroll, a form opened and closed, and every other screen opened; then all tabs are closed."""
    window, root = desktop.application.page, desktop.root
    screen = window.open("customers")
    desktop.idle(0.3)
    for text in ("宏达", "hdjx", "0431", ""):
        screen.find(text)
        desktop.idle(0.2)
    for row in (50, 500, 0):
        screen.table.body.scroll_to(row)
        root.update()
    for record in (None, 1):
        screen.open_form(record)
        root.update()
        window.desk.forms[CUSTOMERS.key][0].hide()
    for key in SCREENS:
        window.open(key)
        desktop.idle(0.1)
    for key in list(window.tabs.keys_open):
        window.tabs.close(key)
    root.update()


def resident() -> int:
    """Bytes of memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


if __name__ == "__main__":
    for size in go_round(Path(sys.argv[1]), Path(sys.argv[2])):
        print(size)
