"""从 … 到 …: two dates of a filter, either of which may stay empty."""

from collections.abc import Callable
from datetime import date
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models.fields import Date
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.pause import Pause
from crm_desktop.views.widgets.date_input import DateInput
from crm_desktop.views.widgets.labeled_field import LabeledField

PAUSE_MILLISECONDS = 250
WIDTH = 11
DAY = Date("date", "日期")


class PeriodFields(ttk.Frame):
    """``on_change()`` is called a moment after a date was changed into another one, or emptied."""

    def __init__(self, parent: Misc, desk: Desk, on_change: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._today = desk.office.clock.today
        self._on_change = on_change
        self._pause = Pause(self, PAUSE_MILLISECONDS, self._tell)
        self.fields = {
            name: LabeledField(self, label, self._date).grid(0, place)
            for place, (name, label) in enumerate((("since", "从"), ("until", "到")))
        }
        for labeled in self.fields.values():
            labeled.input.bind(INPUT_CHANGED, lambda event: self._pause.begin(), add="+")
        self._told = self._days()

    @property
    def since(self) -> date | None:
        return self._day("since")

    @property
    def until(self) -> date | None:
        return self._day("until")

    def set(self, since: date | None, until: date | None) -> None:
        """Show these days without telling."""
        self.fields["since"].set(since or "")
        self.fields["until"].set(until or "")
        self._told = self._days()

    def check(self) -> bool:
        """Whether both can be understood and stand in order; what is wrong is said at the field."""
        for name, labeled in self.fields.items():
            if labeled.get() and self._day(name) is None:
                labeled.set_error("日期应类似 2026-01-31。")
                return False
        since, until = self._days()
        if since and until and since > until:
            self.fields["until"].set_error("不能早于开始的日期。")
            return False
        return True

    def _date(self, body: Misc) -> DateInput:
        return DateInput(body, tidy=self._tidy, today=self._today, width=WIDTH)

    def _tidy(self, typed: str) -> str:
        return DAY.format(DAY.accept(typed, self._today()))

    def _days(self) -> tuple[date | None, date | None]:
        return self.since, self.until

    def _day(self, name: str) -> date | None:
        try:
            accepted = DAY.accept(self.fields[name].get(), self._today())
        except CrmError:
            return None
        return date.fromisoformat(accepted) if accepted else None

    def _tell(self) -> None:
        """A date that is still being typed changes nothing yet."""
        if self._days() != self._told:
            self._told = self._days()
            self._on_change()
