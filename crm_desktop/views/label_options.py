"""How labels are printed: the sheet, the first free label, copies; remembered on this computer."""

from collections.abc import Callable
from dataclasses import asdict, replace
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import SHEETS, LabelOptions, LabelSheet
from crm_desktop.errors import CrmError, FieldError, ReportError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.text_inputs import NumberInput

CUSTOM, CUSTOM_LABEL = "custom", "自定义…"
FLAGS = {"include_company": "印单位", "include_phone": "印电话", "outlines": "印标签边线"}
MEASURES = {
    "columns": "列数", "rows": "行数", "width": "标签宽（毫米）", "height": "标签高（毫米）", "left": "左边距（毫米）",
    "top": "上边距（毫米）", "pitch_x": "横向间距（毫米）", "pitch_y": "纵向间距（毫米）",
}  # fmt: skip
OFFSETS = {"offset_x_mm": "向右移动（毫米）", "offset_y_mm": "向下移动（毫米）"}
COUNTS = ("columns", "rows")


def remembered(computer: ComputerSettings) -> LabelOptions:
    """What was chosen last; a sheet is begun anew each time."""
    kept = dict(computer["labels"])
    try:
        custom = kept.pop("custom", None)
        return LabelOptions(**kept, custom=LabelSheet(**custom) if custom else None)
    except (CrmError, TypeError):  # written by another version, or by hand
        return LabelOptions()


def remember(computer: ComputerSettings, options: LabelOptions) -> None:
    computer["labels"] = {**asdict(options), "start": 1, "copies": 1}


class LabelOptionsBar(ttk.Frame):
    """``options`` are what is chosen now; ``on_change()`` follows a change."""

    def __init__(
        self, parent: Misc, computer: ComputerSettings, background: Background, on_change: Callable[[], Any]
    ) -> None:
        super().__init__(parent)
        self._computer, self._background, self._on_change = computer, background, on_change
        self.options = remembered(computer)
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

    def change(self, **values: Any) -> None:
        """Choose other values, remember them and tell; what cannot be printed is refused and nothing changes."""
        self.options = replace(self.options, **values)
        remember(self._computer, self.options)
        self.show()
        self._on_change()

    def show(self) -> None:
        """Bring the widgets in line with the options."""
        options = self.options
        self.sheet.set(CUSTOM_LABEL if options.custom else SHEETS[options.sheet].label)
        self.start.configure(to=options.face.count)
        self.start.set(options.start)
        self.copies.set(options.copies)
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
        form = SmallForm(self, self._background, "标签设置", self._take_measures, note="用直尺量标签纸，单位毫米。")
        for name, label in {**MEASURES, **OFFSETS}.items():
            value = getattr(self.options.face if name in MEASURES else self.options, name)
            form.add(name, label, lambda body: NumberInput(body), f"{value:g}", is_required=True)
        chosen = form.ask()
        if chosen:
            self.change(**chosen)
        else:
            self.show()

    def _take_measures(self, values: dict[str, Any]) -> dict[str, Any]:
        """In a worker: the options that the form describes, tried out before they are taken."""
        numbers = {name: _number(values[name], label) for name, label in {**MEASURES, **OFFSETS}.items()}
        measures = {name: int(numbers[name]) if name in COUNTS else numbers[name] for name in MEASURES}
        face = LabelSheet(**measures)
        known = next((key for key, sheet in SHEETS.items() if replace(sheet, label=face.label) == face), None)
        chosen = {"custom": None if known else face, **({"sheet": known} if known else {}), "start": 1}
        chosen |= {name: numbers[name] for name in OFFSETS}
        replace(self.options, **chosen)
        return chosen

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


def _number(typed: str, label: str) -> float:
    try:
        return float(typed)
    except ValueError:
        raise ReportError(f"{label}应为数字。") from None

