"""The rows that could not be imported, as a table to mend in Excel and import again."""

from crm_desktop.controllers.exchange.cells import text
from crm_desktop.controllers.exchange.plan import ImportPreview
from crm_desktop.reports import Column, Table

NUMBER, REASON = "行号", "不能导入的原因"
COLUMNS_BEFORE = 1
"""How far the file's own columns are moved to the right."""


def table(preview: ImportPreview) -> Table:
    """Each bad row as it stands in the file, between its number there and the reasons."""
    labels = [Column(header) for header in preview.headers]
    rows = [
        [row.number, *(_as_it_stands(cell) for cell in row.cells), "；".join(row.problems.values())]
        for row in preview.rows
        if row.fate == "bad"
    ]
    return Table("不能导入的行", [Column(NUMBER, kind="integer"), *labels, Column(REASON)], rows)


def _as_it_stands(cell: object) -> str:
    """What was typed stays to the letter; numbers, dates and times are written out."""
    return cell if isinstance(cell, str) else text(cell)
