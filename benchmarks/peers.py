"""Other programs that an office could have, where they are installed: LibreOffice's mail merge, Tryton's start."""

import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.data import COMPANY
from benchmarks.measure import Row, cost, timed
from crm_desktop.controllers import Office
from crm_desktop.models import Query

ROOT = Path(__file__).resolve().parent.parent
MERGE = Path(__file__).with_name("libreoffice_merge.py")
COLUMNS = ("postcode", "address", "name")
ENVELOPES = 1000
SECONDS_TO_START = 60
ROUNDS = 5
LOOK_AGAIN = 0.01
OURS, THEIRS = f"{COMPANY} - 客户管理系统", "Tryton - Login"
"""The titles of the windows in which one signs in."""


def envelopes(office: Office, folder: Path) -> Iterator[Row]:
    """Ours with layout, fallback and pre-flight; the peer's three plain lines, its start not counted."""
    python = libreoffice_python()
    if python is None:
        print("LibreOffice's mail merge left out: it is not installed (libreoffice-base, python3-uno)", file=sys.stderr)
        return
    ids = list(office.customers.ids(Query()))[:ENVELOPES]
    office.reports.envelopes(ids=ids[:1])
    place = folder / "merge"
    place.mkdir()
    with (place / "addressees.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([row[name] for name in COLUMNS] for row in office.customers.rows(ids, COLUMNS))
    told = subprocess.run([python, MERGE, place], check=True, capture_output=True, encoding="utf-8").stdout
    ours = [timed(lambda: office.reports.envelopes(ids=ids)) for _ in range(ROUNDS)]
    yield Row("9", "1,000 envelopes, faster than LibreOffice's mail merge", ours, [float(told)], 50, is_speedup=True)


def libreoffice_python() -> str | None:
    """A Python that LibreOffice's own library can be imported from."""
    if not shutil.which("soffice"):
        return None
    looked_at = filter(None, (shutil.which("python3", path=os.defpath), sys.executable))
    return next((each for each in looked_at if subprocess.run([each, "-c", "import uno"], check=False,
                                                              capture_output=True).returncode == 0), None)  # fmt: skip


def start(database: Path, folder: Path) -> Iterator[Row]:
    """Process start to sign-in on the screen, both seen from outside."""
    if not (shutil.which("tryton") and shutil.which("xwininfo")):
        print("Tryton's start left out: it is not installed (tryton-client, x11-utils)", file=sys.stderr)
        return
    home = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8"}
    ours = partial(until_shown, [sys.executable, "main.py", "--db", str(database)], OURS, home)
    theirs = partial(until_shown, ["tryton"], THEIRS, home)
    yield cost("13", "start to sign-in against Tryton's", ours, theirs, 1.3, ROUNDS)


def until_shown(command: list[str], window: str, environment: dict[str, str]) -> None:
    program = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + SECONDS_TO_START
    try:
        while not is_shown(window):
            if time.monotonic() > deadline:
                raise TimeoutError(f"no window {window}")
            time.sleep(LOOK_AGAIN)
    finally:
        program.kill()
        program.wait()


def is_shown(window: str) -> bool:
    command = ["xwininfo", "-name", window]
    told = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", errors="replace").stdout
    return "IsViewable" in told
