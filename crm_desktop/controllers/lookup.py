"""Finds the id or code behind a name somebody typed, and the name behind an id: dictionary items, records, regions."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from crm_desktop.controllers import gone
from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import quote, text_expression
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, Entity, Query
from crm_desktop.models.fields import Choice, Field, Reference, Region
from crm_desktop.models.query_sentence import sentence

Answer = TypeVar("Answer")
FEW_REGIONS, MOST_REGIONS = 20, 3
NAMED = (Choice, Reference, Region)
"""The fields whose values are typed as names and stored as ids or codes."""


class Lookup:
    """Answers for the length of one call, so that an import asks for each name once."""

    def __init__(self, database: Connections) -> None:
        self._database = database
        self._known: dict[tuple[str, int | None, Any], Any] = {}
        self._asked: dict[tuple[str, Any], Any] = {}
        self._regions_asked = 0

    def resolve(self, field: Field, value: Any, owner: int | None = None) -> Any:
        """The raw value of a Choice, Reference or Region; other fields' values are raw already.

        ``owner`` is what a record referred to must share with this one (``Reference.within``).
        """
        if value is None or not isinstance(field, NAMED):
            return value
        key = (field.name, owner, value)
        if key not in self._known:
            self._known[key] = self._find(field, value, owner)
        return self._known[key]

    def remember(self, topic: str, about: Any, ask: Callable[[], Answer]) -> Answer:
        """What ``ask`` said about this the first time."""
        key = (topic, about)
        if key not in self._asked:
            self._asked[key] = ask()
        answer: Answer = self._asked[key]
        return answer

    def _find(self, field: Field, value: Any, owner: int | None) -> Any:
        if isinstance(field, Choice):
            return self._item(field, value)
        if isinstance(field, Region):
            return self._region(field, value)
        assert isinstance(field, Reference)
        return self._record(field, value, owner)

    def _item(self, field: Choice, value: Any) -> int:
        by = "id" if isinstance(value, int) else "name"
        sql = f"SELECT id FROM dictionary_items WHERE kind = ? AND {by} = ? AND deleted_at IS NULL"
        found = self._database.value(sql, (field.kind, value))
        if found is None:
            raise FieldError(f"{field.label}里没有“{value}”。")
        return int(found)

    def _record(self, field: Reference, value: Any, owner: int | None) -> int:
        entity = ENTITIES[field.entity]
        table, label = quote(field.entity), entity.label
        shared = f" AND {quote(field.within)} = ?" if field.within else ""
        bound = (owner,) if field.within else ()
        for by in ("id",) if isinstance(value, int) else entity.names:
            collate = "" if by == "id" else " COLLATE NOCASE"
            sql = f"SELECT id FROM {table} WHERE {quote(by)} = ?{collate}{shared} AND deleted_at IS NULL LIMIT 2"
            found = self._database.query(sql, (value, *bound))
            if len(found) == 1:
                return int(found[0]["id"])
            if found:
                raise FieldError(f"有多个{label}都叫“{value}”，请从列表中选定。")
        raise FieldError(self._missing(field, label, value))

    def _missing(self, field: Reference, label: str, value: Any) -> str:
        if field.within:
            return f"所选的客户没有{label}“{value}”。" if isinstance(value, str) else f"这位{label}不属于所选的客户。"
        return f"没有找到{label}“{value}”。" if isinstance(value, str) else f"没有找到{label}，可能已被删除。"

    def _region(self, field: Region, value: Any) -> str:
        self._regions_asked += 1
        for by in ("code", "full_name", "name"):
            found = self._regions_called(by, value)
            if len(found) == 1 or (found and by != "name"):
                return found[0]
            if found:
                return self._same_name(field, value, found)
        raise FieldError(f"没有“{value}”这个区域，请从区域列表中选择。")

    def _regions_called(self, by: str, value: str) -> list[str]:
        """Codes of at most three regions, the highest first; read all at once when an import asks for many."""
        if self._regions_asked > FEW_REGIONS:
            return self.remember("regions", by, lambda: self._all_regions(by)).get(str(value), [])
        sql = f"SELECT code FROM regions WHERE {by} = ? ORDER BY level, code LIMIT {MOST_REGIONS}"
        rows = self._database.query(sql, (value,))
        return [str(row["code"]) for row in rows]

    def _all_regions(self, by: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name, code in self._database.query(f"SELECT {by}, code FROM regions ORDER BY level, code"):
            if len(found[name]) < MOST_REGIONS:
                found[name].append(code)
        return dict(found)

    def _same_name(self, field: Region, value: str, codes: list[str]) -> str:
        """北京市 the province and 北京市 its grouping row are one place; two 朝阳区 are not."""
        if all(code.startswith(codes[0][:2]) and codes[0].endswith("0000") for code in codes):
            return codes[0]
        raise FieldError(f"有多个区域都叫“{value}”，请写上省市，例如“吉林省长春市朝阳区”。")


def asked(database: Connections, entity: Entity, query: Query) -> str:
    """What a query asks, as a sentence with the words behind ids, and what is no longer there."""
    return sentence(
        entity, query, lambda field, value: gone.said(database, field, value, words(database, field, value))
    )


def words(database: Connections, field: Field, value: Any) -> str:
    """A raw value as people read it; a name that somebody typed stays what it is, a number is written as ever."""
    expression = text_expression(field, "v")
    if expression is None:
        return _formatted(field, value)
    if isinstance(value, str) and not isinstance(field, Region):
        return value  # SQLite would take "12" for the id 12
    sql = f"SELECT {expression} FROM (SELECT ? AS {quote(field.name)}) v"
    return database.value(sql, (value,)) or (value if isinstance(value, str) else "")


def _formatted(field: Field, value: Any) -> str:
    """A number that was typed is in the field's own unit; a wrong one stays as it was typed."""
    if field.sql_type != "INTEGER" or not isinstance(value, str):
        return field.format(value)
    try:
        return field.format(field.parse(value.strip(), date.min))  # no number depends on the day
    except FieldError:
        return value
