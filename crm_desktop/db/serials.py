"""Running numbers that never come back: one row a prefix, given out inside the caller's transaction."""

from crm_desktop.db.connection import Connections

TAKE = """INSERT INTO serials (prefix, last) VALUES (?, 1)
 ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last"""


def take(database: Connections, prefix: str) -> int:
    """The next number of a prefix (compared without case), starting at 1."""
    return int(database.execute(TAKE, (prefix.upper(),)).fetchall()[0][0])


def peek(database: Connections, prefix: str) -> int:
    """What ``take`` would give."""
    return int(database.value("SELECT last FROM serials WHERE prefix = ?", (prefix.upper(),)) or 0) + 1


def retire(database: Connections, code: str) -> None:
    """Remember a whole code that was typed by hand and purged, so that it is never given again."""
    database.execute("INSERT INTO serials (prefix, last) VALUES (?, 0) ON CONFLICT DO NOTHING", (f"={code.upper()}",))


def is_retired(database: Connections, code: str) -> bool:
    return database.one("SELECT 1 FROM serials WHERE prefix = ?", (f"={code.upper()}",)) is not None
