"""Times two ways of doing the same thing in turns, so that a busy machine disturbs both alike."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Work = Callable[[], Any]
Statistic = Callable[[Sequence[float]], float]
UNITS = {"ms": 1000.0, "MB": 2.0**-20}
"""What a row is told in, from seconds or bytes."""


@dataclass(frozen=True)
class Row:
    """One goal: what ``of`` makes of our measurements against the median of the anchor's."""

    goal: str
    work: str
    ours: Sequence[float]
    anchor: Sequence[float]
    bound: float
    is_speedup: bool = False
    of: Statistic = statistics.median
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        ours, anchor = self.of(self.ours), statistics.median(self.anchor)
        return anchor / ours if self.is_speedup else ours / anchor

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.bound if self.is_speedup else self.ratio <= self.bound

    def __str__(self) -> str:
        wanted = f"{'≥' if self.is_speedup else '≤'} {self.bound:g}×"
        cells = (
            self.goal, self.work, f"{self.ratio:,.2f}×", wanted, "yes" if self.is_met else "NO",
            span(self.ours, self.unit), span(self.anchor, self.unit),
        )  # fmt: skip
        return f"| {' | '.join(cells)} |"


def span(values: Sequence[float], unit: str) -> str:
    """median (min–max)."""
    low, middle, high = (value * UNITS[unit] for value in (min(values), statistics.median(values), max(values)))
    return f"{middle:,.2f} ({low:,.2f}–{high:,.2f}) {unit}"


def percentile(share: float) -> Statistic:
    """The value that this share of all lie below."""
    return lambda values: sorted(values)[min(len(values) - 1, int(share * len(values)))]


def timed(work: Work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turns(ours: Work, anchor: Work, rounds: int) -> tuple[list[float], list[float]]:
    pairs = [(timed(ours), timed(anchor)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def speedup(goal: str, work: str, ours: Work, anchor: Work, at_least: float, rounds: int = 15) -> Row:
    """Ours should be at least so many times faster than the anchor."""
    return Row(goal, work, *in_turns(ours, anchor, rounds), at_least, is_speedup=True)


def cost(goal: str, work: str, ours: Work, anchor: Work, at_most: float, rounds: int = 5) -> Row:
    """Ours may cost at most so many times the anchor."""
    return Row(goal, work, *in_turns(ours, anchor, rounds), at_most)


HEADER = "| goal | work | ratio | wanted | met | ours | anchor |\n|---|---|---|---|---|---|---|"
