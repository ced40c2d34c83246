"""Files that cannot be opened, each said in words."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import system
from crm_desktop.db import Database, migrate
from crm_desktop.views.backups.trouble import TroublePage
from crm_desktop.views.welcome import WelcomePage

# Files that cannot be opened


def text_file(path):
    path.write_text("这不是数据库", encoding="utf-8")


def foreign_database(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE a (b)")


def newer_database(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 999")


def damaged_database(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * (size - 100))


def empty_office(path):
    path.unlink()
    Database.open(path, create=True).close_all()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (foreign_database, "这个文件不是客户管理系统的数据库。"),
        (newer_database, "请先升级程序"),
        (empty_office, "还没有办公室"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_words(application, office, tmp_path, spoil, sentence, wait_until):
    bad = tmp_path / "bad.db"
    if spoil is not foreign_database:
        shutil.copy(office, bad)
    spoil(bad)
    application.start(bad)
    wait_until(lambda: application.dialogs.errors)
    assert sentence in application.dialogs.errors[0]
    assert isinstance(application.page, WelcomePage)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (text_file, "“bad.db”已损坏，或者不是客户管理系统的数据库。"),
        (damaged_database, "“bad.db”已损坏，不能继续使用。"),
        (lambda path: path.write_bytes(b""), "“bad.db”是空的，里面没有数据。"),
        (Path.unlink, "找不到“bad.db”。它可能在没有插上的U盘里，或者已被移走、删除。"),
    ],
)
def test_a_file_that_is_lost_leads_to_its_backups(application, office, tmp_path, spoil, sentence, wait_until):
    bad = shutil.copy(office, tmp_path / "bad.db")
    spoil(bad)
    application.start(bad)
    wait_until(lambda: isinstance(application.page, TroublePage) and application.page.is_ready)
    assert application.page.nametowidget("!frame.problem").cget("text") == sentence
    assert application.dialogs.errors == []


def test_a_read_only_file_is_refused(application, office, monkeypatch, wait_until):
    monkeypatch.setattr(migrate.os, "access", lambda path, mode, **options: False)
    application.start(office)
    wait_until(lambda: application.dialogs.errors)
    assert "只读" in application.dialogs.errors[0]


def test_a_network_drive_is_refused(application, office, monkeypatch, wait_until):
    monkeypatch.setattr(system, "is_network_path", lambda path: True)
    application.start(office)
    wait_until(lambda: application.dialogs.errors)
    assert "网络驱动器" in application.dialogs.errors[0]


def test_another_file_that_is_bad_leaves_the_sign_in_where_it_was(opened, tmp_path, wait_until):
    page = opened.page
    text_file(tmp_path / "bad.db")
    opened.dialogs.file = tmp_path / "bad.db"
    page.nametowidget("!frame.others.other").invoke()
    wait_until(lambda: opened.dialogs.errors)
    assert opened.page is page
    assert opened.settings["database"].endswith("office.db")


def test_a_damaged_office_that_was_chosen_leads_to_its_backups_too(opened, office, tmp_path, wait_until):
    bad = shutil.copy(office, tmp_path / "bad.db")
    damaged_database(bad)
    opened.dialogs.file = bad
    opened.page.nametowidget("!frame.others.other").invoke()
    wait_until(lambda: isinstance(opened.page, TroublePage))
    assert opened.database is None
