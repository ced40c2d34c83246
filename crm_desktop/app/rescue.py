"""The way back for an office whose file is gone or damaged, as far as this computer remembers."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from crm_desktop import system
from crm_desktop.clock import Clock
from crm_desktop.controllers.backups import BackupInfo, find_backups, inspect, restore_backup
from crm_desktop.controllers.context import unattended
from crm_desktop.db import Database
from crm_desktop.db.soundness import looks_like_database
from crm_desktop.errors import BackupError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.backups.contents import Chosen
from crm_desktop.views.backups.trouble import Rescue

BESIDE = "备份"
"""A folder of this name beside the database is looked into without having been chosen."""
MOST_REMEMBERED = 20


class Ways(Protocol):
    """Where the page of a lost office leads to."""

    def open(self, path: Path) -> None: ...
    def restored(self, path: Path, safety: Path) -> None: ...
    def choose_database(self) -> None: ...
    def show_welcome(self) -> None: ...
    def quit(self) -> None: ...


class Rescuer:
    """Remembers where an office's backups are: a damaged file cannot tell its plan."""

    def __init__(self, settings: ComputerSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def knows(self, path: Path) -> bool:
        """Whether a file that cannot be opened was an office once, rather than the wrong file."""
        return looks_like_database(path) or _key(path) in self._settings["backup_folders"]

    def remember(self, path: Path, folders: Iterable[Path]) -> None:
        """The folders in which backups of this database are, the newest first."""
        known = dict(self._settings["backup_folders"])
        named = list(dict.fromkeys([*map(str, folders), *known.get(_key(path), ())]))[:MOST_REMEMBERED]
        if named and named != known.get(_key(path)):
            self._settings["backup_folders"] = {**known, _key(path): named}

    def folders(self, path: Path) -> list[Path]:
        """Where to look for backups of a database, those that are there now."""
        chosen = self._settings["backup_folder"]
        remembered = [*self._settings["backup_folders"].get(_key(path), ()), *([chosen] if chosen else [])]
        places = [*map(Path, remembered), path.parent / BESIDE, path.parent]
        return [folder for folder in dict.fromkeys(places) if folder.is_dir()]

    def find(self, path: Path) -> list[BackupInfo]:
        """The good backups of a database, newest first."""
        return [info for info in find_backups(self.folders(path)) if not _was_worked_on(info.path)]

    def way_back(self, path: Path, problem: str, ways: Ways) -> Rescue:
        """What the page of a lost office needs."""
        return Rescue(
            path,
            problem,
            find=lambda: self.find(path),
            inspect=self.inspect,
            restore=lambda chosen: self.restore(path, chosen),
            on_restored=lambda safety: ways.restored(path, safety),
            retry=lambda: ways.open(path),
            choose_other=ways.choose_database,
            found_other=ways.show_welcome,
            quit=ways.quit,
        )

    def inspect(self, file: Path, password: str, on_progress: Any) -> BackupInfo:
        return inspect(file, password, on_progress=on_progress)

    def restore(self, path: Path, chosen: Chosen) -> Path:
        """Put a backup in the place of the lost file; returns the copy of what was there."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BackupError(f"“{path.parent}”不能写入，请先插上U盘，或检查磁盘后再试。") from error
        database = Database(path)
        try:
            return restore_backup(unattended(database, self._clock), chosen.info.path, chosen.password)
        finally:
            database.close_all()


def _was_worked_on(file: Path) -> bool:
    """Whether a file is somebody's office: the sample or a second one in the same folder is no backup of the first."""
    return system.InstanceLock(file).path.exists()


def _key(path: Path) -> str:
    return str(path.resolve())
