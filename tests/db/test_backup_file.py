"""One backup file: verified before it has its name, its SHA-256 beside it, nothing left over when it fails."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, backup, backup_file, encryption, inspection, passing_files
from crm_desktop.errors import BackupError
from tests.spoiled import empty_index

PASSWORD = "备份密码2026"


pytestmark = pytest.mark.usefixtures("cheap_encryption")


@pytest.fixture
def live(database: Database, store: Any) -> Database:
    database.execute("INSERT INTO company (id, name, created_at, updated_at) VALUES (1, '长春宏达', '', '')")
    store("customers", *({"code": f"n{number:03d}", "name": f"客户{number}"} for number in range(50)))
    return database


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("password", ["", PASSWORD], ids=["plain", "encrypted"])
def test_it_says_what_is_in_it_and_can_be_verified(live: Database, stick: Path, password: str) -> None:
    target = stick / "宏达.db"
    info = backup_file.write_backup(live.path, target, password)
    assert (info.company, info.counts["customers"], info.is_encrypted) == ("长春宏达", 50, bool(password))
    assert info.size == target.stat().st_size
    assert inspection.inspect(target, password, live.path) == info
    assert inspection.inspect(target, password) == info
    assert names(stick) == ["宏达.db", "宏达.db.sha256"]
    assert (stick / "宏达.db.sha256").read_text(encoding="utf-8") == f"{info.sha256}  宏达.db\n"
    assert names(live.path.parent) == ["a.db", "a.db-shm", "a.db-wal", "我的 U盘"]


@pytest.mark.parametrize("sums", [pytest.param(shutil.which("sha256sum"), id="sha256sum")])
def test_other_programs_read_the_digest(live: Database, stick: Path, sums: str | None) -> None:
    backup_file.write_backup(live.path, stick / "宏达 1.db")
    if sums:  # not on every system; the format is compared above
        checked = subprocess.run([sums, "-c", "宏达 1.db.sha256"], cwd=stick, capture_output=True, check=False)
        assert checked.returncode == 0


def test_the_unencrypted_copy_never_touches_the_stick(live: Database, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    encrypt = encryption.encrypt

    def watch(source: Path, target: Path, *rest: Any) -> None:
        seen.append((source.parent, target.parent))
        encrypt(source, target, *rest)

    monkeypatch.setattr(encryption, "encrypt", watch)
    backup_file.write_backup(live.path, stick / "a.crmbak", PASSWORD)
    assert seen == [(live.path.parent, stick)]


@pytest.mark.parametrize("password", ["", PASSWORD], ids=["plain", "encrypted"])
def test_cancelled_at_every_step(live: Database, stick: Path, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However late it comes, nothing stays; and it comes often enough."""
    monkeypatch.setattr(backup, "PAGES", 20)
    before, asked = names(live.path.parent), 0
    for stop in range(1000):
        left = stop

        def cancelled() -> bool:
            nonlocal left, asked
            left, asked = left - 1, asked + 1
            return left < 0

        try:
            backup_file.write_backup(live.path, stick / "a.db", password, cancelled=cancelled)
            break
        except BackupError as error:
            assert str(error) == backup.CANCELLED
            assert names(stick) == []
            assert names(live.path.parent) == before
    assert stop >= 5
    assert names(stick) == ["a.db", "a.db.sha256"]


def fail(error: Exception) -> Callable[..., Any]:
    def failing(*arguments: object, **options: object) -> None:
        raise error

    return failing


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
FAILURES: dict[str, tuple[str, str, Exception, str]] = {
    "no room for the copy": ("backup_file.copy_pages", "", sqlite3.OperationalError("database or disk is full"), "空间已满"),
    "no room for the encrypted one": ("encryption.encrypt", PASSWORD, FULL, "空间已满"),
    "too large for the stick": ("encryption.encrypt", PASSWORD, OSError(errno.EFBIG, "File too large"), "FAT32"),
    "the stick is pulled": ("system.replace_durably", "", OSError(errno.EIO, "Input/output error"), "读写磁盘时出错"),
    "the stick is gone": ("system.replace_durably", "", FileNotFoundError(errno.ENOENT, "No such file or directory"), "已拔出"),
    "a folder that may not be written": ("backup_file.sha256_of", "", PermissionError(13, "Permission denied"), "不能写入"),
    "the copy is unlike the office": ("backup_file.row_counts", "", BackupError(backup_file.UNLIKE), "核对不符"),
}


@pytest.mark.parametrize(("place", "password", "error", "sentence"), FAILURES.values(), ids=FAILURES)
def test_what_fails_leaves_nothing_behind(
    live: Database, stick: Path, monkeypatch: pytest.MonkeyPatch, place: str, password: str, error: Exception, sentence: str
) -> None:
    before = names(live.path.parent)
    monkeypatch.setattr(f"crm_desktop.{'' if place.startswith('system') else 'db.'}{place}", fail(error))
    with pytest.raises(BackupError, match=sentence):
        backup_file.write_backup(live.path, stick / "a.db", password)
    assert names(stick) == []
    assert names(live.path.parent) == before


