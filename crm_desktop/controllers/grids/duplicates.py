"""Which new rows of a grid may be customers that are there already, by the rule of the import."""

from collections.abc import Sequence

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.exchange.duplicates import Duplicates
from crm_desktop.controllers.exchange.planned_row import PlannedRow
from crm_desktop.controllers.grids.rows import GridRow


def known_customers(context: Context, rows: Sequence[GridRow]) -> dict[int, str]:
    """Row number from 0 → what it may be a duplicate of, a sentence."""
    new = [
        PlannedRow(number + 1, dict(row.given), ())
        for number, row in enumerate(rows)
        if row.record is None and not row.is_blank
    ]
    duplicates = Duplicates(context, new)
    for row in new:
        duplicates.note(row)
    return {row.number - 1: f"{row.duplicates[0]}。" for row in new if row.duplicates}
