"""校准: print the page, measure two crosses with a ruler, type what was measured."""

from collections.abc import Callable
from dataclasses import asdict
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import SIZE_LABELS, EnvelopeOptions, Measured, crosses
from crm_desktop.errors import CrmError, FieldError, ValidationError
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.paper import Paper
from crm_desktop.views.print_preview import PrintOrder
from crm_desktop.views.print_run import PrintRun
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.typed_numbers import number
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.text_inputs import NumberInput

TITLE = "信封校准页"
FIRST_STEP = "第一步　把同样大小的白纸或旧信封放进打印机，打印校准页。"
SECOND_STEP = "第二步　用直尺量十字中心到纸边的距离，填在下面（毫米）。"
LABELS = {
    "near_x": "第 1 个十字到左边", "near_y": "第 1 个十字到上边",
    "far_x": "第 7 个十字到左边", "far_y": "第 7 个十字到上边",
}  # fmt: skip
SAME = "量到的与应有的相同，不用调整。"


class CalibrationWindow(ModalWindow):
    """``on_found(options)`` gets the options that put the ink right, for this printer and size.

    ``on_preview()`` shows the page instead of printing it; the window closes before.
    """

    def __init__(
        self,
        parent: Misc,
        desk: Desk,
        printer: str,
        options: EnvelopeOptions,
        on_found: Callable[[EnvelopeOptions], Any],
        on_preview: Callable[[], Any],
    ) -> None:
        super().__init__(parent, "校准")
        self._desk, self._printer, self._options = desk, printer, options
        self._on_found, self._on_preview = on_found, on_preview
        about = f"{printer or '没有打印机'}　{SIZE_LABELS[options.size]}"
        ttk.Label(self.body, text=about, style="Muted.TLabel").pack(anchor="w")
        self._add_first_step()
        self._add_second_step()
        self.button = self.add_saving_row("保存", self.save)
        enter_moves_focus(self.body, self.button)
        self._tell()

    def ask(self) -> None:
        """Show it, with the button that prints in front."""
        self.show(self.print_button)

    def _add_first_step(self) -> None:
        gap = pixels(self, 8)
        ttk.Label(self.body, text=FIRST_STEP, font=BOLD_FONT).pack(anchor="w", pady=gap)
        row = ttk.Frame(self.body)
        row.pack(anchor="w")
        self.print_button = ttk.Button(row, text="打印校准页", bootstyle="outline", command=self.print, name="print")
        self.print_button.configure(state="normal" if self._printer else "disabled")
        look = ttk.Button(row, text="预览…", bootstyle="outline", command=self.preview, name="preview")
        self.state_line = ttk.Label(row, style="Muted.TLabel", name="state")
        for each in (self.print_button, look, self.state_line):
            each.pack(side="left", padx=(0, gap))

    def _add_second_step(self) -> None:
        gap = pixels(self, 8)
        ttk.Label(self.body, text=SECOND_STEP, font=BOLD_FONT).pack(anchor="w", pady=(2 * gap, gap))
        grid = ttk.Frame(self.body)
        grid.pack(fill="x")
        wanted = asdict(crosses(self._options))
        self.fields: dict[str, LabeledField] = {}
        for place, (name, label) in enumerate(LABELS.items()):
            note = f"应为 {wanted[name]:g}"
            field = LabeledField(grid, label, lambda p: NumberInput(p, width=8, tidy=distance), note=note)
            self.fields[name] = field.grid(place // 2, place % 2)
            field.set(f"{wanted[name]:g}")
            field.input.bind(INPUT_CHANGED, lambda event: self._tell(), add="+")
        self.result_line = ttk.Label(self.body, name="result", wraplength=pixels(self, 520))
        self.result_line.pack(anchor="w", pady=(gap, 0))

    # -- acting ----------------------------------------------------------------------------------------------------

    def print(self) -> None:
        """Send the page to the printer, without a preview in between."""
        reports, options = self._desk.office.reports, self._options
        self._desk.run(lambda job: reports.calibration(options), self._send, owner=self, title="正在生成校准页…")

    def _send(self, document: Any) -> None:
        paper = Paper(TITLE, document, "envelope")
        run = PrintRun(self._desk, self, paper, PrintOrder(self._printer, 1, 1), self._say)
        run.start()

    def _say(self, text: str, action: Any = None) -> None:
        self.state_line.configure(text=text)
        self.fields["near_x"].focus()

    def preview(self) -> None:
        """Look at the page first, where it can also be saved as a file."""
        self.close()
        self._on_preview()

    def save(self) -> None:
        """Keep what was found; what cannot be is said at its field."""
        try:
            found = self._found()
        except ValidationError as error:
            for name, sentence in error.fields.items():
                self.fields[name].set_error(sentence)
            self.fields[next(iter(error.fields))].focus()
            return
        self.close()
        self._on_found(found)

    def _found(self) -> EnvelopeOptions:
        values, errors = {}, {}
        for name, field in self.fields.items():
            try:
                values[name] = float(distance(str(field.get())))
            except FieldError as error:
                errors[name] = str(error)
        if errors:
            raise ValidationError(errors)
        found: EnvelopeOptions = self._desk.office.reports.calibrated(self._options, Measured(**values))
        return found

    def _tell(self) -> None:
        """What will change, while it is typed."""
        try:
            text = change(self._options, self._found())
        except CrmError:
            text = ""
        self.result_line.configure(text=text)


def distance(typed: str) -> str:
    """A distance on a ruler in its proper form; FieldError when it is none."""
    value = number(typed, "应填毫米数，例如 16.5。")
    if not 0 < value < 500:  # "nan" is a number to Python
        raise FieldError("应是尺子上量到的毫米数，例如 16.5。")
    return f"{value:g}"


def change(old: EnvelopeOptions, new: EnvelopeOptions) -> str:
    """将向右移 1.2 毫米，横向放大 0.4 %。"""
    parts = [
        _moved(new.offset_x_mm - old.offset_x_mm, "向右", "向左"),
        _moved(new.offset_y_mm - old.offset_y_mm, "向下", "向上"),
        _stretched(new.scale_x / old.scale_x, "横向"),
        _stretched(new.scale_y / old.scale_y, "纵向"),
    ]
    told = "，".join(filter(None, parts))
    return f"将{told}。" if told else SAME


def _moved(by: float, forward: str, back: str) -> str:
    return f"{forward if by > 0 else back}移 {round(abs(by), 2):g} 毫米" if round(abs(by), 2) else ""


def _stretched(by: float, direction: str) -> str:
    share = round((by - 1) * 100, 2)
    return f"{direction}{'放大' if share > 0 else '缩小'} {abs(share):g} %" if share else ""
