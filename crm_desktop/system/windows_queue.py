"""The queue of a Windows printer: what keeps it, whether a job is still in it, and taking one out.

The numbers are those of winspool.h: PRINTER_STATUS_…, PRINTER_ATTRIBUTE_…, JOB_STATUS_…, JOB_CONTROL_….
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crm_desktop.system.print_states import JobState, PrinterState, told, unnamed_job
from crm_desktop.system.windows_printing import opened

PRINTER_BITS = {
    0x00000001: "paused", 0x00000002: "error", 0x00000008: "media-jam", 0x00000010: "media-empty",
    0x00000020: "media-needed", 0x00000040: "other", 0x00000080: "offline", 0x00000800: "output-area-full",
    0x00001000: "offline", 0x00040000: "toner-empty", 0x00100000: "user-intervention", 0x00200000: "other",
    0x00400000: "cover-open",
}  # fmt: skip
"""Bit of a printer's status → reason."""
JOB_BITS = {
    0x00000001: "paused", 0x00000002: "error", 0x00000020: "offline", 0x00000040: "media-empty",
    0x00000200: "blocked", 0x00000400: "user-intervention",
}  # fmt: skip
"""Bit of a job's status → reason."""
PRINTED, DELETED, DELETING, COMPLETE = 0x00000080, 0x00000100, 0x00000004, 0x00001000
WORK_OFFLINE = 0x00000400
DELETE_JOB = 5
_GONE = 87  # ERROR_INVALID_PARAMETER: the spooler knows no such job any more


def printer_state(printer: str) -> PrinterState:
    """What keeps a printer from printing; SystemRefused when there is none of that name."""
    with opened(printer) as driver:
        found = driver.win.print.GetPrinter(driver.handle, 2)
    reasons = list(_reasons(found["Status"], PRINTER_BITS))
    if found["Attributes"] & WORK_OFFLINE:
        reasons.append("offline")
    return PrinterState(told(reasons), int(found["cJobs"]))


def job_state(printer: str, job: str) -> JobState:
    """Where a job is that was handed over; ``job`` is the name that ``print_pdf`` gave it."""
    with opened(printer) as driver:
        found = _job(driver, job)
    if found is None or found["Status"] & (PRINTED | DELETED | DELETING | COMPLETE):
        return JobState(is_done=True)
    problem = told(_reasons(found["Status"], JOB_BITS))
    return JobState(is_done=False, problem=problem or printer_state(printer).problem)


def cancel_job(printer: str, job: str) -> None:
    """Take a job out of the queue; one that has gone already is no error."""
    with opened(printer) as driver:
        if _job(driver, job) is None:
            return
        try:
            driver.win.print.SetJob(driver.handle, int(job), 0, None, DELETE_JOB)
        except driver.win.error as error:
            if error.args[0] != _GONE:  # it may have gone since
                raise


def _job(driver: Any, job: str) -> Mapping[str, Any] | None:
    if not job.isdecimal():
        raise unnamed_job()
    try:
        found: Mapping[str, Any] = driver.win.print.GetJob(driver.handle, int(job), 1)
    except driver.win.error as error:
        if error.args[0] == _GONE:
            return None
        raise
    return found


def _reasons(status: int, bits: Mapping[int, str]) -> Iterator[str]:
    return (reason for bit, reason in bits.items() if status & bit)
