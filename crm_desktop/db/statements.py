"""Builds every generic SQL statement from an entity's declaration; the only place that quotes a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Choice, Field, Reference, Region

STANDARD = ("id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at")
MANY_RECORDS = 100


def quote(name: str) -> str:
    """An identifier from a declaration, safe to stand in SQL."""
    return '"' + name.replace('"', '""') + '"'


def column(name: str, alias: str = "t") -> str:
    return f"{alias}.{quote(name)}"


def escape_like(text: str) -> str:
    r"""Text that stands for itself in ``LIKE ? ESCAPE '\'``."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True)
class Clause:
    """A piece of SQL and the values it binds, in order."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: "Clause") -> "Clause":
        return join("AND", (self, other))


ALWAYS = Clause("1")
NEVER = Clause("0")


def join(word: str, clauses: Sequence[Clause]) -> Clause:
    """``(a) AND (b) …``; all of nothing is true, any of nothing is not."""
    if not clauses:
        return ALWAYS if word == "AND" else NEVER
    sql = f" {word} ".join(f"({clause.sql})" for clause in clauses)
    return Clause(sql, tuple(value for clause in clauses for value in clause.parameters))


def text_expression(each: Field, alias: str = "t") -> str | None:
    """SQL for the words behind an id or code; None when the field's own ``format`` makes them."""
    source = column(each.name, alias)
    if isinstance(each, Choice):
        return f"(SELECT d.name FROM dictionary_items d WHERE d.id = {source})"
    if isinstance(each, Region):
        return f"(SELECT r.full_name FROM regions r WHERE r.code = {source})"
    if isinstance(each, Reference):
        return f"(SELECT x.{quote(ENTITIES[each.entity].title)} FROM {quote(each.entity)} x WHERE x.id = {source})"
    return None


def sort_expression(each: Field, alias: str = "t") -> str:
    """SQL to order by: dictionary items by position, references by name, other fields as stored."""
    source = column(each.name, alias)
    if isinstance(each, Choice):
        return f"(SELECT d.position FROM dictionary_items d WHERE d.id = {source})"
    if isinstance(each, Reference) and ENTITIES[each.entity].is_searchable:
        search = quote(f"{each.entity}_search")
        return f"(SELECT x.name_sort FROM {search} x WHERE x.id = {source})"
    words = text_expression(each, alias) if isinstance(each, Reference) else None
    return words or source


def selected(entity: Entity, names: Sequence[str]) -> list[str]:
    """The select list for these fields: the raw value and, where ids need words, ``<field>_text``."""
    parts = [column(name) for name in STANDARD]
    for name in names:
        each = entity[name]
        if name not in STANDARD:
            parts.append(column(name))
        words = text_expression(each)
        if words:
            parts.append(f"{words} AS {quote(name + '_text')}")
    return parts


class Begin(NamedTuple):
    """No record stands before ``key`` in the order, but for the few that ``before`` reads: a FROM of its own.

    Without a key those few are all there are.
    """

    key: str | None
    before: Clause


