"""Which of very many records share a word and so are worth comparing: sorted by SQLite, on disk, not in memory."""

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from crm_desktop.db.connection import explained

LARGEST = 12
"""Records in a block: a word that more of them share is a common one, and says little about any two."""
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
    """Use it as a context: its file has no name, and goes at the end whatever happens."""

    def __init__(self) -> None:
        with explained():
            self._connection = sqlite3.connect("", isolation_level=None)
            for statement in CREATE:
                self._connection.execute(statement)

    def __enter__(self) -> "Blocks":
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def add(self, records: Sequence[tuple[int, tuple[Any, ...], Iterable[str]]]) -> None:
        """(id, what it is compared by, its words) of each; what it is compared by comes back from ``pairs``."""
        self._insert("records", ((id, marshal.dumps(content)) for id, content, _ in records))
        self._insert("words", ((hash(word), id) for id, _, words in records for word in words))

    def pair(self) -> int:
        """Put everything that shares a word, but no common one, in pairs; returns how many different ones there are."""
        with explained():
            rows = self._connection.execute(BY_WORD)
            found = (pair for _, block in groupby(rows, itemgetter(0)) for pair in _pairs(block))
            self._insert("pairs", found)
            return self._connection.execute(EACH_ONCE).rowcount

    def pairs(self) -> Iterator[tuple[int, int, tuple[Any, ...], tuple[Any, ...]]]:
        """(id, id, content, content) of all pairs, each once, the smaller id first."""
        with explained():
            for one, other, ones, others in self._connection.execute(TOGETHER):
                yield one, other, marshal.loads(ones), marshal.loads(others)

    def _insert(self, table: str, rows: Iterable[tuple[int, Any]]) -> None:
        with explained():
            self._connection.execute("BEGIN")
            self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
            self._connection.execute("COMMIT")


def _pairs(block: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    ids: list[int] = []
    for _, id in block:
        ids.append(id)
        if len(ids) > LARGEST:
            return  # groupby passes over the rest
    yield from combinations(ids, 2)
