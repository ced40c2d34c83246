"""Times two ways of doing the same thing in turns, so that a busy machine disturbs both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[[], Any]


@dataclass(frozen=True)
class Row:
    """One goal: the ratio of the medians, and the spread of both."""

    goal: str
    work: str
    ours: list[float]
    anchor: list[float]
    wanted: str
    is_met: Callable[[float], bool]
    is_speedup: bool

    @property
    def ratio(self) -> float:
        ours, anchor = statistics.median(self.ours), statistics.median(self.anchor)
        return anchor / ours if self.is_speedup else ours / anchor

    def __str__(self) -> str:
        verdict = "yes" if self.is_met(self.ratio) else "NO"
        return (
            f"| {self.goal} | {self.work} | {self.ratio:,.2f}× | {self.wanted} | {verdict} |"
            f" {span(self.ours)} | {span(self.anchor)} |"
        )


def span(seconds: list[float]) -> str:
    """median (min–max) in milliseconds."""
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    return f"{middle * 1000:,.2f} ({low * 1000:,.2f}–{high * 1000:,.2f})"


def timed(work: Work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turns(ours: Work, anchor: Work, rounds: int) -> tuple[list[float], list[float]]:
    pairs = [(timed(ours), timed(anchor)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def speedup(goal: str, work: str, ours: Work, anchor: Work, at_least: float, rounds: int = 7) -> Row:
    """Ours should be at least so many times faster than the anchor."""
    times = in_turns(ours, anchor, rounds)
    return Row(goal, work, *times, f"≥ {at_least:g}×", lambda ratio: ratio >= at_least, is_speedup=True)


def cost(goal: str, work: str, ours: Work, anchor: Work, at_most: float, rounds: int = 5) -> Row:
    """Ours may cost at most so many times the anchor."""
    times = in_turns(ours, anchor, rounds)
    return Row(goal, work, *times, f"≤ {at_most:g}×", lambda ratio: ratio <= at_most, is_speedup=False)


HEADER = "| goal | work | ratio | wanted | met | ours, ms | anchor, ms |\n|---|---|---|---|---|---|---|"
