"""Whether a file is still the office it should be: gone, empty, cut off and damaged files are not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crm_desktop.db import schema
from crm_desktop.db.connection import explained, open_read_only

BEGINNING = b"SQLite format 3\0"
STEPS = 200_000
"""Instructions of SQLite's between two questions whether to go on, a few milliseconds."""
BROKEN = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
PAGES = "PRAGMA quick_check(1)"
INDEXES = "PRAGMA integrity_check(1)"
"""Six times as long."""


def is_lost(path: Path) -> bool:
    """Whether only a backup can help; a foreign, newer, closed or busy file has other remedies."""
    if not path.exists():
        return True
    if path.is_dir():
        return False
    if path.stat().st_size == 0:
        return True
    try:
        with closing(open_read_only(path)) as file:
            identity = file.execute("PRAGMA application_id").fetchone()[0]
            return identity == schema.application_id() and not _is_good(file, PAGES)
    except sqlite3.DatabaseError as error:
        return (getattr(error, "sqlite_errorname", "") or "").startswith(BROKEN)


def is_sound(path: Path, go_on: Callable[[], bool] = lambda: True) -> bool:
    """A quick look at every page of a file that may be in use; cut short, it has found nothing wrong.

    DatabaseError when it cannot be looked at.
    """
    return _examine(path, PAGES, go_on)


def has_true_indexes(path: Path, go_on: Callable[[], bool] = lambda: True) -> bool:
    """Whether every index of a sound file holds what its table holds; otherwise as ``is_sound``."""
    return _examine(path, INDEXES, go_on)


def _examine(path: Path, check: str, go_on: Callable[[], bool]) -> bool:
    with explained(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
        file.set_progress_handler(lambda: not go_on(), STEPS)
        try:
            return _is_good(file, check)
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            if name == "SQLITE_INTERRUPT":
                return True
            if name.startswith(BROKEN):
                return False
            raise


def looks_like_database(path: Path) -> bool:
    """Whether the file at least begins like one: a damaged office does, a letter that was mistaken for it does not."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return False


def _is_good(file: sqlite3.Connection, check: str) -> bool:
    return bool(file.execute(check).fetchone()[0] == "ok")
