"""Goals 8 to 12: backup, envelopes, lists, workbooks, import."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook, load_workbook
from reportlab.pdfgen.canvas import Canvas

from benchmarks.data import PASSWORD
from benchmarks.measure import Row, cost, timed
from crm_desktop.controllers import Office
from crm_desktop.models import Query
from crm_desktop.reports.fonts import SANS, registered

ROOT = Path(__file__).resolve().parent.parent
STATUS = Path("/proc/self/status")
EXPORT = """
import sys
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.models import Query
path, target, password, status = sys.argv[1:]
office = sign_in(Database.open(path), "admin", password)
names = [field.name for field in office.customers.entity.fields][:20]
office.exchange.export("customers", path=target, columns=names, ids=office.customers.ids(Query())[:100_000])
print(*(line for line in open(status, encoding="ascii") if line.startswith("VmHWM")))
"""
LIST_COLUMNS = ("code", "name", "level", "phone", "mobile", "region", "address", "postcode")


def backup(office: Office, folder: Path) -> Iterator[Row]:
    """Beside somebody who saves all the time."""

    def ours() -> None:
        office.backups.create(folder).path.unlink()

    def copied() -> None:
        target = folder / "copied.db"
        shutil.copyfile(office.db.path, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
        target.unlink()

    with busy_writer(office) as waits:
        yield cost("8", "backup, verified, beside a writer, against cp + fsync", ours, copied, 5.5, rounds=3)
    yield Row("8", "the writer's longest wait against 50 ms", waits, [0.05], 1, of=max)


@contextmanager
def busy_writer(office: Office) -> Iterator[list[float]]:
    """Commits every 5 ms in another thread; gives how long each took."""
    waits: list[float] = []
    done = threading.Event()

    def write() -> None:
        while not done.wait(0.005):
            waits.append(timed(lambda: office.settings.set_preference("benchmark", len(waits))))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        done.set()
        thread.join()


def envelopes(office: Office) -> Iterator[Row]:
    ids = list(office.customers.ids(Query()))[:1000]
    office.reports.envelopes(ids=ids[:1])  # fonts and libraries are loaded once a day, not once a run

    def bare() -> None:
        registered()[SANS]
        canvas = Canvas("bare.pdf", pagesize=(623.6, 311.8))
        for row in office.customers.rows(ids, ("name", "address", "postcode")):
            canvas.setFont(SANS, 15)
            canvas.drawString(100, 200, row["address"])
            canvas.drawString(100, 180, row["name"])
            canvas.drawString(40, 280, row["postcode"])
            canvas.showPage()
        canvas.getpdfdata()

    yield cost("9", "1,000 envelopes against a bare canvas", lambda: office.reports.envelopes(ids=ids), bare, 2.5, 3)


def lists(office: Office) -> Iterator[Row]:
    ids = list(office.customers.ids(Query()))[:10_000]
    report = office.reports.run("customer_list", {"ids": ids, "columns": LIST_COLUMNS})

    def bare() -> None:
        canvas = Canvas("bare.pdf", pagesize=(841.9, 595.3))
        for number, row in enumerate(office.customers.rows(ids, LIST_COLUMNS)):
            if number % 30 == 0:
                if number:
                    canvas.showPage()
                canvas.setFont(SANS, 8)
            for column, name in enumerate(LIST_COLUMNS):
                canvas.drawString(30 + 95 * column, 550 - 17 * (number % 30), row[f"{name}_text"][:14])
                canvas.rect(28 + 95 * column, 546 - 17 * (number % 30), 95, 17)
        canvas.getpdfdata()

    yield cost("10", "list of 10,000 against a bare canvas table", lambda: report.pdf(), bare, 1.2, 3)


def workbooks(office: Office, folder: Path, size: int) -> Iterator[Row]:
    ids = list(office.customers.ids(Query()))[: min(size, 100_000)]
    names = [field.name for field in office.customers.entity.fields][:20]

    def ours() -> None:
        office.exchange.export("customers", path=folder / "ours.xlsx", columns=names, ids=ids)

    def bare() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for start in range(0, len(ids), 500):
            for row in office.customers.rows(ids[start : start + 500], names):
                sheet.append([row[f"{name}_text"] for name in names])
        book.save(folder / "bare.xlsx")

    yield cost("11", f"export {len(ids):,} × 20 against bare openpyxl", ours, bare, 1.15, 1)


def export_memory(office: Office, folder: Path) -> Iterator[Row]:
    """How much the process held at its largest; a process of its own, because memory once taken stays."""
    if not STATUS.exists():
        print("the memory of an export left out: only Linux tells it", file=sys.stderr)
        return
    command = [sys.executable, "-c", EXPORT, str(office.db.path), str(folder / "memory.xlsx"), PASSWORD, str(STATUS)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    peak = float(told.split()[1]) * 1024
    yield Row("11", "memory of such an export against 120 MB", [peak], [120.0 * 2**20], 1, unit="MB")


def imports(office: Office, folder: Path, size: int) -> Iterator[Row]:
    """The office is a scratch copy: the import is really run."""
    path, rows = folder / "import.xlsx", min(size, 100_000)
    names = ("name", "region", "address", "postcode", "phone", "mobile", "email", "level")
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([office.customers.entity[name].label for name in names])
    for number, row in enumerate(office.customers.rows(list(office.customers.ids(Query()))[:rows], names)):
        texts = [row[f"{name}_text"] for name in names]
        texts[0], texts[6] = f"{texts[0]}{number}", f"a{number}@example.com"
        sheet.append(texts)
    book.save(path)

    def ours() -> None:
        office.exchange.run(office.exchange.preview("customers", path), skip_bad=True)

    def read() -> None:
        for _ in load_workbook(path, read_only=True).active.iter_rows(values_only=True):
            pass

    yield cost("12", f"import {rows:,} × 8 against openpyxl reading it", ours, read, 0.6, 1)
