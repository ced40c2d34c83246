"""发送邮件: every job with how it stands, and for the one with the cursor what became of each recipient."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.mail.shelf import state_of, told
from crm_desktop.errors import CrmError
from crm_desktop.events import RecordsChanged
from crm_desktop.models.mail import FAILED, UNSURE, WAITING
from crm_desktop.models.merge_fields import named
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.desk import Desk
from crm_desktop.views.mail.runner import runner_of
from crm_desktop.views.mail.server_form import set_up_mail
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

JOB_COLUMNS = (
    TableColumn("subject", "主题", 34), TableColumn("created_at", "时间", 16), TableColumn("operator", "发信人", 8),
    TableColumn("state", "状态", 9), TableColumn("told", "情况", 34), TableColumn("problem", "为什么停了", 40),
)  # fmt: skip
MESSAGE_COLUMNS = (
    TableColumn("name", "收件人", 26), TableColumn("address", "电子邮箱", 24), TableColumn("state", "状态", 8),
    TableColumn("reason", "说明", 50), TableColumn("at", "时间", 16),
)  # fmt: skip
RESEND = "这封邮件可能已经发出，重发的话对方可能收到两封，要重发吗？"
SKIP = "还有 {} 封没有发，要取消吗？已经发出的不受影响。"


class MailScreen(ttk.Frame):
    """``show(job=id)`` goes to one."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="mail")
        self.desk = desk
        self.runner = runner_of(desk)
        self._jobs: dict[int, dict[str, Any]] = {}
        self._wanted: int | None = None
        self._pending = 0
        self.actions = self._make_actions()
        self._build()
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        forget = self.runner.watch(self._show_run)
        self.bind("<Destroy>", lambda event: (unsubscribe(), forget()) if event.widget is self else None, add="+")
        self.refresh()
        self._show_run()

    def show(self, job: int) -> None:
        """Come to the front with one job."""
        self._wanted = job
        self.refresh()

    def focus_set(self) -> None:
        self.jobs.focus_set()

    @property
    def is_ready(self) -> bool:
        return not self._pending

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        gap = pixels(self, 6)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self.run_row = ttk.Frame(self)
        self.run_bar = ttk.Progressbar(self.run_row, length=pixels(self, 200), name="bar")
        self.run_bar.pack(side="left", padx=(0, gap))
        self.run_text = ttk.Label(self.run_row, name="run", width=1)
        self.run_text.pack(side="left", fill="x", expand=True)
        self.split = ttk.Panedwindow(self, orient="vertical")
        self.split.pack(fill="both", expand=True)
        self.jobs = VirtualTable(
            self.split, JOB_COLUMNS, on_select=self._selected, on_menu=context_menu(self, self.actions),
            row_tags=lambda row: ("overdue",) if row["problem"] else (),
            empty_text="还没有发过邮件。按 F2 写一封。",
        )  # fmt: skip
        self.split.add(self.jobs, weight=2)
        self.messages = VirtualTable(
            self.split, MESSAGE_COLUMNS, on_select=self.toolbar.refresh, on_menu=context_menu(self, self.actions),
            row_tags=lambda row: ("overdue",) if row["state"] in (FAILED, UNSURE) else (), empty_text="没有收件人。",
        )  # fmt: skip
        self.split.add(self.messages, weight=3)

    def _make_actions(self) -> list[Action]:
        def may() -> bool:
            return self.desk.office.may("mail", "create")

        def counted(state: str) -> Callable[[], bool]:
            return lambda: may() and bool((self._job or {"counts": {}})["counts"].get(state)) and not self._is_mine

        return [
            Action("write", "写邮件", lambda: self.desk.open("compose"), "new", "pencil-square", may, style="primary"),
            Action("go_on", "继续发送", self.go_on, "item_1", "send", counted(WAITING)),
            Action("pause", "暂停", self.runner.pause, "item_2", "pause", lambda: self._is_mine),
            Action("retry", "重试失败", self.retry, "item_3", "arrow-repeat", counted(FAILED)),
            Action("resend", "重发", self.resend, "item_4", "send-exclamation",
                   lambda: may() and self._is_doubtful),
            Action("confirm", "已发出", self.confirm, "item_5", "check2", lambda: may() and self._is_doubtful),
            Action("skip", "取消其余", self.skip_rest, "item_6", "x-lg", counted(WAITING)),
            Action("again", "复制", self.write_again, "copy_record", "files",
                   lambda: may() and self._job is not None, group="more"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="more"),
            Action("setup", "设置…", self.set_up, "edit", "sliders",
                   lambda: may() or self.desk.office.may("mail", "update"), group="more"),
        ]  # fmt: skip

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again for the jobs, and for the messages of the one with the cursor."""
        self._ask(lambda job: self.desk.office.mail.jobs(), self._take_jobs)

    def _ask(self, work: Callable[[Any], Any], take: Callable[[Any], Any]) -> None:
        self._pending += 1

        def done(result: Any) -> None:
            self._pending -= 1
            take(result)

        def failed(error: BaseException) -> None:
            self._pending -= 1
            self._refused(error)

        self.desk.run(work, done, on_error=failed, owner=self)

    def _take_jobs(self, jobs: list[dict[str, Any]]) -> None:
        self._jobs = {each["id"]: each for each in jobs}
        wanted, self._wanted = self._wanted or self.jobs.current_id, None
        rows = [
            {**each, "subject": named(each["subject"]), "state": self._state(each), "told": told(each["counts"])}
            for each in jobs
        ]
        self.jobs.show(ListSource(rows))
        if not self.jobs.go_to(wanted) and jobs:
            self.jobs.go_to(jobs[0]["id"])
        self._selected()

    def _state(self, job: dict[str, Any]) -> str:
        return state_of(job, self.runner.job == job["id"])

    def _selected(self) -> None:
        if not hasattr(self, "messages"):
            return
        job = self.jobs.current_id
        self.toolbar.refresh()
        if job is None:
            self.messages.show(ListSource(()))
        else:
            self._ask(lambda work: (job, self.desk.office.mail.messages(job)), self._take_messages)

    def _take_messages(self, found: tuple[int, list[dict[str, Any]]]) -> None:
        job, messages = found
        if job != self.jobs.current_id:
            return
        current = self.messages.current_id
        self.messages.show(ListSource({**each, "state": each["state_text"]} for each in messages))
        self.messages.go_to(current)
        self.toolbar.refresh()

    def _show_run(self) -> None:
        """The line above the tables, while something is being sent."""
        runner = self.runner
        if runner.is_running:
            self.run_bar.configure(maximum=max(1, runner.total), value=runner.done)
            self.run_text.configure(text=f"正在发送 {runner.done} / {runner.total}　{runner.text}")
            self.run_row.pack(fill="x", pady=(0, pixels(self, 6)), before=self.split)
        else:
            self.run_row.pack_forget()
        self.toolbar.refresh()
        if not runner.is_running:
            self.refresh()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == "mail":
            self.refresh()

    @property
    def _job(self) -> dict[str, Any] | None:
        return self._jobs.get(self.jobs.current_id) if hasattr(self, "jobs") else None

    @property
    def _is_mine(self) -> bool:
        """Whether the job with the cursor is being sent by this window."""
        job = self._job
        return job is not None and self.runner.job == job["id"]

    @property
    def _is_doubtful(self) -> bool:
        row = self.messages.current_row if hasattr(self, "messages") else None
        return row is not None and row["state"] == UNSURE

    # -- acting ----------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Send what waits; who has got it does not get it again."""
        if not self.desk.office.mail_setup.server().is_ready and not set_up_mail(self.desk, self):
            return
        self.runner.start(self.jobs.current_id)

    def retry(self) -> None:
        """Those that were refused once more, nobody else."""
        job = self.jobs.current_id
        self._save(lambda: self.desk.office.mail.retry(job), lambda: self.runner.start(job))

    def resend(self) -> None:
        """One that may have gone out, on the clerk's word."""
        job, message = self.jobs.current_id, self.messages.current_id
        if self.desk.dialogs.ask_yes_no(RESEND, yes="重发", no="不重发", is_danger=True, parent=self):
            self._save(lambda: self.desk.office.mail.resend(message), lambda: self.runner.start(job))

    def confirm(self) -> None:
        """One that may have gone out did: it is remembered as a 往来."""
        message = self.messages.current_id
        self._save(lambda: self.desk.office.mail.confirm(message))

    def skip_rest(self) -> None:
        job = self._job
        assert job is not None
        question = SKIP.format(job["counts"].get(WAITING, 0))
        if self.desk.dialogs.ask_yes_no(question, yes="取消其余", no="不取消", is_danger=True, parent=self):
            self._save(lambda: self.desk.office.mail.skip_rest(job["id"]))

    def write_again(self) -> None:
        """The same letter to be changed and sent to others."""
        letter = self.desk.office.mail.letter(self.jobs.current_id)
        self.desk.open("compose", letter=letter)

    def set_up(self) -> None:
        set_up_mail(self.desk, self)

    def _save(self, work: Callable[[], Any], then: Callable[[], Any] = lambda: None) -> None:
        def done(result: Any) -> None:
            self.refresh()
            then()

        self.desk.run(lambda job: work(), done, on_error=self._refused, owner=self, title="正在保存…", is_saving=True)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, CrmError):
            raise error
        self.desk.dialogs.show_error(error, parent=self)
