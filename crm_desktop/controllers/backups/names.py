"""What backup files are called: 办公室名_20261122_0900.db, and .crmbak when they are encrypted."""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from crm_desktop.controllers.context import Context
from crm_desktop.db import encryption
from crm_desktop.db.connection import Connections
from crm_desktop.db.passing_files import PARTIAL
from crm_desktop.errors import DatabaseError

PLAIN = ".db"
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
OFFICE_NAME = "SELECT CASE short_name WHEN '' THEN name ELSE short_name END FROM company"
LONGEST = 40
"""Characters of the office's name; a Chinese one is three bytes, and some systems allow 255 for the whole."""


def free_name(context: Context, folder: Path, note: str = "", suffix: str = PLAIN) -> Path:
    """A file name with the office's name and the time that is not taken yet."""
    moment: datetime = context.clock.now().astimezone()
    parts = [office_name(context.db), note, moment.strftime("%Y%m%d_%H%M")]
    stem = "_".join(part for part in parts if part)
    target, number = folder / f"{stem}{suffix}", 2
    while target.exists():
        target, number = folder / f"{stem}_{number}{suffix}", number + 1
    return target


def office_name(database: Connections) -> str:
    """The office's short name as part of a file name; a damaged file has none to tell."""
    try:
        name = database.value(OFFICE_NAME) or ""
    except DatabaseError:
        name = ""
    return UNSAFE_IN_NAMES.sub("", name)[:LONGEST] or "office"


def remove_unfinished(folder: Path, office: str) -> None:
    """Remove what a backup of this office that was cut off has left in a folder."""
    ending = rf"({re.escape(PLAIN)}|{re.escape(encryption.SUFFIX)}){re.escape(PARTIAL)}.*"
    unfinished = re.compile(rf"{re.escape(office)}(_\D+)?_\d{{8}}_\d{{4}}(_\d+)?{ending}")
    for file in folder.iterdir():
        if unfinished.fullmatch(file.name):
            with suppress(OSError):
                file.unlink()
