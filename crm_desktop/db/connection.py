"""Connections to the database file: pragmas, transactions, and what SQLite's errors mean to a clerk."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_desktop.errors import DatabaseError

BUSY_SECONDS = 10
PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a power cut must not take back a save the clerk has seen
    "PRAGMA temp_store = MEMORY",
)
Row = sqlite3.Row
Parameters = Sequence[Any] | dict[str, Any]


class Connections:
    """The connections to one file, one for each thread, and the one way to run a transaction on them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def connection(self) -> sqlite3.Connection:
        """This thread's own connection."""
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        return existing or self._connect()

    def _connect(self) -> sqlite3.Connection:
        with explained():
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            try:
                connection.row_factory = sqlite3.Row
                for pragma in PRAGMAS:
                    connection.execute(pragma)
            except BaseException:
                connection.close()
                raise
        with self._lock:
            self._connections.append(connection)
        self._local.connection = connection
        self._local.depth = 0
        self._local.after_commit = []
        return connection

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        with explained():
            return self.connection().execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> None:
        with explained():
            self.connection().executemany(sql, rows)

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        with explained():
            return self.connection().execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        with explained():
            row: Row | None = self.connection().execute(sql, parameters).fetchone()
        return row

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, parameters)
        return row[0] if row is not None else None

    @property
    def in_transaction(self) -> bool:
        return any(connection.in_transaction for connection in self._connections)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing: any exception rolls back; a nested block is a savepoint.

        BEGIN IMMEDIATE, because a deferred transaction that reads first fails at once when another writer is busy.
        """
        connection = self.connection()
        depth = self._local.depth
        begin, end, undo = (
            ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
            if depth == 0
            else (f"SAVEPOINT s{depth}", f"RELEASE s{depth}", (f"ROLLBACK TO s{depth}", f"RELEASE s{depth}"))
        )
        with explained():
            connection.execute(begin)
        self._local.depth += 1
        waiting = len(self._local.after_commit)
        try:
            yield
            with explained():
                connection.execute(end)
        except BaseException:
            del self._local.after_commit[waiting:]
            if connection.in_transaction:  # a full disk has already rolled back by itself
                for statement in undo:
                    connection.execute(statement)
            raise
        finally:
            self._local.depth -= 1
        if depth == 0:
            self._run_after_commit()

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run ``action`` once the outermost transaction is durable; never, if it is rolled back."""
        self.connection()
        if self._local.depth:
            self._local.after_commit.append(action)
        else:
            action()

    def _run_after_commit(self) -> None:
        actions, self._local.after_commit = self._local.after_commit, []
        for action in actions:
            action()

    def close_all(self) -> None:
        """Close every thread's connection; the last one folds the WAL back, so the file can be copied by hand."""
        with self._lock:
            connections, self._connections = self._connections, []
        self._local = threading.local()
        for connection in connections:
            connection.close()


@contextmanager
def explained() -> Iterator[None]:
    """SQLite's errors in a clerk's words; a broken constraint stays what it is: our own mistake."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise DatabaseError(_sentence(error)) from error


SENTENCES = {
    "SQLITE_FULL": "磁盘空间已满，没有保存。请清理磁盘后再试，您输入的内容还在。",
    "SQLITE_READONLY": "数据库文件是只读的，不能保存。请检查文件和文件夹的写权限。",
    "SQLITE_BUSY": "数据库正被另一个程序占用，请稍候再试。",
    "SQLITE_NOTADB": "这个文件不是客户管理系统的数据库。",
    "SQLITE_CORRUPT": "数据库文件已损坏，请用最近的备份恢复。",
    "SQLITE_CANTOPEN": "打不开数据库文件，请检查文件夹是否存在、是否有权限。",
    "SQLITE_IOERR": "读写磁盘时出错，没有保存。请检查磁盘或U盘后再试。",
}


def _sentence(error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, sentence in SENTENCES.items():
        if name.startswith(prefix):
            return sentence
    return f"数据库出错：{error}"
