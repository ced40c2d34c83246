"""What the log is asked: the period, who, which kind, and words of the sentence."""

from collections.abc import Callable
from datetime import date
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import FieldError
from crm_desktop.models.log import GROUPS, LogFilter
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.pause import Pause
from crm_desktop.views.period_bar import ALL, CUSTOM, PeriodBar
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.search_box import SearchBox

PERIODS = {
    "today": "今天", "this_week": "本周", "this_month": "本月", "this_year": "本年", ALL: "全部", CUSTOM: "自定义",
}  # fmt: skip
EVERYBODY, EVERYTHING = PickItem("", "所有人"), PickItem("", "全部")
INPUT_WIDTH = 13
PAUSE_MILLISECONDS = 250
"""After a change, before the log is asked again."""
BACKWARDS = "早于开始日期。"


class AuditQuestion(ttk.Frame):
    """``on_change()`` is called when there is another question; ``asked`` is the question."""

    def __init__(self, parent: Misc, desk: Desk, on_change: Callable[[], Any], on_leave: Callable[[], Any]) -> None:
        super().__init__(parent)
        self.desk = desk
        self.asked = LogFilter()
        self._on_change = on_change
        self._pause = Pause(self, PAUSE_MILLISECONDS, self._ask)
        soon = self._pause.begin
        self.days = PeriodBar(self, PERIODS, desk.office.clock.today, soon, begins_with=ALL, width=INPUT_WIDTH)
        self.days.pack(fill="x", pady=(0, pixels(self, 3)))
        row = ttk.Frame(self)
        row.pack(fill="x")
        people = [EVERYBODY, *(PickItem(each["id"], each["full_name"]) for each in desk.office.audit.people())]
        groups = [EVERYTHING, *(PickItem(key, label) for key, (label, _) in GROUPS.items())]
        self.operator = self._add(row, 0, "操作员", people)
        self.group = self._add(row, 1, "类别", groups)
        self.search = SearchBox(row, self._searched, placeholder="内容里的文字…", width=30, on_leave=on_leave)
        self.search.grid(row=0, column=4, sticky="n", padx=(pixels(self, 16), 0), pady=pixels(self, 3))

    def focus_set(self) -> None:
        self.search.focus_set()

    def take(self) -> bool:
        """Read what is chosen into ``asked``; False when a day is none, which its field then says."""
        start, end = self.days.fields["start"], self.days.fields["end"]
        try:
            first, last = self.days.days()
        except FieldError:  # the field has said so, and keeps what was typed
            return False
        is_backwards = first is not None and last is not None and last < first
        end.set_error(BACKWARDS if is_backwards else None)
        start.set_error(None)
        if is_backwards:
            return False
        self.asked = self._filter(first, last)
        return True

    def _filter(self, first: date | None, last: date | None) -> LogFilter:
        operator, group = (each.chosen.key if each.chosen else "" for each in (self.operator, self.group))
        return LogFilter(first, last, operator or None, group, self.search.get())

    def _add(self, row: Misc, place: int, label: str, items: list[PickItem]) -> ChoiceInput:
        labeled = LabeledField(row, label, lambda body: ChoiceInput(body, items, width=INPUT_WIDTH)).grid(0, place)
        chosen: Any = labeled.input
        chosen.set(items[0].key, items[0].text)
        chosen.bind(INPUT_CHANGED, lambda event: self._pause.begin(), add="+")
        return chosen  # type: ignore[no-any-return]

    def _searched(self, text: str) -> None:
        self._pause.begin()

    def _ask(self) -> None:
        before = self.asked
        if self.take() and self.asked != before:
            self._on_change()