@dataclass(frozen=True)
class Selection:
    """FROM, WHERE and ORDER BY of a search, before columns and a page are chosen."""

    records: str
    """The table or view that holds the columns."""
    source: Clause
    """Read in the order, until a page is full."""
    where: Clause
    order_key: str
    is_descending: bool = False
    has_nulls: bool = True
    id_column: str = field(default="t.id")
    begin: Callable[[], Begin | None] = lambda: None
    """Where the first of the order may be; asked for only when a page is read."""
    whole: Clause | None = None
    """What is read instead of ``source`` when all that match are wanted."""

    def page(self, columns: Sequence[str], limit: int, after: Sequence[Any] | None) -> Clause:
        """SELECT of one page; the order key comes along as ``_order`` so that the next page can start there.

        The page's ids are found first: sorting two thousand hits must not carry every column of each along.
        """
        where, begin = self.where if after is None else self.where & self._beyond(after), self.begin()
        if begin is None or begin.key is None:
            found = self._first(begin.before if begin else self.source, where, limit)
        else:
            found = self._first_from(begin.key, begin.before, where, limit)
        sql = (
            f"SELECT {', '.join(columns)}, k._order FROM ({found.sql}) k CROSS JOIN {self.records} t ON t.id = k.id"
            f" ORDER BY k._order {self._direction}, k.id {self._direction}"
        )
        return Clause(sql, found.parameters)

    def _first(self, source: Clause, where: Clause, limit: int) -> Clause:
        sql = (
            f"SELECT {self.id_column} AS id, {self.order_key} AS _order FROM {source.sql} WHERE {where.sql}"
            f" ORDER BY {self.order_key} {self._direction}, {self.id_column} {self._direction} LIMIT ?"
        )
        return Clause(sql, (*source.parameters, *where.parameters, limit))

    def _first_from(self, key: str, few: Clause, where: Clause, limit: int) -> Clause:
        later = self._first(self.source, where & Clause(f"{self.order_key} >= ?", (key,)), limit)
        before = self._first(few, where & Clause(f"{self.order_key} < ?", (key,)), limit)
        sql = f"SELECT * FROM ({later.sql}) UNION ALL SELECT * FROM ({before.sql}) ORDER BY _order, id LIMIT ?"
        return Clause(sql, (*later.parameters, *before.parameters, limit))

    def ids(self) -> Clause:
        matching = self._matching
        order = f"{self.order_key} {self._direction}, {self.id_column} {self._direction}"
        return Clause(f"SELECT {self.id_column} {matching.sql} ORDER BY {order}", matching.parameters)

    @property
    def _matching(self) -> Clause:
        """All that match, in any order."""
        source = self.whole or self.source
        return Clause(f"FROM {source.sql} WHERE {self.where.sql}", (*source.parameters, *self.where.parameters))

    @property
    def _direction(self) -> str:
        return "DESC" if self.is_descending else "ASC"

    def count(self, cap: int | None = None) -> Clause:
        """How many match; with ``cap`` counting stops one beyond it."""
        matching = self._matching
        if cap is None:
            return Clause(f"SELECT count(*) {matching.sql}", matching.parameters)
        return Clause(f"SELECT count(*) FROM (SELECT 1 {matching.sql} LIMIT ?)", (*matching.parameters, cap + 1))

    def sums(self, names: Sequence[str]) -> Clause:
        """The sum of each of these columns; NULL when there is nothing to add up. The records must be read."""
        wanted, matching = ", ".join(f"sum({column(name)})" for name in names), self._matching
        return Clause(f"SELECT {wanted} {matching.sql}", matching.parameters)

    def counts(self, columns: Sequence[str], groups: Sequence[str], most: int | None = None) -> Clause:
        """Columns that each group settles, and how many records are in it; only the ``most`` largest, if given."""
        matching = self._matching
        sql = f"SELECT {', '.join((*columns, 'count(*)'))} {matching.sql} GROUP BY {', '.join(groups)}"
        if most is None:
            return Clause(sql, matching.parameters)
        return Clause(f"{sql} ORDER BY count(*) DESC, {groups[0]} LIMIT ?", (*matching.parameters, most))

    def _beyond(self, after: Sequence[Any]) -> Clause:
        """Rows after the given (order value, id) in this order; NULLs sort as SQLite sorts them, lowest."""
        key, (value, record) = self.order_key, after
        sign = "<" if self.is_descending else ">"
        if not self.has_nulls:
            pair = f"({key}, {self.id_column}) {sign} (?, ?)"  # which finds no index where the key has a COLLATE
            return Clause(f"{key} {sign}= ? AND {pair}", (value, value, record))
        same_and_beyond = Clause(f"{key} IS ? AND {self.id_column} {sign} ?", (value, record))
        if value is None:
            beyond = Clause("0") if self.is_descending else Clause(f"{key} IS NOT NULL")
        elif self.is_descending:
            beyond = Clause(f"{key} < ? OR {key} IS NULL", (value,))
        else:
            beyond = Clause(f"{key} > ?", (value,))
        return join("OR", (beyond, same_and_beyond))


def select_by_ids(entity: Entity, columns: Sequence[str], ids_json: str, scope: Clause) -> Clause:
    """Live rows of the given ids (a JSON array) within ``scope``, in that order."""
    return Clause(
        f"SELECT {', '.join(columns)} FROM json_each(?) j CROSS JOIN {quote(entity.source)} t ON t.id = j.value"
        f" WHERE t.deleted_at IS NULL AND ({scope.sql}) ORDER BY j.key",
        (ids_json, *scope.parameters),
    )


def filled(entity: Entity, records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The fields to name when these new records are inserted: of many records those that any has something in.

    Most columns of a long list are empty, and what is not named takes half the time: its default is what a field
    leaves when it is empty. Few records name them all, so that they share one statement.
    """
    if len(records) < MANY_RECORDS:
        return [each.name for each in entity.fields]
    return [
        each.name
        for each in entity.fields
        if each.default is not None or any(record[each.name] != each.empty for record in records)
    ]


def insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(quote(name) for name in columns)
    return f"INSERT INTO {quote(table)} ({names}) VALUES ({', '.join('?' * len(columns))})"


def update(table: str, columns: Sequence[str]) -> str:
    """UPDATE of one version of one record: binds the new values, then id and the version it replaces."""
    assignments = ", ".join(f"{quote(name)} = ?" for name in columns)
    return (
        f"UPDATE {quote(table)} SET {assignments}, version = version + 1"
        " WHERE id = ? AND version = ? AND deleted_at IS NULL"
    )
