"""地址标签: choose who gets one and on which sheet, look at the sheets, print them."""

from collections.abc import Callable, Sequence
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import Document, LabelOptions
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES
from crm_desktop.views.actions import Action, Toolbar, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.calibration import KEPT, CalibrationPage, CalibrationWindow
from crm_desktop.views.correction_fields import told, values_of
from crm_desktop.views.desk import Desk
from crm_desktop.views.envelope_recipients import Recipients
from crm_desktop.views.exporting import write_file
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.label_options import LabelMemory, LabelOptionsBar
from crm_desktop.views.paper import Paper
from crm_desktop.views.printing import PDF_FILES, printer_names, show_when_made
from crm_desktop.views.theme import pixels

KIND, TITLE, CALIBRATION = "label", "地址标签", "标签校准页"
SHOWS = ("customers", "contacts")


class LabelScreen(ttk.Frame):
    """``show(entity, ids)`` brings the recipients that were selected elsewhere."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="labels")
        self.desk = desk
        self._count = 0
        self.actions = self._make_actions()
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x")
        self.toolbar = Toolbar(top, self.actions)
        self.bar = LabelOptionsBar(self, top, LabelMemory(desk.computer), desk.background, self._count_sheets)
        put_beside(self.toolbar, self.bar.printers)
        self.bar.pack(fill="x", pady=gap)
        self.note = ttk.Label(self, style="Muted.TLabel", name="note")
        self.note.pack(anchor="w", pady=(0, gap))
        self.recipients = Recipients(self, desk, self._count_sheets, self.open_record)
        self.recipients.pack(fill="both", expand=True)
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        self._count_sheets()
        desk.run(lambda job: printer_names(), self.bar.printers.offer, owner=self)

    def show(self, entity: str = "customers", ids: Sequence[int] = ()) -> None:
        """Labels for these customers (their 主联系人) or contacts."""
        self.recipients.show(entity, ids)

    def focus_set(self) -> None:
        self.recipients.focus_set()

    # -- acting ----------------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Look at the sheets and print them from there."""
        if self._is_ready():
            make = self._maker()
            show_when_made(self.desk, self, make, lambda document: self._paper(TITLE, document))

    def save_pdf(self) -> None:
        """All sheets as a file."""
        if self._is_ready():
            make = self._maker()
            write_file(self.desk, self, TITLE, PDF_FILES, lambda job, path: make(job).save(path))

    def calibrate(self) -> None:
        """Print a page on A4, measure it, and keep what puts the ink right for this printer and sheet."""
        bar = self.bar

        def keep(found: LabelOptions) -> None:
            bar.change(**values_of(found))
            self.desk.say(KEPT)

        page = CalibrationPage(CALIBRATION, KIND, bar.printer, bar.options, bar.options.face.label)
        CalibrationWindow(self, self.desk, page, keep, self.preview_calibration).ask()

    def preview_calibration(self) -> None:
        """The page with rulers, with the offset and scale in use."""
        options, make = self.bar.options, self.desk.office.reports.calibration
        show_when_made(self.desk, self, lambda job: make(options), lambda page: self._paper(CALIBRATION, page))

    def open_record(self, record: int) -> None:
        """The form of a recipient."""
        open_form(self.desk, ENTITIES[self.recipients.entity], record)

    # -- details ---------------------------------------------------------------------------------------------------

    def _paper(self, title: str, document: Document) -> Paper:
        options = self.bar.options
        return Paper(
            title, document, KIND, size_name=options.face.label, printer=self.bar.printer, correction=told(options)
        )

    def _is_ready(self) -> bool:
        """Whether what is typed can be printed; else it is said."""
        problem = self.bar.take_typed()
        if problem:
            self.desk.dialogs.show_error(problem, parent=self)
        return not problem

    def _maker(self) -> Callable[[Job], Document]:
        """What is chosen at this moment, so that a worker need not ask the window."""
        office, options = self.desk.office, self.bar.options
        entity, ids = self.recipients.entity, self.recipients.ids()

        def make(job: Job) -> Document:
            return office.reports.labels(None, options, entity, ids, job.report, job.is_cancelled)

        return make

    def _make_actions(self) -> list[Action]:
        def some() -> bool:
            return self._count > 0

        return [
            Action("preview", "预览打印", self.preview, "print", "printer", some, style="primary"),
            Action("pdf", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", some),
            Action("settings", "标签设置…", lambda: self.bar.set_up(), None, "sliders", group="settings"),
            Action("calibrate", "校准…", self.calibrate, None, "rulers", group="settings"),
        ]

    def _count_sheets(self) -> None:
        """Say how many sheets it will be."""
        self._count, options = self.recipients.count, self.bar.options
        sheets = f"{self._count} 人，用 {options.pages(self._count)} 张标签纸。"
        self.note.configure(text=sheets if self._count else "还没有选择收件人。")
        self.toolbar.refresh()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity in SHOWS:
            self.recipients.refresh()
