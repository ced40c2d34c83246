"""tkcalendar's month, in Chinese and in the theme."""

from datetime import date
from functools import cache
from tkinter import Misc
from typing import Any

from crm_desktop.views.theme import calendar_colors, on_theme_change


def month_calendar(parent: Misc, shown: date, **options: Any) -> Any:
    """A Calendar opened on ``shown``; ``options`` are tkcalendar's own."""
    chinese = {"locale": "zh_CN", "firstweekday": "monday", "date_pattern": "yyyy-mm-dd"}
    look = {"font": "TkDefaultFont", "showweeknumbers": False, "borderwidth": 0}
    calendar = _calendar_class()(
        parent, year=shown.year, month=shown.month, day=shown.day, **(chinese | look | options)
    )
    on_theme_change(calendar, lambda colors: calendar.configure(**calendar_colors(colors)))
    return calendar


@cache
def _calendar_class() -> Any:
    from tkcalendar import Calendar  # 30 ms: off the start-up path

    class MonthCalendar(Calendar):  # type: ignore[misc]
        """Survives a change of theme: ttkbootstrap asks every widget for its style, which Calendar does not know."""

        def cget(self, key: str) -> Any:
            return "" if key == "style" else super().cget(key)

    return MonthCalendar
