"""What was copied in a spreadsheet: its cells, whether a row of headings came along, what does not fit."""

import csv
from collections.abc import Sequence
from io import StringIO

FEWEST_HEADINGS = 2
"""One word alone may be a value that is called like a column."""
Rows = list[list[str]]


def parse(text: str) -> Rows:
    """Cells as Excel puts them on the clipboard: tabs between, quotes around those with line breaks."""
    return [row for row in csv.reader(StringIO(text, newline=""), delimiter="\t") if row]


def by_headings(rows: Rows, labels: Sequence[str]) -> tuple[Rows, list[str]] | None:
    """The rows below a row of headings, in the order of the columns, and the headings no column has.

    None when the first row is none: most of its words must be labels.
    """
    if len(rows) < 2:
        return None
    places = {_word(label): place for place, label in enumerate(labels)}
    words = [_word(cell) for cell in rows[0]]
    known = [places[word] for word in words if word in places]
    filled = [word for word in words if word]
    if len(known) < FEWEST_HEADINGS or len(known) * 2 <= len(filled) or len(set(known)) < len(known):
        return None
    moved = []
    for row in rows[1:]:
        line = [""] * len(labels)
        for word, cell in zip(words, row, strict=False):
            if word in places:
                line[places[word]] = cell
        moved.append(line)
    return moved, [word for word in filled if word not in places]


def beyond(rows: Rows, room: int) -> int:
    """How many filled cells have no column any more."""
    return sum(bool(cell.strip()) for row in rows for cell in row[room:])


def _word(text: str) -> str:
    return "".join(text.split()).removesuffix("*").removesuffix("：")
