"""客户信封打印: choose who gets a letter, see what is missing, look at the envelopes, print them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers import Office
from crm_desktop.controllers.reports import SIZE_LABELS, Document, EnvelopeOptions
from crm_desktop.errors import PaperRefused
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES
from crm_desktop.views.actions import Action, Toolbar, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.calibration import KEPT, CalibrationPage, CalibrationWindow
from crm_desktop.views.correction_fields import told, values_of
from crm_desktop.views.desk import Desk
from crm_desktop.views.envelope_check import FEW, SENDER, EnvelopeCheck
from crm_desktop.views.envelope_options import EnvelopeMemory, EnvelopeOptionsBar
from crm_desktop.views.envelope_positions import PositionsWindow
from crm_desktop.views.envelope_recipients import Recipients
from crm_desktop.views.envelope_settings import EnvelopeSettings
from crm_desktop.views.exporting import write_file
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.letter_log import LetterTick, register
from crm_desktop.views.paper import Paper
from crm_desktop.views.print_preview import PrintOrder
from crm_desktop.views.print_run import PrintRun, last_options
from crm_desktop.views.printing import PDF_FILES, printer_names, show_when_made
from crm_desktop.views.theme import pixels

FIRST_PAGES = 50
"""So many are made for the preview, so that it appears at once; the others when they are printed."""
KIND, TITLE = "envelope", "客户信封"
NOT_MADE = Document(b"", 0, [])
SHOWS_IN_CHECK = ("customers", "contacts", "company", "dictionary_items")


@dataclass(frozen=True)
class Letters:
    """What is chosen at one moment, so that a worker need not ask the window."""

    office: Office
    entity: str
    ids: Sequence[int]
    options: EnvelopeOptions

    def make(self, job: Job, first: int = 1, last: int | None = None) -> Document:
        """The envelopes from ``first`` to ``last``, counted from 1."""
        ids = self.ids[first - 1 : last]
        return self.office.reports.envelopes(None, self.options, self.entity, ids, job.report, job.is_cancelled)

    def names(self) -> list[str]:
        """Whose envelope each page is."""
        return [each.name for each in self.office.letters.addressees(self.entity, self.ids)]


class EnvelopeScreen(ttk.Frame):
    """``show(entity, ids)`` brings the recipients that were selected elsewhere."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="envelopes")
        self.desk = desk
        self._count = 0
        self.actions = self._make_actions()
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.grid(sticky="ew")
        self.toolbar = Toolbar(top, self.actions)
        self.bar = EnvelopeOptionsBar(self, top, EnvelopeMemory(desk.computer), self._changed)
        put_beside(self.toolbar, self.bar.printers)
        self.bar.grid(sticky="ew", pady=gap)
        self.registers = LetterTick(self.bar, desk)
        self.registers.pack(side="left")
        self.check = EnvelopeCheck(self, desk, self.open_record, self._checked)
        self.recipients = Recipients(self, desk, self._changed, self.open_record)
        self.recipients.grid(row=2, sticky="nsew")
        self.check.grid(row=3, sticky="nsew")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=3)
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        desk.run(lambda job: printer_names(), self.bar.printers.offer, owner=self)

    def show(self, entity: str = "customers", ids: Sequence[int] = ()) -> None:
        """Letters to these customers (their 主联系人) or contacts."""
        self.recipients.show(entity, ids)

    def focus_set(self) -> None:
        self.recipients.focus_set()

    # -- acting ----------------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Look at the first envelopes; those beyond are made when they are printed."""
        letters = self._letters()

        def wrap(document: Document) -> Paper:
            return self._of_letters(letters, document, names)

        def work(job: Job) -> Document:
            names.extend(letters.names())
            return letters.make(job, 1, FIRST_PAGES)

        names: list[str] = []
        show_when_made(self.desk, self, work, wrap)

    def print(self) -> None:
        """Print all without looking, when the clerk says so."""
        letters, printer, missing = self._letters(), self.bar.printer, len(self.check.problems)
        question = f"要把 {len(letters.ids)} 个信封送往“{printer}”吗？"
        size = SIZE_LABELS[letters.options.size]
        detail = f"请放好信封：{size} 毫米。" + (f"有 {missing} 处要补。" if missing else "")
        if not self.desk.dialogs.ask_yes_no(question, detail=detail, yes="打印", no="不打印", default="yes"):
            return

        paper = self._of_letters(letters, NOT_MADE, [])
        order = PrintOrder(printer, 1, len(letters.ids), **last_options(self.desk, KIND, printer))
        PrintRun(self.desk, self, paper, order, self.desk.say).start()

    def save_pdf(self) -> None:
        """All envelopes as a file."""
        letters = self._letters()
        write_file(self.desk, self, TITLE, PDF_FILES, lambda job, path: letters.make(job).save(path))

    def calibrate(self) -> None:
        """Print a page, measure it, and keep what puts the ink right for this printer and size."""
        bar = self.bar

        def keep(found: EnvelopeOptions) -> None:
            bar.change(**values_of(found))
            self.desk.say(KEPT)

        page = CalibrationPage("信封校准页", KIND, bar.printer, bar.options, SIZE_LABELS[bar.options.size])
        CalibrationWindow(self, self.desk, page, keep, self.preview_calibration).ask()

    def preview_calibration(self) -> None:
        """The page with rulers, with the feed, offset and scale in use."""
        options = self.bar.options
        make = self.desk.office.reports.calibration
        show_when_made(self.desk, self, lambda job: make(options), lambda page: self._paper("信封校准页", page))

    def set_up(self) -> None:
        """What is chosen once for a kind of envelope and a printer."""
        bar = self.bar
        window = EnvelopeSettings(self, bar.printer, bar.options, lambda values: bar.change(**values), self.calibrate)
        window.show(window.fields["stationery"].input.control)

    def position(self) -> None:
        """Where things stand on the envelopes that the office buys."""
        PositionsWindow(self, self.desk, self.bar.options, self.bar.reposition).ask()

    def open_record(self, record: int) -> None:
        """The form of a recipient, or the office's own address."""
        if record == SENDER:
            self.desk.open("company")
        else:
            open_form(self.desk, ENTITIES[self.recipients.entity], record)

    # -- details ---------------------------------------------------------------------------------------------------

    def _make_actions(self) -> list[Action]:
        def some() -> bool:
            return self._count > 0

        return [
            Action("preview", "预览打印", self.preview, "print", "printer", some, style="primary"),
            Action("send", "直接打印", self.print, None, "send", lambda: some() and bool(self.bar.printer)),
            Action("save", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", some),
            Action("settings", "信封设置…", self.set_up, None, "sliders", group="settings"),
            Action("positions", "字段位置…", self.position, None, "arrows-move", group="settings"),
            Action("calibrate", "校准…", self.calibrate, None, "rulers", group="settings"),
        ]

    def _letters(self) -> Letters:
        return Letters(self.desk.office, self.recipients.entity, self.recipients.ids(), self.bar.options)

    def _of_letters(self, letters: Letters, document: Document, names: Sequence[str]) -> Paper:
        def sent(first: int, last: int, say: Callable[..., None]) -> None:
            if self.registers.is_on:
                register(self.desk, letters.entity, letters.ids[first - 1 : last], say)

        return replace(
            self._paper(TITLE, document), total=len(letters.ids), make=letters.make, on_sent=sent,
            name_of=lambda page: names[page - 1] if page <= len(names) else "",
        )  # fmt: skip

    def _paper(self, title: str, document: Document) -> Paper:
        options = self.bar.options
        stationery = self.desk.office.reports.stationery
        return Paper(
            title,
            document,
            KIND,
            size_name=SIZE_LABELS[options.size].partition("）")[0] + "）",
            art=None if options.art else lambda: stationery(options).to_bytes(),
            printer=self.bar.printer,
            correction=told(options),
            on_paper_refused=self._paper_refused,
        )

    def _paper_refused(self, error: PaperRefused, owner: Misc) -> None:
        """Offer to lay the envelope on A4 by hand; the preview then shows where."""
        dialogs = self.desk.dialogs
        question = "改按 A4 手动进纸打印吗？信封放在进纸口正中，预览里可以看到位置。"
        if not dialogs.ask_yes_no(question, detail=str(error), yes="改按 A4", no="不改", parent=owner):
            return
        if owner is not self:
            owner.winfo_toplevel().destroy()
        self.bar.change(feed="center")
        self.preview()

    def _changed(self) -> None:
        self._count = self.recipients.count
        self.toolbar.refresh()
        self.check.check(self.recipients.entity, self.recipients.ids(), self.bar.options)

    def _checked(self) -> None:
        """What is missing gets no more room than it needs."""
        self.rowconfigure(3, weight=2 if len(self.check.problems) > FEW else 0)

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity in SHOWS_IN_CHECK:
            self.recipients.refresh()
            self.check.forget()
