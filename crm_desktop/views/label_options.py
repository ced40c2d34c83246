"""How labels are printed: the sheet, the first free label, copies; remembered on this computer."""

from collections.abc import Callable
from dataclasses import asdict, replace
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import CORRECTED, SHEETS, LabelOptions, LabelSheet
from crm_desktop.errors import CrmError, FieldError, ValidationError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.correction_fields import LABELS, correction_input, shown, taken, values_of
from crm_desktop.views.printer_choice import PrinterChoice
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import pixels
from crm_desktop.views.typed_numbers import number
from crm_desktop.views.widgets.text_inputs import NumberInput

CUSTOM, CUSTOM_LABEL = "custom", "自定义…"
FLAGS = {"include_company": "印单位", "include_phone": "印电话", "outlines": "印标签边线"}
MEASURES = {
    "columns": "列数", "rows": "行数", "width": "标签宽（毫米）", "height": "标签高（毫米）", "left": "左边距（毫米）",
    "top": "上边距（毫米）", "pitch_x": "横向间距（毫米）", "pitch_y": "纵向间距（毫米）",
}  # fmt: skip
ADVICE = "用直尺量标签纸。最后四项是“{}”打这种标签纸时墨迹的移动和缩放，可用“校准”量出。"
COUNTS = ("columns", "rows")


class LabelMemory:
    """What was chosen last, and how far each printer is off with each sheet, in the settings of this computer."""

    def __init__(self, computer: ComputerSettings) -> None:
        self._computer = computer

    @property
    def printer(self) -> str:
        """That of the last run."""
        return str(self._computer["labels"].get("printer", ""))

    def options(self) -> LabelOptions:
        """What was chosen last; a sheet is begun anew each time."""
        kept = {name: value for name, value in self._computer["labels"].items() if name != "printer"}
        try:
            custom = kept.pop("custom", None)
            return LabelOptions(**kept, custom=LabelSheet(**custom) if custom else None)
        except (CrmError, TypeError):  # written by another version, or by hand
            return LabelOptions()

    def corrected(self, printer: str, options: LabelOptions) -> LabelOptions:
        """For this printer and the sheet of ``options``; not moved when it was never measured."""
        plain = {name: getattr(LabelOptions, name) for name in CORRECTED}
        before = self._computer["labels"]  # as long as all printers had one offset, it was kept there
        usual = {name: before.get(name, value) for name, value in plain.items()}
        known = self._computer["label_corrections"].get(_key(printer, options), usual)
        try:
            return replace(options, **known)
        except (CrmError, TypeError):
            return replace(options, **plain)

    def keep(self, printer: str, options: LabelOptions) -> None:
        chosen = {name: value for name, value in asdict(options).items() if name not in CORRECTED}
        self._computer["labels"] = {**chosen, "printer": printer, "start": 1, "copies": 1}
        self._computer["label_corrections"] = {
            **self._computer["label_corrections"], _key(printer, options): values_of(options),
        }  # fmt: skip


def _key(printer: str, options: LabelOptions) -> str:
    return f"{printer}|{CUSTOM if options.custom else options.sheet}"


