"""A stretch of days: the usual ones a button each, any other from its first to its last day."""

from collections.abc import Callable, Mapping
from datetime import date
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models.fields import Date
from crm_desktop.models.periods import period
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.date_input import DateInput
from crm_desktop.views.widgets.labeled_field import LabeledField

DAY = Date("date", "日期")
ALL, CUSTOM = "all", "custom"
"""Without days, and with those that were typed."""


class PeriodBar(ttk.Frame):
    """``chosen`` is the key of a button; ``fields`` are the days; ``on_change()`` hears of other days, once they are
    days."""

    def __init__(
        self,
        parent: Misc,
        periods: Mapping[str, str],
        today: Callable[[], date],
        on_change: Callable[[], Any],
        *,
        begins_with: str,
        width: int,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._on_change = on_change
        self.chosen = ttk.StringVar(self, begins_with)
        self.buttons: dict[str, ttk.Radiobutton] = {}
        self.fields: dict[str, LabeledField] = {}
        for key, label in periods.items():
            self._add_button(key, label)
        dates = ttk.Frame(self)
        dates.pack(side="left", padx=(pixels(self, 9), 0))
        for place, (name, label) in enumerate((("start", "从"), ("end", "到"))):
            labeled = LabeledField(dates, label, lambda body: self._date(body, width)).grid(0, place)
            labeled.input.bind(INPUT_CHANGED, lambda event, each=labeled: self._typed(each), add="+")
            labeled.input.control.bind("<FocusOut>", lambda event: self._left(), add="+")
            self.fields[name] = labeled
        self._take_period()

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day; FieldError for what is none."""
        typed = (DAY.accept(labeled.get(), self._today()) for labeled in self.fields.values())
        start, end = (date.fromisoformat(each) if each else None for each in typed)
        return start, end

    def focus_set(self) -> None:
        self.buttons[self.chosen.get()].focus_set()

    def _add_button(self, key: str, label: str) -> None:
        button = ttk.Radiobutton(
            self, text=label, value=key, variable=self.chosen, name=key,
            command=self._period_chosen, bootstyle="primary-outline-toolbutton",
        )  # fmt: skip
        button.pack(side="left", anchor="n", padx=(0, pixels(self, 3)), pady=(pixels(self, 4), 0))
        self.buttons[key] = button

    def _date(self, body: Misc, width: int) -> DateInput:
        return DateInput(
            body, tidy=lambda typed: DAY.format(DAY.accept(typed, self._today())), today=self._today, width=width
        )

    def _period_chosen(self) -> None:
        if self.chosen.get() == CUSTOM:
            self.fields["start"].focus()
        else:
            self._take_period()
            self._on_change()

    def _take_period(self) -> None:
        key = self.chosen.get()
        span = (None, None) if key == ALL else period(key, self._today())
        for labeled, day in zip(self.fields.values(), span, strict=True):
            labeled.set(day)

    def _typed(self, labeled: LabeledField) -> None:
        """A day that is still being typed is waited for."""
        self.chosen.set(CUSTOM)
        if self._is_day(labeled.get()):
            self._on_change()

    def _is_day(self, typed: str) -> bool:
        try:
            return len(DAY.accept(typed, self._today()) or "") == 10 == len(typed)
        except CrmError:
            return False

    def _left(self) -> None:
        if not any(labeled.input.error for labeled in self.fields.values()):
            self._on_change()
