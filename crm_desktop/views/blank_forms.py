"""登记表: blank papers for customers, contacts, feedback and complaints, to be filled in by hand."""

from functools import partial
from pathlib import Path
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import Document
from crm_desktop.models.blank_forms import BLANKS, BlankForm
from crm_desktop.models.papers import SIZES
from crm_desktop.views.actions import Action, Toolbar, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import write_file
from crm_desktop.views.paper import Paper
from crm_desktop.views.printing import PDF_FILES, show_when_made
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (TableColumn("title", "登记表", 24), TableColumn("parts", "要填的内容", 60))


class BlankFormScreen(ttk.Frame):
    """Enter on a line shows the paper."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="blank_forms")
        self.desk = desk
        self.forms = [form for form in BLANKS.values() if desk.office.may(form.entity.key, "print")]
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, pixels(self, 6)))
        self.size = ChoiceInput(top, [PickItem(size, f"{size} 纸") for size in SIZES], width=10)
        self.size.set(SIZES[0])
        self.table = VirtualTable(self, COLUMNS, on_open=lambda record: self.preview())
        self.table.pack(fill="both", expand=True)
        lines = enumerate(self.forms)
        self.table.show(ListSource([{"id": n, "title": form.title, "parts": _told(form)} for n, form in lines]))
        self.actions = [
            Action("print", "预览打印", self.preview, "print", "printer", self._has_form, style="primary"),
            Action("save", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", self._has_form),
        ]
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, self.size)

    def preview(self) -> None:
        """Look at the paper and print it from there."""
        form, size = self._form(), self.size.get() or SIZES[0]
        wrap = partial(Paper, form.title, kind=f"paper_{size.lower()}", size_name=size)
        show_when_made(self.desk, self, lambda job: self._make(form, size), wrap)

    def save_pdf(self) -> None:
        """The paper as a file."""
        form, size = self._form(), self.size.get() or SIZES[0]

        def write(job: Job, path: Path) -> None:
            self._make(form, size).save(path)

        write_file(self.desk, self, form.title, PDF_FILES, write)

    def focus_set(self) -> None:
        self.table.focus_set()

    def _make(self, form: BlankForm, size: str) -> Document:
        document: Document = self.desk.office.reports.blank_form(form.entity.key, size)
        return document

    def _form(self) -> BlankForm:
        return self.forms[self.table.current_id or 0]

    def _has_form(self) -> bool:
        return bool(self.forms) and self.desk.office.may(self._form().entity.key, "print")


def _told(form: BlankForm) -> str:
    """基本、联系方式，另有 3 行联系人."""
    parts = "、".join(part.heading for part in form.parts)
    lines = "".join(f"，另有 {lines.rows} 行{lines.heading}" for lines in form.lines)
    return parts + lines
