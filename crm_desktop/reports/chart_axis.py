"""The axes of a chart: round numbers beside it, and group names under it that never overlap nor lose characters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from crm_desktop.reports.chart_sheet import LINE, Box, drawable, em, text_box
from crm_desktop.reports.chart_spec import Unit
from crm_desktop.reports.fonts import SANS, advances
from crm_desktop.reports.linebreak import Paragraph, fill

IN_TIME = re.compile(r"\d{4}")
"""How groups begin that follow one another in time: leaving some out loses nothing."""
GAP = 4.0
"""Points between two names."""
MOST_LINES = 3
SIZES = (8.0, 7.0, 6.0)
"""Of the names under an axis, in points."""


@dataclass(frozen=True)
class Scale:
    """From ``low`` to ``high``, with a line at each tick."""

    low: float
    high: float
    ticks: tuple[float, ...]
    unit: Unit

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def labels(self) -> list[str]:
        return [tick_text(tick, self.unit) for tick in self.ticks]


@dataclass(frozen=True)
class Name:
    """A group's name, set in lines; ``x`` is its middle, for a turned one its left edge."""

    place: int
    x: float
    lines: list[str]
    size: float
    turned: bool

    def box(self, y: float) -> Box:
        return text_box(self.x, y, self.lines, self.size, "center", turned=self.turned)


def value_text(value: float, unit: Unit) -> str:
    """A number as it stands beside a bar or a point."""
    if unit == "percent":
        return f"{value:.1%}".replace(".0%", "%")
    if unit == "score":
        return f"{value:.2f}"
    digits = 0 if value == int(value) else 1
    return f"{value:,.{digits}f}" + ("天" if unit == "days" else "")


def tick_text(value: float, unit: Unit) -> str:
    """A number as it stands beside an axis."""
    if unit == "percent":
        return f"{value:.0%}"
    return f"{value:,.10g}"


def scale(unit: Unit, values: Iterable[float], room: float, size: float) -> Scale:
    """An axis ``room`` points long; shares go from 0 to 100 %, scores from 1 to 5."""
    most = max(1, int(room / (size * LINE * 1.4)))
    if unit == "score":
        step = 1 if most >= 4 else 2 if most >= 2 else 4
        return Scale(1, 5, tuple(range(1, 6, step)), unit)
    known = list(values)
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    if unit == "percent" and low >= 0 and high <= 1 + 1e-9:
        parts = next(parts for parts in (4, 2, 1) if parts <= most)  # as many as a score has
        return Scale(0, 1, tuple(tick / parts for tick in range(parts + 1)), unit)
    width = _step((high - low) / most, whole=unit == "count")
    first, last = floor(low / width), max(ceil(high / width), floor(low / width) + 1)
    return Scale(first * width, last * width, tuple(tick * width for tick in range(first, last + 1)), unit)


def _step(least: float, whole: bool) -> float:
    """The smallest of 1, 2, 5, 10, 20 … that is at least ``least``."""
    if least <= 0 or (whole and least <= 1):
        return 1
    power = 10.0 ** floor(log10(least))
    return next(power * lead for lead in (1, 2, 5, 10) if power * lead >= least * (1 - 1e-9))


def names(groups: Sequence[str], axis: Box, limits: tuple[float, float], room: float) -> list[Name]:
    """The names under the groups of ``axis``: on one line, else wrapped, turned, smaller, or some left out.

    Of months and the like some are left out rather than turned. ``limits`` are the left and right edges that
    none may cross, ``room`` how deep turned ones may reach. The first and the last name are always there, unless
    there is not even room for two.
    """
    if not groups:
        return []
    texts = [drawable(group) for group in groups]
    slot = axis.width / len(texts)
    paragraphs = [Paragraph(text, advances(SANS)) for text in texts]
    in_time = all(map(IN_TIME.match, texts))
    for step, size in _steps(len(texts), in_time):
        for candidate in _candidates(paragraphs, step, slot, size, room, in_time):
            placed = [_placed(axis, slot, size, limits, *each) for each in candidate]
            if _are_apart(placed, limits):
                return placed
    first = fill(texts[0], max((limits[1] - limits[0]) / SIZES[0], 1.5), advances(SANS)) or [""]
    return [_placed(axis, slot, SIZES[0], limits, 0, first, False)]


Setting = list[tuple[int, list[str], bool]]


def _steps(count: int, in_time: bool) -> Iterator[tuple[int, float]]:
    """Which names to try, every 1st, 2nd …, and in which size: all of them at any size before some of them."""
    if in_time:
        whole = [step for step in (1, 2, 3, 4, 6, *range(12, count, 12)) if step < count]
        yield from ((step, SIZES[0]) for step in (*whole, max(count - 1, 1)))
    else:
        yield from ((1, size) for size in SIZES)
        yield from ((step, SIZES[0]) for step in range(2, count))


def _candidates(
    paragraphs: Sequence[Paragraph], step: int, slot: float, size: float, room: float, in_time: bool
) -> Iterator[Setting]:
    """Ways to set every ``step``-th name, the best first; places, lines, and whether they are turned."""
    places = list(range(0, len(paragraphs) - 1, step))
    if len(places) > 1 and len(paragraphs) - 1 - places[-1] < step:
        places.pop()  # too near to the last one, which always stays
    places.append(len(paragraphs) - 1)
    yield [(place, [paragraphs[place].text], False) for place in places]
    limit = (slot * step - GAP) / size
    if limit > 1.5 and all(0 < paragraphs[place].count(limit) <= MOST_LINES for place in places):
        yield [(place, paragraphs[place].lines(limit), False) for place in places]
    if not in_time:
        lines = [paragraphs[place].lines(max(room / size, 1.5)) for place in places]
        yield [(place, each, True) for place, each in zip(places, lines, strict=True)]


def _placed(
    axis: Box, slot: float, size: float, limits: tuple[float, float], place: int, lines: list[str], turned: bool
) -> Name:
    """Centred under its group, as far as the limits allow."""
    middle = axis.left + (place + 0.5) * slot
    if turned:
        return Name(place, middle - len(lines) * LINE * size / 2, lines, size, True)
    half = max(map(em, lines)) * size / 2
    middle = max(min(middle, limits[1] - half), limits[0] + half)
    return Name(place, middle, lines, size, False)


def _are_apart(placed: Sequence[Name], limits: tuple[float, float]) -> bool:
    boxes = [name.box(0) for name in placed]
    gap = 0 if placed[0].turned else GAP
    inside = all(limits[0] - 1e-6 <= box.left and box.right <= limits[1] + 1e-6 for box in boxes)
    return inside and all(left.right + gap <= right.left + 1e-6 for left, right in pairwise(boxes))
