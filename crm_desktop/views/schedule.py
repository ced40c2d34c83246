"""日程: a month with the days on which something is due, and what is due on the chosen day or in its week."""

from collections.abc import Sequence
from datetime import date, timedelta
from tkinter import BooleanVar, Misc, StringVar
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.memos import Occurrence
from crm_desktop.events import RecordsChanged
from crm_desktop.models import MEMOS
from crm_desktop.models.lunar import lunar_words
from crm_desktop.models.working_time import is_working_day
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import FileTypes
from crm_desktop.views.exporting import write_file
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.keys import bind_key
from crm_desktop.views.memo_actions import put_off, see_to
from crm_desktop.views.theme import Palette, on_theme_change, pixels
from crm_desktop.views.widgets.month_calendar import month_calendar, show_focus, walk_by_keys
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

DAY, WEEK, MONTH = "日", "周", "月"
SPANS = (DAY, WEEK, MONTH)
MINE = "schedule.mine"
WEEKDAYS = "一二三四五六日"
A_WEEK = timedelta(days=7)
DUE, DONE = "due", "done"
HINT = "方向键换日期，翻页键换月，Enter 到列表，Esc 回到月历"
CALENDAR_FILES: FileTypes = (("日历文件", "*.ics"),)
COLUMNS = tuple(
    TableColumn(key, label, width, is_sortable=False)
    for key, label, width in (
        ("day", "日期", 11), ("time", "时间", 6), ("subject", "事项", 26), ("customer", "客户", 20),
        ("owner", "负责人", 8), ("state", "状态", 7), ("repeat", "重复", 10),
    )
)  # fmt: skip


