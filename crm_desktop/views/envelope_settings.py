"""信封设置: what the stationery is like, how a printer takes it, and how far it is off."""

from collections.abc import Callable, Mapping
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import (
    CORRECTED,
    FEED_LABELS,
    FONT_LABELS,
    ROTATIONS,
    SIZE_LABELS,
    STATIONERY_LABELS,
    EnvelopeOptions,
    stationeries,
)
from crm_desktop.views.correction_fields import ADVICE, LABELS, correction_input, shown, taken
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import FlagInput

TURNS = {0: "不旋转", 90: "顺时针 90°", 180: "180°（倒过来）", 270: "逆时针 90°"}


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
            **{
                name: LabeledField(self.body, LABELS[name], **correction_input(name)).grid(5 + place // 2, place % 2)
                for place, name in enumerate(CORRECTED)
            },
            "include_company": LabeledField(self.body, "", company_flag).grid(7),
        }
        for name, field in self.fields.items():
            value = getattr(options, name)
            field.set(shown(name, value) if name in CORRECTED else value)
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
        values |= {name: taken(name, values[name]) for name in CORRECTED}
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
