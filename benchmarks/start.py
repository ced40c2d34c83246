"""Goal 13: from the start of the process to a painted window, and from there to the list."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import PASSWORD
from benchmarks.measure import Row, cost, timed

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
BARE = "import tkinter; root = tkinter.Tk(); root.geometry('1366x700'); root.update(); root.destroy()"
START = """
import sys
from pathlib import Path
from crm_desktop.app import build
from crm_desktop.clock import Clock
from crm_desktop.settings import ComputerSettings
settings = ComputerSettings(Path(sys.argv[2]) / "settings.json")
settings["window"] = "1366x700+0+0"
application = build(settings, Clock())
root = application.root
application.start(Path(sys.argv[1]))
import time
while application.page is None:
    root.update()
    time.sleep(0.001)
root.update()
"""
TYPE = """
typed = time.perf_counter() + 1
while time.perf_counter() < typed:
    root.update()
    time.sleep(0.01)
"""
SIGN_IN = """
started = time.perf_counter()
page = application.page
page.operator.set("admin")
page.password.set(sys.argv[3])
page.submit()
while application.page is page:
    root.update()
    time.sleep(0.001)
application.page.open("customers")
root.update()
print(time.perf_counter() - started)
"""
CLOSE = "application.quit()"


def start(database: Path, folder: Path) -> Iterator[Row]:
    def run(script: str) -> str:
        command = [sys.executable, "-c", script, str(database), str(folder), PASSWORD]
        # A program that was installed finds its modules compiled, whatever this environment says.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8"
        ).stdout

    def bare() -> str:
        return run(BARE)

    run(START + TYPE + SIGN_IN + CLOSE)  # the first start after an installation compiles
    yield cost("13", "start to sign-in against a bare Tk window", lambda: run(START + CLOSE), bare, 4, ROUNDS)
    for work, script in (
        ("sign-in to list, the password typed in a second", START + TYPE + SIGN_IN + CLOSE),
        ("sign-in to list, the password pasted at once", START + SIGN_IN + CLOSE),
    ):
        pairs = [(float(run(script)), timed(bare)) for _ in range(ROUNDS)]
        yield Row("13", f"{work}, against a bare Tk window", *map(list, zip(*pairs, strict=True)), 6)
