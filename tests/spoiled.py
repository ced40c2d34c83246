"""Damage that no program of ours would do."""

import sqlite3
from contextlib import closing
from pathlib import Path


def empty_index(path: Path, name: str) -> None:
    """An index of one page, of a file that nobody has open, loses its entries: the page says that it has no cells."""
    with closing(sqlite3.connect(path)) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as raw:
        raw.seek((page - 1) * size)
        header = bytearray(raw.read(8))
        header[3:5], header[5:7] = b"\0\0", size.to_bytes(2, "big")
        raw.seek((page - 1) * size)
        raw.write(header)
