"""Brings the shipped region list into a database and keeps the office's own changes through its updates."""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crm_desktop.db.connection import Connections
from crm_desktop.models.addresses import RegionIndex
from crm_desktop.models.regions import read_regions
from crm_desktop.paths import asset

Row = dict[str, Any]
FIELDS = ("parent", "level", "name", "full_name", "pinyin", "initials", "area_code", "postcode", "is_active")
MADE_FROM_NAME = {"full_name", "pinyin", "initials"}
INSERT = """INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode)
 VALUES (:code, :parent, :level, :name, :full_name, :pinyin, :initials, :area_code, :postcode)"""
NAMES = "SELECT code, parent, name, full_name, is_own, edited FROM regions"
BRANCH = f"""WITH RECURSIVE above(code) AS (
  SELECT ? UNION SELECT parent FROM regions JOIN above USING (code) WHERE parent IS NOT NULL),
 below(code) AS (SELECT ? UNION SELECT regions.code FROM regions JOIN below ON regions.parent = below.code)
{NAMES} WHERE code IN (SELECT code FROM above UNION SELECT code FROM below) ORDER BY level, code"""
"""A region with all that lies in it, and what it lies in itself."""
VERSION_KEY = "regions_version"
IN_USE = "SELECT code, parent, level, name FROM regions WHERE is_active = 1 ORDER BY code"


def region_index(database: Connections) -> RegionIndex:
    """What addresses are read with: the regions in use."""
    return RegionIndex((row["code"], row["parent"], row["level"], row["name"]) for row in database.query(IN_USE))


def shipped() -> Iterator[Row]:
    """The rows of assets/regions.csv as the table holds them; provinces come before their cities."""
    for row in read_regions(asset("regions.csv")):
        syllables = row.pinyin.split()
        yield {
            **row._asdict(),
            "parent": row.parent or None,
            "pinyin": "".join(syllables),
            "initials": "".join(syllable[0] for syllable in syllables),
            "is_active": 1,
        }


def shipped_version() -> str:
    return hashlib.sha256(asset("regions.csv").read_bytes()).hexdigest()[:16]


def load_shipped(database: Connections) -> None:
    """Insert or update every shipped region; what the office edited stays, what vanished goes inactive."""
    with database.atomic():
        known = {row["code"]: dict(row) for row in database.query("SELECT * FROM regions WHERE is_own = 0")}
        rows = list(shipped())
        database.executemany(INSERT, [row for row in rows if row["code"] not in known])
        for row in rows:
            if row["code"] in known:
                _refresh(database, known[row["code"]], row)
        for code in known.keys() - {row["code"] for row in rows}:
            if "is_active" not in json.loads(known[code]["edited"]):
                database.execute("UPDATE regions SET is_active = 0 WHERE code = ?", (code,))
        refresh_full_names(database)
        database.execute(
            "INSERT INTO settings (operator, key, value) VALUES (0, ?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            (VERSION_KEY, json.dumps(shipped_version())),
        )


def _refresh(database: Connections, stored: Row, row: Row) -> None:
    kept = set(json.loads(stored["edited"]))
    if "name" in kept:
        kept |= MADE_FROM_NAME
    changed = {name: row[name] for name in FIELDS if name not in kept and row[name] != stored[name]}
    if changed:
        assignments = ", ".join(f"{name} = :{name}" for name in changed)
        database.execute(f"UPDATE regions SET {assignments} WHERE code = :code", {**changed, "code": row["code"]})


@lru_cache(maxsize=1)
def shipped_full_names(version: str) -> dict[str, str]:
    """Code → name of the list of this version, which is the one that is shipped."""
    return {row.code: row.full_name for row in read_regions(asset("regions.csv"))}


def refresh_full_names(database: Connections, code: str | None = None) -> None:
    """Full names begin with the office's own names of the regions above, whatever the shipped list calls them.

    ``code`` is the one that was renamed: only what lies in it can have another full name then.
    """
    shipped_names = shipped_full_names(shipped_version())
    rows = database.query(f"{NAMES} ORDER BY level, code") if code is None else database.query(BRANCH, (code, code))
    parents: dict[str, str | None] = {}
    full_names: dict[str, str] = {}
    for row in rows:
        code, parent = str(row["code"]), row["parent"]
        parents[code] = parent
        full_name = row["full_name"]
        if row["is_own"] or "name" in json.loads(row["edited"]):
            full_name = full_names.get(parent, "") + row["name"]
        elif code in shipped_names:
            above = _named_above(code, parents, shipped_names)
            full_name = full_names.get(above, "") + shipped_names[code][len(shipped_names.get(above, "")) :]
        full_names[code] = full_name
        if full_name != row["full_name"]:
            database.execute("UPDATE regions SET full_name = ? WHERE code = ?", (full_name, code))


def _named_above(code: str, parents: dict[str, str | None], shipped_names: dict[str, str]) -> str:
    """The nearest region above with whose name the shipped full name begins: 济源市 skips its grouping row."""
    above = parents[code]
    while above and not (above in shipped_names and shipped_names[code].startswith(shipped_names[above])):
        above = parents[above]
    return above or ""


def update_when_newer(database: Connections) -> None:
    """After an upgrade of the program: bring the shipped list's changes in, once."""
    stored = database.value("SELECT value FROM settings WHERE operator = 0 AND key = ?", (VERSION_KEY,))
    if stored is not None and json.loads(stored) != shipped_version():
        load_shipped(database)
