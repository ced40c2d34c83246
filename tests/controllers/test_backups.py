"""数据备份与恢复: verified when written, looked into before anything is replaced, all or nothing."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, backups, sign_in
from crm_desktop.controllers.context import unattended
from crm_desktop.db import Database
from crm_desktop.errors import BackupError, NotFound, SignInError
from crm_desktop.events import BackupCreated, DatabaseReplaced

PASSWORD = "hongda2026"


@pytest.fixture
def saved(office: Office, stick: Path) -> tuple[Path, int]:
    """A backup with one customer, and that customer."""
    customer = office.customers.create({"name": "从前"})
    return office.backups.create(stick).path, customer


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_named_dated_and_counted(office: Office, stick: Path) -> None:
    office.customers.create({"name": "宏达"}, lines={"contacts": [{"name": "王"}]})
    told: list[Any] = []
    office.bus.subscribe(BackupCreated, told.append)
    info = office.backups.create(stick)
    assert info.path.parent == stick
    assert info.path.name.startswith("宏达_20261122_")
    assert info.path.suffix == ".db"
    assert (info.company, {table: count for table, count in info.counts.items() if count}) == (
        "长春宏达", {"customers": 1, "contacts": 1, "operators": 1},
    )  # fmt: skip
    assert office.backups.inspect(info.path) == info
    assert told == [BackupCreated(str(info.path))]
    assert office.backups.last_at() == "2026-11-22T09:00:00Z"
    assert office.audit.operations()[0]["sentence"] == f"备份到 {info.path}"
    assert files(stick) == [info.path.name, f"{info.path.name}.sha256"]


def test_a_second_one_in_a_minute_replaces_nothing(office: Office, stick: Path) -> None:
    first, second, third = (office.backups.create(stick).path for _ in range(3))
    assert [second.name, third.name] == [f"{first.stem}_2.db", f"{first.stem}_3.db"]


def test_a_name_that_no_file_can_have(office: Office, stick: Path) -> None:
    office.company.update(1, {"short_name": '宏 达/<机>:"*?|\\械'}, version=1)
    assert office.backups.create(stick).path.name.startswith("宏达机械_2026")


def test_a_folder_that_is_gone(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="不存在或U盘已拔出"):
        office.backups.create(tmp_path / "gone")
    assert office.backups.last_at() == ""
    assert not (tmp_path / "gone").exists()


def test_restoring_keeps_a_safety_copy(office: Office, saved: tuple[Path, int], tmp_path: Path) -> None:
    file, customer = saved
    office.customers.update(customer, {"name": "现在"}, version=1)
    later = office.customers.create({"name": "后来"})
    told: list[Any] = []
    office.bus.subscribe(DatabaseReplaced, told.append)
    safety = office.backups.restore(file)
    assert told == [DatabaseReplaced()]
    assert office.customers.get(customer)["name"] == "从前"
    with pytest.raises(NotFound):
        office.customers.get(later)
    assert [row["name"] for row in office.customers.search().rows] == ["从前"]
    assert safety.parent == tmp_path / "备份"
    assert "恢复前" in safety.name
    assert office.backups.inspect(safety).counts["customers"] == 2
    assert office.audit.operations()[0]["sentence"] == f"从 {file.name} 恢复（最后修改 2026-11-22T09:00:00Z）"
    assert office.audit.operations()[0]["operator"] == "admin"
    office.backups.restore(safety)
    assert office.customers.get(later)["name"] == "后来"


def test_codes_continue_where_the_restored_office_was(office: Office, saved: tuple[Path, int]) -> None:
    office.customers.create({"name": "后来"})
    office.backups.restore(saved[0])
    assert office.customers.get(office.customers.create({"name": "再来"}))["code"] == "n0431002"


def test_who_did_not_exist_then_restores_and_must_sign_in_as_another(
    office: Office, saved: tuple[Path, int], hire: Callable[..., Office], enter: Callable[..., Office]
) -> None:
    wang = hire("wang", "管理员")
    wang.backups.restore(saved[0])
    assert office.audit.operations()[0]["kind"] == "restore_backup"
    assert office.audit.operations()[0]["operator"] == ""
    with pytest.raises(SignInError):
        enter("wang")
    with pytest.raises(Exception, match="已停用"):
        wang.customers.search()


def test_the_live_file_is_no_backup_of_itself(office: Office) -> None:
    with pytest.raises(BackupError, match="这就是正在使用的数据库"):
        office.backups.restore(office.db.path)


@pytest.mark.parametrize("spoil", ["missing", "text", "newer"])
def test_what_is_no_backup_replaces_nothing(office: Office, saved: tuple[Path, int], spoil: str, tmp_path: Path) -> None:
    file, customer = saved
    if spoil == "missing":
        file.unlink()
    elif spoil == "text":
        file.write_text("客户" * 999, encoding="utf-8")
    else:
        with closing(sqlite3.connect(file)) as opened:
            opened.execute("PRAGMA user_version = 999")
    office.customers.update(customer, {"name": "现在"}, version=1)
    before = files(tmp_path)
    with pytest.raises(BackupError):
        office.backups.restore(file)
    assert office.customers.get(customer)["name"] == "现在"
    assert files(tmp_path) == before


# Without an operator: schedulers, the command line, a file that nobody can sign in to


def test_the_program_backs_up_by_itself(database: Database, stick: Path, clock: FixedClock) -> None:
    info = backups.back_up(unattended(database, clock), stick)
    assert info.counts["operators"] == 1
    assert sign_in(database, "admin", PASSWORD, clock=clock).audit.operations()[1]["operator"] == ""


def test_a_damaged_office_is_replaced(office: Office, saved: tuple[Path, int], clock: FixedClock) -> None:
    file, customer = saved
    path = office.db.path
    office.db.close_all()
    path.write_bytes(b"\xff" * 50000)
    database = Database(path)
    safety = backups.restore_backup(unattended(database, clock), file)
    assert safety.name.startswith("office_恢复前_")
    assert safety.read_bytes() == b"\xff" * 50000
    assert sign_in(database, "admin", PASSWORD, clock=clock).customers.get(customer)["name"] == "从前"
    database.close_all()


def test_an_office_that_is_gone_is_put_back(office: Office, saved: tuple[Path, int], clock: FixedClock, tmp_path: Path) -> None:
    database = Database(tmp_path / "new" / "office.db")
    database.path.parent.mkdir()
    backups.restore_backup(unattended(database, clock), saved[0])
    assert sign_in(database, "admin", PASSWORD, clock=clock).customers.search().total == 1
    database.close_all()


def test_the_file_may_be_copied_by_hand_after_closing(office: Office, tmp_path: Path, clock: FixedClock) -> None:
    customer = office.customers.create({"name": "宏达"})
    office.db.close_all()
    copy = Database.open(shutil.copy(office.db.path, tmp_path / "copy.db"))
    assert sign_in(copy, "admin", PASSWORD, clock=clock).customers.get(customer)["name"] == "宏达"
    copy.close_all()
