"""What differs between operating systems, behind one set of names; the half that fits is chosen on import."""

import sys

from crm_desktop.system import secrets
from crm_desktop.system.instance import Holder, Look
from crm_desktop.system.machine import computer_name, free_bytes, nearest_folder, os_user, synchronised_by
from crm_desktop.system.pdf_pages import PdfPages
from crm_desktop.system.print_states import JobState, PrinterState
from crm_desktop.system.printing import Printer, PrintJob, PrintResult

if sys.platform == "win32":
    from crm_desktop.system.windows import (
        InstanceLock,
        dial,
        enable_dpi_awareness,
        fsync_folder,
        has_display,
        is_for_all_users,
        is_network_path,
        is_read_only_medium,
        is_removable,
        open_calculator,
        open_path,
        open_spreadsheet,
        open_url,
        open_writer,
        replace_durably,
        reveal,
        shared_folder,
        show_running,
    )
    from crm_desktop.system.windows_printing import print_pdf, printers, trays
    from crm_desktop.system.windows_queue import cancel_job, job_state, printer_state
else:
    from crm_desktop.system.posix import (
        InstanceLock,
        dial,
        enable_dpi_awareness,
        fsync_folder,
        has_display,
        is_for_all_users,
        is_network_path,
        is_read_only_medium,
        is_removable,
        open_calculator,
        open_path,
        open_spreadsheet,
        open_url,
        open_writer,
        replace_durably,
        reveal,
        shared_folder,
        show_running,
    )
    from crm_desktop.system.posix_printing import print_pdf, printers, trays
    from crm_desktop.system.posix_queue import cancel_job, job_state, printer_state

__all__ = [
    "Holder",
    "InstanceLock",
    "JobState",
    "Look",
    "PdfPages",
    "PrintJob",
    "PrintResult",
    "Printer",
    "PrinterState",
    "cancel_job",
    "computer_name",
    "dial",
    "enable_dpi_awareness",
    "free_bytes",
    "fsync_folder",
    "has_display",
    "is_for_all_users",
    "is_network_path",
    "is_read_only_medium",
    "is_removable",
    "job_state",
    "nearest_folder",
    "open_calculator",
    "open_path",
    "open_spreadsheet",
    "open_url",
    "open_writer",
    "os_user",
    "print_pdf",
    "printer_state",
    "printers",
    "replace_durably",
    "reveal",
    "secrets",
    "shared_folder",
    "show_running",
    "synchronised_by",
    "trays",
]
