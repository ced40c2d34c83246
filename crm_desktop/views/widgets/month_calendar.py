"""tkcalendar's month, in Chinese and in the theme."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from tkinter import Misc
from typing import Any

from crm_desktop.views.keys import bind_key, descendants
from crm_desktop.views.theme import Palette, calendar_colors, on_theme_change, palette, pixels

STEPS = {"<Left>": -1, "<Right>": 1, "<Up>": -7, "<Down>": 7}
ARROW = 15
"""Side of the arrows that turn the pages, at 100 %."""
MONTHS = {"<Prior>": -1, "<Next>": 1}


def month_calendar(parent: Misc, shown: date, **options: Any) -> Any:
    """A Calendar opened on ``shown``; ``options`` are tkcalendar's own."""
    chinese = {"locale": "zh_CN", "firstweekday": "monday", "date_pattern": "yyyy-mm-dd"}
    look = {"font": "TkDefaultFont", "showweeknumbers": False, "borderwidth": 0}
    calendar = _calendar_class()(
        parent, year=shown.year, month=shown.month, day=shown.day, **(chinese | look | options)
    )
    on_theme_change(calendar, lambda colors: _paint(calendar, colors))
    return calendar


def show_focus(calendar: Any) -> None:
    """The chosen day is grey while the keyboard is elsewhere."""
    calendar.bind("<FocusIn>", lambda event: calendar.configure(selectbackground=palette().primary), add="+")
    calendar.bind("<FocusOut>", lambda event: calendar.configure(selectbackground=palette().muted), add="+")


def _paint(calendar: Any, colors: Palette) -> None:
    calendar.configure(**calendar_colors(colors))
    for button in descendants(calendar):
        if button.winfo_class() == "TButton":  # those that turn the pages
            calendar.tk.call("ttk::style", "configure", button.cget("style"), "-arrowsize", pixels(calendar, ARROW))


def walk_by_keys(
    widget: Misc, calendar: Any, today: date, on_move: Callable[[], Any] = lambda: None
) -> None:
    """Arrows go by days and weeks, PageUp and PageDown by months, Home to ``today``, while ``widget`` has the keys."""

    def go(day: date) -> None:
        calendar.selection_set(day)
        on_move()

    for sequence, days in STEPS.items():
        bind_key(widget, sequence, lambda days=days: go(calendar.selection_get() + timedelta(days=days)))
    for sequence, months in MONTHS.items():
        bind_key(widget, sequence, lambda months=months: go(_months_later(calendar.selection_get(), months)))
    bind_key(widget, "<Home>", lambda: go(today))


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or its last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@cache
def _calendar_class() -> Any:
    from tkcalendar import Calendar  # 30 ms: off the start-up path

    class MonthCalendar(Calendar):  # type: ignore[misc]
        """Survives a change of theme: ttkbootstrap asks every widget for its style, which Calendar does not know."""

        def cget(self, key: str) -> Any:
            return "" if key == "style" else super().cget(key)

    return MonthCalendar
