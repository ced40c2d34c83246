"""Customers chosen as the controllers choose them, for who sees all, and read page by page."""

from datetime import date

from crm_desktop.db import Database, search
from crm_desktop.db.statements import ALWAYS, Selection
from crm_desktop.models import CUSTOMERS, Query

TODAY = date(2026, 11, 22)


def select(database: Database, query: Query) -> Selection:
    return search.selection(database, CUSTOMERS, query, lambda entity: ALWAYS, TODAY)


def pages(database: Database, chosen: Selection, limit: int) -> list[int]:
    """All ids, page by page."""
    seen: list[int] = []
    after = None
    while True:
        page = chosen.page(["t.id"], limit, after)
        rows = database.query(page.sql, page.parameters)
        seen += [row["id"] for row in rows]
        if len(rows) < limit:
            return seen
        after = [rows[-1]["_order"], rows[-1]["id"]]
