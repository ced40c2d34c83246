"""Brings the shipped region list into a database and keeps the office's own changes through its updates."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from crm_desktop.db.connection import Connections
from crm_desktop.models.regions import read_regions
from crm_desktop.paths import asset

EDITABLE = ("name", "full_name", "pinyin", "initials", "area_code", "postcode")
INSERT = """INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode)
 VALUES (:code, :parent, :level, :name, :full_name, :pinyin, :initials, :area_code, :postcode)"""
VERSION_KEY = "regions_version"


def shipped() -> Iterator[dict[str, Any]]:
    """The rows of assets/regions.csv as the table holds them; provinces come before their cities."""
    for row in read_regions(asset("regions.csv")):
        syllables = row.pinyin.split()
        yield {
            **row._asdict(),
            "parent": row.parent or None,
            "pinyin": "".join(syllables),
            "initials": "".join(syllable[0] for syllable in syllables),
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
        gone = known.keys() - {row["code"] for row in rows}
        database.executemany("UPDATE regions SET is_active = 0 WHERE code = ?", [(code,) for code in gone])
        database.execute(
            "INSERT INTO settings (operator, key, value) VALUES (0, ?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            (VERSION_KEY, json.dumps(shipped_version())),
        )


def _refresh(database: Connections, stored: dict[str, Any], row: dict[str, Any]) -> None:
    kept = set(json.loads(stored["edited"]))
    if "name" in kept:  # these are made from the name
        kept |= {"full_name", "pinyin", "initials"}
    changed = {name: row[name] for name in EDITABLE if name not in kept and row[name] != stored[name]}
    if changed:
        assignments = ", ".join(f"{name} = :{name}" for name in changed)
        database.execute(f"UPDATE regions SET {assignments} WHERE code = :code", {**changed, "code": row["code"]})


def update_when_newer(database: Connections) -> None:
    """After an upgrade of the program: bring the shipped list's changes in, once."""
    stored = database.value("SELECT value FROM settings WHERE operator = 0 AND key = ?", (VERSION_KEY,))
    if stored is not None and json.loads(stored) != shipped_version():
        load_shipped(database)
