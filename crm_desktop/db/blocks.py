"""Which of very many records share a word and so are worth comparing: sorted by SQLite, on disk, not in memory."""

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from crm_desktop.db.connection import explained

LARGEST = 12
"""Records in a block: a word that more of them share is a common one, and says little about any two."""
INSTRUCTIONS = 100_000
"""Of SQLite's machine, between two looks at whether somebody has cancelled."""
PIECE = 50_000
"""Words read between two steps of the progress."""
CREATE = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA temp_store = FILE",
          "CREATE TABLE words (word INTEGER NOT NULL, id INTEGER NOT NULL)",
          "CREATE TABLE pairs (one INTEGER NOT NULL, other INTEGER NOT NULL)",
          "CREATE TABLE each_once (one INTEGER NOT NULL, other INTEGER NOT NULL)",
          "CREATE TABLE records (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")  # fmt: skip
BY_WORD = "SELECT word, id FROM words ORDER BY word, id"
EACH_ONCE = "INSERT INTO each_once SELECT DISTINCT one, other FROM pairs ORDER BY one, other"
TOGETHER = """SELECT p.one, p.other, a.content, b.content FROM each_once p
 CROSS JOIN records a ON a.id = p.one CROSS JOIN records b ON b.id = p.other"""


class Blocks:
    """Use it as a context: its file has no name, and goes at the end whatever happens.

    Once ``cancelled``, whatever SQLite is at is broken off with a DatabaseError: sorting millions of words is one step.
    """

    def __init__(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        with explained():
            self._connection = sqlite3.connect("", isolation_level=None)
            for statement in CREATE:
                self._connection.execute(statement)
            self._connection.set_progress_handler(cancelled, INSTRUCTIONS)
        self._words = 0

    def __enter__(self) -> "Blocks":
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def add(self, records: Sequence[tuple[int, tuple[Any, ...], Iterable[str]]]) -> None:
        """(id, what it is compared by, its words) of each; what it is compared by comes back from ``pairs``."""
        self._insert("records", ((id, marshal.dumps(content)) for id, content, _ in records))
        self._words += self._insert("words", ((hash(word), id) for id, _, words in records for word in words))

    def pair(self, on_progress: Callable[[int, int], object] = lambda done, total: None) -> int:
        """Put everything that shares a word, but no common one, in pairs; returns how many different ones there are.

        ``on_progress`` hears how many words have been read, of how many.
        """
        with explained():
            rows = self._counted(self._connection.execute(BY_WORD), on_progress)
            found = (pair for _, block in groupby(rows, itemgetter(0)) for pair in _pairs(block))
            self._insert("pairs", found)
            return self._connection.execute(EACH_ONCE).rowcount

    def pairs(self) -> Iterator[tuple[int, int, tuple[Any, ...], tuple[Any, ...]]]:
        """(id, id, content, content) of all pairs, each once, the smaller id first."""
        with explained():
            for one, other, ones, others in self._connection.execute(TOGETHER):
                yield one, other, marshal.loads(ones), marshal.loads(others)

    def _counted(
        self, rows: Iterable[tuple[int, int]], on_progress: Callable[[int, int], object]
    ) -> Iterator[tuple[int, int]]:
        for done, row in enumerate(rows):
            if done % PIECE == 0:
                on_progress(done, self._words)
            yield row

    def _insert(self, table: str, rows: Iterable[tuple[int, Any]]) -> int:
        """How many."""
        with explained():
            self._connection.execute("BEGIN")
            number = self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows).rowcount
            self._connection.execute("COMMIT")
        return number


def _pairs(block: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    ids: list[int] = []
    for _, id in block:
        ids.append(id)
        if len(ids) > LARGEST:
            return  # groupby passes over the rest
    yield from combinations(ids, 2)
