"""The base of every controller, and the reading half that every entity gets."""

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import asked
from crm_desktop.controllers.masking import hide_numbers
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.wording import Wording
from crm_desktop.db import search, statements
from crm_desktop.errors import DatabaseError, NotFound
from crm_desktop.models import Count, Entity, Page, Query
from crm_desktop.models.query import entities_asked

Record = dict[str, Any]


class Controller:
    """A part of the office that one operator may use."""

    area: str

    def __init__(self, context: Context) -> None:
        self._context = context
        self._db = context.db

    @requires(ANYONE)
    def demand(self, area: str, verb: str) -> None:
        """PermissionDenied unless the operator has the right."""
        self._context.demand(area, verb)


class EntityReader(Controller):
    """Reading one entity's records, within the operator's scope."""

    entity: Entity

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wordings: dict[tuple[str, ...], Wording] = {}

    @requires("view")
    def search(self, query: Query | None = None, columns: Sequence[str] | None = None) -> Page:
        """One page of matching records, with ``<field>_text`` beside ids and codes."""
        query = query or Query()
        chosen = self._select(query)
        names = self.entity.list_columns if columns is None else columns
        wording = self._wording(names)
        page = chosen.page(wording.selected, query.limit, query.after)
        rows = wording.records(self._db.query(page.sql, page.parameters))
        more = [rows[-1]["_order"], rows[-1]["id"]] if rows and len(rows) == query.limit else None
        for row in rows:
            del row["_order"]
        hide_numbers(self._context, self.entity, rows)
        return Page(rows, more, lambda: self._count(chosen, None))

    @requires("view")
    def search_while(self, query: Query, columns: Sequence[str], cancelled: Callable[[], bool]) -> Page | None:
        """``search``, or None once it is ``cancelled()``: for who cannot wait."""
        try:
            with self._db.while_wanted(cancelled):
                return self.search(query, columns)
        except DatabaseError:
            if cancelled():
                return None
            raise

    @requires("view")
    def count(self, query: Query, cap: int | None = None) -> Count:
        """How many match; with ``cap`` counting stops there, for use while typing."""
        n = self._count(self._select(query), cap)
        return Count(n, exact=True) if cap is None or n <= cap else Count(cap, exact=False)

    @requires("view")
    def sentence(self, query: Query) -> str:
        """What the query asks, in words."""
        return asked(self._db, self.entity, query)

    @requires("view")
    def totals(self, query: Query) -> dict[str, int]:
        """Each of the entity's ``totals`` added up over all that match; nothing for those that are not known."""
        names = self.entity.totals
        if not names:
            return {}
        chosen = self._select(replace(query, order="id")).sums(names)  # by id: the records are read in any case
        row = self._db.query(chosen.sql, chosen.parameters)[0]
        return {name: value or 0 for name, value in zip(names, row, strict=True)}

    @requires("view")
    def ids(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> "array[int]":
        """All matching ids in order: what a list needs to jump anywhere (8 bytes a record).

        DatabaseError once it is ``cancelled()``: a million are not read to the end for who has typed on.
        """
        with self._db.while_wanted(cancelled):
            chosen = self._select(query).ids()
            return array("q", (row[0] for row in self._db.execute(chosen.sql, chosen.parameters)))

    @requires("view")
    def rows(self, ids: Iterable[int], columns: Sequence[str] | None = None) -> list[Record]:
        """Records of these ids in this order; those deleted or out of scope meanwhile are left out."""
        names = self.entity.list_columns if columns is None else columns
        found = self._read(list(ids), names)
        hide_numbers(self._context, self.entity, found)
        return found

    @requires("view")
    def get(self, record: int) -> Record:
        """One record whole: raw values, and the words behind ids and codes under ``<field>_text``."""
        found = self._get(record)
        hide_numbers(self._context, self.entity, [found])
        return found

    def _get(self, record: int) -> Record:
        found = self._read([record], list(self.entity.by_name))
        if not found:
            raise NotFound()
        return found[0]

    def _select(self, query: Query) -> statements.Selection:
        for other in entities_asked(query.conditions):
            self.demand(other, "view")
        context = self._context
        return search.selection(
            self._db, self.entity, query, context.scope, context.clock.today(), hides_numbers=not context.sees_numbers
        )

    def _count(self, chosen: statements.Selection, cap: int | None) -> int:
        clause = chosen.count(cap)
        return int(self._db.value(clause.sql, clause.parameters))

    def _read(self, ids: Sequence[int], names: Sequence[str]) -> list[Record]:
        wording = self._wording(names)
        scope = self._context.scope(self.entity)
        chosen = statements.select_by_ids(self.entity, wording.selected, json.dumps(list(ids)), scope)
        return wording.records(self._db.query(chosen.sql, chosen.parameters))

    def _wording(self, names: Sequence[str]) -> Wording:
        """Kept, because it follows from the declaration alone and is asked for with every page."""
        key = tuple(names)
        if key not in self._wordings:
            self._wordings[key] = Wording(self.entity, key)
        return self._wordings[key]
