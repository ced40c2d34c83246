"""今日工作: what is due, seen to from here, and how the month stands."""

from datetime import date
from tkinter import BooleanVar, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.today.month import Figure
from crm_desktop.controllers.today.tasks import COMPLAINT, KINDS, Task, Tasks
from crm_desktop.events import BackupCreated, RecordsChanged, SettingsChanged
from crm_desktop.models.moments import local_day
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import pixels
from crm_desktop.views.today import doing
from crm_desktop.views.today.kinds import ALL, KindBar
from crm_desktop.views.today.tiles import FigureTiles
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

AFTER_A_CHANGE = 300
"""Milliseconds: what is saved in one go is read once."""
AGAIN = 5 * 60_000
"""Milliseconds: deadlines pass by themselves."""
MINE = "today.mine"
OLD_BACKUP = 7
"""Days after which the line about it turns red."""
COLUMNS = (
    TableColumn("kind", "类别", 9, is_sortable=False),
    TableColumn("when", "日期", 16, is_sortable=False),
    TableColumn("text", "事项", 42, is_sortable=False),
    TableColumn("customer_name", "客户", 26, is_sortable=False),
    TableColumn("contact_name", "联系人", 10, is_sortable=False),
    TableColumn("operator", "经办人", 9, is_sortable=False),
)


