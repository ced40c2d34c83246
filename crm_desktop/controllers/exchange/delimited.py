"""Split delimited text (.csv, .txt) into rows of cells, whichever of the usual delimiters it uses."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

DELIMITERS = ",\t;"
SAMPLE_ROWS = 50


class UnbalancedQuotes(ValueError):
    """A quotation mark is opened or closed in the wrong place; ``line`` is the 1-based line of the text."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def rows(text: str) -> Iterator[list[object]]:
    """Each record as Excel would show it, blank lines included; raises UnbalancedQuotes."""
    delimiter, text = _delimiter(text)
    # Strict, because otherwise a forgotten quotation mark silently swallows every row after it.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise UnbalancedQuotes(reader.line_num) from error


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter and what is left to read: Excel's own ``sep=;`` line, or the most regular candidate."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first[4], rest
    return max(DELIMITERS, key=lambda candidate: _regularity(text, candidate)), text


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """How many sample rows share the commonest width above one, and that width."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for row in islice(reader, SAMPLE_ROWS) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
