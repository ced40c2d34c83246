"""Restoring as a clerk does it: encrypted files, what is carried over, damaged offices, finding the good backups."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, chain, sign_in
from crm_desktop.controllers.backups import BackupPlan, find_backups, restore_backup
from crm_desktop.controllers.context import unattended
from crm_desktop.db import Database
from crm_desktop.db.restore import is_readable
from crm_desktop.errors import BackupError

PASSWORD = "备份密码2026"


pytestmark = pytest.mark.usefixtures("cheap_encryption")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def test_an_encrypted_one_comes_back(office: Office, stick: Path, tmp_path: Path) -> None:
    office.customers.create({"name": "从前"})
    file = office.backups.create(stick, password=PASSWORD).path
    office.customers.create({"name": "后来"})
    before = files(tmp_path)
    for wrong in ("", "备份密码2027"):
        with pytest.raises(BackupError, match="密码"):
            office.backups.restore(file, wrong)
    assert files(tmp_path) == before
    assert office.customers.search().total == 2
    safety = office.backups.restore(file, PASSWORD)
    assert [row["name"] for row in office.customers.search().rows] == ["从前"]
    assert files(tmp_path) == sorted([*before, "备份"])
    assert office.backups.inspect(safety).counts["customers"] == 2


def test_what_is_known_of_disks_is_not_restored(office: Office, stick: Path) -> None:
    """A plan that was changed and backups that were made since are still there, and the safety copy is one of them."""
    first = office.backups.create(stick).path
    office.backups.set_plan(BackupPlan(targets=(str(stick),), keep_daily=30))
    second = office.backups.create(stick).path
    safety = office.backups.restore(first)
    assert [(row["path"], row["occasion"]) for row in office.backups.made()] == [
        (str(safety), "恢复前"), (str(second), "手动"), (str(first), "手动"),
    ]  # fmt: skip
    assert office.backups.plan().keep_daily == 30
    assert list(chain.breaks(office.db)) == []


def test_an_office_damaged_inside_is_restored(office: Office, stick: Path, clock: FixedClock) -> None:
    """SQLite still opens it, but the safety copy cannot be a sound one."""
    office.customers.create({"name": "从前"})
    file, path = office.backups.create(stick).path, office.db.path
    office.db.close_all()
    content = bytearray(path.read_bytes())
    content[-81920:-4096] = b"\xa5" * 77824
    path.write_bytes(content)
    database = Database(path)
    assert is_readable(path)
    safety = restore_backup(unattended(database, clock), file)
    assert safety.read_bytes()[-81920:-4096] == content[-81920:-4096]
    assert sign_in(database, "admin", "hongda2026", clock=clock).customers.search().total == 1
    database.close_all()


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def test_the_good_ones_are_found_the_newest_change_first(
    office: Office, stick: Path, tmp_path: Path, clock: FixedClock
) -> None:
    other = tmp_path / "硬盘"
    other.mkdir()
    old = office.backups.create(stick).path
    clock.moment = FixedClock.at("2026-11-23").moment
    office.customers.create({"name": "后来"})
    new = office.backups.create(other).path
    sealed = office.backups.create(stick, password=PASSWORD).path
    spoil(office.backups.create(stick).path)
    (stick / "照片.db").write_bytes(b"\xff" * 9000)
    (stick / "说明.txt").write_text("x", encoding="utf-8")
    (stick / "文件夹.db").mkdir()
    found = find_backups([stick, str(other), stick, tmp_path / "没插"])
    assert [info.path for info in found] == [new, old, sealed]
    assert [(info.is_encrypted, info.company) for info in found] == [(False, "长春宏达"), (False, "长春宏达"), (True, "")]


@pytest.mark.parametrize("change", ["trigger", "encrypted and cut off"])
def test_what_is_not_to_be_trusted_replaces_nothing(
    office: Office, stick: Path, tmp_path: Path, change: str, plant: Callable[[Path], Any]
) -> None:
    if change == "trigger":
        file = office.backups.create(stick).path
        Path(f"{file}.sha256").unlink()
        plant(file)
    else:
        file = office.backups.create(stick, password=PASSWORD).path
        Path(f"{file}.sha256").unlink()
        file.write_bytes(file.read_bytes()[:-1])
    office.customers.create({"name": "后来"})
    before = files(tmp_path)
    with pytest.raises(BackupError):
        office.backups.restore(file, PASSWORD)
    assert office.customers.search().total == 1
    assert files(tmp_path) == before


@pytest.fixture
def plant() -> Callable[[Path], Any]:
    def put(path: Path) -> None:
        with sqlite3.connect(path) as file:
            file.execute("CREATE TRIGGER t AFTER INSERT ON operations BEGIN DELETE FROM customers; END")
        file.close()

    return put
