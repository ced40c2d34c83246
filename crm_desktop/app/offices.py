"""Opens the database of an office, or makes a new one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.clock import Clock
from crm_desktop.controllers import create_office, is_founded
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database
from crm_desktop.db.backup import remove_database
from crm_desktop.errors import DatabaseError


def open_office(path: Path) -> Database:
    """The database of an office; DatabaseError says why it is none."""
    database = Database.open(path)
    try:
        if not is_founded(database):
            raise DatabaseError("这个数据库里还没有办公室，请换一个文件，或重新建立。")
    except BaseException:
        database.close_all()
        raise
    return database


def found_office(path: Path, company: str, operator: str, password: str, profile: dict[str, str], clock: Clock) -> str:
    """Make a new office; the file is removed again when that is refused. Returns the recovery code."""
    return str(_create(path, lambda database: create_office(database, company, operator, password, profile, clock)))


def build_sample_office(path: Path, clock: Clock) -> None:
    """Make the sample office, to look at without fear."""
    _create(path, lambda database: build_sample(database, clock))


def _create(path: Path, fill: Callable[[Database], Any]) -> Any:
    database = Database.open(path, create=True)
    try:
        made = fill(database)
    except BaseException:
        database.close_all()
        remove_database(path)
        raise
    database.close_all()
    return made
