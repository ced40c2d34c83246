"""Where an office's file may lie, and what happens when it is gone from there."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop import system
from crm_desktop.db import Database, location
from crm_desktop.errors import DatabaseError

VALUE = "SELECT value FROM settings WHERE key = 'x'"
WRITE = "INSERT INTO settings VALUES (0, 'x', ?) ON CONFLICT DO UPDATE SET value = excluded.value"


def save(database: Database, value: int) -> None:
    with database.atomic():
        database.execute(WRITE, (str(value),))


# Where it may lie


def test_the_computer_s_own_disk_is_nothing_to_speak_of(tmp_path: Path) -> None:
    for path in (tmp_path / "a.db", tmp_path / "还没有" / "的文件夹" / "a.db"):
        assert location.refusal(path) == ""
        assert location.warnings(path) == []


REFUSED: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "a share": (lambda patch: patch.setattr(system, "is_network_path", lambda path: True), "网络驱动器"),
    "a CD": (lambda patch: patch.setattr(system, "is_read_only_medium", lambda path: True), "光盘"),
    "no right": (lambda patch: patch.setattr(os, "access", lambda *given, **options: False), "只读"),
    "access lists": (lambda patch: patch.setattr(location.tempfile, "TemporaryFile", no_writing), "这个文件夹是只读的"),
}


def no_writing(**options: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("where", REFUSED)
def test_a_place_that_would_lose_data_is_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    Database.open(tmp_path / "a.db", create=True).close_all()
    make, words = REFUSED[where]
    make(monkeypatch)
    with pytest.raises(DatabaseError, match=words):
        Database.open(tmp_path / "a.db")
    with pytest.raises(DatabaseError, match=r"网络驱动器|光盘|只读"):
        Database.open(tmp_path / "new.db", create=True)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_what_another_account_has_left_beside_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    Database.open(tmp_path / "a.db", create=True).close_all()
    (tmp_path / f"a.db{ending}").touch()
    monkeypatch.setattr(location, "is_writable", lambda path: not path.name.endswith(ending))
    with pytest.raises(DatabaseError, match=f"“a.db{ending}”是另一个系统账号留下的"):
        Database.open(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - 宏达公司", "OneDrive"), ("我的坚果云", "坚果云"), ("Nutstore Files", "坚果云"),
        ("BaiduSyncdisk", "百度网盘"), ("百度网盘同步空间", "百度网盘"), ("Dropbox", "Dropbox"), ("iCloudDrive", "iCloud"),
        ("WPS云盘", "WPS 云盘"),
    ],
)  # fmt: skip
def test_a_synchronised_folder_is_warned_of(tmp_path: Path, folder: str, service: str) -> None:
    (warning,) = location.warnings(tmp_path / folder / "数据" / "a.db")
    assert f"由{service}同步" in warning
    assert location.refusal(tmp_path / folder / "a.db") == ""


def test_a_synchronised_folder_is_known_through_a_link_and_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Dropbox").mkdir()
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "公司文件"))
    assert system.synchronised_by(tmp_path / "公司文件" / "a.db") == "OneDrive"
    assert system.synchronised_by(tmp_path / "Dropbox.db") == ""
    if os.name != "nt":  # links take a right there
        (tmp_path / "数据").symlink_to(tmp_path / "Dropbox")
        assert system.synchronised_by(tmp_path / "数据" / "a.db") == "Dropbox"


def test_a_stick_is_allowed_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_removable", lambda path: True)
    assert "退出程序再拔出" in location.warnings(tmp_path / "a.db")[0]
    Database.open(tmp_path / "a.db", create=True).close_all()


# A stick that is pulled out, as far as a folder can play one


@pytest.fixture
def away(tmp_path: Path) -> Path:
    return tmp_path / "手里"


def test_a_vanished_file_is_said_and_works_again_when_it_is_back(stick: Path, away: Path) -> None:
    if os.name == "nt":  # an open file keeps its folder there
        return
    database = Database.open(stick / "a.db", create=True)
    save(database, 1)
    stick.rename(away)
    with pytest.raises(DatabaseError, match="不见了"):
        save(database, 2)
    assert database.value(VALUE) == "1"  # what is open can still be looked at
    away.rename(stick)
    assert database.value(VALUE) == "1"
    save(database, 3)
    assert database.value(VALUE) == "3"
    database.close_all()


def test_a_stick_that_is_back_is_opened_anew_in_every_thread(stick: Path, away: Path) -> None:
    """The system gives it another device, so that what was open stays dead; nothing is written to the old file."""
    if os.name == "nt":  # an open file cannot be replaced there
        return
    database = Database.open(stick / "a.db", create=True)
    save(database, 1)
    steps, seen = [threading.Event(), threading.Event()], []

    def other() -> None:
        seen.append(database.value(VALUE))
        steps[0].set()
        steps[1].wait(10)
        seen.append(database.value(VALUE))

    thread = threading.Thread(target=other)
    thread.start()
    steps[0].wait(10)
    stick.rename(away)
    shutil.copytree(away, stick)
    save(database, 2)
    steps[1].set()
    thread.join()
    assert seen == ["1", "2"]
    database.close_all()
    left = Database.open(away / "a.db")
    assert left.value(VALUE) == "1"
    left.close_all()
    again = Database.open(stick / "a.db")
    assert again.value(VALUE) == "2"
    assert again.value("PRAGMA integrity_check") == "ok"
    again.close_all()
