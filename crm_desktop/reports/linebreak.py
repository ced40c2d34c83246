"""Sets Chinese text in lines of a length in em: as full as possible, or broken where a reader would break."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from crm_desktop.models.line_breaks import COMMON_WORDS, tokens

_RESTS = (*COMMON_WORDS.split("|"), *"省市区县旗盟州镇乡村路街巷弄号院楼座栋幢层室厂，。、；：）) \u3000")
_NUMBERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

# Costs of a break, against the squared empty share of the line it ends.
UNKIND_BREAK = 0.25  # in the middle of a name
SHORT_END = 0.25  # times the squared empty share of the last line
ORPHAN, ORPHAN_LENGTH = 0.4, 4


def _rests_between(before: str, after: str) -> bool:
    """A reader would pause here: after 路, 号, 公司 …, but not inside A座1606室."""
    return before.endswith(_RESTS) and not (before[0] in _NUMBERS and after[0] in _NUMBERS)


def fill(text: str, limit: float, advance: Mapping[str, float]) -> list[str]:
    """Break table text at ``limit`` em, lines as full as possible; long words are cut, nothing is lost."""
    lines: list[str] = []
    line, used = "", 0.0
    for token in tokens(text):
        length = sum(map(advance.__getitem__, token))
        if line and used + length > limit:
            lines.append(line)
            line, used = "", 0.0
        if length > limit:
            *full, token = _cut(token, limit, advance)
            lines += full
            length = sum(map(advance.__getitem__, token))
        line += token
        used += length
    return [*lines, line] if line else lines


def _cut(token: str, limit: float, advance: Mapping[str, float]) -> list[str]:
    parts, used = [""], 0.0
    for char in token:
        if parts[-1] and used + advance[char] > limit:
            parts.append("")
            used = 0.0
        parts[-1] += char
        used += advance[char]
    return parts


class Paragraph:
    """A text measured once and then broken for several line lengths, in em."""

    def __init__(self, text: str, advance: Mapping[str, float]) -> None:
        self.text = text
        self.advance = advance
        self.length = sum(map(advance.__getitem__, text))
        self._tokens: list[str] = []
        self._ends: list[float] = []
        self._break_costs: list[float] = []  # of ending a line before each token
        self._longest = 0.0

    def _measure(self) -> None:
        """Most texts fit on one line, so the pieces are measured only when somebody asks."""
        self._tokens = tokens(self.text)
        lengths = [sum(map(self.advance.__getitem__, token)) for token in self._tokens]
        self._longest = max(lengths)
        self._ends = [0.0, *accumulate(lengths)]
        pairs = zip(self._tokens, self._tokens[1:], strict=False)
        self._break_costs = [0.0, *(0.0 if _rests_between(*pair) else UNKIND_BREAK for pair in pairs)]

    def count(self, limit: float) -> int:
        """How many lines of ``limit`` em it needs; 0 when a piece is longer than a line."""
        if self.length <= limit:
            return 1
        if not self._ends:
            self._measure()
        if self._longest > limit:
            return 0
        return self._count_from(0, limit)

    def lines(self, limit: float) -> list[str]:
        """As few lines as possible, broken where a reader would break and without an orphan."""
        if self.length <= limit:
            return [self.text]
        count = self.count(limit)
        if not count:
            return [line.rstrip() for line in fill(self.text, limit, self.advance)]
        _, cuts = self._best(0, count, limit, {})
        starts = [0, *cuts]
        return ["".join(self._tokens[a:b]).rstrip() for a, b in zip(starts, [*cuts, None], strict=True)]

    def _reach(self, start: int, limit: float) -> int:
        return bisect_right(self._ends, self._ends[start] + limit + 1e-9) - 1

    def _best(
        self, start: int, count: int, limit: float, known: dict[tuple[int, int], tuple[float, list[int]]]
    ) -> tuple[float, list[int]]:
        """Cost and cuts of the best way to set the pieces from ``start`` on in ``count`` lines."""
        if count == 1:
            empty = 1 - (self._ends[-1] - self._ends[start]) / limit
            is_orphan = len("".join(self._tokens[start:])) <= ORPHAN_LENGTH
            return SHORT_END * empty * empty + (ORPHAN if is_orphan else 0.0), []
        if (start, count) in known:
            return known[start, count]
        best: tuple[float, list[int]] = (float("inf"), [])
        needed = self._ends[-1] - (count - 1) * limit - 1e-9  # what must stand above for the rest to fit
        for cut in range(self._reach(start, limit), start, -1):
            if self._ends[cut] < needed:
                break
            if self._count_from(cut, limit) > count - 1:
                continue
            empty = 1 - (self._ends[cut] - self._ends[start]) / limit
            cost = empty * empty + self._break_costs[cut]
            if cost < best[0]:
                rest_cost, cuts = self._best(cut, count - 1, limit, known)
                if cost + rest_cost < best[0]:
                    best = cost + rest_cost, [cut, *cuts]
        known[start, count] = best
        return best

    def _count_from(self, start: int, limit: float) -> int:
        lines, last = 0, len(self._tokens)
        while start < last:
            start = self._reach(start, limit)
            lines += 1
        return lines
