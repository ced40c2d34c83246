"""Goals 8 to 12: backup, envelopes, lists, workbooks, import."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook, load_workbook
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Row, cost
from crm_desktop.controllers import Office
from crm_desktop.models import Query
from crm_desktop.reports.fonts import SANS, registered

LIST_COLUMNS = ("code", "name", "level", "phone", "mobile", "region", "address", "postcode")


def backup(office: Office, folder: Path) -> Iterator[Row]:
    def ours() -> None:
        office.backups.create(folder).path.unlink()

    def copied() -> None:
        target = folder / "copied.db"
        shutil.copyfile(office.db.path, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
        target.unlink()

    yield cost("8", "backup, verified, against cp + fsync", ours, copied, 5.5, rounds=3)


def envelopes(office: Office) -> Iterator[Row]:
    ids = list(office.customers.ids(Query()))[:1000]
    office.reports.envelopes(ids=ids[:1])  # fonts and libraries are loaded once a day, not once a run

    def bare() -> None:
        registered()
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
