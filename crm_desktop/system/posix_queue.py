"""The queue of a CUPS printer: what keeps it, whether a job is still in it, and taking one out."""

import ctypes
import re

from crm_desktop.system.cups_media import libcups
from crm_desktop.system.posix_commands import no_printer, run
from crm_desktop.system.print_states import ABORTED, JobState, PrinterState, cancel_refused, told, unnamed_job

STOPPED = "5"  # printer-state of RFC 8011
ABORTED_STATE = 8  # job-state of RFC 8011
COMPLETED_JOBS = 1  # CUPS_WHICHJOBS_COMPLETED of cups.h
_SECONDS = 15


class _Destination(ctypes.Structure):
    """``cups_dest_t`` of cups.h."""

    _fields_ = (
        ("name", ctypes.c_char_p), ("instance", ctypes.c_char_p), ("is_default", ctypes.c_int),
        ("option_count", ctypes.c_int), ("options", ctypes.c_void_p),
    )  # fmt: skip


class _Job(ctypes.Structure):
    """``cups_job_t`` of cups.h."""

    _fields_ = (
        ("id", ctypes.c_int), ("dest", ctypes.c_char_p), ("title", ctypes.c_char_p), ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p), ("state", ctypes.c_int), ("size", ctypes.c_int), ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long), ("creation_time", ctypes.c_long), ("processing_time", ctypes.c_long),
    )  # fmt: skip


def printer_state(printer: str) -> PrinterState:
    """What keeps a printer from printing; SystemRefused when there is none of that name."""
    words = _options(printer)
    if words is None:
        raise no_printer(printer)
    reasons = words.get("printer-state-reasons", "").split(",")
    if words.get("printer-state") == STOPPED:
        reasons.append("stopped")
    else:  # it goes on: the empty tray is another one
        reasons = [reason for reason in reasons if not reason.endswith("-warning")]
    return PrinterState(told(reasons), len(_waiting(printer)))


def job_state(printer: str, job: str) -> JobState:
    """Where a job is that was handed over; ``job`` is the name that ``print_pdf`` gave it.

    SystemRefused when nobody can tell, because the printing service is down or the printer is gone.
    """
    if not job:
        raise unnamed_job()
    if job in _waiting(printer):
        return JobState(is_done=False, problem=printer_state(printer).problem)
    return JobState(is_done=True, problem=ABORTED if _was_aborted(printer, job) else "")


def cancel_job(printer: str, job: str) -> None:
    """Take a job out of the queue; one that has gone already is no error. SystemRefused when it may not be."""
    if run(["cancel", job], _SECONDS).returncode != 0 and job in _waiting(printer):
        raise cancel_refused()


def _waiting(printer: str) -> list[str]:
    """The jobs in a queue, by name."""
    return [found[0] for line in _queue(printer) if (found := re.match(r"\S+", line))]


def _was_aborted(printer: str, job: str) -> bool:
    """What CUPS remembers of a job that has left the queue."""
    library, number = libcups(), job.rpartition("-")[2]
    if library is None or not number.isdecimal():
        return False
    jobs = ctypes.POINTER(_Job)()
    count = library.cupsGetJobs(ctypes.byref(jobs), printer.encode(), 0, COMPLETED_JOBS)
    try:
        return any(jobs[place].id == int(number) and jobs[place].state == ABORTED_STATE for place in range(count))
    finally:
        library.cupsFreeJobs(max(count, 0), jobs)


def _queue(printer: str) -> list[str]:
    """Lines about the jobs of a printer; an answer that never came is no empty queue."""
    done = run(["lpstat", "-o", printer], _SECONDS)
    if done.returncode != 0:
        raise no_printer(printer)
    return done.stdout.splitlines()


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
