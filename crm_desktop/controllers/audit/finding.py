"""Finds operations for a filter, newest first: each kind through its index, so that a page stops where it is full."""

from array import array
from collections.abc import Iterator
from datetime import date

from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import ALWAYS, Clause, escape_like, join
from crm_desktop.models.log import LogFilter
from crm_desktop.models.moments import start_of_day

NEWEST = 2**62
SPAN = "SELECT min(id), max(id) FROM operations WHERE at >= ? AND at < ?"
LAST = "SELECT max(id) FROM operations"
TIMES = "SELECT (SELECT min(at) FROM operations) AS first, (SELECT max(at) FROM operations) AS last"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


class Found:
    """The operations of one filter. ``db`` is asked each time, so new ones appear."""

    def __init__(self, database: Connections, asked: LogFilter) -> None:
        self._db = database
        self._asked = asked
        self._where = join("AND", list(self._conditions()))

    def page(self, before: int, limit: int, reach: int = 0) -> list[int]:
        """Ids below ``before``; with ``reach`` only among so many newest operations are looked at."""
        where = self._where & Clause("o.id < ?", (before,))
        if reach:
            where &= Clause("o.id > ?", ((self._db.value(LAST) or 0) - reach,))
        branches = [where & Clause("o.kind = ?", (kind,)) for kind in self._asked.kinds] or [where]
        found = Clause(
            " UNION ALL ".join(
                f"SELECT id FROM (SELECT o.id FROM operations o WHERE {each.sql} ORDER BY o.id DESC LIMIT ?)"
                for each in branches
            ),
            tuple(value for each in branches for value in (*each.parameters, limit)),
        )
        rows = self._db.query(f"{found.sql} ORDER BY id DESC LIMIT ?", (*found.parameters, limit))
        return [row[0] for row in rows]

    def ids(self) -> "array[int]":
        """All of them (8 bytes each)."""
        where = self._all()
        rows = self._db.execute(f"SELECT o.id FROM operations o WHERE {where.sql} ORDER BY o.id DESC", where.parameters)
        return array("q", (row[0] for row in rows))

    def count(self) -> int:
        where = self._all()
        return int(self._db.value(f"SELECT count(*) FROM operations o WHERE {where.sql}", where.parameters))

    def _all(self) -> Clause:
        kinds = self._asked.kinds
        return self._where & Clause(f"o.kind IN ({', '.join('?' * len(kinds))})", kinds) if kinds else self._where

    def _conditions(self) -> Iterator[Clause]:
        asked = self._asked
        if asked.start or asked.end:
            yield self._period()
        if asked.operator is not None:
            yield Clause("o.operator = ?", (asked.operator,))
        if asked.text.strip():
            yield Clause(r"o.sentence LIKE ? ESCAPE '\'", (f"%{escape_like(asked.text.strip())}%",))
        if asked.record is not None:
            changes = "SELECT a.operation FROM audit a WHERE a.entity = ? AND a.record = ?"
            yield Clause(f"o.id IN ({changes})", (asked.entity, asked.record))
        elif asked.entity:
            changes = "SELECT 1 FROM audit a WHERE a.operation = o.id AND a.entity = ?"
            yield Clause(f"EXISTS ({changes})", (asked.entity,))

    def _period(self) -> Clause:
        """Ids mostly grow with time, so a period is a stretch of ids, of which few do not lie in it: the + keeps
        SQLite from sorting a year's operations to show a hundred."""
        bounds = start_of_day(self._asked.start or FIRST_DAY), start_of_day(self._asked.end or LAST_DAY, days_later=1)
        times = self._db.query(TIMES)[0]
        if bounds[0] <= (times["first"] or "") and (times["last"] or "") < bounds[1]:
            return ALWAYS
        first, last = self._db.query(SPAN, bounds)[0]
        return Clause("o.id BETWEEN ? AND ? AND +o.at >= ? AND +o.at < ?", (first or 0, last or 0, *bounds))
