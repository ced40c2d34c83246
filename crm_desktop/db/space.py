"""Gives the room of removed records back to the disk."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from crm_desktop.db.connection import Connections, connect_existing, explained

INSTRUCTIONS = 10_000
"""Of SQLite's machine, between two looks at whether somebody has cancelled."""


def size(database: Connections) -> int:
    """Bytes of the database, free pages included."""
    return int(database.value("PRAGMA page_count")) * int(database.value("PRAGMA page_size"))


def give_back(database: Connections, cancelled: Callable[[], bool] = lambda: False) -> int:
    """Shrink the file to what it holds and return how many bytes that gave; DatabaseError leaves it as it was.

    On a connection of its own, whose temporary copy lies on the disk: a large office would not fit into memory.
    """
    before = size(database)
    with explained(), closing(connect_existing(database.path)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.set_progress_handler(cancelled, INSTRUCTIONS)
        connection.execute("VACUUM")
        connection.set_progress_handler(None, 0)
        fold_back(connection)
    return before - size(database)


def fold_back(connection: sqlite3.Connection) -> None:
    """The rewritten pages stand in the write-ahead log until then; a reader that is busy lets it wait."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
