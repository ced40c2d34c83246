"""The month that drops from a date field: tkcalendar in Chinese, in the theme, and usable by keys alone."""

from collections.abc import Callable
from datetime import date
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import give_back
from crm_desktop.views.widgets.month_calendar import month_calendar, walk_by_keys


class CalendarPopup(ttk.Toplevel):
    """Calls ``on_choose(day)``, or ``on_choose(None)`` for 清除; Esc and a click outside change nothing."""

    def __init__(self, entry: Misc, shown: date, today: date, on_choose: Callable[[date | None], Any]) -> None:
        super().__init__(master=entry.winfo_toplevel(), override_redirect=True, topmost=True)
        self.withdraw()
        self._entry = entry
        self._previous_grab = self.grab_current()
        self._today = today
        self._on_choose = on_choose
        frame = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 4))
        frame.pack()
        self.calendar = month_calendar(frame, shown, takefocus=False)
        self.calendar.pack()
        self.calendar.bind("<<CalendarSelected>>", lambda event: self._take(self.calendar.selection_get()))
        self._add_buttons(frame)
        self._bind_keys()
        self._place()

    def _add_buttons(self, frame: Misc) -> None:
        row = ttk.Frame(frame)
        row.pack(fill="x", pady=(pixels(self, 4), 0))
        today = f"今天 {self._today.isoformat()}"
        ttk.Button(row, text=today, bootstyle="link", takefocus=False, command=lambda: self._take(self._today)).pack(
            side="left"
        )
        ttk.Button(row, text="清除", bootstyle="link", takefocus=False, command=lambda: self._take(None)).pack(
            side="right"
        )

    def _bind_keys(self) -> None:
        walk_by_keys(self, self.calendar, self._today)
        bind_key(self, "enter", lambda: self._take(self.calendar.selection_get()))
        bind_key(self, "<space>", lambda: self._take(self.calendar.selection_get()))
        bind_key(self, "<Delete>", lambda: self._take(None))
        bind_key(self, "close", self._close)
        self.bind("<Button-1>", self._clicked)

    def _place(self) -> None:
        entry = self._entry
        self.update_idletasks()
        x, y = entry.winfo_rootx(), entry.winfo_rooty() + entry.winfo_height()
        if y + self.winfo_reqheight() > self.winfo_screenheight():
            y = entry.winfo_rooty() - self.winfo_reqheight()
        x = max(0, min(x, self.winfo_screenwidth() - self.winfo_reqwidth()))
        self.geometry(f"+{x}+{y}")
        self.deiconify()
        self.lift()
        self.update_idletasks()
        self.grab_set()
        self.focus_force()

    def _take(self, day: date | None) -> None:
        self._close()
        self._on_choose(day)

    def _clicked(self, event: Event) -> None:
        inside_x = 0 <= event.x_root - self.winfo_rootx() < self.winfo_width()
        inside_y = 0 <= event.y_root - self.winfo_rooty() < self.winfo_height()
        if not (inside_x and inside_y):
            self._close()

    def _close(self) -> None:
        self.destroy()
        give_back(self._previous_grab, self._entry, self._entry.winfo_toplevel())
