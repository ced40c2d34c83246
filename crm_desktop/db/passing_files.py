"""Files that lie beside the live database only while something is done, and what a crash has left of them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from crm_desktop.db.connection import beside

RESTORING = ".restoring"
PLAIN = ".plain"
PARTIAL = ".part"
OF_SQLITE = ("-wal", "-shm", "-journal", "")


@contextmanager
def passing_copy(live: Path) -> Iterator[Path]:
    """A name beside ``live`` for an unencrypted copy, which is removed in every case.

    It never lies on the stick: what was once written there can be read again after it was deleted.
    """
    copy = live.with_name(f"{live.name}.{secrets.token_hex(4)}{PLAIN}")
    try:
        yield copy
    finally:
        with suppress(OSError):  # what cannot be removed now goes at the next start
            remove_database(copy)


def remove_database(path: Path) -> None:
    """A database file and what SQLite keeps beside it: a log left alone would be taken for the next file's."""
    for ending in OF_SQLITE:
        beside(path, ending).unlink(missing_ok=True)


def remove_leftovers(live: Path) -> None:
    """Remove what a backup or a restore that was cut off has left beside the live file."""
    name = escape(live.name)
    for pattern in (f"{name}{RESTORING}*", f"{name}.*{PLAIN}*", f"{name}{PARTIAL}*"):
        for file in live.parent.glob(pattern):
            with suppress(OSError):
                file.unlink()
