"""What a clerk orders of a document: which pages, how often, from which tray, and when to stop for more paper."""

from collections.abc import Iterator
from dataclasses import dataclass

MOST_COPIES, MOST_SHEETS = 999, 9999
HALF_WIDTH = str.maketrans("０１２３４５６７８９－—–～", "0123456789----")


@dataclass(frozen=True)
class PrintOrder:
    """``first`` and ``last`` page count from 1; ``pause`` is after how many sheets the run waits, 0 for never.

    Copies come collated: all pages once, then all pages again.
    """

    printer: str
    first: int
    last: int
    copies: int = 1
    pause: int = 0
    tray: str = ""
    """In the driver's words, "" leaves the choice to the printer."""

    @property
    def pages(self) -> int:
        return self.last - self.first + 1

    @property
    def sheets(self) -> int:
        return self.pages * self.copies

    def fills(self) -> Iterator[list[tuple[int, int, int]]]:
        """What is sent between two pauses, each a list of (first page, last page, copies)."""
        if not self.pause or self.pause >= self.sheets:
            yield [(self.first, self.last, self.copies)]
            return
        for start in range(0, self.sheets, self.pause):
            yield list(self._ranges(start, min(start + self.pause, self.sheets)))

    def after(self, sheets: int) -> "PrintOrder | None":
        """What is left of the copy that was being made when so many sheets had gone out; None at the end of a copy.

        How many whole copies are left then, ``copies_after`` says.
        """
        done = sheets % self.pages
        if not done or sheets >= self.sheets:
            return None
        return PrintOrder(self.printer, self.first + done, self.last, 1, self.pause, self.tray)

    def copies_after(self, sheets: int) -> int:
        """Copies that were not begun when so many sheets had gone out."""
        return self.copies - -(-sheets // self.pages)

    def pages_after(self, sheets: int) -> tuple[int, int] | None:
        """First and last page that came out at least once of so many sheets; None of no sheet."""
        return (self.first, self.first + min(sheets, self.pages) - 1) if sheets else None

    def _ranges(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The sheets from ``start`` up to ``end``, cut where a copy ends."""
        while start < end:
            page = start % self.pages
            length = min(end - start, self.pages - page)
            yield self.first + page, self.first + page + length - 1, 1
            start += length


def parse_pages(text: str, count: int) -> tuple[int, int]:
    """ "3", "2-5", "3-" (to the end) → first and last page; ValueError with a sentence for anything else."""
    first, dash, last = text.translate(HALF_WIDTH).strip().partition("-")
    try:
        numbers = int(first), int(last) if last.strip() else count if dash else int(first)
    except ValueError:
        raise ValueError("页码应写成 3、2-5，或 3-（从第 3 张起）。") from None
    if not 1 <= numbers[0] <= numbers[1] <= count:
        raise ValueError(f"页码应在 1 到 {count} 之间。")
    return numbers


def parse_number(text: str, least: int, most: int, what: str) -> int:
    """A whole number within its limits; ValueError with a sentence that names ``what``."""
    typed = text.translate(HALF_WIDTH).strip()
    if not (typed.isascii() and typed.isdigit() and least <= int(typed[:9]) <= most):
        raise ValueError(f"{what}应是 {least} 到 {most} 的整数。")
    return int(typed)
