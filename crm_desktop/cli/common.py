"""What every command needs: the office's file, opened, new or as an operator uses it; passwords."""

import argparse
import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_desktop.controllers import Office, sign_in, sign_out
from crm_desktop.db import Database
from crm_desktop.db.encryption import is_encrypted
from crm_desktop.db.passing_files import remove_database
from crm_desktop.errors import DatabaseError

Options = argparse.Namespace
Command = Callable[[Options], None]
Add = Callable[[str, Command, str], argparse.ArgumentParser]
"""Adds a command: its word, what it does, and what that is in Chinese."""

PASSWORD, NEW_PASSWORD = "CRM_PASSWORD", "CRM_NEW_PASSWORD"  # names of environment variables
BACKUP_PASSWORD = "CRM_BACKUP_PASSWORD"


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    database = Database.open(path)
    try:
        yield database
    finally:
        database.close_all()


@contextmanager
def new_database(path: Path) -> Iterator[Database]:
    """A file that did not exist; it is gone again when founding the office fails."""
    if path.exists():
        raise DatabaseError(f"文件已经存在，没有改动：{path}")
    database = Database.open(path, create=True)
    try:
        yield database
        database.close_all()
    except BaseException:
        database.close_all()
        remove_database(path)
        raise


@contextmanager
def signed_in(options: Options) -> Iterator[Office]:
    with opened(options.db) as database:
        if not options.operator:
            raise DatabaseError("请用 --operator 指明操作员。")
        office = sign_in(database, options.operator, os.environ.get(PASSWORD) or getpass.getpass("密码："))
        try:
            yield office
        finally:
            sign_out(office)


def backup_password(file: Path) -> str:
    """What opens a backup; nothing is asked for one that is not encrypted."""
    if not (file.is_file() and is_encrypted(file)):
        return ""
    return os.environ.get(BACKUP_PASSWORD) or getpass.getpass("备份密码：")


def new_backup_password() -> str:
    """What a backup is to be encrypted with."""
    return os.environ.get(BACKUP_PASSWORD) or ask_twice()


def ask_twice() -> str:
    password = getpass.getpass("新密码：")
    if password != getpass.getpass("再输一次："):
        raise DatabaseError("两次输入的密码不一样。")
    return password
