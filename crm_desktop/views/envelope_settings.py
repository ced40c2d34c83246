"""信封设置: what the stationery is like, how a printer takes it, and how far it is off."""

from collections.abc import Callable, Mapping
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import (
    FEED_LABELS,
    FONT_LABELS,
    LARGEST_OFFSET_MM,
    LARGEST_STRETCH,
    ROTATIONS,
    SIZE_LABELS,
    STATIONERY_LABELS,
    EnvelopeOptions,
    is_stretched,
    stationeries,
)
from crm_desktop.errors import FieldError
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.typed_numbers import number
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import FlagInput, NumberInput

TURNS = {0: "不旋转", 90: "顺时针 90°", 180: "180°（倒过来）", 270: "逆时针 90°"}
ADVICE = "墨迹要往右、往下移填正数，往左、往上移填负数。不知道差多少，就点“校准”，打一张量一量，自动算出。"


class EnvelopeSettings(ModalWindow):
    """``on_save(values)`` gets the values, kept for this printer and size; ``on_calibrate()`` may follow."""

    def __init__(
        self,
        parent: Misc,
        printer: str,
        options: EnvelopeOptions,
        on_save: Callable[[dict[str, Any]], Any],
        on_calibrate: Callable[[], Any],
    ) -> None:
        super().__init__(parent, "信封设置")
        self._on_save, self._on_calibrate = on_save, on_calibrate
        about = f"{printer or '没有打印机'}　{SIZE_LABELS[options.size]}"
        ttk.Label(self.body, text=about, style="Muted.TLabel").grid(columnspan=4, sticky="w")
        kinds = {kind: STATIONERY_LABELS[kind] for kind in stationeries(options.size)}
        self.fields = {
            "stationery": self._choice("信封样式", kinds).grid(1, columnspan=2),
            "font": self._choice("字体", FONT_LABELS).grid(2, columnspan=2),
            "feed": self._choice("进纸方式", FEED_LABELS).grid(3, columnspan=2),
            "rotation": self._choice("旋转", {turn: TURNS[turn] for turn in ROTATIONS}).grid(4, columnspan=2),
            "offset_x_mm": self._millimetres("向右移").grid(5),
            "offset_y_mm": self._millimetres("向下移").grid(5, column=1),
            "scale_x": self._percent("横向缩放").grid(6),
            "scale_y": self._percent("纵向缩放").grid(6, column=1),
            "include_company": LabeledField(self.body, "", company_flag).grid(7),
        }
        for name, field in self.fields.items():
            value = getattr(options, name)
            field.set(_shown(name, value))
        ttk.Label(self.body, text=ADVICE, style="Small.TLabel", wraplength=pixels(self, 420)).grid(
            columnspan=4, sticky="w", pady=pixels(self, 8)
        )
        self._add_buttons()

    def save(self) -> bool:
        """Take the values; False when one cannot be, which then says so."""
        typed = {name: field for name, field in self.fields.items() if name != "include_company"}
        wrong = [field for field in typed.values() if not field.input.check()]  # type: ignore[attr-defined]
        if wrong:
            wrong[0].focus()
            return False
        values = {name: field.get() for name, field in self.fields.items()}
        for name in ("offset_x_mm", "offset_y_mm"):
            values[name] = float(values[name] or 0)
        for name in ("scale_x", "scale_y"):
            values[name] = round(float(values[name] or 100) / 100, 4)
        self.close()
        self._on_save({name: value for name, value in values.items() if value is not None})
        return True

    def calibrate(self) -> None:
        """Save, then measure a test page."""
        if self.save():
            self._on_calibrate()

    def _choice(self, label: str, choices: Mapping[Any, str]) -> LabeledField:
        items = [PickItem(key, text) for key, text in choices.items()]
        return LabeledField(self.body, label, lambda parent: ChoiceInput(parent, items, width=34))

    def _millimetres(self, label: str) -> LabeledField:
        return LabeledField(self.body, label, lambda p: NumberInput(p, width=8, tidy=millimetres), note="毫米")

    def _percent(self, label: str) -> LabeledField:
        return LabeledField(self.body, label, lambda p: NumberInput(p, width=8, tidy=per_cent), note="%")

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.grid(columnspan=4, sticky="ew")
        ttk.Button(row, text="保存并校准…", bootstyle="outline", command=self.calibrate, name="calibrate").pack(
            side="left"
        )
        ttk.Button(row, text="取消 Esc", bootstyle="outline", command=self.cancel).pack(side="right")
        save = ttk.Button(row, text="保存 F8", bootstyle="primary", command=self.save, name="save")
        save.pack(side="right", padx=pixels(self, 6))
        for sequence in ("<Return>", "<KP_Enter>"):
            bind_key(save, sequence, self.save)
        bind_key(self, "save", self.save)
        enter_moves_focus(self.body, save)


def company_flag(parent: Misc) -> FlagInput:
    return FlagInput(parent, caption="印收件人的单位名称")


def _shown(name: str, value: Any) -> Any:
    if name.startswith("offset"):
        return f"{value:g}"
    return f"{value * 100:g}" if name.startswith("scale") else value


def millimetres(typed: str) -> str:
    """A length in its proper form; FieldError when it is none or too far."""
    value = number(typed, "应填毫米数，例如 1.5 或 -2。")
    if not abs(value) <= LARGEST_OFFSET_MM:  # "nan" is a number to Python
        raise FieldError(f"最多移动 {LARGEST_OFFSET_MM:g} 毫米。")
    return f"{value:g}"


def per_cent(typed: str) -> str:
    """A scale in its proper form; FieldError when it is none or too far from 100."""
    value = number(typed, "应填百分数，例如 100.4。")
    if is_stretched(value / 100):
        raise FieldError(f"应在 {100 - LARGEST_STRETCH * 100:g} 到 {100 + LARGEST_STRETCH * 100:g} 之间。")
    return f"{value:g}"
