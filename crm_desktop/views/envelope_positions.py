"""字段位置: where everything stands on an envelope, typed in mm, with the envelope beside it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk
from PIL import ImageTk

from crm_desktop.controllers.reports import (
    MEASURES,
    POSITION_GROUPS,
    SIZE_LABELS,
    Document,
    EnvelopeOptions,
    Measure,
    changed_geometry,
    doubts,
    measures_of,
)
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.system import PdfPages
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import pixels
from crm_desktop.views.typed_numbers import number
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.text_inputs import NumberInput

PAUSE_MILLISECONDS = 250
STEP = 0.5
"""What ↑ and ↓ add or take away, in mm or points."""
PICTURE_WIDTH = 460
"""Pixels at 100 %."""
EDGES = 6
"""Pixels round the picture, and for rounding."""
ABROAD = "international"
ADVICE = "先量手里的信封再填，空着为默认。↑ ↓ 每次 0.5。只改这台电脑上这种规格的信封。"


class PositionsWindow(ModalWindow):
    """``on_save(changed)`` gets the measures that differ from the program's own, in mm or points by name."""

    def __init__(
        self, parent: Misc, desk: Desk, options: EnvelopeOptions, on_save: Callable[[dict[str, float]], Any]
    ) -> None:
        super().__init__(parent, "字段位置")
        self._desk, self._options, self._on_save = desk, options, on_save
        self._usual = measures_of(replace(options, geometry=None).face)
        self._pause = Pause(self, PAUSE_MILLISECONDS, self._draw)
        self._photo: ImageTk.PhotoImage | None = None
        self._job: Job | None = None
        self.fields: dict[str, LabeledField] = {}
        gap = pixels(self, 8)
        about = f"{SIZE_LABELS[options.size]}　{ADVICE}"
        ttk.Label(self.body, text=about, style="Muted.TLabel").pack(anchor="w", pady=(0, gap))
        self.button = self.add_saving_row("保存", self.save)
        both = ttk.Frame(self.body)
        both.pack(fill="both", expand=True)
        self.groups = ttk.Notebook(both)
        self.groups.pack(side="left", anchor="n")
        self.groups.enable_traversal()
        self.picture = self._place_for_picture(both)
        self.fault = ttk.Label(self.body, style="Error.TLabel", name="fault", text=" ")
        self.fault.pack(anchor="w", pady=(gap, 0))
        for group in POSITION_GROUPS:
            self._add_group(group)
        enter_moves_focus(self.body, self.button)
        usual = ttk.Button(self.body, text="全部恢复默认", bootstyle="outline", command=self.restore, name="restore")
        usual.pack(anchor="w")
        self.set(measures_of(options.face))

    def _place_for_picture(self, parent: Misc) -> ttk.Label:
        """As large as it will be, so that the window does not move when it comes."""
        face, width = self._options.face, pixels(self, PICTURE_WIDTH)
        height = round(width * face.height / face.width)
        frame = ttk.Frame(parent, bootstyle="bordered", padding=1, width=width + EDGES, height=height + EDGES)
        frame.pack_propagate(False)
        frame.pack(side="left", padx=(pixels(self, 16), 0), anchor="n")
        picture = ttk.Label(frame, name="picture")
        picture.pack()
        return picture

    def ask(self) -> None:
        """Show it, at the first measure."""
        self.show(next(iter(self.fields.values())).input.control)

    # -- the measures ----------------------------------------------------------------------------------------------

    def set(self, values: dict[str, float]) -> None:
        """Show these measures."""
        for name, value in values.items():
            self.fields[name].set(f"{value:g}")
        self._pause.begin()

    def restore(self) -> None:
        """What the program comes with."""
        self.set(self._usual)

    def changed(self) -> dict[str, float]:
        """The measures that differ from the program's own; ValidationError when one is no number."""
        typed, errors = {}, {}
        for name, field in self.fields.items():
            try:
                text = str(field.get() or "").strip()
                typed[name] = float(measure(text)) if text else self._usual[name]
            except FieldError as error:
                errors[name] = str(error)
        if errors:
            raise ValidationError(errors)
        return {name: value for name, value in typed.items() if value != self._usual[name]}

    def save(self) -> None:
        """Keep them; what cannot be is said at its field, on its page."""
        try:
            changed = self.changed()
            changed_geometry(self._options.size, changed)
        except ValidationError as error:
            self._refuse(error)
            return
        self.close()
        self._on_save(changed)

    def _refuse(self, error: ValidationError) -> None:
        for name, sentence in error.fields.items():
            self.fields[name].set_error(sentence)
        first = next(iter(error.fields))
        self.groups.select(POSITION_GROUPS.index(next(each.group for each in MEASURES if each.name == first)))
        self.fields[first].focus()

    def _add_group(self, group: str) -> None:
        page = ttk.Frame(self.groups, padding=pixels(self, 8))
        self.groups.add(page, text=group)
        for row, each in enumerate(each for each in MEASURES if each.group == group):
            self.fields[each.name] = self._field(page, each).grid(row)

    def _field(self, page: Misc, each: Measure) -> LabeledField:
        made = LabeledField(page, each.label, lambda p: NumberInput(p, width=8, tidy=measure), note=each.unit)
        made.input.bind(INPUT_CHANGED, lambda event: self._pause.begin(), add="+")
        for sequence, by in (("<Up>", STEP), ("<Down>", -STEP)):
            bind_key(made.input.control, sequence, partial(self._step, made, by))
        return made

    def _step(self, field: LabeledField, by: float) -> None:
        try:
            field.set(f"{float(measure(str(field.get()))) + by:g}")
        except FieldError:
            return
        self._pause.begin()

    # -- the picture -----------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        """The envelope with these measures, made in the background; while one is wrong, the last one stays."""
        try:
            options = replace(self._options, geometry=changed_geometry(self._options.size, self.changed()))
        except ValidationError as error:
            self.fault.configure(text=next(iter(error.fields.values())))
            return
        has_boxes = options.stationery != ABROAD
        self.fault.configure(text=(doubts(options.face) if has_boxes else "") or " ")
        if self._job is not None:
            self._job.forget()
        reports = self._desk.office.reports
        self._job = self._desk.run(lambda job: reports.example_envelope(options), self._show, owner=self)

    def _show(self, document: Document) -> None:
        self._job = None
        with PdfPages(document.to_bytes()) as pages:
            dots = pixels(self, PICTURE_WIDTH) / pages.size(1)[0] * 72
            image = pages.picture(1, dots)
        self._photo = ImageTk.PhotoImage(image, master=self)
        self.picture.configure(image=self._photo)


def measure(typed: str) -> str:
    """A measure in its proper form; FieldError when it is none."""
    value = number(typed, "应填数字，例如 12.5。")
    if not 0 <= value < 1000:  # "nan" is a number to Python
        raise FieldError("应填数字，例如 12.5。")
    return f"{value:g}"
