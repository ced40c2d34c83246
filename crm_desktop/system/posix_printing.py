"""Printing on POSIX: CUPS, through its own commands in the C locale, so that no answer is ever translated."""

import re
import subprocess
import tempfile
from pathlib import Path

from crm_desktop.system.cups_media import media_name, supported_papers
from crm_desktop.system.pdf_pages import PdfPages
from crm_desktop.system.posix_commands import ask, no_printer, run
from crm_desktop.system.printing import (
    Cancelled,
    OnProgress,
    Printer,
    PrintJob,
    PrintResult,
    paper_refused,
    printing_failed,
    unknown_tray,
)

_SEND_SECONDS = 120


def printers() -> list[Printer]:
    """The printers of this machine; none when it cannot print at all."""
    try:
        names = ask("lpstat", "-e").split()
        default = ask("lpstat", "-d").rpartition(": ")[2].strip()
    except FileNotFoundError:
        return []
    return [Printer(name, name == default) for name in names]


def trays(printer: str) -> list[str]:
    """The trays to choose from, in the driver's words; none when it does not say."""
    try:
        options = ask("lpoptions", "-p", printer, "-l")
    except FileNotFoundError:
        return []
    found = re.search(r"^InputSlot/.*?: (.*)$", options, re.MULTILINE)
    return [choice.lstrip("*") for choice in found[1].split()] if found else []


def print_pdf(
    pdf: bytes | Path,
    job: PrintJob,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Print at exact size; ``on_progress`` gets (sheets handed over, sheets in all)."""
    with PdfPages(pdf) as pages:
        numbers = job.page_numbers(pages.count)
    command = _lp_command(job)
    if cancelled and cancelled():
        return PrintResult(0, "", is_cancelled=True)
    with tempfile.TemporaryDirectory(prefix="crm-print-") as folder:
        file = Path(folder) / "pages.pdf"
        file.write_bytes(pdf if isinstance(pdf, bytes) else pdf.read_bytes())
        answer = _send([*command, "-P", f"{numbers[0]}-{numbers[-1]}", str(file)], job.printer)
    sheets = len(numbers) * job.copies
    if on_progress:
        on_progress(sheets, sheets)
    found = re.search(r"request id is (\S+)", answer)
    return PrintResult(sheets, found[1] if found else "")


def _lp_command(job: PrintJob) -> list[str]:
    """Everything of the ``lp`` call but the pages, once printer, paper and tray are known to be right."""
    if job.printer not in [printer.name for printer in printers()]:
        raise no_printer(job.printer)
    media = media_name(supported_papers(job.printer), job.width_mm, job.height_mm)
    if media is None:
        raise paper_refused(job)
    options = [f"media={media}", "print-scaling=none", "collate=true"]
    if job.tray is not None:
        if job.tray not in trays(job.printer):
            raise unknown_tray(job)
        options.append(f"InputSlot={job.tray}")
    # Drivers that make file names of titles garble anything but ASCII.
    title = job.title.encode("ascii", "ignore").decode().strip() or "crm-desktop"
    command = ["lp", "-d", job.printer, "-n", str(job.copies), "-t", title]
    return command + [word for option in options for word in ("-o", option)]


def _send(command: list[str], printer: str) -> str:
    try:
        done = run(command, _SEND_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise printing_failed(printer) from error
    if done.returncode != 0:
        raise printing_failed(printer)
    return done.stdout
