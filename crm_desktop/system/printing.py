"""What both systems mean by a printer, a print job and its result."""

from collections.abc import Callable
from dataclasses import dataclass

from crm_desktop.errors import PaperRefused, SystemRefused

MM_PER_INCH = 25.4
# Envelopes are cut to ±1.5 mm, so a paper the printer knows within that is the same paper.
PAPER_TOLERANCE_MM = 1.5

OnProgress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Printer:
    """A printer as the system names it."""

    name: str
    is_default: bool


@dataclass(frozen=True)
class PrintJob:
    """Where and how to print; sizes in millimetres as the page is read, ``pages`` = (first, last) from 1."""

    printer: str
    width_mm: float
    height_mm: float
    copies: int = 1
    pages: tuple[int, int] | None = None
    title: str = "crm-envelopes"
    tray: str | None = None

    @property
    def size_text(self) -> str:
        return f"{self.width_mm:g}×{self.height_mm:g} 毫米"

    def page_numbers(self, count: int) -> range:
        """The pages to print of a document of ``count`` pages, numbered from 1."""
        first, last = self.pages or (1, count)
        if not 1 <= first <= last <= count:
            raise SystemRefused(f"文档共 {count} 页，没有第 {first} 至 {last} 页，请重新填写打印范围。")
        return range(first, last + 1)


@dataclass(frozen=True)
class PrintResult:
    """What was handed to the printer: sheets (copies included), the system's job name, or cancelled."""

    sheets: int
    job: str
    is_cancelled: bool = False


def printer_vanished(name: str) -> SystemRefused:
    return SystemRefused(f"找不到打印机“{name}”，可能已被删除或改名，请重新选择打印机。")


def paper_refused(job: PrintJob, instead: str = "") -> PaperRefused:
    """``instead`` is the size the printer would have used."""
    used = f"，它要改用 {instead}" if instead else ""
    return PaperRefused(
        f"打印机“{job.printer}”不接受 {job.size_text}的纸张{used}。"
        "请在打印机属性中添加这种纸张，或换用其他打印机，或改按 A4 手动进纸打印。"
    )


def printing_failed(name: str) -> SystemRefused:
    return SystemRefused(
        f"打印机“{name}”没有完成打印任务，请检查打印机电源、连线和打印服务，或先存为 PDF 再打印。"
    )


def unknown_tray(job: PrintJob) -> SystemRefused:
    return SystemRefused(f"打印机“{job.printer}”没有名为“{job.tray}”的纸盒，请重新选择纸盒。")