def spoil_copy(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]) -> None:
    copy = backup_file.copy_pages

    def copy_badly(source: Path, target: Path, *rest: Any, **options: Any) -> Any:
        seen = copy(source, target, *rest, **options)
        spoil(target)
        return seen

    monkeypatch.setattr(backup_file, "copy_pages", copy_badly)


def add_a_row(path: Path) -> None:
    file = sqlite3.connect(path)
    file.execute("INSERT INTO settings VALUES (0, 'somebody else', '1')")
    file.commit()
    file.close()


def dangle(path: Path) -> None:
    file = sqlite3.connect(path)
    file.execute("UPDATE customers SET owner = 999 WHERE id = 1")
    file.commit()
    file.close()


def scribble(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096] + b"\xff" * 4096)


SPOILT = {"a row too many": add_a_row, "a reference leads nowhere": dangle, "a page is damaged": scribble}


@pytest.mark.parametrize("password", ["", PASSWORD], ids=["plain", "encrypted"])
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_bad_copy_is_noticed_before_it_is_named(
    live: Database, stick: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None], password: str
) -> None:
    spoil_copy(monkeypatch, spoil)
    with pytest.raises(BackupError, match="没有留下这份备份"):
        backup_file.write_backup(live.path, stick / "a.db", password)
    assert names(stick) == []


def test_an_encrypted_file_that_the_stick_changed_is_noticed(live: Database, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypt = encryption.encrypt

    def encrypt_badly(source: Path, target: Path, *rest: Any) -> None:
        encrypt(source, target, *rest)
        content = bytearray(target.read_bytes())
        content[-1] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(encryption, "encrypt", encrypt_badly)
    with pytest.raises(BackupError, match="核对不符"):
        backup_file.write_backup(live.path, stick / "a.crmbak", PASSWORD)
    assert names(stick) == []


def test_a_backup_that_changed_afterwards_is_refused(live: Database, stick: Path) -> None:
    backup_file.write_backup(live.path, stick / "a.db")
    add_a_row(stick / "a.db")
    with pytest.raises(BackupError, match="校验值不符"):
        inspection.inspect(stick / "a.db")
    (stick / "a.db.sha256").unlink()
    assert inspection.inspect(stick / "a.db").company == "长春宏达"


@pytest.mark.parametrize("password", ["", PASSWORD], ids=["plain", "encrypted"])
def test_progress_goes_up_to_the_end(live: Database, stick: Path, password: str) -> None:
    told: list[tuple[int, int]] = []
    backup_file.write_backup(live.path, stick / "a.db", password, lambda *each: told.append(each))
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert told[-1][0] == told[-1][1]


def test_what_a_crash_left_is_removed_and_nothing_else(live: Database) -> None:
    """At the next start and before the next backup."""
    folder = live.path.parent
    left = ("a.db.restoring", "a.db.restoring-wal", "a.db.restoring.part", "a.db.0a1b2c3d.plain", "a.db.0a1b2c3d.plain-journal", "a.db.part")
    stays = ("b.db.restoring", "a.db.plain.txt", "a.db.lock", "a_20261122_0900.db", "a.dbx.plain")
    for name in (*left, *stays):
        (folder / name).touch()
    live.close_all()
    Database.open(live.path).close_all()
    assert set(names(folder)) == {"a.db", *stays}


@pytest.mark.parametrize(
    ("name", "other"), [("a[1].db", "a1.db"), *([("a[1]*.db", "a1x.db")] if sys.platform != "win32" else [])]
)  # Windows lets no name have an asterisk
def test_a_name_with_signs_of_a_pattern(tmp_path: Path, name: str, other: str) -> None:
    for each in (name, other):
        (tmp_path / f"{each}.restoring").touch()
    passing_files.remove_leftovers(tmp_path / name)
    assert names(tmp_path) == [f"{other}.restoring"]


def test_an_office_whose_index_suffered_is_backed_up_and_the_backup_is_good(live: Database, stick: Path) -> None:
    """Its records are whole, and those are what a backup is for."""
    live.close_all()
    empty_index(live.path, "customers_code")
    backup_file.write_backup(live.path, stick / "a.db")
    assert inspection.inspect(stick / "a.db").counts["customers"] == 50


def test_a_backup_without_its_digest_is_compared_with_its_indexes(live: Database, stick: Path) -> None:
    """Nothing else says then whether a byte was changed."""
    backup_file.write_backup(live.path, stick / "a.db")
    content = (stick / "a.db").read_bytes()
    (stick / "a.db").write_bytes(content.replace("客户17".encode(), "客户71".encode(), 1))
    with pytest.raises(BackupError, match="校验值不符"):
        inspection.inspect(stick / "a.db")
    (stick / "a.db.sha256").unlink()
    with pytest.raises(BackupError, match="已损坏"):
        inspection.inspect(stick / "a.db")
