"""A table as a .csv file that Excel opens with the right characters."""

import csv
from pathlib import Path

from crm_desktop.reports.document import Cancelled, OnProgress, replacing, watched
from crm_desktop.reports.spec import KINDS, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def save_csv(
    table: Table,
    path: str | Path,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    total: int = 0,
) -> None:
    """Write header and rows (no title, no totals) to ``path``, completely or not at all.

    Numbers come without separators of thousands, so that they can be read back. A text that a spreadsheet would
    take for a formula gets an apostrophe in front.
    """
    formats = [KINDS[column.kind].plain for column in table.columns]
    with replacing(Path(path)) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)  # its line ends are CRLF
        writer.writerow(_guarded(column.label) for column in table.columns)
        for row in watched(table.rows, total, on_progress, cancelled):
            writer.writerow(
                "" if value is None else _guarded(value) if isinstance(value, str) else plain(value)
                for plain, value in zip(formats, row, strict=True)
            )


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
