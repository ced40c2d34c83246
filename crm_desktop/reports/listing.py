"""A list the clerk asked for: on paper, as a workbook or as CSV, by the name of the file."""

from dataclasses import dataclass
from pathlib import Path

from crm_desktop.errors import ReportError
from crm_desktop.reports.csv_file import save_csv
from crm_desktop.reports.document import Cancelled, Document, OnProgress
from crm_desktop.reports.pdf_list import list_pdf
from crm_desktop.reports.spec import Origin, Table
from crm_desktop.reports.workbook import save_xlsx


@dataclass(frozen=True)
class Listing:
    """A table with what stands around it on paper. ``table.rows`` must bear being read more than once.

    ``landscape`` left open: upright paper where no cell needs a second line on it.
    """

    table: Table
    landscape: bool | None = None
    paper: str = "A4"
    office: str = ""
    printed_by: str = ""
    printed_at: str = ""

    def pdf(self, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None) -> Document:
        return list_pdf(
            self.table,
            landscape=self.landscape,
            paper=self.paper,
            office=self.office,
            printed_by=self.printed_by,
            printed_at=self.printed_at,
            on_progress=on_progress,
            cancelled=cancelled,
        )

    def save(
        self,
        path: str | Path,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
        total: int = 0,
    ) -> None:
        """Write .pdf, .xlsx or .csv; ``total`` rows are for the progress of the last two."""
        suffix = Path(path).suffix.lower()
        if suffix == ".pdf":
            self.pdf(on_progress, cancelled).save(path)
        elif suffix == ".xlsx":
            origin = Origin(self.office, self.printed_by, self.printed_at)
            save_xlsx(self.table, path, on_progress, cancelled, total, origin=origin)
        elif suffix == ".csv":
            save_csv(self.table, path, on_progress, cancelled, total)
        else:
            raise ReportError(f"不能保存为“{suffix or Path(path).name}”：请用 .pdf、.xlsx 或 .csv。")
