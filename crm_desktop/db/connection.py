"""Connections to the database file: pragmas, transactions, and what SQLite's errors mean to a clerk."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from crm_desktop.errors import DatabaseError

BUSY_SECONDS = 10
STEPS_UNASKED = 100_000
"""Of SQLite's machine, some milliseconds: so long it goes on before it asks whether anybody still waits."""
PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a power cut must not take back a save the clerk has seen
    "PRAGMA temp_store = MEMORY",
)
Row = sqlite3.Row
Parameters = Sequence[Any] | dict[str, Any]
MANY_ROWS = 500
CACHE, WINDOW_CACHE, LARGE_CACHE = 4096, 16_384, 64_000
"""KiB of pages kept by a worker; by the window, which searches a million a third faster than with 4 MB; and while many
records are written, which would be read and written over and over."""
logger = logging.getLogger(__name__)


class _OfThread(threading.local):
    """What one thread has open."""

    def __init__(self) -> None:
        self.connection: sqlite3.Connection | None = None
        self.file: tuple[int, int] = (0, 0)
        """Which file that connection has open, whatever its name is now."""
        self.depth = 0
        """How many ``atomic`` blocks it is in."""
        self.after_commit: list[Callable[[], None]] = []


class Connections:
    """The connections to one file, one for each thread, and the one way to run a transaction on them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = _OfThread()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._lock = threading.Lock()
        self._abandoned: list[sqlite3.Connection] = []

    def connection(self) -> sqlite3.Connection:
        """This thread's own connection; DatabaseError when SQLite has already undone the transaction it is in.

        A full disk does that by itself: whoever caught the error and went on would save the other half.
        """
        self._let_go_of_another_file()
        connection = self._local.connection or self._connect()
        if self._local.depth and not connection.in_transaction:
            raise DatabaseError("前一步没有完成，整个操作已撤销，数据没有改动。")
        return connection

    def _let_go_of_another_file(self) -> None:
        """What has taken the file's place, like a stick that is back, is opened anew.

        The old connection is never closed: SQLite would tidy up beside the file that bears the name now. As long as
        there is no file, what is open is read on.
        """
        local = self._local
        if local.connection is None or local.connection.in_transaction:
            return
        try:
            is_same = file_of(self.path) == local.file
        except OSError:
            return
        if not is_same:
            with self._lock:
                self._abandoned.append(local.connection)
                self._connections = [each for each in self._connections if each[1] is not local.connection]
            local.connection = None

    def _connect(self) -> sqlite3.Connection:
        self._refuse_vanished()
        with explained():
            connection = connect_existing(self.path)
            try:
                connection.row_factory = sqlite3.Row
                cache = WINDOW_CACHE if threading.current_thread() is threading.main_thread() else CACHE
                for pragma in (*PRAGMAS, f"PRAGMA cache_size = -{cache}"):
                    connection.execute(pragma)
            except BaseException:
                connection.close()
                raise
        with self._lock:
            ended = [each for each in self._connections if not each[0].is_alive()]
            self._connections = [each for each in self._connections if each not in ended]
            self._connections.append((threading.current_thread(), connection))
        for _, forgotten in ended:
            forgotten.close()
        self._local.connection, self._local.file = connection, file_of(self.path)
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
        return any(connection.in_transaction for _, connection in self._connections)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing: any exception rolls back; a nested block is a savepoint.

        BEGIN IMMEDIATE, because a deferred transaction that reads first fails at once when another writer is busy.
        """
        self._refuse_vanished()
        connection, local = self.connection(), self._local
        begin, end, undo = statements_of(local.depth)
        with explained():
            connection.execute(begin)
        local.depth += 1
        waiting = len(local.after_commit)
        try:
            yield
            with explained():
                connection.execute(end)
        except BaseException:
            del local.after_commit[waiting:]
            if connection.in_transaction:  # a full disk has already rolled back by itself
                for statement in undo:
                    connection.execute(statement)
            raise
        finally:
            local.depth -= 1
        if local.depth == 0:
            actions, local.after_commit = local.after_commit, []
            run_all(actions)

    @contextmanager
    def roomy(self, rows: int) -> Iterator[None]:
        """A larger cache while so many rows are written, unless they are few: many touch most pages of every index."""
        if rows < MANY_ROWS:
            yield
            return
        usual, connection = self.value("PRAGMA cache_size"), self.connection()
        self.execute(f"PRAGMA cache_size = -{LARGE_CACHE}")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # closed meanwhile
                connection.execute(f"PRAGMA cache_size = {usual}")

    @contextmanager
    def snapshot(self, is_unwanted: Callable[[], bool]) -> Iterator[None]:
        """Reads inside, ``while_wanted``, see the file as it was at the first, whatever others save; no writing."""
        connection = self.connection()
        with explained():
            connection.execute("BEGIN")
        try:
            with self.while_wanted(is_unwanted):
                yield
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    @contextmanager
    def while_wanted(self, is_unwanted: Callable[[], bool]) -> Iterator[None]:
        """Once ``is_unwanted()``, what is being read in this thread breaks off with a DatabaseError."""
        connection = self.connection()
        connection.set_progress_handler(is_unwanted, STEPS_UNASKED)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)

    def _refuse_vanished(self) -> None:
        """A file that was moved away would take what is saved with it."""
        if self._connections and not self.path.exists():
            raise DatabaseError(VANISHED)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run ``action`` once the outermost transaction is durable; never, if it is rolled back."""
        if self._local.depth:
            self._local.after_commit.append(action)
        else:
            run_all([action])

    def close_all(self) -> None:
        """Close every thread's connection; the last one folds the WAL back, so the file can be copied by hand."""
        with self._lock:
            connections, self._connections = self._connections, []
        self._local = _OfThread()
        for _, connection in connections:
            connection.close()


