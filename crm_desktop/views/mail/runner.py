"""The job that is being sent in the background: it goes on when its screen is closed, and ends with the session."""

from collections.abc import Callable
from typing import Any

from crm_desktop.controllers.mail import Progress
from crm_desktop.errors import SystemRefused
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk

KEY = "mail"
NOT_KEPT = "这里没有可用的密码库，授权码只记到程序退出为止。"
ASK_PASSWORD = "请输入邮箱 {} 的授权码（不写入数据库）："
UNFINISHED = "有 {} 批邮件没有发完，收到过的人不会再收到。"
Listener = Callable[[], Any]


def runner_of(desk: Desk) -> "MailRunner":
    """The one of this session."""
    if KEY not in desk.runs:
        desk.runs[KEY] = MailRunner(desk)
    runner: MailRunner = desk.runs[KEY]
    return runner


def offer_unfinished(desk: Desk) -> None:
    """After a restart: say what was not sent to the end; it goes on only when somebody says so."""
    if not desk.office.may("mail", "create"):
        return

    def offer(jobs: list[dict[str, Any]]) -> None:
        if jobs:
            desk.notify(UNFINISHED.format(len(jobs)), ("查看", lambda: desk.open(KEY, job=jobs[0]["id"])))

    desk.run(lambda job: desk.office.mail.unfinished(), offer, owner=desk.root)


class MailRunner:
    """``start(job)`` sends what waits, ``pause`` stops after the letter on its way. Listeners hear of each step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work: Job | None = None
        self._listeners: list[Listener] = []
        self.job: int | None = None
        """That is being sent now."""
        self.done = self.total = 0
        self.text = ""
        self.is_pausing = False

    @property
    def is_running(self) -> bool:
        return self._work is not None

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Call it at each step until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def start(self, job: int) -> None:
        """Send what waits in a job; asks for the 授权码 when this account of the computer has none."""
        if self.is_running:
            self._desk.dialogs.show_message("另一批邮件正在发送，请等它发完，或先暂停它。")
            return
        if not self._desk.office.mail_setup.has_password() and not self._ask_password(""):
            return
        self.job, self.done, self.total, self.text, self.is_pausing = job, 0, 0, "正在连接…", False
        mail = self._desk.office.mail
        self._work = self._desk.run(
            lambda work: mail.run(job, work.report, work.is_cancelled, is_given_up=lambda: work.is_forgotten),
            self._ended, on_error=self._failed, on_progress=self._went_on,
        )  # fmt: skip
        self._tell()

    def pause(self) -> None:
        """After the letter on its way; nothing happens when nothing is sent."""
        if self._work is not None:
            self._work.cancel()
            self.is_pausing, self.text = True, "正在暂停…"
            self._tell()

    def stop(self) -> None:
        """The session ends: as ``pause``, but a server that says nothing is not waited for; nobody is told any more."""
        self._listeners.clear()
        if self._work is not None:
            self._work.forget()
            self._work = None

    def _went_on(self, done: int, total: int, text: str) -> None:
        self.done, self.total = done, total
        if not self.is_pausing:
            self.text = text
        self._tell()

    def _ended(self, progress: Progress) -> None:
        job, self._work, self.job = self.job, None, None
        self._tell()
        assert job is not None
        self._desk.say(told(progress), ("查看", lambda: self._desk.open(KEY, job=job)))
        if progress.needs_password and self._ask_password(progress.problem):
            self.start(job)
        elif progress.problem and not progress.needs_password:
            self._desk.dialogs.show_error(progress.problem, title="邮件已暂停")

    def _failed(self, error: BaseException) -> None:
        self._work = self.job = None
        self._tell()
        self._desk.dialogs.show_error(error)

    def _ask_password(self, problem: str) -> bool:
        """Whether one was typed; where there is no keyring it is said that it will be asked for again."""
        setup = self._desk.office.mail_setup
        prompt = "\n".join(filter(None, (problem, ASK_PASSWORD.format(setup.server().user))))
        password = self._desk.dialogs.ask_password(prompt, title="邮箱授权码")
        if not password:
            return False
        try:
            if not setup.set_password(password):
                self._desk.say(NOT_KEPT)
        except SystemRefused as error:
            self._desk.dialogs.show_error(error)
            return False
        return True

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def told(progress: Progress) -> str:
    """What a run has done, in a line."""
    parts = (
        ("已发 {} 封", progress.sent), ("失败 {} 封", progress.failed), ("可能已发 {} 封", progress.unsure),
        ("跳过 {} 封", progress.skipped), ("还有 {} 封没有发", progress.waiting),
    )  # fmt: skip
    return "邮件：" + ("，".join(text.format(number) for text, number in parts if number) or "没有要发的") + "。"