class ScheduleScreen(ttk.Frame):
    """The arrow keys walk through the days; Enter goes to the list, Esc back to the month."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="schedule")
        self.desk = desk
        self.day: date = desk.office.clock.today()
        self.due: Sequence[Occurrence] = ()
        self._read: tuple[date, date] | None = None
        self._job: Job | None = None
        self._mine = BooleanVar(self, desk.office.settings.preference(MINE, True))
        self._span = StringVar(self, DAY)
        self.actions = self._make_actions()
        self._build()
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        self.refresh()

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("new", "新增", self.create, "new", "plus-lg", lambda: may("memos", "create"), style="primary"),
            Action("done", "完成", self.see_to, "step", "check2-circle", self._is_open),
            Action("postpone", "推迟…", self.put_off, "item_2", "skip-end-circle", self._is_open),
            Action("today", "今天", self.go_to_today, None, "calendar-check", group="look"),
            Action("export", "导出日历", self.export, "export", "calendar-plus", lambda: may("memos", "export"),
                   group="look"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
        ]

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        body = ttk.Frame(self)
        body.pack(fill="both", expand=True)
        self._build_month(body).pack(side="left", fill="y", padx=(0, 2 * gap))
        self._build_list(body).pack(side="left", fill="both", expand=True)
        self.toolbar = Toolbar(top, self.actions)
        choice = ttk.Checkbutton(top, text="只看我的", variable=self._mine, command=self._mine_chosen, name="mine")
        put_beside(self.toolbar, choice)

    def _build_month(self, parent: Misc) -> ttk.Frame:
        side = ttk.Frame(parent)
        self.calendar = month_calendar(side, self.day, takefocus=True, tooltipdelay=400)
        self.calendar.pack()
        show_focus(self.calendar)
        self.calendar.bind("<<CalendarSelected>>", lambda event: self._day_chosen())
        self.calendar.bind("<<CalendarMonthChanged>>", lambda event: self.refresh())
        walk_by_keys(self.calendar, self.calendar, self.desk.office.clock.today(), self._day_chosen)
        bind_key(self.calendar, "enter", lambda: self.table.focus_set())
        on_theme_change(self.calendar, self._colour_marks)
        return side

    def _colour_marks(self, colors: Palette) -> None:
        self.calendar.tag_config(DUE, background=colors.selected, foreground=colors.text)
        self.calendar.tag_config(DONE, background=colors.heading, foreground=colors.muted)

    def _build_list(self, parent: Misc) -> ttk.Frame:
        side = ttk.Frame(parent)
        head = ttk.Frame(side)
        head.pack(fill="x", pady=(0, pixels(self, 6)))
        self.heading = ttk.Label(head, style="Title.TLabel", name="heading")
        self.heading.pack(side="left")
        for span in reversed(SPANS):
            ttk.Radiobutton(
                head, text=span, value=span, variable=self._span, command=self._show, name=f"span_{SPANS.index(span)}",
                bootstyle="secondary outline toolbutton",
            ).pack(side="right", padx=(pixels(self, 4), 0))  # fmt: skip
        self.table = VirtualTable(
            side, COLUMNS, on_open=lambda line: self.open_memo(), on_select=lambda: self.toolbar.refresh(),
            on_menu=context_menu(self, self.actions), row_tags=self._tags,
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        bind_key(self.table.tree, "close", self.focus_set)
        return side

    def focus_set(self) -> None:
        self.calendar.focus_set()

    # -- reading ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is due around the month that is shown; an earlier question is not waited for."""
        if self._job is not None:
            self._job.forget()
        month, year = self.calendar.get_displayed_month()
        first = date(year, month, 1) - A_WEEK
        last = first + 8 * A_WEEK
        owner = self.desk.office.operator.id if self._mine.get() else None

        def take(found: Sequence[Occurrence]) -> None:
            self.due, self._read = found, (first, last)
            self._mark()
            self._show()

        self._job = self.desk.run(lambda job: self.desk.office.memos.between(first, last, owner), take, owner=self)

    def _mark(self) -> None:
        """Days with something to do, and days on which all is done; the mouse over one tells what."""
        self.calendar.calevent_remove("all")
        for each in self.due:
            told = " ".join(filter(None, (each.time, each.row["subject"])))
            self.calendar.calevent_create(each.day, told, DONE if each.is_done else DUE)
        if (self.day.month, self.day.year) == self.calendar.get_displayed_month():
            self.calendar.selection_set(self.day)  # its mark has painted over it

    def _show(self) -> None:
        before = self.table.current_id
        first, last = self._shown_days()
        rows = [self._row(each) for each in self.due if first <= each.day <= last]
        self.heading.configure(text=self._told(first, last))
        self.table.set_empty_text("没有安排。按 F2 新增。")
        self.table.show(ListSource(rows))
        self.table.go_to(before)
        waiting = sum(row["state"] != "已完成" for row in rows)
        self.footer.configure(text=f"共 {len(rows)} 条，未完成 {waiting} 条　{HINT}")
        self.toolbar.refresh()

    def _shown_days(self) -> tuple[date, date]:
        day = self.day
        if self._span.get() == DAY:
            return day, day
        if self._span.get() == WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        month, year = self.calendar.get_displayed_month()
        first = date(year, month, 1)
        return first, (first + 5 * A_WEEK).replace(day=1) - timedelta(days=1)

    def _told(self, first: date, last: date) -> str:
        if first == last:
            rest = "" if is_working_day(first) else "　休息"
            return f"{first}　星期{WEEKDAYS[first.weekday()]}　农历{lunar_words(first)}{rest}"
        return f"{first} 至 {last}"

    def _row(self, each: Occurrence) -> dict[str, Any]:
        is_late = each.day < self.desk.office.clock.today() and not each.is_done
        return {
            "id": (each.memo, each.day), "due": each, "is_late": is_late,
            "day": f"{each.day:%m-%d} 周{WEEKDAYS[each.day.weekday()]}", "time": each.time or "全天",
            "subject": each.row["subject"], "state": "已完成" if each.is_done else "已过" if is_late else "",
            "customer": each.row["customer_text"], "owner": each.row["owner_text"], "repeat": each.row["repeat"],
        }  # fmt: skip

    @staticmethod
    def _tags(row: dict[str, Any]) -> tuple[str, ...]:
        return ("inactive",) if row["due"].is_done else ("overdue",) if row["is_late"] else ()

    # -- moving ----------------------------------------------------------------------------------------------------

    def _day_chosen(self) -> None:
        self.day = self.calendar.selection_get()
        if self._read is None or not self._read[0] <= self.day <= self._read[1]:
            self.refresh()
        else:
            self._show()

    def go_to_today(self) -> None:
        """Back to the present."""
        self.calendar.selection_set(self.desk.office.clock.today())
        self._day_chosen()

    def _mine_chosen(self) -> None:
        is_mine = self._mine.get()
        self.desk.run(lambda job: self.desk.office.settings.set_preference(MINE, is_mine), is_saving=True)
        self.refresh()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == MEMOS.key:
            self.refresh()

    # -- acting ----------------------------------------------------------------------------------------------------

    @property
    def _current(self) -> Occurrence | None:
        row = self.table.current_row
        return row["due"] if row is not None else None

    def _is_open(self) -> bool:
        due = self._current
        return due is not None and not due.is_done and self.desk.office.may("memos", "update")

    def create(self) -> None:
        """A memo for the chosen day."""
        open_form(self.desk, MEMOS, None, values={"date": self.day.isoformat()}, parent=self)

    def open_memo(self) -> None:
        """The memo's form."""
        due = self._current
        if due is not None:
            open_form(self.desk, MEMOS, due.memo, parent=self)

    def see_to(self) -> None:
        """Tick off the line, of what repeats only this day."""
        due = self._current
        if due is not None:
            see_to(self.desk, self, due.memo, due.day)

    def export(self) -> None:
        """What is not done yet, as a file that telephones and Outlook take in; only mine while only mine is shown."""
        owner = self.desk.office.operator.id if self._mine.get() else None
        memos = self.desk.office.memos
        write_file(self.desk, self, "日程", CALENDAR_FILES, lambda job, path: memos.export_calendar(path, owner))

    def put_off(self) -> None:
        """Another day for the line."""
        due = self._current
        if due is not None:
            put_off(self.desk, self, due.memo, due.day)
