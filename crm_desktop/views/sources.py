"""Lets a table read an entity through its controller."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.controllers.base import EntityReader
from crm_desktop.models import Query
from crm_desktop.views.widgets.table_rows import Cancelled, never

AT_ONCE_SECONDS = 0.05
"""So long the window waits for a first page. Nearly every one comes within two milliseconds; what must be sorted
without an index takes half a second with a million."""


class EntitySource:
    """A TableSource: the first page at once, all ids in a worker, rows when they come into sight."""

    def __init__(self, controller: EntityReader, query: Query, columns: Sequence[str]) -> None:
        self._controller = controller
        self._columns = columns
        self.query = query

    def ordered(self, order: str) -> Query:
        return replace(self.query, order=order) if order else self.query

    def first_page(self, order: str) -> Sequence[dict[str, Any]] | None:
        until = time.monotonic() + AT_ONCE_SECONDS
        page = self._controller.search_while(self.ordered(order), self._columns, lambda: time.monotonic() > until)
        return page.rows if page else None

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[int]:
        return self._controller.ids(self.ordered(order), cancelled)

    def rows(self, ids: Sequence[int]) -> Sequence[dict[str, Any]]:
        return self._controller.rows(ids, self._columns)


class ChosenSource(EntitySource):
    """Only these records: in the order given, or in the list's order when it is sorted by a column."""

    def __init__(self, controller: EntityReader, ids: Iterable[int], columns: Sequence[str]) -> None:
        super().__init__(controller, Query(), columns)
        self._ids = list(ids)

    def first_page(self, order: str) -> Sequence[dict[str, Any]] | None:
        return None if order else self.rows(self._ids[: self.query.limit])

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[int]:
        if not order:
            return self._ids
        chosen = set(self._ids)
        return [id for id in super().ids(order, cancelled) if id in chosen]
