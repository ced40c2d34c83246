"""A date that is typed in any usual form, or picked from a month in Chinese with F7."""

from collections.abc import Callable
from datetime import date
from tkinter import Misc
from typing import Any

from crm_desktop.errors import CrmError
from crm_desktop.views.keys import bind_key, focus_and_select
from crm_desktop.views.widgets.calendar_popup import CalendarPopup
from crm_desktop.views.widgets.text_inputs import TextInput, Tidy

DAY_LENGTH = len("2024-01-31")
"""A time may follow, as in ``2024-01-31 09:30``."""


class DateInput(TextInput):
    """``tidy`` turns what was typed (20240131, 1-31) into 2024-01-31 or raises the field's own error.

    The same for a field that holds a day with its time; a day picked from the calendar gets the field's own hour.
    A wrong date stays as typed, in red. ``today`` gives the day that the calendar opens on when the field is
    empty.
    """

    def __init__(self, parent: Misc, *, tidy: Tidy, today: Callable[[], date], width: int = 12) -> None:
        super().__init__(parent, width=width, tidy=tidy)
        self._today = today
        self.add_button("calendar3", self.open_calendar)
        bind_key(self.control, "choose", self.open_calendar)

    def set(self, value: Any, text: str | None = None) -> None:
        super().set(value.isoformat() if isinstance(value, date) else value, text)

    def open_calendar(self) -> None:
        """What F7 does."""
        if not self.is_readonly:
            CalendarPopup(self.control, self._shown_date(), self._today(), self._picked)

    def _shown_date(self) -> date:
        try:
            typed = self._tidy(self.get()) if self._tidy else self.get()
            return date.fromisoformat(typed[:DAY_LENGTH])
        except (CrmError, ValueError):
            return self._today()

    def _picked(self, day: date | None) -> None:
        self.set(day)
        self.changed()
        focus_and_select(self.control)