def file_of(path: Path) -> tuple[int, int]:
    """What tells a file from any other that may come to bear its name."""
    found = path.stat()
    return found.st_dev, found.st_ino


def connect_existing(path: Path) -> sqlite3.Connection:
    """A bare connection to a file that must be there: SQLite by itself would make an empty one."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def open_read_only(path: Path) -> sqlite3.Connection:
    """A bare connection that neither changes a resting file nor leaves anything beside it."""
    log = beside(path, "-wal")
    has_log = log.is_file() and log.stat().st_size > 0
    mode = "mode=ro" if has_log else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)
    connection.execute("PRAGMA cell_size_check = ON")
    connection.text_factory = lambda text: text.decode("utf-8", errors="replace")  # of a damaged file it may be none
    return connection


def beside(path: Path, ending: str) -> Path:
    """A file that SQLite keeps next to the database: ``-wal``, ``-shm``, ``-journal``."""
    return path.with_name(path.name + ending)


def statements_of(depth: int) -> tuple[str, str, tuple[str, ...]]:
    """How a block at this depth begins, ends and is undone."""
    if depth == 0:
        return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
    return f"SAVEPOINT s{depth}", f"RELEASE s{depth}", (f"ROLLBACK TO s{depth}", f"RELEASE s{depth}")


def run_all(actions: Iterable[Callable[[], None]]) -> None:
    """What follows a commit; the record is saved already, so an error here must not look like a failed save."""
    for action in actions:
        try:
            action()
        except Exception:
            logger.exception("an action after the commit failed")


@contextmanager
def explained() -> Iterator[None]:
    """SQLite's errors in a clerk's words; a broken constraint stays what it is: our own mistake."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise DatabaseError(sentence_of(error)) from error
    except UnicodeDecodeError as error:  # what is said of a damaged file may quote its bytes
        raise DatabaseError(SENTENCES["SQLITE_CORRUPT"]) from error


VANISHED = "数据库文件不见了，可能U盘已拔出，或文件被移走。放回原处后再试，您输入的内容还在。"
SENTENCES = {
    "SQLITE_FULL": "磁盘空间已满，没有保存。请清理磁盘后再试，您输入的内容还在。",
    "SQLITE_READONLY": "数据库文件是只读的，不能保存。请检查文件和文件夹的写权限。",
    "SQLITE_BUSY": "数据库正被另一个程序占用，请稍候再试。",
    "SQLITE_NOTADB": "这个文件不是客户管理系统的数据库。",
    "SQLITE_CORRUPT": "数据库文件已损坏，请用最近的备份恢复。",
    "SQLITE_CANTOPEN": "打不开数据库文件，请检查文件夹是否存在、是否有权限。",
    "SQLITE_IOERR_SHMSIZE": "磁盘空间已满，打不开数据库。请清理磁盘后再试。",
    "SQLITE_IOERR": "读写磁盘时出错，没有保存。请检查磁盘或U盘后再试。",
}


def sentence_of(error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, sentence in SENTENCES.items():
        if name.startswith(prefix):
            return sentence
    if "decode" in str(error):  # Python's own finding: a text that is none
        return SENTENCES["SQLITE_CORRUPT"]
    return "数据库出错，这一步没有完成。请用“检查数据库”看一看，或用最近的备份恢复。"
