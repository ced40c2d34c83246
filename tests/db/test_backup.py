"""Hot copies: complete, verified, all or nothing, and no trace in what they were made from."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, backup, inspection, passing_files, schema
from crm_desktop.db.connection import beside
from crm_desktop.errors import BackupError

ADD = "INSERT INTO settings (operator, key, value) VALUES (1, ?, '1')"


def inspect(path: Path) -> inspection.BackupInfo:
    return inspection.inspect(path)


def write(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


@pytest.fixture
def copy(database: Database, store: Any, tmp_path: Path) -> Path:
    """A backup of a small office."""
    database.execute("INSERT INTO company (id, name, created_at, updated_at) VALUES (1, '长春宏达', '', '')")
    database.execute("INSERT INTO operations (at, kind, sentence) VALUES ('2026-11-22T01:00:00Z', 'create', '')")
    store("customers", {"code": "n001", "name": "一汽"}, {"code": "n002", "name": "废", "deleted_at": "2026-11-01T00:00:00Z"})
    backup.copy_database(database.path, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_a_copy_is_one_plain_file_that_tells_what_is_inside(copy: Path, tmp_path: Path) -> None:
    info = inspect(copy)
    assert (info.company, info.version, info.last_change) == ("长春宏达", schema.current_version(), "2026-11-22T01:00:00Z")
    assert {table: count for table, count in info.counts.items() if count} == {"customers": 1}
    assert len(info.counts) == 10
    assert info.size == copy.stat().st_size
    assert copy.read_bytes()[18:20] == b"\x01\x01"  # no WAL is expected beside it
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("copy")} == {"copy.db"}


def test_what_is_not_committed_is_not_in_it(database: Database, tmp_path: Path) -> None:
    database.execute(ADD, ("saved",))
    with database.atomic():
        database.execute(ADD, ("not yet",))
        backup.copy_database(database.path, tmp_path / "copy.db")
    opened = Database.open(tmp_path / "copy.db")
    assert opened.value("SELECT group_concat(key) FROM settings") == "saved"
    opened.close_all()


def test_an_older_copy_is_replaced_only_by_a_whole_one(copy: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = copy.read_bytes()
    database.execute(ADD, ("a",))

    def fail(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.system, "replace_durably", fail)
    with pytest.raises(BackupError, match="目标磁盘空间已满"):
        backup.copy_database(database.path, copy)
    assert copy.read_bytes() == before
    assert not beside(copy, ".part").exists()


def test_a_copy_is_durable_before_it_has_its_name(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[tuple[str, str, bool]] = []
    replace = backup.system.replace_durably

    def watch(source: Path, target: Path) -> None:
        moved.append((source.name, target.name, target.exists()))
        replace(source, target)

    monkeypatch.setattr(backup.system, "replace_durably", watch)
    backup.copy_database(database.path, tmp_path / "copy.db")
    assert moved == [("copy.db.part", "copy.db", False)]


@pytest.mark.parametrize(
    ("place", "reason"),
    [("missing/copy.db", "不存在或已拔出"), ("a.db/copy.db", "不存在或已拔出"), ("folder", "备份没有完成")],
)
def test_where_nothing_can_be_written(database: Database, tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(BackupError, match=reason) as error:
        backup.copy_database(database.path, tmp_path / place)
    assert "原有数据未改动" in str(error.value)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_source_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(BackupError):
        backup.copy_database(tmp_path / "gone.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_live_file_is_never_read_as_one_that_rests(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite would take no locks, and a checkpoint meanwhile would tear the copy."""
    monkeypatch.delattr(backup, "open_read_only")
    backup.copy_database(database.path, tmp_path / "copy.db")
    with pytest.raises(NameError):
        backup.copy_database(database.path, tmp_path / "copy.db", is_live=False)


