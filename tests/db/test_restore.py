"""A backup takes the place of the live file wholly or not at all, whatever happens meanwhile."""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, backup, migrate, restore, schema
from crm_desktop.db.connection import Connections, beside
from crm_desktop.errors import BackupError, DatabaseError
from tests.spoiled import empty_index

PROJECT = Path(__file__).resolve().parents[2]
NAME = "SELECT name FROM customers"


@pytest.fixture
def live(tmp_path: Path, store_in: Callable[..., Any]) -> Iterator[Database]:
    database = Database.open(tmp_path / "live.db", create=True)
    store_in(database, "customers", [{"code": "n001", "name": "现在"}])
    yield database
    database.close_all()


@pytest.fixture
def copy(tmp_path: Path, store_in: Callable[..., Any]) -> Path:
    """A backup of another day."""
    database = Database.open(tmp_path / "other.db", create=True)
    store_in(database, "customers", [{"code": "n001", "name": "从前"}])
    backup.copy_database(database.path, tmp_path / "copy.db")
    database.close_all()
    database.path.unlink()
    return tmp_path / "copy.db"


def mark(restored: Connections) -> None:
    restored.execute("INSERT INTO settings VALUES (0, 'restored', '1')")


def read(path: Path, sql: str = NAME) -> Any:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql).fetchone()[0]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_content_is_replaced_under_the_open_file(live: Database, copy: Path, tmp_path: Path) -> None:
    done, seen = threading.Event(), []

    def reader() -> None:
        seen.append(live.value(NAME))
        done.wait(30)
        seen.append(live.value(NAME))

    thread = threading.Thread(target=reader)
    thread.start()
    while not seen:
        time.sleep(0.001)
    restore.restore(live, copy, tmp_path / "safety.db", mark)
    done.set()
    thread.join()
    assert seen == ["现在", "从前"]
    assert live.value("SELECT value FROM settings WHERE key = 'restored'") == "1"
    assert live.value("SELECT name_sort FROM customers_search") == "cong qian\t从前"
    assert live.value("PRAGMA journal_mode") == "wal"
    with live.atomic():
        live.execute("UPDATE customers SET name = '后来'")
    assert read(tmp_path / "safety.db") == "现在"
    assert read(copy) == "从前"
    live.close_all()
    assert names(tmp_path) == {"live.db", "copy.db", "safety.db", "safety.db.sha256"}


def test_an_older_backup_is_brought_up_to_date(live: Database, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = copy.read_bytes()
    folder = tmp_path / "migrations"
    folder.mkdir()
    version = schema.current_version() + 1
    (folder / f"{version:04d}_a.sql").write_text("ALTER TABLE company ADD COLUMN motto TEXT;\n", encoding="utf-8")
    live.execute("ALTER TABLE company ADD COLUMN motto TEXT")
    live.execute(f"PRAGMA user_version = {version}")
    text = schema.schema_text().replace("PRAGMA user_version = ", f"PRAGMA user_version = {version}; -- ")
    monkeypatch.setattr(schema, "schema_text", lambda: text)
    monkeypatch.setattr(restore, "MIGRATIONS", folder)
    restore.restore(live, copy, tmp_path / "safety.db", mark)
    assert live.value("PRAGMA user_version") == version
    assert live.value("SELECT count(motto) FROM company") == 0
    assert live.value(NAME) == "从前"
    assert copy.read_bytes() == before
    assert not any("升级前" in name for name in names(tmp_path))


FAILURES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "no room for the prepared copy": lambda patch: patch.setattr(restore, "copy_database", fail(BackupError)),
    "the migration fails": lambda patch: patch.setattr(restore, "migrate", fail(DatabaseError)),
    "no room for the search tables": lambda patch: patch.setattr(restore, "rebuild", fail(DatabaseError)),
    "the last step fails": lambda patch: patch.setattr(restore, "copy_into_live", fail(BackupError)),
    "the disk is pulled": lambda patch: patch.setattr(restore, "copy_into_live", fail(OSError)),
}


def fail(error: type[Exception]) -> Callable[..., None]:
    def failing(*arguments: object, **options: object) -> None:
        raise error("坏了")

    return failing


@pytest.mark.parametrize("break_something", FAILURES.values(), ids=FAILURES)
def test_what_fails_leaves_the_live_file_as_it_was(
    live: Database, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_something: Callable[[pytest.MonkeyPatch], None]
) -> None:
    break_something(monkeypatch)
    with pytest.raises(BackupError):
        restore.restore(live, copy, tmp_path / "safety.db", mark)
    assert live.value(NAME) == "现在"
    assert live.value("SELECT count(*) FROM settings WHERE key = 'restored'") == 0
    assert not any("restoring" in name for name in names(tmp_path))


def test_indexes_are_made_anew(live: Database, copy: Path, tmp_path: Path) -> None:
    empty_index(copy, "customers_code")
    assert read(copy, "PRAGMA integrity_check(1)") != "ok"
    restore.restore(live, copy, tmp_path / "safety.db", mark)
    assert live.value("PRAGMA integrity_check(1)") == "ok"
    assert live.value("SELECT name FROM customers WHERE code = 'n001'") == "从前"


