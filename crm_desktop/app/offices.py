"""Opens the database of an office, or says what has become of it."""

from collections.abc import Callable
from pathlib import Path

from crm_desktop.controllers.doorplate import is_founded
from crm_desktop.db import Database
from crm_desktop.db.soundness import is_lost, is_sound, looks_like_database
from crm_desktop.errors import DatabaseError, DatabaseLost

GONE = "找不到“{}”。它可能在没有插上的U盘里，或者已被移走、删除。"
EMPTY = "“{}”是空的，里面没有数据。"
DAMAGED = "“{}”已损坏，不能继续使用。"
UNKNOWN = "“{}”已损坏，或者不是客户管理系统的数据库。"


def open_office(
    path: Path, *, looks_closely: bool = False, is_cancelled: Callable[[], bool] = lambda: False
) -> Database:
    """The database of an office; DatabaseError says why it is none, DatabaseLost that only a backup can help.

    ``looks_closely`` is for a file that nobody closed: every page is looked at, unless that is cancelled.
    """
    try:
        database = Database.open(path)
    except DatabaseError as error:
        if is_lost(path):
            raise DatabaseLost(_loss(path)) from error
        raise
    try:
        if looks_closely and not is_sound(path, lambda: not is_cancelled()):
            raise DatabaseLost(DAMAGED.format(path.name))
        if not is_founded(database):
            raise DatabaseError("这个数据库里还没有办公室，请换一个文件，或重新建立。")
    except BaseException:
        database.close_all()
        raise
    return database


def _loss(path: Path) -> str:
    """What has become of the file, for a clerk."""
    if not path.exists():
        return GONE.format(path.name)
    if not path.stat().st_size:
        return EMPTY.format(path.name)
    return (DAMAGED if looks_like_database(path) else UNKNOWN).format(path.name)