def test_progress_is_told(database: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    backup.copy_database(database.path, tmp_path / "copy.db", lambda done, total: told.append((done, total)))
    assert told
    assert told[-1][0] == told[-1][1] > 0


def test_beside_a_busy_writer(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends, the writer goes on, and each copy holds whole transactions of one moment, though made in slices."""
    monkeypatch.setattr(backup, "PAGES", 10)
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            with database.atomic():
                database.execute("INSERT INTO serials VALUES (?, 0)", (f"{number:06d}",))
                database.execute("UPDATE serials SET last = CAST(prefix AS INTEGER) WHERE prefix = ?", (f"{number:06d}",))
            number += 1

    thread = threading.Thread(target=work)
    thread.start()
    try:
        sizes = []
        for number in range(5):
            target = tmp_path / f"copy{number}.db"
            told: list[int] = []
            backup.copy_database(database.path, target, lambda done, total, told=told: told.append(done))  # type: ignore[misc]
            assert told == sorted(set(told))  # it never began again
            inspect(target)
            with closing(sqlite3.connect(target)) as file:
                assert file.execute("SELECT count(*) FROM serials WHERE last <> CAST(prefix AS INTEGER)").fetchone() == (0,)
                sizes.append(file.execute("SELECT count(*) FROM serials").fetchone()[0])
    finally:
        stop.set()
        thread.join()
    assert sizes == sorted(sizes)
    assert database.value("SELECT count(*) FROM serials") >= sizes[-1] > 0


def test_what_is_saved_between_two_slices_neither_gets_in_nor_makes_it_begin_again(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES", 20)
    told: list[int] = []

    def save(done: int, total: int) -> None:
        told.append(done)
        if len(told) <= 3:
            database.execute(ADD, (f"slice {len(told)}",))

    counts = backup.copy_pages(database.path, tmp_path / "copy.db", backup.row_counts, save)
    assert told == sorted(set(told))
    assert len(told) > 3
    assert counts["settings"] == 0
    with closing(sqlite3.connect(tmp_path / "copy.db")) as file:
        assert backup.row_counts(file) == counts
    assert database.value("SELECT count(*) FROM settings") == 3


# What is no backup

BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path.unlink(), "没有找到"),
    "empty": (lambda path: path.write_bytes(b""), "空的"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "没有找到"),
    "text": (lambda path: path.write_text("客户" * 999, encoding="utf-8"), "已损坏或不是"),
    "foreign": (lambda path: write(path, "PRAGMA application_id = 5"), "不是客户管理系统的备份"),
    "newer": (lambda path: write(path, "PRAGMA user_version = 999"), "更新版本的程序"),
    "torn": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "已损坏"),
    "scribbled over": (lambda path: path.write_bytes(path.read_bytes()[:8192] + b"\xff" * 40960 + path.read_bytes()[49152:]), "已损坏"),
    "scribbled over where nobody looks": (lambda path: path.write_bytes(path.read_bytes()[:-4096] + b"\xff" * 4096), "已损坏"),
    "half a schema": (lambda path: write(path, "DROP TABLE operations"), "已损坏"),
}


@pytest.mark.parametrize(("spoil", "sentence"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_use_is_said(copy: Path, spoil: Callable[[Path], object], sentence: str) -> None:
    spoil(copy)
    with pytest.raises(BackupError, match=sentence):
        inspect(copy)


def test_looking_inside_changes_nothing(copy: Path, tmp_path: Path) -> None:
    before, names = copy.read_bytes(), sorted(path.name for path in tmp_path.iterdir())
    inspect(copy)
    assert copy.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_file_copied_by_hand_with_its_log_is_read_whole(database: Database, tmp_path: Path) -> None:
    database.execute("INSERT INTO company (id, name, created_at, updated_at) VALUES (1, '长春宏达', '', '')")
    target = tmp_path / "stick.db"
    for ending in ("", "-wal"):
        beside(target, ending).write_bytes(beside(database.path, ending).read_bytes())
    assert inspect(target).company == "长春宏达"


def test_removing_takes_what_lies_beside(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        beside(tmp_path / "a.db", ending).touch()
    (tmp_path / "a.db-notes").touch()
    passing_files.remove_database(tmp_path / "a.db")
    passing_files.remove_database(tmp_path / "a.db")
    assert [path.name for path in tmp_path.iterdir()] == ["a.db-notes"]


@pytest.mark.parametrize(
    ("message", "sentence"),
    [("database or disk is full", "空间已满"), ("[Errno 28] No space left on device", "空间已满"),
     ("attempt to write a readonly database", "不能写入"), ("[Errno 13] Permission denied", "不能写入"),
     ("unable to open database file", "已拔出"), ("[Errno 20] Not a directory", "已拔出"),
     ("database is locked", "占用"), ("disk I/O error", "读写磁盘时出错")],
)  # fmt: skip
def test_reasons_in_a_clerk_s_words(message: str, sentence: str) -> None:
    assert sentence in backup.reason(OSError(message))