def test_two_records_with_what_only_one_may_have_are_not_restored(
    live: Database, copy: Path, tmp_path: Path, store_in: Callable[..., Any]
) -> None:
    empty_index(copy, "customers_code")
    database = Database.open(copy)
    store_in(database, "customers", [{"code": "n001", "name": "又一个"}])
    database.close_all()
    with pytest.raises(BackupError, match="有损坏的内容"):
        restore.restore(live, copy, tmp_path / "safety.db", mark)
    assert live.value(NAME) == "现在"


def test_a_log_that_cannot_be_written_stops_it(live: Database, copy: Path, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        restore.restore(live, copy, tmp_path / "safety.db", lambda restored: 1 / 0)  # type: ignore[arg-type, return-value]
    assert live.value(NAME) == "现在"
    assert not (tmp_path / "safety.db").exists()


def test_leftovers_of_an_attempt_that_was_cut_off_do_no_harm(live: Database, copy: Path, tmp_path: Path) -> None:
    """A log that stays behind would be played into the next file of that name."""
    staged = beside(live.path, ".restoring")
    for ending in ("", "-wal", "-shm"):
        shutil.copyfile(beside(live.path, ending), beside(staged, ending))
    restore.restore(live, copy, tmp_path / "safety.db", mark)
    assert live.value(NAME) == "从前"
    assert live.value("PRAGMA integrity_check") == "ok"


@pytest.mark.parametrize("bytes_kept", [0, 50])
def test_a_file_that_sqlite_does_not_know_is_replaced(copy: Path, tmp_path: Path, bytes_kept: int) -> None:
    damaged = tmp_path / "live.db"
    damaged.write_bytes(copy.read_bytes()[:bytes_kept] + b"\xff" * 9000)
    beside(damaged, "-wal").write_bytes(b"log")
    spoilt = damaged.read_bytes()
    restore.restore(Connections(damaged), copy, tmp_path / "safety.db", mark)
    assert names(tmp_path) == {"live.db", "copy.db", "safety.db", "safety.db-wal"}
    assert read(damaged) == "从前"
    assert (tmp_path / "safety.db").read_bytes() == spoilt
    assert beside(tmp_path / "safety.db", "-wal").read_bytes() == b"log"


def test_a_file_that_is_gone_is_replaced(copy: Path, tmp_path: Path) -> None:
    restore.restore(Connections(tmp_path / "live.db"), copy, tmp_path / "safety.db", mark)
    assert read(tmp_path / "live.db") == "从前"
    assert names(tmp_path) == {"live.db", "copy.db"}


def test_a_busy_office_is_not_replaced(live: Database, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_desktop.db.connection.BUSY_SECONDS", 0.05)
    other = Connections(live.path)
    with other.atomic():
        other.execute("UPDATE customers SET name = '正在改'")
        with pytest.raises(BackupError, match="占用"):
            restore.restore(live, copy, tmp_path / "safety.db", mark)
    assert live.value(NAME) == "正在改"
    other.close_all()


# Cut off by kill -9

RESTORE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from crm_desktop.db import Database
from crm_desktop.db.restore import restore
live, first, second, safety = map(Path, sys.argv[1:])
database = Database.open(live)
print("ready", flush=True)
for source in itertools.cycle([first, second]):
    restore(database, source, safety, lambda restored: None)
"""


@pytest.mark.parametrize("kills", [pytest.param(3, id="3"), pytest.param(40, id="40", marks=pytest.mark.slow)])
def test_a_restore_that_is_killed_leaves_one_office_whole(live: Database, copy: Path, tmp_path: Path, store_in: Callable[..., Any], kills: int) -> None:
    with live.atomic():
        store_in(live, "customers", [{"code": f"x{n}", "name": "现在", "phone": "0431-85123456"} for n in range(2000)])
    shutil.copyfile(copy, tmp_path / "first.db")
    backup.copy_database(live.path, tmp_path / "second.db")
    live.close_all()
    dice = random.Random(7)
    seen = set()
    for _ in range(kills):
        files = [str(tmp_path / name) for name in ("live.db", "first.db", "second.db", "safety.db")]
        process = subprocess.Popen([sys.executable, "-c", RESTORE_FOR_EVER, *files], cwd=PROJECT, stdout=subprocess.PIPE)
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0.005, 0.4))
            process.kill()
        reopened = Database.open(live.path)
        found = reopened.query("SELECT name, count(*) AS n FROM customers GROUP BY name")
        assert len(found) == 1
        assert (found[0]["name"], found[0]["n"]) in {("现在", 2001), ("从前", 1)}
        assert reopened.value("PRAGMA integrity_check") == "ok"
        assert reopened.value("SELECT count(*) FROM customers_search") == found[0]["n"]
        seen.add(found[0]["name"])
        reopened.close_all()
    assert seen


def test_the_migrations_of_the_program_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert restore.MIGRATIONS == migrate.MIGRATIONS
