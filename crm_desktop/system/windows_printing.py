"""Printing on Windows: PDFium's pictures of the pages, drawn into the printer's own device context."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from crm_desktop.errors import SystemRefused
from crm_desktop.system.pdf_pages import PdfPages
from crm_desktop.system.printing import (
    MM_PER_INCH,
    PAPER_TOLERANCE_MM,
    Cancelled,
    OnProgress,
    Printer,
    PrintJob,
    PrintResult,
    paper_refused,
    printer_vanished,
    printing_failed,
    unknown_tray,
)

# Sharp enough for 9-point 楷体; a picture at 1200 dpi would only be four times as large.
_MAX_DPI = 600
# Beyond this the driver has put its own paper in the place of ours.
_REFUSED_MM = 2.0
_VANISHED_CODES = frozenset({1801, 1905})
_REFUSALS = {
    5: "没有使用打印机“{}”的权限，请找管理员开通，或换一台打印机。",
    112: "打印机“{}”的打印任务写不下：系统盘空间不足，请清理磁盘后再打印。",
    1722: "打印服务没有运行，连不上打印机“{}”，请在系统的“服务”中启动 Print Spooler。",
}
# The clerk closed the driver's own window, such as the file name asked by "Print to PDF".
_CANCELLED_CODES = frozenset({63, 1223})

# Number, width and height in mm, as the driver lists its papers.
Paper = tuple[int, float, float]


@dataclass(frozen=True)
class StockPaper:
    """A paper the driver lists; ``is_turned`` when the page lies across it."""

    number: int
    is_turned: bool


@dataclass(frozen=True)
class Driver:
    """An opened printer, with pywin32 at hand."""

    win: Any
    name: str
    handle: Any
    port: str

    def ask(self, capability: int) -> list[Any]:
        return list(self.win.print.DeviceCapabilities(self.name, self.port, capability))

    def papers(self) -> list[Paper]:
        numbers, sizes = self.ask(self.win.con.DC_PAPERS), self.ask(self.win.con.DC_PAPERSIZE)
        return [(n, s["x"] / 10, s["y"] / 10) for n, s in zip(numbers, sizes, strict=False)]

    def trays(self) -> dict[str, int]:
        names, numbers = self.ask(self.win.con.DC_BINNAMES), self.ask(self.win.con.DC_BINS)
        return dict(zip(names, numbers, strict=False))

    def properties(self, output: Any, given: Any, mode: int) -> int:
        return int(self.win.print.DocumentProperties(0, self.handle, self.name, output, given, mode))


def printers() -> list[Printer]:
    """The printers of this machine; none when it cannot print at all."""
    try:
        win = _pywin32()
    except SystemRefused:
        return []
    flags = win.print.PRINTER_ENUM_LOCAL | win.print.PRINTER_ENUM_CONNECTIONS
    try:
        names = [entry["pPrinterName"] for entry in win.print.EnumPrinters(flags, None, 2)]
    except win.error:
        return []
    try:
        default = win.print.GetDefaultPrinterW()
    except win.error:
        default = ""
    return [Printer(name, name == default) for name in names]


def trays(printer: str) -> list[str]:
    """The trays to choose from, in the driver's words; none when it does not say."""
    try:
        with opened(printer) as driver:
            return list(driver.trays())
    except SystemRefused:
        return []


