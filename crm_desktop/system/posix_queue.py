"""The queue of a CUPS printer: what keeps it, whether a job is still in it, and taking one out."""

import ctypes
import re

from crm_desktop.system.cups_media import libcups
from crm_desktop.system.posix_commands import ask
from crm_desktop.system.print_states import JobState, PrinterState, told
from crm_desktop.system.printing import printer_vanished

STOPPED = "5"  # printer-state of RFC 8011


class _Destination(ctypes.Structure):
    """``cups_dest_t`` of cups.h."""

    _fields_ = (
        ("name", ctypes.c_char_p), ("instance", ctypes.c_char_p), ("is_default", ctypes.c_int),
        ("option_count", ctypes.c_int), ("options", ctypes.c_void_p),
    )  # fmt: skip


def printer_state(printer: str) -> PrinterState:
    """What keeps a printer from printing; SystemRefused when there is none of that name."""
    words = _options(printer)
    if words is None:
        raise printer_vanished(printer)
    reasons = words.get("printer-state-reasons", "").split(",")
    if words.get("printer-state") == STOPPED:
        reasons.append("stopped")
    return PrinterState(told(reasons), len(_waiting(printer)))


def job_state(printer: str, job: str) -> JobState:
    """Where a job is that was handed over; ``job`` is the name that ``print_pdf`` gave it."""
    if job not in _waiting(printer):
        return JobState(is_done=True)
    return JobState(is_done=False, problem=printer_state(printer).problem)


def cancel_job(printer: str, job: str) -> None:
    """Take a job out of the queue; one that has gone already is no error."""
    ask("cancel", job)


def _waiting(printer: str) -> list[str]:
    """The jobs in a queue, by name."""
    try:
        lines = ask("lpstat", "-o", printer).splitlines()
    except FileNotFoundError:
        return []
    return [found[0] for line in lines if (found := re.match(r"\S+", line))]


def _options(printer: str) -> dict[str, str] | None:
    """What libcups knows of a printer; None without one of that name."""
    library = libcups()
    if library is None:
        return {}
    pointer = library.cupsGetNamedDest(None, printer.encode(), None)
    if not pointer:
        return None
    try:
        found = ctypes.cast(pointer, ctypes.POINTER(_Destination)).contents
        names = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
        values = {n: library.cupsGetOption(n.encode(), found.option_count, found.options) for n in names}
        return {name: value.decode() for name, value in values.items() if value}
    finally:
        library.cupsFreeDests(1, pointer)
