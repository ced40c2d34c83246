"""Paper: a document made in the background is looked at, then printed or saved as PDF."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tkinter import Misc
from typing import Any

from crm_desktop import system
from crm_desktop.controllers.reports import LISTS, Document
from crm_desktop.errors import PaperRefused, SystemRefused
from crm_desktop.models import Entity, Query
from crm_desktop.models.list_design import ListDesign
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.paper import Paper
from crm_desktop.views.print_preview import PreviewPages, Printing, PrintOrder, PrintPreview, open_preview
from crm_desktop.views.print_run import PrintRun, last_options

USUAL_PAPER = "A4"
RECORDS_ON_A_PAGE, MANY_PAGES = 25, 200
"""A list on A4 across, about; from so many pages on it is asked whether they are to be made."""
PDF_FILES = (("PDF 文件", "*.pdf"),)
Chosen = tuple[Query, Sequence[int] | None]
Pages = tuple[Document, tuple[int, int] | None]
"""A document and which of its pages are meant, all for None."""


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

    def refused(error: PaperRefused, window: Misc) -> None:
        on_a4 = _on_a4(parameters)
        if on_a4 is None or not _wants_a4(desk, window, error):
            desk.dialogs.show_error(error, parent=window)
            return
        window.winfo_toplevel().destroy()
        preview_report(desk, owner, name, on_a4, title)

    def show() -> None:
        show_when_made(desk, owner, make, lambda document: Paper(title, document, on_paper_refused=refused))

    if name in LISTS:
        reports = desk.office.reports
        desk.run(
            lambda job: reports.record_count(name, parameters),
            lambda count: show() if _wants_list(desk, owner, count) else None,
            owner=owner,
            title="正在清点记录…",
        )
    else:
        show()


def _on_a4(parameters: dict[str, Any]) -> dict[str, Any] | None:
    """The same list on the paper that every printer has; None when it was that already."""
    design: ListDesign | None = parameters.get("design")
    if design is None or design.paper == USUAL_PAPER:
        return None
    return {**parameters, "design": replace(design, paper=USUAL_PAPER)}


def _wants_a4(desk: Desk, window: Misc, error: PaperRefused) -> bool:
    question = "这台打印机没有这种纸，改用 A4 纸打印这个列表吗？"
    return desk.dialogs.ask_yes_no(question, detail=str(error), yes="改用 A4", no="不改", parent=window)


def _wants_list(desk: Desk, owner: Misc, count: int) -> bool:
    """Nothing to print is said; very much is asked about first."""
    if not count:
        desk.dialogs.show_message("没有记录可打印，请换一个条件。", parent=owner)
        return False
    pages = -(-count // RECORDS_ON_A_PAGE)
    if pages < MANY_PAGES:
        return True
    question = f"共 {count:,} 条记录，约 {pages:,} 页，要生成吗？"
    return desk.dialogs.ask_yes_no(question, yes="生成", no="不生成", parent=owner)


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
        self._screen = owner
        remembered = paper.printer or desk.computer["printers"].get(paper.kind, "")
        printing = Printing(
            lambda: printers, self.print, self.save, remembered, paper.total, self._ask_trays,
            lambda printer: last_options(desk, paper.kind, printer), paper.name_of, paper.told_of,
        )  # fmt: skip
        problems = paper.document.warnings
        self.preview: PrintPreview = open_preview(
            owner,
            f"{paper.title} - 打印预览",
            PreviewPages(paper.document.to_bytes(), paper.art),
            printing,
            size_name=paper.size_name,
            warnings=[f"{each.record_label}：{each.problem}" for each in problems],
        )

    def print(self, order: PrintOrder) -> None:
        """Hand these pages to the printer; what an interrupted run did not print stands in the page box after it."""
        say = self.preview.status.say
        PrintRun(self.desk, self.preview, self.paper, order, say, self._ended, self._screen).start()

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
        self.paper.pages_of(job, 1, self.preview.total)[0].save(path)
        self.desk.office.reports.log_saved(self.paper.title, path.name)

    def _ended(self, rest: PrintOrder | None) -> None:
        if rest is not None:
            self.preview.options.show_rest(rest)

    def _ask_trays(self, printer: str, answer: Callable[[Sequence[str]], Any]) -> None:
        """In the background; a printer that does not say has none to choose from."""
        self.desk.run(lambda job: system.trays(printer), answer, on_error=lambda error: answer([]))


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
