"""Paper: a document made in the background is looked at, then printed or saved as PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tkinter import Misc
from typing import Any

from crm_desktop import system
from crm_desktop.controllers.reports import LISTS, Document
from crm_desktop.errors import PaperRefused, SystemRefused
from crm_desktop.models import Entity, Query
from crm_desktop.system import PdfPages, PrintJob, PrintResult
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.print_preview import PreviewPages, Printing, PrintPreview, open_preview
from crm_desktop.views.print_preview.window import MILLIMETRE

PDF_FILES = (("PDF 文件", "*.pdf"),)
Chosen = tuple[Query, Sequence[int] | None]
Pages = tuple[Document, tuple[int, int] | None]
"""A document and which of its pages are meant, all for None."""


@dataclass(frozen=True)
class Paper:
    """What is looked at. ``kind`` is the purpose under which the printer is remembered ("list", "envelope").

    ``document`` may hold only the first of ``total`` pages; ``make(job, first, last)`` then makes any others.
    """

    title: str
    document: Document
    kind: str = "list"
    size_name: str = ""
    total: int = 0
    make: Callable[[Job, int, int], Document] | None = None
    art: Callable[[], bytes] | None = None
    printer: str = ""
    on_paper_refused: Callable[[PaperRefused, Misc], Any] | None = None
    """Called with the preview's window instead of telling the error."""


def preview_list(
    desk: Desk, owner: Misc, entity: Entity, chosen: Chosen, columns: Sequence[str] | None, title: str
) -> None:
    """The list on paper: these columns of a query's records, or of the given ids."""
    query, ids = chosen
    name = next(name for name, (_, key, _) in LISTS.items() if key == entity.key)
    preview_report(desk, owner, name, {"query": query, "ids": ids, "columns": columns}, title)


def preview_report(desk: Desk, owner: Misc, name: str, parameters: dict[str, Any], title: str) -> None:
    """A list by its name, made in the background, then shown."""

    def make(job: Job) -> Document:
        document: Document = desk.office.reports.run(name, parameters).pdf(job.report, job.is_cancelled)
        return document

    show_when_made(desk, owner, make, lambda document: Paper(title, document))


def show_when_made(
    desk: Desk, owner: Misc, make: Callable[[Job], Document], wrap: Callable[[Document], Paper]
) -> None:
    """Make a document in the background, and open the preview of the paper it is wrapped in."""

    def work(job: Job) -> tuple[Document, list[str]]:
        return make(job), printer_names()  # asking the system for its printers may take a moment, too

    desk.run(work, lambda made: PaperWindow(desk, owner, wrap(made[0]), made[1]), owner=owner, title="正在生成文档…")


def printer_names() -> list[str]:
    """The system's printers, the default one first."""
    return [printer.name for printer in sorted(system.printers(), key=lambda printer: not printer.is_default)]


class PaperWindow:
    """An open preview, and what its buttons do. ``preview`` is the window's content."""

    def __init__(self, desk: Desk, owner: Misc, paper: Paper, printers: Sequence[str]) -> None:
        self.desk = desk
        self.paper = paper
        remembered = paper.printer or desk.computer["printers"].get(paper.kind, "")
        printing = Printing(lambda: printers, self.print, self.save, remembered, paper.total)
        problems = paper.document.warnings
        self.preview: PrintPreview = open_preview(
            owner,
            f"{paper.title} - 打印预览",
            PreviewPages(paper.document.to_bytes(), paper.art),
            printing,
            size_name=paper.size_name,
            warnings=[f"{each.record_label}：{each.problem}" for each in problems],
        )

    def print(self, printer: str, first: int, last: int) -> None:
        """Hand these pages (from 1) to the printer."""
        kind, say, refused = self.paper.kind, self.preview.status.say, self.paper.on_paper_refused
        on_refused = (lambda error: refused(error, self.preview)) if refused else None
        make = partial(self._document, first=first, last=last)
        print_document(
            self.desk, self.preview, make, printer, kind, title=self.paper.title, say=say, on_paper_refused=on_refused
        )

    def save(self) -> None:
        """Ask where, then write all pages."""
        name = file_name(self.paper.title, self.desk.office.clock.today(), ".pdf")
        path = self.desk.dialogs.choose_save_file("存为 PDF", name=name, types=PDF_FILES, parent=self.preview)
        if path is not None:
            self.desk.run(
                lambda job: self._write(job, path),
                lambda done: tell_saved(self.desk, self.preview.status.say, path),
                owner=self.preview,
                title="正在保存…",
            )

    def _write(self, job: Job, path: Path) -> None:
        self._document(job, 1, self.preview.total)[0].save(path)
        self.desk.office.reports.log_saved(self.paper.title, path.name)

    def _document(self, job: Job, first: int, last: int) -> Pages:
        """The document that holds these pages, and where they are in it (None: all of it)."""
        if self.paper.make is None or last <= self.preview.pages.count:
            return self.paper.document, (first, last)
        return self.paper.make(job, first, last), None


def print_document(
    desk: Desk,
    owner: Misc,
    make: Callable[[Job], Pages],
    printer: str,
    kind: str,
    *,
    title: str,
    say: Callable[..., None],
    on_paper_refused: Callable[[PaperRefused], Any] | None = None,
) -> None:
    """Make and print in the background, remember the printer, log and ``say`` how many sheets went out."""
    desk.computer["printers"] = {**desk.computer["printers"], kind: printer}

    def work(job: Job) -> PrintResult:
        document, pages = make(job)
        data = document.to_bytes()
        with PdfPages(data) as opened:
            width, height = (round(side / MILLIMETRE, 1) for side in opened.size(1))
        order = PrintJob(printer, width, height, pages=pages, title=f"crm-{kind}")
        result = system.print_pdf(data, order, job.report, job.is_cancelled)
        if result.sheets:
            desk.office.reports.log_printed(title, result.sheets, printer)
        return result

    def failed(error: BaseException) -> None:
        if isinstance(error, PaperRefused) and on_paper_refused:
            on_paper_refused(error)
        else:
            desk.dialogs.show_error(error, parent=owner)

    desk.run(
        work,
        lambda result: say(told(result, printer)),
        on_error=failed,
        owner=owner,
        title=f"正在打印到“{printer}”…",
    )


def told(result: PrintResult, printer: str) -> str:
    """What became of a print job, as a sentence."""
    if result.is_cancelled:
        return f"已取消，已送出 {result.sheets} 张。"
    return f"已送往打印机“{printer}”，共 {result.sheets} 张。"


def tell_saved(desk: Desk, say: Callable[..., None], path: Path, what: str = "") -> None:
    """A short line that the file is there, with 打开文件."""
    say(f"{what}保存在 {path}", ("打开文件", lambda: open_file(desk, path)))


def open_file(desk: Desk, path: Path) -> None:
    """Show a file in the program that belongs to it."""
    try:
        system.open_path(path)
    except SystemRefused as error:
        desk.dialogs.show_error(error)


def file_name(title: str, day: date, suffix: str) -> str:
    """客户信息列表 2026-11-22.pdf."""
    return f"{title} {day.isoformat()}{suffix}"