class TodayScreen(ttk.Frame):
    """Enter opens a line's record; keys see to it, put it off, or make a call of it."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="today")
        self.desk = desk
        self.tasks = Tasks()
        self._listed: list[Task] = []
        self._job: Job | None = None
        self._is_stale = False
        self._mine = BooleanVar(self, desk.office.settings.preference(MINE, False))
        self.actions = self._make_actions()
        self._build()
        self._pause = Pause(self, AFTER_A_CHANGE, self.refresh)
        self._again = Pause(self, AGAIN, self._changed)
        unsubscribe = [desk.office.bus.subscribe(each, lambda event: self._changed())
                       for each in (RecordsChanged, SettingsChanged, BackupCreated)]  # fmt: skip
        self.bind("<Destroy>", lambda event: [end() for end in unsubscribe] if event.widget is self else None, add="+")
        self.bind("<Map>", lambda event: self._shown() if event.widget is self else None, add="+")
        self.refresh()

    def _make_actions(self) -> list[Action]:
        return [
            Action("done", "完成", self.see_to, "step", "check2-circle", lambda: self._may("update"), style="primary"),
            Action("postpone", "推迟…", self.put_off, "item_2", "skip-end-circle",
                   lambda: self._may("update") and self._task.kind != COMPLAINT),
            Action("log", "登记往来", self.log, "item_1", "chat-dots",
                   lambda: self._has_customer() and self.desk.office.may("interactions", "create"), group="call"),
            Action("dial", "拨号", self.dial, "dial", "telephone", self._has_customer, group="call"),
            Action("mail", "邮件", self.write_mail, "mail", "send",
                   lambda: self._has_customer() and self.desk.office.may("mail", "create"), group="call"),
            Action("details", "客户详情", self.open_customer, "details", "person-lines-fill", self._has_customer,
                   group="call"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
        ]  # fmt: skip

    def _build(self) -> None:
        gap = pixels(self, 6)
        self.figures = FigureTiles(self, self._open_figure)
        self.figures.pack(fill="x", pady=(0, gap))
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.kinds = KindBar(self, self._show)
        self.kinds.pack(fill="x", pady=(0, gap))
        bottom = ttk.Frame(self)
        bottom.pack(side="bottom", fill="x", pady=(gap, 0))
        self.footer = ttk.Label(bottom, style="Muted.TLabel", name="footer")
        self.footer.pack(side="left")
        self.backup = ttk.Label(bottom, style="Muted.TLabel", name="backup")
        self.backup.pack(side="right")
        self.table = VirtualTable(
            self, COLUMNS, on_open=lambda line: self.open_record(), on_select=self._selected,
            on_menu=context_menu(self, self.actions),
            row_tags=lambda row: ("overdue",) if row["task"].is_overdue else (),
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self.toolbar = Toolbar(top, self.actions)
        mine = ttk.Checkbutton(top, text="只看我的", variable=self._mine, command=self._mine_chosen, name="mine")
        put_beside(self.toolbar, mine)
        bind_key(self.kinds, "enter", self.table.focus_set)

    def focus_set(self) -> None:
        self.table.focus_set()

    # -- reading ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again; an earlier question is not waited for."""
        self._is_stale = False
        self._again.begin()
        if self._job is not None:
            self._job.forget()
        office, mine = self.desk.office, self._mine.get()

        def work(job: Job) -> tuple[Tasks, list[Figure], str | None]:
            last = office.backups.last_at() if office.may("backups", "view") else None
            return office.today.tasks(mine), office.today.figures(), last

        self._job = self.desk.run(work, self._take, owner=self)

    def _take(self, found: tuple[Tasks, list[Figure], str | None]) -> None:
        self.tasks, figures, last_backup = found
        self.figures.show(figures)
        self.kinds.show(self.tasks.counts)
        self._tell_backup(last_backup)
        self._show()

    def _tell_backup(self, at: str | None) -> None:
        if at is None:
            self.backup.configure(text="")
            return
        days = (self.desk.office.clock.today() - local_day(at)).days if at else None
        words = {None: "还没有备份", 0: "今天已备份", 1: "上次备份：昨天"}
        is_old = days is None or days > OLD_BACKUP
        text = words.get(days, f"上次备份：{days} 天前")
        self.backup.configure(text=text, style="Error.TLabel" if is_old else "Muted.TLabel")

    def _show(self) -> None:
        """The tasks of the kind that is chosen; the cursor stays on its line, or as far down as it was."""
        before, here = self.table.current_id, [_id(task) for task in self._listed]
        self._listed = chosen = [task for task in self.tasks.shown if self.kinds.chosen in (ALL, task.kind)]
        self.table.set_empty_text(self._nothing())
        self.table.show(ListSource([self._row(task) for task in chosen]))
        if before in here and not self.table.go_to(before) and chosen:
            self.table.go_to(_id(chosen[min(here.index(before), len(chosen) - 1)]))
        self.footer.configure(text=self._told(chosen))
        self._selected()

    def _nothing(self) -> str:
        kind = self.kinds.chosen
        return f"没有要处理的{KINDS[kind]}。" if kind else "今天没有要做的事。"

    def _told(self, chosen: list[Task]) -> str:
        kind = self.kinds.chosen
        total = self.tasks.counts.get(kind, 0) if kind else sum(self.tasks.counts.values())
        late = sum(task.is_overdue for task in chosen)
        parts = (f"共 {total:,} 条", f"超期 {late:,} 条" if late else "",
                 f"只列出最要紧的 {len(chosen):,} 条" if len(chosen) < total else "")  # fmt: skip
        return "　".join(filter(None, parts))

    def _row(self, task: Task) -> dict[str, Any]:
        return {
            "id": _id(task), "task": task, "kind": KINDS[task.kind], "when": self._when(task), "text": task.text,
            "customer_name": task.customer_name, "contact_name": task.contact_name, "operator": task.operator,
        }  # fmt: skip

    def _when(self, task: Task) -> str:
        """The day, and in words how far off it is."""
        days = (task.day - self.desk.office.clock.today()).days
        near = {0: "今天", 1: "明天", 2: "后天"}
        words = near.get(days, f"超期 {-days} 天" if task.is_overdue else "")
        return f"{task.day:%m-%d} {words}".strip()

    # -- what changes meanwhile ------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Something was saved, or time has passed: read again at once, or when somebody looks."""
        if self.winfo_viewable():
            self._pause.begin()
        else:
            self._is_stale = True

    def _shown(self) -> None:
        if self._is_stale:
            self.refresh()

    def _mine_chosen(self) -> None:
        is_mine = self._mine.get()
        self.desk.run(lambda job: self.desk.office.settings.set_preference(MINE, is_mine), is_saving=True)
        self.refresh()

    def _selected(self) -> None:
        self.toolbar.refresh()

    # -- acting ----------------------------------------------------------------------------------------------------

    @property
    def _task(self) -> Task:
        row = self.table.current_row
        assert row is not None
        task: Task = row["task"]
        return task

    def _may(self, verb: str) -> bool:
        return self.table.current_row is not None and doing.may(self.desk, self._task, verb)

    def _has_customer(self) -> bool:
        return self.table.current_row is not None and self._task.customer is not None

    def open_record(self) -> None:
        """The record behind the line."""
        doing.open_record(self.desk, self, self._task)

    def see_to(self) -> None:
        """It is done; of a complaint the next step is taken."""
        doing.see_to(self.desk, self, self._task, self.refresh)

    def put_off(self) -> None:
        """Ask until when."""
        doing.put_off(self.desk, self, self._task, self.refresh)

    def log(self) -> None:
        """Note what was talked about; a follow-up is done with it."""
        doing.log(self.desk, self, self._task, self.refresh)

    def dial(self) -> None:
        """To the call centre, with the number of whom the line is about."""
        doing.dial(self.desk, self, self._task)

    def write_mail(self) -> None:
        """A letter to whom the line is about."""
        doing.write_mail(self.desk, self._task)

    def open_customer(self) -> None:
        """Everything about the customer."""
        self.desk.open("customer", record=self._task.customer)

    def _open_figure(self, figure: Figure) -> None:
        self.desk.open(figure.entity, conditions=figure.conditions)


def _id(task: Task) -> tuple[str, int, date]:
    return task.kind, task.record, task.day
