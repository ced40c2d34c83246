"""The search for duplicates: what shares a word is compared, what is alike stands in groups, the likeliest first."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from crm_desktop.controllers.comparing import Kind
from crm_desktop.controllers.context import Context
from crm_desktop.db.blocks import Blocks
from crm_desktop.errors import CrmError, DatabaseError
from crm_desktop.models.likeness import LIKELY

OnProgress = Callable[[int, int, str], object]
Cancelled = Callable[[], bool]
LARGEST_GROUP = 4
"""As many records stand beside each other in a window."""
MOST_PAIRS = 5000
"""More than these nobody goes through; they are the likeliest."""
PIECE = 1000
READING, PAIRING, COMPARING = "正在读取…", "正在找可能的…", "正在比较…"
KNOWN = "SELECT one, other FROM not_duplicates WHERE entity = ?"


class SearchCancelled(CrmError):
    sentence = "已取消查重。"


class Pair(NamedTuple):
    """Two records, the older first; ``score`` is of 100."""

    score: int
    one: int
    other: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Records that may be one and the same, the oldest first."""

    ids: tuple[int, ...]
    score: int
    """Of the two that are most alike."""
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """``looked_through`` is the number of records; ``is_cut`` when there are more groups than are told."""

    groups: list[Group]
    looked_through: int
    is_cut: bool


class Search:
    """One run over the records of a kind; SearchCancelled when it is not wanted any more."""

    def __init__(self, context: Context, kind: Kind, on_progress: OnProgress, cancelled: Cancelled) -> None:
        self._context, self._kind = context, kind
        self._on_progress, self._cancelled = on_progress, cancelled

    def run(self) -> Found:
        try:
            with Blocks(self._cancelled) as blocks:
                number = self._fill(blocks)
                self._step(0, 0, PAIRING)
                total = blocks.pair(lambda done, words: self._step(done, words, PAIRING))
                pairs = heapq.nlargest(MOST_PAIRS + 1, self._alike(blocks, total))
        except DatabaseError:
            if self._cancelled():
                raise SearchCancelled from None
            raise
        return Found(grouped(pairs[:MOST_PAIRS]), number, len(pairs) > MOST_PAIRS)

    def _fill(self, blocks: Blocks) -> int:
        total, done = self._context.db.value(f"SELECT count(*) FROM {self._kind.entity.table}"), 0
        for ids in self._kind.batches(self._context):
            traits = self._kind.read(self._context, ids)
            blocks.add([(id, tuple(each), self._kind.blocks(each)) for id, each in traits.items()])
            done += len(ids)
            self._step(done, total, READING)
        return done

    def _alike(self, blocks: Blocks, total: int) -> Iterator[Pair]:
        known, make, compare = self._known(), self._kind.traits, self._kind.compare
        for done, (one, other, ones, others) in enumerate(blocks.pairs()):
            if done % PIECE == 0:
                self._step(done, total, COMPARING)
            found = compare(make(*ones), make(*others))
            if found.score >= LIKELY and (one, other) not in known:
                yield Pair(found.score, one, other, found.reasons)

    def _known(self) -> set[tuple[int, int]]:
        return {(row[0], row[1]) for row in self._context.db.query(KNOWN, (self._kind.entity.key,))}

    def _step(self, done: int, total: int, text: str) -> None:
        self._on_progress(done, total, text)
        if self._cancelled():
            raise SearchCancelled


def grouped(pairs: Sequence[Pair]) -> list[Group]:
    """Records of which any two are alike stand together, as many as fit; others come once those are dealt with.

    One that is like the first and not like the second stays out: a telephone that two firms share joins no groups.
    """
    known = {(pair.one, pair.other): pair for pair in pairs}
    members: dict[int, list[int]] = {}
    for pair in sorted(pairs, key=lambda each: (-each.score, each.one, each.other)):
        ones, others = members.get(pair.one, [pair.one]), members.get(pair.other, [pair.other])
        together = sorted({*ones, *others})
        if len(together) <= LARGEST_GROUP and all(each in known for each in combinations(together, 2)):
            members |= dict.fromkeys(together, together)
    found = {tuple(each) for each in members.values()}
    return sorted((_group(ids, [known[each] for each in combinations(ids, 2)]) for ids in found), key=_rank)


def _group(ids: tuple[int, ...], pairs: list[Pair]) -> Group:
    strongest_first = sorted(pairs, reverse=True)
    reasons: dict[str, Any] = dict.fromkeys(reason for pair in strongest_first for reason in pair.reasons)
    return Group(ids, strongest_first[0].score, tuple(reasons))


def _rank(group: Group) -> tuple[int, tuple[int, ...]]:
    return -group.score, group.ids
