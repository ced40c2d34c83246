"""Goals 14 and 15: scrolling through a list and typing into its search, in the program's own window."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import Row, cost, percentile, timed
from crm_desktop.app import build
from crm_desktop.clock import Clock
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

SECONDS_TO_WAIT = 120
TYPED = (
    "宏", "宏达", "宏达机", "春晖", "有限公司", "hd", "hdjx", "hongda", "长春鑫", "0431", "1390000", "机械制造厂",
    "津", "天津", "tj", "囍",
)  # fmt: skip
PAUSE = 0.12
"""Between two searches: the search box waits so long after a key."""
WINDOW = "1366x700"


class Desktop:
    """The program on one database, driven as far as a benchmark needs it."""

    def __init__(self, database: Path, folder: Path) -> None:
        settings = ComputerSettings(folder / "settings.json")
        settings["window"] = WINDOW
        self.application = build(settings, Clock())
        self.root = self.application.root
        self.application.start(database)
        self.wait_until(lambda: isinstance(self.application.page, SignInPage))
        self.root.update()

    def sign_in(self, operator: str, password: str) -> ListScreen:
        """The list of customers with its first page painted."""
        page = self.application.page
        page.operator.set(operator)
        page.password.set(password)
        page.submit()
        self.wait_until(lambda: isinstance(self.application.page, MainWindow))
        screen: ListScreen = self.application.page.open("customers")
        self.root.update()
        return screen

    def wait_until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the window never came so far")
            self.root.update()
            time.sleep(0.001)

    def idle(self, seconds: float) -> None:
        """Let the window and its workers go on."""
        deadline = time.monotonic() + seconds
        self.wait_until(lambda: time.monotonic() > deadline)

    def close(self) -> None:
        self.application.quit()


def lists(desktop: Desktop, screen: ListScreen) -> Iterator[Row]:
    body, root, chance = screen.table.body, desktop.root, random.Random(3)
    desktop.wait_until(lambda: screen.table.is_complete)

    def scroll(row: int) -> None:
        body.scroll_to(row)
        root.update()

    def repaint() -> None:
        body.schedule_paint()
        root.update()

    yield cost("14", "page down against repainting the rows", lambda: scroll(body.top + body.room), repaint, 1.3, 25)
    far = screen.table.total - body.room
    yield cost("14", "a jump of the thumb against repainting", lambda: scroll(chance.randrange(far)), repaint, 1.6, 25)


def typing(desktop: Desktop, screen: ListScreen) -> Iterator[Row]:
    """Each search while the one before may still be counting its rows."""

    def search(text: str) -> None:
        screen.find(text)
        desktop.root.update()

    times = []
    for text in TYPED * 3:
        times.append(timed(partial(search, text)))
        desktop.idle(PAUSE)
    yield Row("15", "a search while typing, 95 of 100, against 50 ms", times, [0.05], 1, of=percentile(0.95))
