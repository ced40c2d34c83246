"""Few records: found first and then sorted, where a scan in the order of names would look long for them."""

from math import isqrt
from typing import NamedTuple

from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import Begin, Clause, quote
from crm_desktop.models import Entity

REACH = 2000
ENOUGH = 10
"""So many hits among the first names, and a page of them is not far."""
HITS_A_ROOT = 6
"""Of N records an ordered scan passes 50 N / n until it has a page of n hits, each for what it costs to look up and
sort one hit: with fewer than some 6 √N of them it is quicker to find them all first."""
SOON = """SELECT count(*) FROM (SELECT 1 FROM (SELECT id FROM {search} ORDER BY name_sort, id LIMIT {reach}) s
 CROSS JOIN {records} t ON t.id = s.id WHERE {where} LIMIT {enough})"""


class Ids(NamedTuple):
    """Records as a JSON array: made, counted and read again by SQLite without becoming objects in between."""

    listed: str
    size: int


def limited(database: Connections, ids: Clause, most: int) -> Ids | None:
    """What a SELECT of ids finds; None when it is more than ``most``."""
    sql = f"WITH found(id) AS ({ids.sql} LIMIT ?) SELECT json_group_array(id), count(*) FROM found"
    found = Ids(*database.query(sql, (*ids.parameters, most + 1))[0])
    return None if found.size > most else found


def listed(entity: Entity, ids: Ids, needs_record: bool) -> Clause:
    """FROM that reads these ids one by one."""
    search = f"json_each(?) j CROSS JOIN {quote(entity.key + '_search')} s ON s.id = j.value"
    joined = f" CROSS JOIN {quote(entity.source)} t ON t.id = s.id" if needs_record else ""
    return Clause(search + joined, (ids.listed,))


def all_that_match(entity: Entity) -> Clause:
    """FROM for conditions, beside the names by which they are ordered; what only counts leaves the names out."""
    return Clause(f"{quote(entity.source)} t LEFT JOIN {quote(entity.key + '_search')} s ON s.id = t.id")


def begin(database: Connections, entity: Entity, where: Clause) -> Begin | None:
    """The records that meet ``where``, over ``t``, when they are few; None when a scan in order soon has a page."""
    search, records = quote(f"{entity.key}_search"), quote(entity.source)
    soon = SOON.format(search=search, records=records, reach=REACH, where=where.sql, enough=ENOUGH)
    if database.value(soon, where.parameters) == ENOUGH:
        return None
    most = HITS_A_ROOT * isqrt(database.value(f"SELECT max(id) FROM {search}") or 0)
    ids = limited(database, Clause(f"SELECT t.id FROM {records} t WHERE {where.sql}", where.parameters), most)
    return ids and Begin(None, listed(entity, ids, needs_record=True))
