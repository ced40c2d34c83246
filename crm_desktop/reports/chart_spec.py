"""A chart to be drawn: its groups, its series and the words around it, whatever the figures come from."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["ring", "line", "stacked", "bars"]
Unit = Literal["count", "percent", "score", "days"]


@dataclass(frozen=True)
class Series:
    """One row of values, one a group; None where there is nothing to show (no score in a month without answers)."""

    name: str
    values: tuple[float | None, ...]
    colour: str = ""
    """``#rrggbb`` of a grade; without it the palette's next."""
    unit: Unit = "count"
    """``percent`` values are shares of 1; a line chart may mix percent and score, each with its own axis."""


@dataclass(frozen=True)
class Chart:
    """``ring``: one value a series. ``line``: series over groups. ``stacked``: series add up in each group.

    ``bars``: series side by side, lying, for names that need room.
    """

    kind: Kind
    title: str
    groups: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    """A line under the chart: the formula of what is shown."""
    message: str = ""
    """Said instead of a drawing when there is too little to draw."""
