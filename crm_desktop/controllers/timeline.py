"""The timeline of a customer: everything that happened, of every kind, in one order."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.rights import requires
from crm_desktop.db import statements, timeline
from crm_desktop.errors import NotFound
from crm_desktop.models import CUSTOMERS, ENTITIES, Entity, Page
from crm_desktop.models.fields import Flag

Key = tuple[str, int]
"""Entity and record."""
EVENTS = {key: entity for key, entity in ENTITIES.items() if entity.timeline is not None}
"""What stands in a timeline, in the order of the declarations."""


class Timeline(Controller):
    area = CUSTOMERS.key

    @requires("view")
    def kinds(self) -> list[Entity]:
        """Those that the operator may see."""
        return [entity for key, entity in EVENTS.items() if self._context.may(key, "view")]

    @requires("view")
    def page(
        self, customer: int, kinds: Iterable[str] | None = None, limit: int = 50, after: Sequence[Any] | None = None
    ) -> Page:
        """Rows in descending time; NotFound outside the operator's scope. ``after`` is an earlier page's ``next``.

        Each row: entity, record, date, time, kind (its word), title, text (the first 200 characters), state, operator.
        """
        chosen = self._chosen(customer, kinds)
        if not chosen:
            return Page([], None)
        rows = self._told(timeline.page(chosen, customer, limit, after))
        last = rows[-1] if len(rows) == limit else None
        more = [last["date"], last["time"], last["entity"], last["record"]] if last else None
        return Page(rows, more, lambda: sum(self.counts(customer, kinds).values()))

    @requires("view")
    def keys(self, customer: int, kinds: Iterable[str] | None = None) -> list[Key]:
        """(entity, record) of all rows in the same order: what a list needs to scroll anywhere."""
        chosen = self._chosen(customer, kinds)
        clause = timeline.keys(chosen, customer) if chosen else statements.Clause("SELECT 1 WHERE 0")
        return [(row["entity"], row["record"]) for row in self._db.query(clause.sql, clause.parameters)]

    @requires("view")
    def rows(self, customer: int, keys: Iterable[Key]) -> list[Record]:
        """The rows of these keys, in any order; those deleted meanwhile are left out."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for key, record in keys:
            wanted[key].append(record)
        found: list[Record] = []
        for entity in self._chosen(customer, wanted):
            found += self._told(timeline.rows(entity, customer, wanted[entity.key]))
        return found

    @requires("view")
    def counts(self, customer: int, kinds: Iterable[str] | None = None) -> dict[str, int]:
        """How many there are of each kind that the operator may see."""
        chosen = self._chosen(customer, kinds)
        if not chosen:
            return {}
        clause = timeline.counts(chosen, customer)
        return {row["entity"]: row["number"] for row in self._db.query(clause.sql, clause.parameters)}

    def _chosen(self, customer: int, kinds: Iterable[str] | None) -> list[Entity]:
        """The kinds asked for that may be seen, once it is sure that the customer may be."""
        scope = self._context.scope(CUSTOMERS)
        sql = f"SELECT 1 FROM customers t WHERE t.id = ? AND t.deleted_at IS NULL AND ({scope.sql})"
        if self._db.one(sql, (customer, *scope.parameters)) is None:
            raise NotFound()
        return [entity for entity in self.kinds() if kinds is None or entity.key in kinds]

    def _told(self, clause: statements.Clause) -> list[Record]:
        return [_in_words(dict(row)) for row in self._db.query(clause.sql, clause.parameters)]


def _in_words(row: Record) -> Record:
    entity = EVENTS[row["entity"]]
    entry = timeline.entry_of(entity)
    values = zip(entry.title, json.loads(row["title"]), strict=True)
    told = [_words(entity, name, value) for name, value in values]
    state = _words(entity, entry.state, row["state"]) if entry.state else ""
    return {**row, "kind": entity.label, "title": "　".join(filter(None, told)), "state": state}


def _words(entity: Entity, name: str, value: Any) -> str:
    """SQL has put words in place of ids, a flag says its name; everything else is formatted by its field."""
    field = entity[name]
    if isinstance(field, Flag):
        return field.label if value else ""
    is_looked_up = statements.text_expression(field) is not None
    return (value or "") if is_looked_up else field.format(value)
