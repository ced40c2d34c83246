"""Looks into backups, finds the good ones, and puts one in the place of the office."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from crm_desktop import system
from crm_desktop.controllers import chain
from crm_desktop.controllers.backups.due import local_folder
from crm_desktop.controllers.backups.making import BEFORE_RESTORE, INSERT, entry
from crm_desktop.controllers.backups.names import PLAIN, free_name
from crm_desktop.controllers.backups.plan import KEY
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.settings import OFFICE, WRITE
from crm_desktop.db import encryption, inspection
from crm_desktop.db.backup import Progress
from crm_desktop.db.connection import Connections
from crm_desktop.db.inspection import BackupInfo
from crm_desktop.db.passing_files import remove_leftovers
from crm_desktop.db.restore import restore
from crm_desktop.errors import BackupError, DatabaseError
from crm_desktop.events import DatabaseReplaced
from crm_desktop.models.progress import part

SUFFIXES = (PLAIN, encryption.SUFFIX)
LOG = """INSERT INTO operations (at, operator, computer, kind, sentence)
 VALUES (?, (SELECT id FROM operators WHERE id = ? AND name = ?), ?, 'restore_backup', ?)"""
"""The operator who restores may not exist in the office as it was then."""
ENTRIES = "SELECT at, computer, path, occasion, size, sha256, is_encrypted, removed_at FROM backups ORDER BY id"
CARRIED = """INSERT INTO backups (at, computer, path, occasion, size, sha256, is_encrypted, removed_at)
 SELECT * FROM (SELECT ? AS at, ? AS computer, ? AS path, ? AS occasion, ? AS size, ? AS sha256, ? AS is_encrypted,
   ? AS removed_at) entry WHERE NOT EXISTS (SELECT 1 FROM backups WHERE path = entry.path AND sha256 = entry.sha256)"""
PLAN = "SELECT value FROM settings WHERE operator = ? AND key = ?"


def inspect(
    file: Path | str, password: str = "", on_progress: Progress | None = None, live: Path | None = None
) -> BackupInfo:
    """Verify a backup from end to end and say what is inside; nothing is written to it or to the office."""
    return inspection.inspect(Path(file), password, live, on_progress)


def find_backups(folders: Iterable[Path | str], on_progress: Progress | None = None) -> list[BackupInfo]:
    """The good backups in some folders, the one with the newest change first; encrypted ones last, unopened.

    What is damaged, foreign or newer than the program is left out.
    """
    good, sealed, candidates = [], [], _candidates(folders)
    for number, path in enumerate(candidates):
        try:
            if encryption.is_encrypted(path):
                sealed.append(BackupInfo(path, "", 0, {}, "", path.stat().st_size, is_encrypted=True))
            else:
                good.append(inspect(path, on_progress=part(on_progress, number, len(candidates))))
        except (BackupError, OSError):
            continue
    good.sort(key=lambda info: info.last_change, reverse=True)
    return good + sorted(sealed, key=lambda info: info.path.name, reverse=True)


def _candidates(folders: Iterable[Path | str]) -> list[Path]:
    found: dict[Path, None] = {}
    for folder in map(Path, folders):
        try:
            inside = sorted(folder.iterdir())
        except OSError:  # a stick that is not there
            continue
        found.update(dict.fromkeys(each.resolve() for each in inside if each.suffix in SUFFIXES and each.is_file()))
    return list(found)


def restore_backup(context: Context, file: Path | str, password: str = "", on_progress: Progress | None = None) -> Path:
    """Replace the office by a backup, all or nothing; returns the copy of what was there before.

    Also for the program itself without an operator, and for a live file that is damaged or missing.
    """
    source, live = Path(file), context.db.path
    if source.exists() and live.exists() and source.samefile(live):
        raise BackupError("这就是正在使用的数据库，不需要恢复。")
    remove_leftovers(live)
    info = inspect(source, password, part(on_progress, 0, 3), live)
    safety = free_name(context, local_folder(context), BEFORE_RESTORE)
    sentence = f"从 {source.name} 恢复（最后修改 {info.last_change}）"
    known = _known_now(context)

    def complete(restored: Connections) -> None:
        _carry_over(restored, *known)
        operator = context.operator
        values = (context.clock.timestamp(), operator.id, operator.name, system.computer_name(), sentence)
        chain.seal(restored, int(restored.execute(LOG, values).lastrowid or 0))

    with inspection.plain_file(source, password, live, part(on_progress, 1, 3)) as plain:
        secured = restore(context.db, plain, safety, complete, part(on_progress, 2, 3))
    if secured is not None:
        with suppress(DatabaseError):  # the office is restored by now: a disk that is full must not say otherwise
            context.db.execute(INSERT, entry(context, secured, BEFORE_RESTORE))
    context.bus.publish(DatabaseReplaced())
    return safety


def _known_now(context: Context) -> tuple[list[tuple[object, ...]], str]:
    """The backups the office knows of and its plan: they are about disks, and disks are not restored."""
    try:
        entries = [tuple(row) for row in context.db.query(ENTRIES)]
        return entries, str(context.db.value(PLAN, (OFFICE, KEY)) or "")
    except DatabaseError:  # damaged or missing: the backup's own knowledge has to do
        return [], ""


def _carry_over(restored: Connections, entries: list[tuple[object, ...]], plan: str) -> None:
    restored.executemany(CARRIED, entries)
    if plan:
        restored.execute(WRITE, (OFFICE, KEY, plan))
