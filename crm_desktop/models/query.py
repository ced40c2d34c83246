"""What to look for: a quick-search text, conditions, an order and a page."""

import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Condition:
    """One comparison; ``value`` is typed text, a raw value, a pair for ``between`` or a list for ``in``."""

    field: str
    operator: str = "="
    value: typing.Any = None


@dataclass(frozen=True)
class All:
    """Every part holds (并且)."""

    parts: tuple["AnyCondition", ...]


@dataclass(frozen=True)
class Any:
    """At least one part holds (或者)."""

    parts: tuple["AnyCondition", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold (非)."""

    part: "AnyCondition"


@dataclass(frozen=True)
class Related:
    """Some (or, with ``exists=False``, no) record of ``entity`` that refers to this one matches ``query``.

    Where this one refers to ``entity`` itself, it is the record referred to that matches, or does not.
    """

    entity: str
    query: "Query"
    exists: bool = True


AnyCondition: typing.TypeAlias = "Condition | All | Any | Not | Related"


@dataclass(frozen=True)
class Query:
    """``order`` is a field name, with ``-`` for descending; ``after`` is a page's ``next``."""

    text: str = ""
    conditions: Sequence[AnyCondition] = ()
    order: str = ""
    limit: int = 100
    after: Sequence[typing.Any] | None = None


@dataclass
class Page:
    """Rows of one page; ``next`` goes into ``Query.after`` for the following one, None at the end."""

    rows: list[dict[str, typing.Any]]
    next: list[typing.Any] | None
    count_all: Callable[[], int] = field(repr=False, compare=False, default=lambda: 0)

    @cached_property
    def total(self) -> int:
        """All matching records, counted when first asked."""
        return self.count_all()


@dataclass(frozen=True)
class Count:
    """``n`` records match; when not ``exact`` there are more than ``n``."""

    n: int
    exact: bool

    def __str__(self) -> str:
        return f"{self.n:,}" if self.exact else f"{self.n:,}+"


Values = Mapping[str, typing.Any]


def entities_asked(conditions: Sequence[AnyCondition]) -> set[str]:
    """Every entity on another side that the conditions speak of: who asks must be allowed to look at it."""
    found: set[str] = set()
    for each in conditions:
        match each:
            case All(parts) | Any(parts):
                found |= entities_asked(parts)
            case Not(part):
                found |= entities_asked((part,))
            case Related(entity, query):
                found |= {entity} | entities_asked(query.conditions)
    return found
