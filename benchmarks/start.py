"""Goal 13: from the start of the process to a painted window, against a bare Tk window."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, cost
from crm_desktop import system

BARE = "import tkinter; root = tkinter.Tk(); root.geometry('1366x700'); root.update(); root.destroy()"
SIGN_IN = """
import sys
from pathlib import Path
from crm_desktop.app import build
from crm_desktop.clock import Clock
from crm_desktop.settings import ComputerSettings
application = build(ComputerSettings(Path(sys.argv[2])), Clock())
application.start(Path(sys.argv[1]))
application.root.update()
application.quit()
"""


def start(database: Path, folder: Path) -> Iterator[Row]:
    if not system.has_display():
        print("goal 13 left out: there is no display", file=sys.stderr)
        return

    def run(script: str) -> None:
        command = [sys.executable, "-c", script, str(database), str(folder / "settings.json")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    yield cost("13", "start to sign-in against a bare Tk window", lambda: run(SIGN_IN), lambda: run(BARE), 4, rounds=7)
