"""Goal 13: from the start of the process to a painted window, and from there to the list."""

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
import sys, time
from pathlib import Path
from benchmarks.window import Desktop
desktop = Desktop(Path(sys.argv[1]), Path(sys.argv[2]))
"""
SIGN_IN = """
started = time.perf_counter()
desktop.sign_in("admin", sys.argv[3])
print(time.perf_counter() - started)
"""
CLOSE = "desktop.close()"


def start(database: Path, folder: Path) -> Iterator[Row]:
    def run(script: str) -> str:
        command = [sys.executable, "-c", script, str(database), str(folder), PASSWORD]
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout

    def bare() -> str:
        return run(BARE)

    yield cost("13", "start to sign-in against a bare Tk window", lambda: run(START + CLOSE), bare, 4, ROUNDS)
    pairs = [(float(run(START + SIGN_IN + CLOSE)), timed(bare)) for _ in range(ROUNDS)]
    yield Row("13", "sign-in to list against a bare Tk window", *map(list, zip(*pairs, strict=True)), 6)
