"""Builds the SQL of a customer's timeline from the declarations of everything that has one."""

import json
from collections.abc import Sequence
from typing import Any

from crm_desktop.db.statements import Clause, column, quote, text_expression
from crm_desktop.models import Entity
from crm_desktop.models.entity import TimelineEntry
from crm_desktop.models.fields import Reference

ORDER = "date DESC, time DESC, entity DESC, record DESC"
LONGEST_TEXT = 200


def page(entities: Sequence[Entity], customer: int, limit: int, after: Sequence[Any] | None) -> Clause:
    """Rows in descending time; ``after`` is (date, time, entity key, record) of the last row before the page.

    Each kind gives at most a page by its index on (customer, date), so a long past costs nothing.
    """
    branches = [_branch(each, _newest(each, customer, limit, after)) for each in entities]
    parameters = tuple(value for each in branches for value in each.parameters)
    return Clause(f"{' UNION ALL '.join(each.sql for each in branches)} ORDER BY {ORDER} LIMIT ?", (*parameters, limit))


def keys(entities: Sequence[Entity], customer: int) -> Clause:
    """(entity, record) of all rows in the same order."""
    branches = [
        f"SELECT '{each.key}' AS entity, t.id AS record, t.date AS date, {_time(each)} AS time"
        f" FROM {quote(each.table)} t WHERE {_mine(each)}"
        for each in entities
    ]
    return Clause(f"{' UNION ALL '.join(branches)} ORDER BY {ORDER}", (customer,) * len(branches))


def rows(entity: Entity, customer: int, records: Sequence[int]) -> Clause:
    """These records of one kind, as far as they are the customer's."""
    chosen = f"SELECT t.id FROM json_each(?) j CROSS JOIN {quote(entity.table)} t ON t.id = j.value"
    return _branch(entity, Clause(f"{chosen} WHERE {_mine(entity)}", (json.dumps(list(records)), customer)))


def counts(entities: Sequence[Entity], customer: int) -> Clause:
    """(entity, number) of each kind."""
    branches = [
        f"SELECT '{each.key}' AS entity, count(*) AS number FROM {quote(each.table)} t WHERE {_mine(each)}"
        for each in entities
    ]
    return Clause(" UNION ALL ".join(branches), (customer,) * len(branches))


def _branch(entity: Entity, ids: Clause) -> Clause:
    """One kind's rows of the given ids, in the columns that all kinds share."""
    entry = entry_of(entity)
    title = ", ".join(_words(entity, name) for name in entry.title)
    text = f"substr({column(entry.text)}, 1, {LONGEST_TEXT})" if entry.text else "''"
    state = _words(entity, entry.state) if entry.state else "NULL"
    sql = (
        f"SELECT '{entity.key}' AS entity, t.id AS record, t.date AS date, {_time(entity)} AS time,"
        f" json_array({title}) AS title, {text} AS text, {state} AS state, {_operator(entity)} AS operator"
        f" FROM ({ids.sql}) k CROSS JOIN {quote(entity.table)} t ON t.id = k.id"
    )
    return Clause(sql, ids.parameters)


def _newest(entity: Entity, customer: int, limit: int, after: Sequence[Any] | None) -> Clause:
    time = _time(entity)
    beyond, parameters = "", tuple[Any, ...]()
    if after is not None:
        beyond = f" AND (t.date, {time}, '{entity.key}', t.id) < (?, ?, ?, ?)"
        parameters = tuple(after)
    order = f"t.date DESC, {time} DESC, t.id DESC"
    sql = f"SELECT t.id FROM {quote(entity.table)} t WHERE {_mine(entity)}{beyond} ORDER BY {order} LIMIT ?"
    return Clause(sql, (customer, *parameters, limit))


def _mine(entity: Entity) -> str:
    assert entity.owner_reference is not None
    return f"{column(entity.owner_reference.name)} = ? AND t.deleted_at IS NULL"


def _time(entity: Entity) -> str:
    entry = entry_of(entity)
    return column(entry.time) if entry.time else "''"


def _words(entity: Entity, name: str) -> str:
    return text_expression(entity[name]) or column(name)


def _operator(entity: Entity) -> str:
    """Who dealt with it; who wrote it down when nobody is named."""
    named = (each.name for each in entity.fields if isinstance(each, Reference) and each.entity == "operators")
    names = [_words(entity, name) for name in (*list(named)[:1], "created_by")]
    return f"COALESCE({', '.join(names)}, '')"


def entry_of(entity: Entity) -> TimelineEntry:
    assert entity.timeline is not None
    return entity.timeline
