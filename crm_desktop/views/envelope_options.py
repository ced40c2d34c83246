"""How envelopes are printed: the options a clerk chooses, remembered for each printer and size."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import (
    CORRECTED,
    ENDINGS,
    SIZE_LABELS,
    EnvelopeOptions,
    Geometry,
    changed_geometry,
    stationeries,
)
from crm_desktop.errors import CrmError, ReportError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.printer_choice import PrinterChoice
from crm_desktop.views.theme import pixels

FEEDING = ("feed", "rotation", *CORRECTED)
"""What belongs to a printer and must be measured anew for another one."""
REMEMBERED = ("stationery", "ending", "art", "include_company", "include_phone", "sender", "font", *FEEDING)
FLAGS = {"sender": "印寄件人", "include_phone": "印电话", "art": "印彩色底图"}
LAST = "last"


class EnvelopeMemory:
    """The options last used with a printer and a size, in the settings of this computer."""

    def __init__(self, computer: ComputerSettings) -> None:
        self._computer = computer

    @property
    def last(self) -> tuple[str, str]:
        """Printer and size of the last run."""
        found = self._computer["envelopes"].get(LAST, {})
        return found.get("printer", ""), found.get("size", EnvelopeOptions.size)

    def options(self, printer: str, size: str, current: EnvelopeOptions) -> EnvelopeOptions:
        """What was used before; else what is chosen now, fed straight and not moved."""
        known = self._computer["envelopes"].get(f"{printer}|{size}")
        fresh = {name: getattr(EnvelopeOptions, name) for name in FEEDING}
        if current.stationery not in stationeries(size):
            fresh["stationery"] = stationeries(size)[0]
        sure = {**fresh, "size": size if size in SIZE_LABELS else EnvelopeOptions.size}
        sure["geometry"] = self._geometry(sure["size"])
        try:
            return replace(current, **{**sure, **(known or {}), "size": sure["size"]})
        except (ReportError, TypeError):  # written by another version, or by hand
            return replace(current, **sure)

    def keep_positions(self, size: str, changed: Mapping[str, float]) -> None:
        """Where things stand on this computer's envelopes of a size, as far as it differs from the usual."""
        self._computer["positions"] = {**self._computer["positions"], size: dict(changed)}

    def _geometry(self, size: str) -> Geometry | None:
        try:
            changed = self._computer["positions"].get(size)
            return changed_geometry(size, changed) if changed else None
        except (CrmError, AttributeError, KeyError, TypeError):  # written by another version, or by hand
            return None

    def keep(self, printer: str, options: EnvelopeOptions) -> None:
        values = {name: getattr(options, name) for name in REMEMBERED}
        last = {"printer": printer, "size": options.size}
        self._computer["envelopes"] = {
            **self._computer["envelopes"], LAST: last, f"{printer}|{options.size}": values,
        }  # fmt: skip


class EnvelopeOptionsBar(ttk.Frame):
    """The options that change from run to run. ``options`` are all that are chosen; ``on_change()`` follows a change.

    The printer is chosen in a list of its own, made in ``printer_parent``.
    """

    def __init__(
        self, parent: Misc, printer_parent: Misc, memory: EnvelopeMemory, on_change: Callable[[], Any]
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._on_change = on_change
        printer, size = memory.last
        self.options = memory.options(printer, size, EnvelopeOptions())
        self._choices: dict[str, tuple[Sequence[str], ttk.Combobox]] = {}
        self._flags: dict[str, ttk.BooleanVar] = {}
        self._add_choice("size", "规格", SIZE_LABELS, 18)
        self._add_choice("ending", "结尾", dict(zip(ENDINGS, ENDINGS, strict=True)), 6)
        for name, caption in FLAGS.items():
            self._add_flag(name, caption)
        self.printers = PrinterChoice(printer_parent, printer, self._choose_printer)
        self.show()

    @property
    def printer(self) -> str:
        """The chosen printer, "" without any."""
        return self.printers.chosen

    def change(self, **values: Any) -> None:
        """Choose other values, remember them and tell."""
        self.options = replace(self.options, **values)
        self._memory.keep(self.printer, self.options)
        self.show()
        self._on_change()

    def reposition(self, changed: Mapping[str, float]) -> None:
        """Other measures for the envelopes of the chosen size, from now on."""
        self._memory.keep_positions(self.options.size, changed)
        self.options = self._memory.options(self.printer, self.options.size, self.options)
        self.change()

    def show(self) -> None:
        """Bring the widgets in line with the options."""
        for name, (keys, box) in self._choices.items():
            box.current(keys.index(getattr(self.options, name)))
        for name, flag in self._flags.items():
            flag.set(getattr(self.options, name))

    def _add_choice(self, name: str, label: str, choices: Mapping[str, str], width: int) -> None:
        ttk.Label(self, text=f"{label}：").pack(side="left")
        box = ttk.Combobox(self, state="readonly", width=width, name=name, values=list(choices.values()))
        box.pack(side="left", padx=(0, pixels(self, 12)))
        self._choices[name] = list(choices), box
        box.bind("<<ComboboxSelected>>", lambda event: self._chosen(name))

    def _add_flag(self, name: str, caption: str) -> None:
        self._flags[name] = flag = ttk.BooleanVar(self)
        button = ttk.Checkbutton(
            self, text=caption, variable=flag, name=name, command=lambda: self.change(**{name: flag.get()})
        )
        button.pack(side="left", padx=(0, pixels(self, 12)))

    def _chosen(self, name: str) -> None:
        keys, box = self._choices[name]
        value = keys[box.current()]
        if name == "size":
            self.options = self._memory.options(self.printer, value, self.options)
        self.change(**{name: value})

    def _choose_printer(self) -> None:
        self.options = self._memory.options(self.printer, self.options.size, self.options)
        self.change()

