"""校准: print the page, measure two crosses with a ruler, type what was measured, print again, until it is right."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import Correction, Measured, crosses
from crm_desktop.errors import CrmError, FieldError, ValidationError
from crm_desktop.views.correction_fields import difference
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import bind_key, enter_moves_focus, focus_and_select
from crm_desktop.views.paper import Paper
from crm_desktop.views.print_preview import PrintOrder
from crm_desktop.views.print_run import PrintRun
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.typed_numbers import number
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.text_inputs import NumberInput

FIRST_STEP = "第一步　把{}放进打印机，打印校准页。"
SECOND_STEP = "第二步　用直尺量十字中心到纸边的距离，填在下面（毫米）。"
THIRD_STEP = "第三步　再打印一张，再量。与应有的相同就保存，不同就再填一次。"
LABELS = {
    "near_x": "第 1 个十字到左边", "near_y": "第 1 个十字到上边",
    "far_x": "第 {} 个十字到左边", "far_y": "第 {} 个十字到上边",
}  # fmt: skip
SAME = "量到的与应有的相同，不用调整。"
WAITS = "还没有保存，相同就按 F8。"
KEPT = "校准已保存，以后用这台打印机打印都按它移动。"


@dataclass(frozen=True)
class CalibrationPage:
    """What is printed to be measured: its title, the ``kind`` of paper, the printer, and what it is ``about``."""

    title: str
    kind: str
    printer: str
    options: Correction
    about: str


class CalibrationWindow(ModalWindow):
    """``on_found(options)`` gets the options that put the ink right, for this printer and paper.

    ``on_preview()`` shows the page instead of printing it; the window closes before.
    """

    def __init__(
        self,
        parent: Misc,
        desk: Desk,
        page: CalibrationPage,
        on_found: Callable[[Any], Any],
        on_preview: Callable[[], Any],
    ) -> None:
        super().__init__(parent, "校准")
        self._desk, self._page = desk, page
        self._options = page.options
        """What the page on the table was printed with."""
        self._on_found, self._on_preview = on_found, on_preview
        about = f"{page.printer or '没有打印机'}　{page.about}"
        ttk.Label(self.body, text=about, style="Muted.TLabel").pack(anchor="w")
        self._add_first_step()
        self._add_second_step()
        self._add_third_step()
        self.button = self.add_saving_row("保存", self.save)
        bind_key(self, "print", self.print)
        enter_moves_focus(self.body, self.again_button if page.printer else self.button)
        self._tell()

    def ask(self) -> None:
        """Show it, with the button that prints in front."""
        self.show(self.print_button)

    def _add_first_step(self) -> None:
        gap = pixels(self, 8)
        step = FIRST_STEP.format(self._options.marks.tried_on)
        ttk.Label(self.body, text=step, font=BOLD_FONT).pack(anchor="w", pady=gap)
        row = ttk.Frame(self.body)
        row.pack(anchor="w")
        self.print_button = self._printing_button(row, "打印校准页", "print")
        look = ttk.Button(row, text="预览…", bootstyle="outline", command=self.preview, name="preview")
        for each in (self.print_button, look):
            each.pack(side="left", padx=(0, gap))

    def _add_second_step(self) -> None:
        gap = pixels(self, 8)
        ttk.Label(self.body, text=SECOND_STEP, font=BOLD_FONT).pack(anchor="w", pady=(2 * gap, gap))
        grid = ttk.Frame(self.body)
        grid.pack(fill="x")
        wanted, last = asdict(crosses(self._options)), len(self._options.marks.crosses)
        self.fields: dict[str, LabeledField] = {}
        for place, (name, label) in enumerate(LABELS.items()):
            note = f"应为 {wanted[name]:g}"
            made = LabeledField(grid, label.format(last), lambda p: NumberInput(p, width=8, tidy=distance), note=note)
            self.fields[name] = made.grid(place // 2, place % 2)
            made.input.bind(INPUT_CHANGED, lambda event: self._tell(), add="+")
        self._expect()
        self.result_line = ttk.Label(self.body, name="result", wraplength=pixels(self, 520))
        self.result_line.pack(anchor="w", pady=(gap, 0))

    def _add_third_step(self) -> None:
        gap = pixels(self, 8)
        ttk.Label(self.body, text=THIRD_STEP, font=BOLD_FONT).pack(anchor="w", pady=(2 * gap, gap))
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        self.again_button = self._printing_button(row, "再打印一次 F9", "again")
        self.again_button.pack(side="left", padx=(0, gap))
        self.state_line = ttk.Label(row, style="Muted.TLabel", name="state")
        self.state_line.pack(side="left")

    def _printing_button(self, parent: Misc, text: str, name: str) -> ttk.Button:
        button = ttk.Button(parent, text=text, bootstyle="outline", command=self.print, name=name)
        button.configure(state="normal" if self._page.printer else "disabled")
        return button

    # -- acting ----------------------------------------------------------------------------------------------------

    def print(self) -> None:
        """Send the page, corrected by what is typed, to the printer, without a preview in between."""
        options = self._take()
        if options is None or not self._page.printer:
            return
        reports, typed = self._desk.office.reports, self._typed()
        self._desk.run(
            lambda job: reports.calibration(options),
            lambda document: self._send(document, options, typed),
            owner=self,
            title="正在生成校准页…",
        )

    def _send(self, document: Any, options: Correction, typed: dict[str, str]) -> None:
        paper = Paper(self._page.title, document, self._page.kind)
        order = PrintOrder(self._page.printer, 1, 1)

        def ended(rest: PrintOrder | None) -> None:
            if run.sent and self._typed() == typed:  # what was typed meanwhile stays
                self._printed(options)

        run = PrintRun(self._desk, self, paper, order, self._say, ended)
        run.start()

    def _printed(self, options: Correction) -> None:
        """What is measured next was printed with these."""
        self._options = options
        self._expect()
        self._tell()
        focus_and_select(self.fields["near_x"].input.control)

    def _say(self, text: str, action: Any = None) -> None:
        self.state_line.configure(text=text)

    def _expect(self) -> None:
        """Where the crosses should be, to be typed over."""
        for name, value in asdict(crosses(self._options)).items():
            self.fields[name].set(f"{value:g}")

    def preview(self) -> None:
        """Look at the page first, where it can also be saved as a file."""
        self.close()
        self._on_preview()

    def save(self) -> None:
        """Keep what was found."""
        found = self._take()
        if found is not None:
            self.close()
            self._on_found(found)

    def _take(self) -> Correction | None:
        """What follows from what is typed; what cannot be is said at its field."""
        try:
            return self._found()
        except ValidationError as error:
            for name, sentence in error.fields.items():
                self.fields[name].set_error(sentence)
            self.fields[next(iter(error.fields))].focus()
        return None

    def _typed(self) -> dict[str, str]:
        return {name: str(field.get()) for name, field in self.fields.items()}

    def _found(self) -> Correction:
        values, errors = {}, {}
        for name, typed in self._typed().items():
            try:
                values[name] = float(distance(typed))
            except FieldError as error:
                errors[name] = str(error)
        if errors:
            raise ValidationError(errors)
        found: Correction = self._desk.office.reports.calibrated(self._options, Measured(**values))
        return found

    def _tell(self) -> None:
        """What will change, while it is typed."""
        try:
            found = self._found()
            changes = difference(self._page.options, found)
        except CrmError:
            text = ""
        else:
            is_right = found == self._options  # and changes: so it was printed again
            text = f"将{changes}。{WAITS if is_right else ''}" if changes else SAME
        self.result_line.configure(text=text)


def distance(typed: str) -> str:
    """A distance on a ruler in its proper form; FieldError when it is none."""
    value = number(typed, "应填毫米数，例如 16.5。")
    if not 0 < value < 500:  # "nan" is a number to Python
        raise FieldError("应是尺子上量到的毫米数，例如 16.5。")
    return f"{value:g}"
