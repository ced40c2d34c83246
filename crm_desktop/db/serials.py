"""Running numbers that never come back: one row a prefix, given out inside the caller's transaction."""

import json
import re
from collections.abc import Iterable, Mapping

from crm_desktop.db.connection import Connections

COUNT_ON = """INSERT INTO serials (prefix, last) VALUES (?, ?)
 ON CONFLICT (prefix) DO UPDATE SET last = last + excluded.last"""
TAKE = f"{COUNT_ON} RETURNING last"
LAST = "SELECT prefix, last FROM serials WHERE prefix IN (SELECT value FROM json_each(?))"
COUNTERS = "SELECT prefix, last FROM serials WHERE last > 0"
DOCUMENT = re.compile(r"(.+-)([0-9]{1,9})")
RETIRE = "INSERT INTO serials (prefix, last) VALUES (?, 0) ON CONFLICT DO NOTHING"
RETIRED = "SELECT substr(prefix, 2) FROM serials WHERE prefix IN (SELECT '=' || value FROM json_each(?))"


def take(database: Connections, prefix: str, count: int = 1) -> int:
    """The first of the next ``count`` numbers of a prefix (compared without case), starting at 1."""
    last = int(database.execute(TAKE, (prefix.upper(), count)).fetchall()[0][0])
    return last - count + 1


def take_many(database: Connections, counts: Mapping[str, int]) -> dict[str, int]:
    """What ``take`` gives for each of many prefixes, in two statements."""
    database.executemany(COUNT_ON, [(prefix.upper(), count) for prefix, count in counts.items()])
    listed = json.dumps([prefix.upper() for prefix in counts])
    last = {row["prefix"]: row["last"] for row in database.query(LAST, (listed,))}
    firsts = {}
    for prefix, count in reversed(list(counts.items())):  # two that differ in case share a counter
        last[prefix.upper()] -= count
        firsts[prefix] = last[prefix.upper()] + 1
    return firsts


def peek(database: Connections, prefix: str) -> int:
    """What ``take`` would give."""
    return int(database.value("SELECT last FROM serials WHERE prefix = ?", (prefix.upper(),)) or 0) + 1


def retire(database: Connections, code: str) -> None:
    """Remember a whole code that was typed by hand and purged, so that it is never given again."""
    retire_all(database, [code])


def retire_all(database: Connections, codes: Iterable[str]) -> None:
    """The same for many; a document's number that the counter of its day has passed does not return anyway."""
    passed = {row["prefix"]: row["last"] for row in database.query(COUNTERS)}

    def is_passed(code: str) -> bool:
        match = DOCUMENT.fullmatch(code.upper())
        return match is not None and int(match[2]) <= passed.get(match[1], 0)

    database.executemany(RETIRE, ((f"={code.upper()}",) for code in codes if not is_passed(code)))


def retired(database: Connections, codes: Iterable[str]) -> set[str]:
    """Those of the codes that were retired, in capitals."""
    wanted = json.dumps([code.upper() for code in codes])
    return {row[0] for row in database.query(RETIRED, (wanted,))}