def print_pdf(
    pdf: bytes | Path,
    job: PrintJob,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Print at exact size; ``on_progress`` gets (sheets handed over, sheets in all)."""
    with PdfPages(pdf) as pages:
        # Copies are made here, page after page in order: not every driver makes or collates them.
        numbers = list(job.page_numbers(pages.count)) * job.copies
        with opened(job.printer) as driver, _device_context(driver, _checked_mode(driver, job)) as context:
            _check_paper(driver.win, context, job)
            return _spool(driver.win, context, pages, numbers, job.title, on_progress, cancelled)


def _pywin32() -> Any:
    try:
        # pywin32 exists on Windows only, and is needed only to print.
        import pywintypes  # type: ignore[import-untyped]
        import win32con  # type: ignore[import-untyped]
        import win32gui  # type: ignore[import-untyped]
        import win32print  # type: ignore[import-untyped]
    except ImportError as error:
        raise SystemRefused("打印需要 pywin32，请用 pip install pywin32 安装，或先存为 PDF。") from error
    return SimpleNamespace(types=pywintypes, error=pywintypes.error, con=win32con, gui=win32gui, print=win32print)


@contextmanager
def opened(printer: str) -> Iterator[Driver]:
    """The opened printer; what Windows refuses while it is open becomes a sentence."""
    win = _pywin32()
    try:
        handle = win.print.OpenPrinter(printer)
        try:
            yield Driver(win, printer, handle, win.print.GetPrinter(handle, 2)["pPortName"])
        finally:
            win.print.ClosePrinter(handle)
    except win.error as error:
        raise _why(error.args[0], printer) from error


def _why(code: int, printer: str) -> SystemRefused:
    """What Windows refused, by its number, as a sentence that says what to do."""
    if code in _VANISHED_CODES:
        return printer_vanished(printer)
    sentence = _REFUSALS.get(code)
    return SystemRefused(sentence.format(printer)) if sentence else printing_failed(printer)


def _checked_mode(driver: Driver, job: PrintJob) -> Any:
    """The driver's settings with our paper and tray in them, passed once more through the driver's check."""
    con = driver.win.con
    needed = driver.properties(None, None, 0)
    mode = driver.win.types.DEVMODEType(max(0, needed - driver.win.types.DEVMODEType().Size))
    driver.properties(mode, None, con.DM_OUT_BUFFER)
    _set_paper(con, mode, job, driver.papers())
    mode.Fields |= con.DM_COPIES
    mode.Copies = 1
    if job.tray is not None:
        numbers = driver.trays()
        if job.tray not in numbers:
            raise unknown_tray(job)
        mode.Fields |= con.DM_DEFAULTSOURCE
        mode.DefaultSource = numbers[job.tray]
    driver.properties(mode, mode, con.DM_IN_BUFFER | con.DM_OUT_BUFFER)
    return mode


def stock_paper(papers: list[Paper], width: float, height: float) -> StockPaper | None:
    """The driver's paper of our size: upright ones first, as every feeder takes them, then the closest."""
    found = []
    for number, wide, tall in papers:
        for is_turned, (w, h) in ((False, (wide, tall)), (True, (tall, wide))):
            error = max(abs(w - width), abs(h - height))
            if error <= PAPER_TOLERANCE_MM:
                found.append((wide > tall, error, is_turned, number))
    if not found:
        return None
    _, _, is_turned, number = min(found)
    return StockPaper(number, is_turned)


def _set_paper(con: Any, mode: Any, job: PrintJob, papers: list[Paper]) -> None:
    """Paper by size, never by well-known number: drivers use those for papers of their own."""
    stock = stock_paper(papers, job.width_mm, job.height_mm)
    custom_fields = con.DM_PAPERWIDTH | con.DM_PAPERLENGTH
    # A form name left over from the defaults would win over both.
    mode.Fields &= ~(con.DM_FORMNAME | con.DM_PAPERSIZE | custom_fields)
    mode.FormName = ""
    if stock:
        mode.Fields |= con.DM_PAPERSIZE
        mode.PaperSize = stock.number
    else:
        mode.Fields |= custom_fields
        mode.PaperSize = 0
        mode.PaperWidth = round(min(job.width_mm, job.height_mm) * 10)
        mode.PaperLength = round(max(job.width_mm, job.height_mm) * 10)
    is_turned = stock.is_turned if stock else job.width_mm > job.height_mm
    mode.Fields |= con.DM_ORIENTATION
    mode.Orientation = con.DMORIENT_LANDSCAPE if is_turned else con.DMORIENT_PORTRAIT


@contextmanager
def _device_context(driver: Driver, mode: Any) -> Iterator[Any]:
    context = driver.win.gui.CreateDC("WINSPOOL", driver.name, mode)
    try:
        yield context
    finally:
        driver.win.gui.DeleteDC(context)


def _check_paper(win: Any, context: Any, job: PrintJob) -> None:
    """A driver that refuses a paper says nothing and takes its own; only the context tells."""

    def millimetres(length: int, dots_per_inch: int) -> float:
        dots = win.print.GetDeviceCaps(context, length)
        return float(dots * MM_PER_INCH / win.print.GetDeviceCaps(context, dots_per_inch))

    width = millimetres(win.con.PHYSICALWIDTH, win.con.LOGPIXELSX)
    height = millimetres(win.con.PHYSICALHEIGHT, win.con.LOGPIXELSY)
    if abs(width - job.width_mm) > _REFUSED_MM or abs(height - job.height_mm) > _REFUSED_MM:
        raise paper_refused(job, f"{width:.0f}×{height:.0f} 毫米")


def _spool(
    win: Any,
    context: Any,
    pages: PdfPages,
    numbers: list[int],
    title: str,
    on_progress: OnProgress | None,
    cancelled: Cancelled | None,
) -> PrintResult:
    try:
        name = str(win.print.StartDoc(context, (title, None, None, 0)))
    except win.error as error:
        if error.args[0] in _CANCELLED_CODES:
            return PrintResult(0, "", is_cancelled=True)
        raise
    with _aborting(win, context):
        for done, number in enumerate(numbers, start=1):
            if cancelled and cancelled():
                win.print.AbortDoc(context)
                return PrintResult(0, name, is_cancelled=True)
            win.print.StartPage(context)
            _draw(win, context, pages, number)
            win.print.EndPage(context)
            if on_progress:
                on_progress(done, len(numbers))
        win.print.EndDoc(context)
    return PrintResult(len(numbers), name)


@contextmanager
def _aborting(win: Any, context: Any) -> Iterator[None]:
    """Whatever goes wrong, nothing half-printed stays in the queue."""
    try:
        yield
    except BaseException:
        with suppress(win.error):
            win.print.AbortDoc(context)
        raise


def _draw(win: Any, context: Any, pages: PdfPages, number: int) -> None:
    """Page and paper share their corner: drawing starts at the printable area, so step back by its offset."""
    from PIL import ImageWin  # heavy: only when something is printed

    def capability(index: int) -> int:
        return int(win.print.GetDeviceCaps(context, index))

    dots_x, dots_y = capability(win.con.LOGPIXELSX), capability(win.con.LOGPIXELSY)
    left, top = -capability(win.con.PHYSICALOFFSETX), -capability(win.con.PHYSICALOFFSETY)
    width, height = pages.size(number)
    picture = pages.picture(number, min(max(dots_x, dots_y), _MAX_DPI), grey=True)
    place = (left, top, left + round(width * dots_x / 72), top + round(height * dots_y / 72))
    ImageWin.Dib(picture).draw(context, place)
