"""The run of a print job: pages are made and sent, with pauses for more paper, until the end or as far as it comes."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

from crm_desktop import system
from crm_desktop.errors import PaperRefused
from crm_desktop.system import PdfPages, PrintJob, PrintResult
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.paper import Paper
from crm_desktop.views.print_preview import PrintOrder
from crm_desktop.views.print_watch import JobWatch
from crm_desktop.views.widgets.status_bar import SpokenAction

MILLIMETRE = 72 / 25.4
"""Points."""
Fill = list[tuple[int, int, int]]
OnEnd = Callable[[PrintOrder | None], Any]
"""Gets what an interrupted run left of the copy it was at."""


class PrintRun:
    """Sends an order piece by piece; ``say`` tells how it ended, ``on_end(rest)`` follows.

    ``screen`` is what was printed from: it outlives a preview, so the job is watched from there.
    """

    def __init__(
        self, desk: Desk, owner: Misc, paper: Paper, order: PrintOrder, say: Callable[..., None],
        on_end: OnEnd = lambda rest: None, screen: Misc | None = None,
    ) -> None:  # fmt: skip
        self._desk, self._owner, self._paper, self._order = desk, owner, paper, order
        self._say, self._on_end, self._screen = say, on_end, screen or owner
        self._fills = list(order.fills())
        self.sent = 0
        """Sheets handed to the printer; the worker counts them, so that an error in the middle loses none."""
        self._jobs: list[str] = []

    def start(self) -> None:
        """Remember what was chosen, and send the first piece."""
        desk, kind, order = self._desk, self._paper.kind, self._order
        desk.computer["printers"] = {**desk.computer["printers"], kind: order.printer}
        chosen = {"pause": order.pause, "tray": order.tray}
        desk.computer["print_options"] = {**desk.computer["print_options"], f"{kind}|{order.printer}": chosen}
        self._send_next()

    def _send_next(self) -> None:
        fill = self._fills.pop(0)
        self._desk.run(
            lambda job: self._send(job, fill),
            self._sent,
            on_error=self._failed,
            on_cancelled=lambda: self._end(told_cancelled(self.sent)),
            owner=self._owner,
            title=f"正在打印到“{self._order.printer}”…",
        )

    def _send(self, job: Job, fill: Fill) -> bool:
        """In the worker; whether it was cancelled."""
        for first, last, copies in fill:
            result = self._send_range(job, first, last, copies)
            self.sent += result.sheets
            self._jobs += [result.job] if result.job and result.sheets else []
            if result.is_cancelled or job.is_cancelled():
                return self.sent < self._order.sheets
        return False

    def _send_range(self, job: Job, first: int, last: int, copies: int) -> PrintResult:
        document, pages = self._paper.pages_of(job, first, last)
        data, order = document.to_bytes(), self._order
        with PdfPages(data) as opened:
            width, height = (round(side / MILLIMETRE, 1) for side in opened.size(1))
        title = f"crm-{self._paper.kind}"
        task = PrintJob(order.printer, width, height, copies, pages, title, order.tray or None)
        return system.print_pdf(data, task, job.report, job.is_cancelled)

    def _sent(self, is_cancelled: bool) -> None:
        if is_cancelled:
            self._end(told_cancelled(self.sent))
        elif not self._fills:
            self._end(f"已送往打印机“{self._order.printer}”，共 {self.sent} 张。")
        elif self._wants_more():
            self._send_next()
        else:
            self._end(f"到此为止，已送出 {self.sent} 张。")

    def _wants_more(self) -> bool:
        question = f"已送出 {self.sent} 张（共 {self._order.sheets} 张），放好纸后继续。"
        return self._desk.dialogs.ask_yes_no(
            question, yes="继续", no="到此为止", default="yes", title="请放纸", parent=self._owner
        )

    def _failed(self, error: BaseException) -> None:
        refused = self._paper.on_paper_refused
        self._end(f"打印没有完成，已送出 {self.sent} 张。" if self.sent else "")
        if isinstance(error, PaperRefused) and refused:
            refused(error, self._owner)
        else:
            self._desk.dialogs.show_error(error, parent=self._owner)

    def _end(self, sentence: str) -> None:
        order, sent = self._order, self.sent
        rest, copies = order.after(sent), order.copies_after(sent)
        if sent < order.sheets and rest is None and sent:  # stopped between two copies
            rest = PrintOrder(order.printer, order.first, order.last, copies, order.pause, order.tray)
        elif rest is not None:
            sentence += f"回车从第 {rest.first} 张继续。" + (f"此后还差 {copies} 份。" if copies else "")
        if sentence:
            self._tell(sentence)
        if sent:
            self._desk.run(lambda job: self._log(), is_saving=True)
            JobWatch(self._desk, self._screen, order.printer, self._jobs, self._tell).start()
            pages = order.pages_after(sent)
            if self._paper.on_sent and pages:
                self._paper.on_sent(*pages, lambda text, action=None: self._tell(sentence + text, action))
        if self._owner.winfo_exists():
            self._on_end(rest)

    def _tell(self, text: str, action: SpokenAction | None = None) -> None:
        """Where the clerk looks: in the preview, or in the window when the preview was closed meanwhile."""
        (self._say if self._owner.winfo_exists() else self._desk.say)(text, action)

    def _log(self) -> None:
        self._desk.office.reports.log_printed(self._paper.title, self.sent, self._order.printer)


def told_cancelled(sheets: int) -> str:
    """How far a cancelled run came."""
    return f"已取消，已送出 {sheets} 张。"


def last_options(desk: Desk, kind: str, printer: str) -> dict[str, Any]:
    """``pause`` and ``tray`` last used with a printer for a kind of paper; nothing of what is damaged."""
    found = desk.computer["print_options"].get(f"{kind}|{printer}", {})
    wanted = {"pause": int, "tray": str}
    return {name: found[name] for name, type_ in wanted.items() if isinstance(found.get(name), type_)}
