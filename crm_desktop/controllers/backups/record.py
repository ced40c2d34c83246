"""The table of backups: what was made, what is still there, whether the office has changed since."""

from datetime import datetime
from pathlib import Path
from typing import Any

from crm_desktop.controllers.backups.making import DAILY, MANUAL, ON_EXIT
from crm_desktop.db.connection import Connections
from crm_desktop.models.moments import local_text

AWAY_FROM_HERE = (MANUAL, DAILY, ON_EXIT)
"""Occasions that count as "the office has a backup"; a copy made for one step mostly lies on the same disk."""
COLUMNS = "id, at, computer, path, occasion, size, sha256, is_encrypted, removed_at"
NEWEST = f"SELECT {COLUMNS} FROM backups ORDER BY id DESC LIMIT ?"
LAST = "SELECT at FROM backups WHERE occasion IN (?, ?, ?) ORDER BY id DESC LIMIT 1"
"""In the order in which they were made: one of a clock that was ahead is not the last for years."""
STANDING = f"SELECT {COLUMNS} FROM backups WHERE removed_at IS NULL ORDER BY id DESC"
WRITTEN_IN = "SELECT operation FROM audit WHERE entity = 'backups' AND record = ? AND kind = 'create'"
QUIET = (
    "backup", "backup_thinned", "sign_in", "sign_in_failed", "sign_out", "lock", "unlock", "password_failed",
    "recover_failed", "export", "print", "check",
)  # fmt: skip
"""Kinds of operations that change nothing worth a backup; one that is not known does."""
LATER = f"SELECT 1 FROM operations WHERE id > ? AND kind NOT IN ({', '.join('?' * len(QUIET))}) LIMIT 1"
Row = dict[str, Any]


def made(database: Connections, limit: int) -> list[Row]:
    """What was made, newest first, as a screen shows it."""
    return [_shown(dict(row)) for row in database.query(NEWEST, (limit,))]


def standing(database: Connections) -> list[Row]:
    """What has not been removed as far as the office knows, newest first."""
    return [_shown(dict(row)) for row in database.query(STANDING)]


def last_at(database: Connections) -> str:
    """UTC time of the last good backup, empty when there was none."""
    return str(database.value(LAST, AWAY_FROM_HERE) or "")


def has_changed_since(database: Connections, row: Row) -> bool:
    """Whether anything was written after a backup that a restore would bring back otherwise."""
    operation = database.value(WRITTEN_IN, (row["id"],))
    return operation is None or database.one(LATER, (operation, *QUIET)) is not None


def day_of(row: Row) -> str:
    """The office's local date on which a backup was made."""
    return local_text(row["at"])[:10]


def moment_of(row: Row) -> datetime:
    return datetime.fromisoformat(row["at"].replace("Z", "+00:00"))


def _shown(row: Row) -> Row:
    path = Path(row["path"])
    return {
        **row,
        "at_text": local_text(row["at"]),
        "folder": str(path.parent),
        "is_encrypted": bool(row["is_encrypted"]),
        "exists": exists(path),
    }


def exists(path: Path) -> bool:
    """Whether a file can be reached now; a stick that fails has none."""
    try:
        return path.is_file()
    except OSError:
        return False