class LabelOptionsBar(ttk.Frame):
    """``options`` are what is chosen now; ``on_change()`` follows a change.

    The printer is chosen in a list of its own, made in ``printer_parent``.
    """

    def __init__(
        self, parent: Misc, printer_parent: Misc, memory: LabelMemory, background: Background,
        on_change: Callable[[], Any],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._memory, self._background, self._on_change = memory, background, on_change
        self.options = memory.options()
        self.printers = PrinterChoice(printer_parent, memory.printer, self._choose_printer)
        self._flags: dict[str, ttk.BooleanVar] = {}
        labels = [*(sheet.label for sheet in SHEETS.values()), CUSTOM_LABEL]
        self._sheets, self._printed = ttk.Frame(self), ttk.Frame(self)
        self._sheets.pack(fill="x")
        self._printed.pack(fill="x", pady=(pixels(self, 4), 0))
        box = ttk.Combobox(self._sheets, state="readonly", values=labels, width=24, name="sheet")
        self.sheet = self._labelled("标签纸", box)
        self.sheet.bind("<<ComboboxSelected>>", lambda event: self._sheet_chosen())
        self.start = self._spinbox("从第几张标签开始", "start")
        self.copies = self._spinbox("每人份数", "copies")
        for name, caption in FLAGS.items():
            self._add_flag(name, caption)
        self.show()

    @property
    def printer(self) -> str:
        """The chosen printer, "" without any."""
        return self.printers.chosen

    def change(self, **values: Any) -> None:
        """Choose other values, remember them and tell; what cannot be printed is refused and nothing changes."""
        changed = replace(self.options, **values)
        if _key("", changed) != _key("", self.options) and not values.keys() & set(CORRECTED):
            changed = self._memory.corrected(self.printer, changed)
        self.options = changed
        self._memory.keep(self.printer, changed)
        self._show_choices()
        if values.keys() & {"start", "copies"}:  # else what is typed there still waits to be taken
            self._show_counts()
        self._on_change()

    def show(self) -> None:
        """Bring the widgets in line with the options."""
        self._show_choices()
        self._show_counts()

    def _show_counts(self) -> None:
        self.start.set(self.options.start)
        self.copies.set(self.options.copies)

    def _show_choices(self) -> None:
        options = self.options
        self.sheet.set(CUSTOM_LABEL if options.custom else SHEETS[options.sheet].label)
        self.start.configure(to=options.face.count)
        for name, flag in self._flags.items():
            flag.set(getattr(options, name))

    def take_typed(self) -> str:
        """Take start and copies as they stand in their fields; a sentence when one cannot be."""
        try:
            self.change(start=_whole(self.start.get(), "开始的标签"), copies=_whole(self.copies.get(), "份数"))
        except CrmError as error:
            return str(error)
        return ""

    def set_up(self) -> None:
        """The measures of a sheet of one's own, and how far the printer is off."""
        form = SmallForm(
            self, self._background, "标签设置", self._take_measures, columns=2,
            note=ADVICE.format(self.printer or "没有打印机"),
        )  # fmt: skip
        for name, label in MEASURES.items():
            value = f"{getattr(self.options.face, name):g}"
            form.add(name, label, lambda body: NumberInput(body), value, is_required=True)
        for name in CORRECTED:
            value, made = shown(name, getattr(self.options, name)), correction_input(name)
            form.add(name, LABELS[name], made["make_input"], value, note=made["note"])
        chosen = form.ask()
        if chosen:
            self.change(**chosen)
        else:
            self.show()

    def _take_measures(self, values: dict[str, Any]) -> dict[str, Any]:
        """In a worker: the options that the form describes, tried out before they are taken."""
        numbers: dict[str, float] = {}
        errors: dict[str, str] = {}
        for name, typed in values.items():
            try:
                numbers[name] = taken(name, typed) if name in CORRECTED else _measure(name, typed)
            except FieldError as error:
                errors[name] = str(error)
        if errors:
            raise ValidationError(errors)
        measures = {name: int(numbers[name]) if name in COUNTS else numbers[name] for name in MEASURES}
        face = LabelSheet(**measures)
        known = next((key for key, sheet in SHEETS.items() if replace(sheet, label=face.label) == face), None)
        chosen = {"custom": None if known else face, **({"sheet": known} if known else {}), "start": 1}
        chosen |= {name: numbers[name] for name in CORRECTED}
        replace(self.options, **chosen)
        return chosen

    def _choose_printer(self) -> None:
        self.options = self._memory.corrected(self.printer, self.options)
        self.change()

    def _sheet_chosen(self) -> None:
        place = self.sheet.current()
        if place == len(SHEETS):
            self.set_up()
        else:
            self.change(sheet=list(SHEETS)[place], custom=None, start=1)

    def _labelled(self, label: str, box: Any) -> Any:
        ttk.Label(self._sheets, text=f"{label}：").pack(side="left")
        box.pack(side="left", padx=(0, pixels(self, 12)))
        return box

    def _spinbox(self, label: str, name: str) -> Any:
        return self._labelled(label, ttk.Spinbox(self._sheets, from_=1, to=100, width=4, name=name))

    def _add_flag(self, name: str, caption: str) -> None:
        self._flags[name] = flag = ttk.BooleanVar(self)
        ttk.Checkbutton(
            self._printed, text=caption, variable=flag, name=name, command=lambda: self.change(**{name: flag.get()})
        ).pack(side="left", padx=(0, pixels(self, 10)))


def _whole(typed: str, label: str) -> int:
    if not typed.strip().isdecimal():
        raise FieldError(f"{label}应为整数。")
    return int(typed)


def _measure(name: str, typed: str) -> float:
    value = number(typed, f"{MEASURES[name].partition('（')[0]}应为数字。")
    if name in COUNTS and value != int(value):
        raise FieldError(f"{MEASURES[name]}应为整数。")
    return value
