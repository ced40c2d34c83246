"""What a printer or a job in its queue says of itself, in the words of a clerk."""

from collections.abc import Iterable
from dataclasses import dataclass

from crm_desktop.errors import SystemRefused

SENTENCES = {
    "media-jam": "打印机卡纸了，请打开机盖取出纸张。",
    "media-empty": "打印机缺纸，请放纸。",
    "media-needed": "打印机在等手动进纸，请放入信封或纸张。",
    "cover-open": "打印机的盖子开着，请关好。",
    "door-open": "打印机的盖子开着，请关好。",
    "toner-empty": "打印机没有墨粉或墨水了，请更换。",
    "marker-supply-empty": "打印机没有墨粉或墨水了，请更换。",
    "output-area-full": "打印机的出纸盒满了，请取走纸张。",
    "offline": "打印机脱机，请检查电源和连线。",
    "connecting-to-device": "正在连接打印机，请检查电源和连线。",
    "timed-out": "连接不上打印机，请检查电源和连线。",
    "paused": "打印机已暂停，请在系统的打印机窗口中继续。",
    "stopped": "打印机已停止，请在系统的打印机窗口中继续。",
    "user-intervention": "打印机要人处理，请看打印机面板上的提示。",
    "blocked": "打印队列被堵住了，请取消前面的打印任务。",
    "error": "打印机出错，请看打印机面板上的提示。",
    "other": "打印机出错，请看打印机面板上的提示。",
}
"""Reason by its name in IPP (RFC 8011, PWG 5100.9) → what to do; those that stand first weigh more."""
WEIGHTS = tuple(SENTENCES)
ABORTED = "打印系统中止了这个打印任务，没有打印完，请检查打印机后重新打印。"
SUFFIXES = ("-error", "-warning", "-report")


@dataclass(frozen=True)
class PrinterState:
    """``problem`` is one sentence, "" while it is ready; ``waiting`` counts the jobs in its queue."""

    problem: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class JobState:
    """``is_done`` once it has left the queue, printed or taken out; ``problem`` is why it does not go on, or was
    aborted."""

    is_done: bool
    problem: str = ""


def told(reasons: Iterable[str]) -> str:
    """The sentence of the weightiest of these reasons; reports and names without a sentence are passed over."""
    known = {reason.strip() for reason in reasons if not reason.strip().endswith("-report")}
    plain = {_without_suffix(reason) for reason in known}
    return next((SENTENCES[reason] for reason in WEIGHTS if reason in plain), "")


def _without_suffix(reason: str) -> str:
    for suffix in SUFFIXES:
        reason = reason.removesuffix(suffix)
    return reason


def unnamed_job() -> SystemRefused:
    return SystemRefused("这个打印任务没有编号，请在系统的打印机窗口中查看。")


def cancel_refused() -> SystemRefused:
    return SystemRefused("系统不允许取消这个打印任务，请在系统的打印机窗口中取消。")
