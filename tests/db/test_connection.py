"""Connections and transactions: all or nothing, on every thread, whatever goes wrong."""

import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, connection
from crm_desktop.db.connection import CACHE, LARGE_CACHE, MANY_ROWS, WINDOW_CACHE, Connections
from crm_desktop.errors import DatabaseError

ADD = "INSERT INTO settings (operator, key, value) VALUES (0, ?, '1')"


def keys(database: Connections) -> list[str]:
    return [row[0] for row in database.query("SELECT key FROM settings ORDER BY key")]


def in_thread(work: Callable[[], Any]) -> Any:
    """The result of ``work``, or its exception, from a thread of its own."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # handed back to the test
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1), ("temp_store", 2)]
)
def test_every_thread_s_connection_is_durable_and_strict(database: Database, pragma: str, value: object) -> None:
    for ask in (lambda: database.value(f"PRAGMA {pragma}"), lambda: in_thread(lambda: database.value(f"PRAGMA {pragma}"))):
        assert ask() == value


def test_a_block_is_saved_as_a_whole(database: Database) -> None:
    with database.atomic():
        database.execute(ADD, ("a",))
        assert in_thread(lambda: keys(database)) == []
    assert in_thread(lambda: keys(database)) == ["a"]


def test_any_exception_undoes_a_block(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt), database.atomic():
        database.execute(ADD, ("a",))
        raise KeyboardInterrupt
    assert keys(database) == []
    assert not database.in_transaction


def test_an_inner_block_that_fails_leaves_the_outer_one_whole(database: Database) -> None:
    with database.atomic():
        database.execute(ADD, ("a",))
        with pytest.raises(ValueError, match="inner"), database.atomic():
            database.execute(ADD, ("b",))
            with database.atomic():
                database.execute(ADD, ("c",))
            raise ValueError("inner")
        database.execute(ADD, ("d",))
    assert keys(database) == ["a", "d"]


def test_a_broken_constraint_stays_what_it_is(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.atomic():
        database.execute(ADD, ("a",))
        database.execute(ADD, ("a",))
    assert keys(database) == []


# After the commit


def test_what_follows_a_commit_waits_for_the_outermost_block(database: Database) -> None:
    told: list[str] = []
    with database.atomic():
        database.after_commit(lambda: told.append("outer"))
        with database.atomic():
            database.after_commit(lambda: told.append("inner"))
        with pytest.raises(ValueError, match="undone"), database.atomic():
            database.after_commit(lambda: told.append("undone"))
            raise ValueError("undone")
        assert told == []
    assert told == ["outer", "inner"]


def test_nothing_follows_a_rollback(database: Database) -> None:
    told: list[str] = []
    with pytest.raises(ValueError, match="undone"), database.atomic():
        database.after_commit(lambda: told.append("undone"))
        raise ValueError("undone")
    with database.atomic():
        pass
    assert told == []


def test_outside_a_block_it_follows_at_once(database: Database) -> None:
    told: list[str] = []
    database.after_commit(lambda: told.append("now"))
    assert told == ["now"]


def test_an_error_afterwards_does_not_look_like_a_failed_save(
    database: Database, error_log: list[logging.LogRecord]
) -> None:
    told: list[str] = []
    with database.atomic():
        database.execute(ADD, ("a",))
        database.after_commit(lambda: 1 / 0)  # type: ignore[arg-type]
        database.after_commit(lambda: told.append("still"))
    assert (keys(database), told) == (["a"], ["still"])
    assert [record.exc_info is not None for record in error_log] == [True]
    error_log.clear()


# A full disk


def fill(database: Database) -> None:
    """No page more than there are now."""
    database.execute(f"PRAGMA max_page_count = {database.value('PRAGMA page_count')}")


def write_a_lot(database: Database) -> None:
    database.executemany(ADD, ((f"{number:0>900}",) for number in range(500)))


def test_a_full_disk_is_said_and_nothing_half_saved(database: Database) -> None:
    with database.atomic():
        database.execute(ADD, ("before",))
    fill(database)
    with pytest.raises(DatabaseError, match="磁盘空间已满"), database.atomic():
        database.execute(ADD, ("first",))
        write_a_lot(database)
    assert keys(database) == ["before"]
    database.execute("PRAGMA max_page_count = 1000000")
    with database.atomic():
        database.execute(ADD, ("later",))
    assert keys(database) == ["before", "later"]


def test_who_goes_on_after_a_full_disk_saves_no_half(database: Database) -> None:
    """SQLite has undone everything by then, so a statement that follows would stand alone."""
    fill(database)
    with pytest.raises(DatabaseError, match="整个操作已撤销"), database.atomic():
        database.execute(ADD, ("first",))
        with pytest.raises(DatabaseError, match="磁盘空间已满"), database.atomic():
            write_a_lot(database)
        database.execute(ADD, ("second",))
    assert keys(database) == []
    assert not database.in_transaction


# Threads


def test_a_writer_waits_for_the_one_before(database: Database) -> None:
    """BEGIN IMMEDIATE: a transaction that has read first is not refused at once."""
    begun, release = threading.Event(), threading.Event()

    def long_write() -> None:
        with database.atomic():
            database.execute(ADD, ("a",))
            begun.set()
            release.wait(30)

    thread = threading.Thread(target=long_write)
    thread.start()
    begun.wait(30)
    threading.Timer(0.2, release.set).start()
    with database.atomic():
        assert keys(database) == ["a"]
        database.execute(ADD, ("b",))
    thread.join()
    assert keys(database) == ["a", "b"]


def test_who_waits_too_long_is_told(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    other = Connections(database.path)
    with database.atomic(), pytest.raises(DatabaseError, match="被另一个程序占用"), other.atomic():
        pass
    other.close_all()


def test_many_threads_add_up(database: Database) -> None:
    database.execute("INSERT INTO settings VALUES (0, 'n', '0')")

    def add() -> None:
        for _ in range(20):
            with database.atomic():
                n = int(database.value("SELECT value FROM settings WHERE key = 'n'"))
                database.execute("UPDATE settings SET value = ? WHERE key = 'n'", (str(n + 1),))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.value("SELECT value FROM settings WHERE key = 'n'") == "80"


def test_connections_of_ended_threads_are_closed(database: Database) -> None:
    ended = [in_thread(database.connection) for _ in range(5)]
    in_thread(lambda: keys(database))
    for each in ended:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.execute("SELECT 1")
    assert keys(database) == []


def test_closing_closes_every_thread_and_leaves_one_plain_file(database: Database, tmp_path: Path) -> None:
    ready, done = threading.Event(), threading.Event()
    seen: list[list[str]] = []

    def reader() -> None:
        seen.append(keys(database))
        ready.set()
        done.wait(30)
        seen.append(keys(database))  # whoever comes back later is connected anew

    thread = threading.Thread(target=reader)
    thread.start()
    ready.wait(30)
    with database.atomic():
        database.execute(ADD, ("a",))
    database.close_all()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]
    copy = Path(shutil.copy(database.path, tmp_path / "copy.db"))
    assert sqlite3_keys(copy) == ["a"]
    done.set()
    thread.join()
    assert seen == [[], ["a"]]
    database.close_all()


def sqlite3_keys(path: Path) -> list[str]:
    file = sqlite3.connect(path)
    found = [row[0] for row in file.execute("SELECT key FROM settings")]
    file.close()
    return found


def test_a_connection_makes_no_file(tmp_path: Path) -> None:
    missing = Connections(tmp_path / "gone.db")
    with pytest.raises(DatabaseError, match="打不开数据库文件"):
        missing.query("SELECT 1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["客户 资料.db", "100%.db", "a#b.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    database = Database.open(tmp_path / name, create=True)
    assert keys(database) == []
    database.close_all()
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SQLITE_FULL", "磁盘空间已满"),
        ("SQLITE_READONLY_DBMOVED", "只读"),
        ("SQLITE_BUSY_SNAPSHOT", "占用"),
        ("SQLITE_NOTADB", "不是客户管理系统"),
        ("SQLITE_CORRUPT_VTAB", "已损坏"),
        ("SQLITE_CANTOPEN", "打不开"),
        ("SQLITE_IOERR_SHMSIZE", "磁盘空间已满"),
        ("SQLITE_IOERR_FSYNC", "读写磁盘时出错"),
        ("SQLITE_ERROR", "数据库出错"),
    ],
)
def test_sqlite_s_errors_in_a_clerk_s_words(name: str, sentence: str) -> None:
    error = sqlite3.OperationalError("it failed")
    error.sqlite_errorname = name
    assert sentence in connection.sentence_of(error)


def test_the_larger_cache_is_given_back(database: Database) -> None:
    def size() -> int:
        return int(database.value("PRAGMA cache_size"))

    usual = size()
    with database.roomy(MANY_ROWS - 1):
        assert size() == usual
    with pytest.raises(DatabaseError), database.roomy(MANY_ROWS), database.atomic():
        assert size() == -LARGE_CACHE
        with database.roomy(MANY_ROWS):
            pass
        assert size() == -LARGE_CACHE
        database.execute("no SQL")
    assert size() == usual

def test_the_window_keeps_more_pages_than_a_worker(database: Database) -> None:
    sizes = [database.value("PRAGMA cache_size")]
    worker = threading.Thread(target=lambda: sizes.append(database.value("PRAGMA cache_size")))
    worker.start()
    worker.join()
    assert sizes == [-WINDOW_CACHE, -CACHE]
