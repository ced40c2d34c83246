"""What differs between operating systems, behind one set of names; the half that fits is chosen on import."""

import sys

from crm_desktop.system import secrets
from crm_desktop.system.instance import Holder, Look
from crm_desktop.system.machine import computer_name, free_bytes, os_user
from crm_desktop.system.pdf_pages import PdfPages
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
        is_removable,
        open_calculator,
        open_path,
        open_url,
        replace_durably,
        reveal,
        shared_folder,
    )
    from crm_desktop.system.windows_printing import print_pdf, printers, trays
else:
    from crm_desktop.system.posix import (
        InstanceLock,
        dial,
        enable_dpi_awareness,
        fsync_folder,
        has_display,
        is_for_all_users,
        is_network_path,
        is_removable,
        open_calculator,
        open_path,
        open_url,
        replace_durably,
        reveal,
        shared_folder,
    )
    from crm_desktop.system.posix_printing import print_pdf, printers, trays

__all__ = [
    "Holder",
    "InstanceLock",
    "Look",
    "PdfPages",
    "PrintJob",
    "PrintResult",
    "Printer",
    "computer_name",
    "dial",
    "enable_dpi_awareness",
    "free_bytes",
    "fsync_folder",
    "has_display",
    "is_for_all_users",
    "is_network_path",
    "is_removable",
    "open_calculator",
    "open_path",
    "open_url",
    "os_user",
    "print_pdf",
    "printers",
    "replace_durably",
    "reveal",
    "secrets",
    "shared_folder",
    "trays",
]
