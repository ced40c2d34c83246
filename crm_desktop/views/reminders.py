"""提醒: a small window at the lower right that says what is due, without taking the keyboard away."""

from collections.abc import Sequence
from datetime import datetime
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reminders import Reminder
from crm_desktop.models import MEMOS
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.keys import bind_key
from crm_desktop.views.memo_actions import see_to
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

CHECK_MILLISECONDS = 20_000
FIRST_MILLISECONDS = 2_000
"""After signing in: the first screen comes first."""
LATER = (5, 15, 60)
COLUMNS = (TableColumn("when", "时间", 12), TableColumn("subject", "事项", 28), TableColumn("customer", "客户", 20))
FEWEST, LINES = 2, 4


class ReminderWatch:
    """Asks now and then what is due and shows it; ends with ``window``."""

    def __init__(self, window: Misc, desk: Desk) -> None:
        self._window, self._desk = window, desk
        self.shown: ReminderWindow | None = None
        self._timer: str | None = window.after(FIRST_MILLISECONDS, self.look)
        window.bind("<Destroy>", lambda event: self.stop() if event.widget is window else None, add="+")

    def stop(self) -> None:
        """No more reminders; those on the screen go, too."""
        self._cancel()
        if self.shown is not None and self.shown.winfo_exists():
            self.shown.destroy()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._window.after_cancel(self._timer)
            self._timer = None

    def look(self) -> None:
        """Ask in the background; the answer is shown at once."""
        self._cancel()
        self._timer = self._window.after(CHECK_MILLISECONDS, self.look)
        self._desk.run(lambda job: self._due(), self._show, owner=self._window)

    def _due(self) -> Sequence[Reminder]:
        """Asked in the worker; nothing for an operator who may not see memos, today."""
        office = self._desk.office
        return office.reminders.take_due() if office.may("memos", "view") else []

    def _show(self, reminders: Sequence[Reminder]) -> None:
        if not reminders:
            return
        if self.shown is None or not self.shown.winfo_exists():
            self.shown = ReminderWindow(self._window, self._desk)
        self.shown.add(reminders)


class ReminderWindow(ttk.Toplevel):
    """What is due, a line each; buttons act on the line at the cursor, and it goes."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(title="提醒", master=parent.winfo_toplevel(), resizable=(False, False))
        self.withdraw()
        self._desk = desk
        self._reminders: dict[int, Reminder] = {}
        self._number = 0
        body = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 10))
        body.pack(fill="both", expand=True)
        self.title_line = ttk.Label(body, name="heading")
        self.title_line.pack(anchor="w", pady=(0, pixels(self, 6)))
        self.table = VirtualTable(body, COLUMNS, on_open=lambda number: self.open_record())
        self.table.pack(fill="both", expand=True)
        self._add_buttons(body)
        bind_key(self, "close", self.know)
        self.protocol("WM_DELETE_WINDOW", self.destroy)

    def add(self, reminders: Sequence[Reminder]) -> None:
        """Show these too, the newest last, with one sound; the keyboard stays where it is."""
        for reminder in reminders:
            self._number += 1
            self._reminders[self._number] = reminder
        self._refresh()
        self._place()
        self.bell()

    # -- acting ----------------------------------------------------------------------------------------------------

    def see_to(self) -> None:
        """It is done."""
        number, reminder = self._current()
        if reminder is not None:
            see_to(self._desk, self, reminder.occurrence.memo, reminder.occurrence.day, lambda: self._drop(number))

    def later(self, minutes: int) -> None:
        """Remind again after a while."""
        number, reminder = self._current()
        if reminder is not None:
            self._desk.run(
                lambda job: self._desk.office.reminders.later(reminder.occurrence, minutes),
                lambda done: self._drop(number), owner=self, is_saving=True,
            )  # fmt: skip

    def know(self) -> None:
        """That is enough for this one."""
        number, reminder = self._current()
        if reminder is not None:
            self._drop(number)

    def open_record(self) -> None:
        """The memo's form."""
        _, reminder = self._current()
        if reminder is not None:
            open_form(self._desk, MEMOS, reminder.occurrence.memo)

    # -- details ---------------------------------------------------------------------------------------------------

    def _add_buttons(self, body: Misc) -> None:
        row = ttk.Frame(body)
        row.pack(fill="x", pady=(pixels(self, 8), 0))
        done = ttk.Button(row, text="完成", bootstyle="primary", command=self.see_to, name="done")
        done.configure(state="normal" if self._desk.office.may("memos", "update") else "disabled")
        done.pack(side="left")
        for name, text, command, side in (
            ("open", "打开", self.open_record, "left"), ("know", "知道了", self.know, "right"),
        ):  # fmt: skip
            button = ttk.Button(row, text=text, bootstyle="outline", command=command, name=name)
            button.pack(side=side, padx=pixels(self, 4))
        for minutes in reversed(LATER):
            button = ttk.Button(row, text=f"{minutes} 分钟后", bootstyle="outline", name=f"later{minutes}")
            button.configure(command=lambda after=minutes: self.later(after))
            button.pack(side="right", padx=(0, 4))

    def _current(self) -> tuple[int, Reminder | None]:
        number = self.table.current_id or next(iter(self._reminders), 0)
        return number, self._reminders.get(number)

    def _drop(self, number: int) -> None:
        self._reminders.pop(number, None)
        if self._reminders:
            self._refresh()
        elif self.winfo_exists():
            self.destroy()

    def _refresh(self) -> None:
        rows = [_line(number, reminder) for number, reminder in self._reminders.items()]
        self.table.tree.configure(height=max(FEWEST, min(LINES, len(rows))))  # it covers what somebody works at
        self.table.show(ListSource(rows))
        late = sum(each.is_late for each in self._reminders.values())
        missed = f"，其中错过的 {late} 条" if late else ""
        self.title_line.configure(text=f"要做的事 {len(rows)} 条{missed}")

    def _place(self) -> None:
        self.update_idletasks()
        margin = pixels(self, 12)
        left = self.winfo_screenwidth() - self.winfo_reqwidth() - margin
        top = self.winfo_screenheight() - self.winfo_reqheight() - 5 * margin
        self.geometry(f"+{left}+{top}")
        self.attributes("-topmost", True)
        self.deiconify()


def _line(number: int, reminder: Reminder) -> dict[str, Any]:
    row, day = reminder.occurrence.row, reminder.occurrence.day
    when: datetime = datetime.combine(day, datetime.min.time())
    told = f"{when:%m-%d} {reminder.occurrence.time or '全天'}"
    return {"id": number, "when": told, "subject": row["subject"], "customer": row["customer_text"] or ""}
