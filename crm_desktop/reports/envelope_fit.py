"""How large a text may be: balancing type size against lines, and composing the line with the name."""

from collections.abc import Mapping
from typing import NamedTuple

from crm_desktop.reports.linebreak import Paragraph
from crm_desktop.reports.pdf import MM

SMALLEST = 9.0  # pt: post office machines do not read less
STEP = 0.5
MOST_LINES = 3  # of the address and of the company, before the smallest size is reached
LINE_COST = 1.6  # a line more must be worth this many points of size
LEADING = 1.42
MIDDLE = 0.35  # em from the baseline up to the middle of a Chinese character
ASCENT, DESCENT = 0.85, 0.15  # em
NAME_GAP = 0.9  # em before 称谓 and 收
INNER_GAP = 0.45  # em inside a name of two characters: a full-width space would read as two words
ONE_LINE_SHARE = 0.75  # a name line may shrink to this share of its size before it takes two lines


class Placed(NamedTuple):
    """A line of text: start of the baseline in mm, ``spacing`` in pt after each character."""

    x: float
    y: float
    text: str
    font: str
    size: float
    spacing: float = 0.0


class Fit(NamedTuple):
    """Lines of text in one common size; not ``complete`` when the end had no room."""

    size: float
    lines: list[str]
    complete: bool

    @property
    def height(self) -> float:
        return height(len(self.lines), self.size)

    def placed(self, left: float, top: float, font: str) -> list[Placed]:
        """The lines from ``top`` mm downwards."""
        em = self.size / MM
        first = top + ASCENT * em
        step = LEADING * em
        return [Placed(left, first + n * step, line, font, self.size) for n, line in enumerate(self.lines)]


def height(lines: int, size: float) -> float:
    """Height in mm of a block of lines in ``size`` pt."""
    return (1 + (lines - 1) * LEADING) * size / MM


def fit(
    paragraphs: list[Paragraph], width: float, room: float, base: float, line_cost: float = LINE_COST
) -> Fit:
    """The best balance of large type and few lines in ``width`` × ``room`` mm.

    ``line_cost`` is how many points of size a line more must be worth; with little of it text is wrapped before it
    is set smaller.
    Nothing is set below ``SMALLEST``: there the lines may become more, and what has no room is left off.
    """
    best, best_size, size = float("-inf"), 0.0, base
    while size >= SMALLEST and size - line_cost * len(paragraphs) > best:
        counts = [paragraph.count(width * MM / size) for paragraph in paragraphs]
        lines = sum(counts)
        possible = 0 not in counts and max(counts) <= MOST_LINES and height(lines, size) <= room
        if possible and size - line_cost * lines > best:
            best, best_size = size - line_cost * lines, size
        size -= STEP
    size = best_size or SMALLEST
    lines_found = [line for paragraph in paragraphs for line in paragraph.lines(width * MM / size)]
    if best_size:
        return Fit(size, lines_found, True)
    allowed = max(1, int((room * MM / size - 1) / LEADING) + 1)
    return Fit(size, lines_found[:allowed], len(lines_found) <= allowed)


class NameBlock(NamedTuple):
    """Name, 称谓 and 收 in one size: rows of ``(offset, text, spacing)`` and each row's width, all in em."""

    size: float
    rows: list[list[tuple[float, str, float]]]
    widths: list[float]
    complete: bool

    @property
    def below(self) -> float:
        """Depth in mm from the first baseline to the bottom of the block."""
        return height(len(self.rows), self.size) - ASCENT * self.size / MM if self.rows else 0.0

    def placed(self, left: float, width: float, baseline: float, font: str) -> list[Placed]:
        """Centred in ``width`` mm; 0 sets it to the left."""
        em = self.size / MM
        placed = []
        for number, (row, length) in enumerate(zip(self.rows, self.widths, strict=True)):
            start = left + (width - length * em) / 2 if width else left
            y = baseline + number * LEADING * em
            for at, text, gap in row:
                placed.append(Placed(start + at * em, y, text, font, self.size, gap * self.size))
        return placed


def name_block(
    main: str, tail: list[str], width: float, base: float, advance: Mapping[str, float], most_rows: int = 2
) -> NameBlock:
    """Fit the name and what follows it into ``width`` mm: smaller first, then on two rows."""
    if not main:
        return NameBlock(base, [], [], True)
    tail_length = sum(NAME_GAP + sum(map(advance.__getitem__, text)) for text in tail)
    if tail_length * SMALLEST > width * MM / 2:
        main, tail = "　".join([main, *tail]), []
        tail_length = 0.0
    paragraph = Paragraph(main, advance)
    gap = INNER_GAP if len(main) == 2 and not main.isascii() else 0.0
    size = min(base, int(width * MM / (paragraph.length + gap + tail_length) / STEP) * STEP)
    if size >= max(SMALLEST, base * ONE_LINE_SHARE):
        return _rows(size, [main], tail, gap, advance, True)
    size = max(SMALLEST, base * ONE_LINE_SHARE)
    while size > SMALLEST and not 1 <= paragraph.count(width * MM / size - tail_length) <= most_rows:
        size = max(SMALLEST, size - STEP)
    lines = paragraph.lines(width * MM / size - tail_length)
    return _rows(size, lines[:most_rows], tail, 0.0, advance, len(lines) <= most_rows)


def _rows(
    size: float, lines: list[str], tail: list[str], gap: float, advance: Mapping[str, float], complete: bool
) -> NameBlock:
    rows = [[(0.0, line, gap)] for line in lines]
    widths = [sum(map(advance.__getitem__, line)) for line in lines]
    widths[-1] += gap
    for text in tail:
        rows[-1].append((widths[-1] + NAME_GAP, text, 0.0))
        widths[-1] += NAME_GAP + sum(map(advance.__getitem__, text))
    return NameBlock(size, rows, widths, complete)
