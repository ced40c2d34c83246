"""What the rows of an analysis stand for: months, provinces, dictionary items, operators, and the records of each."""

from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import column
from crm_desktop.models import Any as AnyOf
from crm_desktop.models import Condition, Entity
from crm_desktop.models.analysis import UNSET, Dimension
from crm_desktop.models.fields import Choice, Region, Timestamp
from crm_desktop.models.of_customer import OF_CUSTOMER as CUSTOMER_FIELDS
from crm_desktop.models.periods import Span, fold, parts
from crm_desktop.models.query import AnyCondition
from crm_desktop.models.regions import ZONES, zone_of

Key = str | int
NONE: Key = ""
"""The group of records in which the field is not filled in."""
Counts = Mapping[Key, int]
PLACES = "SELECT code, parent, full_name FROM regions"
POSITIONS = "SELECT id, name FROM dictionary_items WHERE kind = ? ORDER BY position, id"
NAMES = "SELECT id, full_name AS name FROM operators ORDER BY full_name, id"


OF_CUSTOMER = frozenset(field.name for field in CUSTOMER_FIELDS)
"""What a customer settles: counting by customer first asks for each customer's value but once."""


def local_day(entity: Entity, field: str) -> str:
    """SQL for the day of a field that holds days or machine times."""
    source = column(field)
    return f"date({source}, 'localtime')" if isinstance(entity[field], Timestamp) else source


class Groups:
    """The values of one field as they are: items in their dictionary's order, operators by how many they have.

    ``value`` is SQL for what ``key`` takes.
    """

    def __init__(self, database: Connections, entity: Entity, dimension: Dimension) -> None:
        self.dimension = dimension
        self.value = column(dimension.field)
        field = entity[dimension.field]
        self.is_ordered = isinstance(field, Choice)
        rows = database.query(POSITIONS, (field.kind,)) if isinstance(field, Choice) else database.query(NAMES)
        self._names: dict[Key, str] = distinct({row["id"]: row["name"] for row in rows})

    @property
    def grouping(self) -> str:
        """SQL to group by, which may be finer than the groups."""
        return column("customer") if self.dimension.field in OF_CUSTOMER else self.value

    def key(self, raw: Any) -> Key:
        """The group that a value of the field belongs to."""
        return NONE if raw is None else raw

    def label(self, key: Key) -> str:
        return UNSET if key == NONE else self._names.get(key, str(key))

    def order(self, counts: Counts) -> list[Key]:
        """The rows to show: the dictionary's order, or the largest first; what is not filled in comes last."""
        known = [key for key in counts if key != NONE]
        if self.is_ordered:
            places = {key: place for place, key in enumerate(self._names)}
            known.sort(key=lambda key: places.get(key, len(places)))
        else:
            known.sort(key=lambda key: (-counts[key], self.label(key)))
        return known + [key for key in counts if key == NONE]

    def condition(self, key: Key) -> AnyCondition:
        """What holds for the records of a group and for no other."""
        if key == NONE:
            return Condition(self.dimension.field, "empty")
        return Condition(self.dimension.field, "=", key)


class Periods(Groups):
    """Months, quarters or years of a span, empty ones too."""

    def __init__(self, entity: Entity, dimension: Dimension, span: Span) -> None:
        self.dimension = dimension
        self.value = local_day(entity, dimension.field)
        self.spans: dict[Key, Span] = dict(parts(span, dimension.fold))

    def key(self, raw: Any) -> Key:
        return fold(raw, self.dimension.fold)

    def label(self, key: Key) -> str:
        return str(key)

    def order(self, counts: Counts) -> list[Key]:
        return list(self.spans)

    def condition(self, key: Key) -> AnyCondition:
        return within(self.dimension.field, self.spans[key])


class Places(Groups):
    """Provinces or cities, the largest first."""

    def __init__(self, database: Connections, dimension: Dimension) -> None:
        self.dimension = dimension
        self.value = column(dimension.field)
        self.is_ordered = False
        rows = database.query(PLACES)
        self._parents = {row["code"]: row["parent"] for row in rows}
        self._names = distinct({row["code"]: row["full_name"] for row in rows})

    def key(self, raw: Any) -> Key:
        path = self._path(raw)
        if self.dimension.fold == "zone":
            return zone_of(path[0]) if path else NONE
        depth = 1 if self.dimension.fold == "city" else 0
        return path[min(depth, len(path) - 1)] if path else NONE

    def _path(self, code: str | None) -> list[str]:
        """From the province down to the code."""
        path: list[str] = []
        while code:
            path.insert(0, code)
            code = self._parents.get(code)
        return path

    def label(self, key: Key) -> str:
        return str(key) if key in ZONES else super().label(key)

    def condition(self, key: Key) -> AnyCondition:
        field = self.dimension.field
        if key == NONE and self.dimension.fold != "zone":
            return Condition(field, "empty")
        if self.dimension.fold == "zone":
            return self._zone_condition(key)
        is_whole = self.dimension.fold == "province" or len(self._path(str(key))) > 1
        return Condition(field, "within" if is_whole else "=", key)

    def _zone_condition(self, key: Key) -> AnyCondition:
        """A 大区 is its provinces; what lies in none of them has none."""
        tops = [code for code, parent in self._parents.items() if not parent and zone_of(code) == key]
        within_tops = tuple(Condition(self.dimension.field, "within", code) for code in tops)
        return AnyOf(((Condition(self.dimension.field, "empty"),) if key == NONE else ()) + within_tops)


def groups(database: Connections, entity: Entity, dimension: Dimension, span: Span) -> Groups:
    """How a dimension's rows are made."""
    if dimension.is_time:
        return Periods(entity, dimension, span)
    if isinstance(entity[dimension.field], Region):
        return Places(database, dimension)
    return Groups(database, entity, dimension)


def within(field: str, span: Span) -> Condition:
    return Condition(field, "between", (span.start.isoformat(), span.end.isoformat()))


def distinct(names: Mapping[Any, str]) -> dict[Key, str]:
    """Two of one name are told apart by a number, so that rows and chart labels never melt together."""
    seen: dict[str, int] = {}
    told: dict[Key, str] = {}
    for key, name in names.items():
        seen[name] = seen.get(name, 0) + 1
        told[key] = name if seen[name] == 1 else f"{name}（{seen[name]}）"
    return told


def folded(rows: Iterable[Any], made: Groups) -> dict[tuple[Key, Any], int]:
    """(group, second column) → how many, from rows of value, second column and number."""
    sums: dict[tuple[Key, Any], int] = {}
    keys: dict[Any, Key] = {}
    for raw, second, number in rows:
        if raw not in keys:
            keys[raw] = made.key(raw)
        place = (keys[raw], second)
        sums[place] = sums.get(place, 0) + number
    return sums
