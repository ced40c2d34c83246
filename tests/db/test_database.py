"""Opening a file: what is created, what is refused with which sentence, and what is left untouched."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import system
from crm_desktop.db import Database, migrate, schema
from crm_desktop.errors import DatabaseError

NOBODY = 65534


def refusal(path: Path, create: bool = False) -> str:
    with pytest.raises(DatabaseError) as error:
        Database.open(path, create)
    return str(error.value)


def write_database(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


@pytest.fixture
def existing(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    Database.open(path, create=True).close_all()
    return path


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that others can reach; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


@pytest.fixture
def as_anybody() -> Iterator[Callable[[], None]]:
    """Call it to go on without root's power to write everywhere, where there is one."""
    schema.schema_text()  # may lie where only root can read
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    yield lambda: os.seteuid(NOBODY) if is_root else None
    if is_root:
        os.seteuid(0)


def test_a_new_file_has_the_schema(existing: Path) -> None:
    database = Database.open(existing)
    assert database.value("PRAGMA application_id") == schema.application_id()
    assert database.value("PRAGMA user_version") == schema.current_version()
    assert database.value("SELECT count(*) FROM customers") == 0
    database.close_all()


def test_folders_are_made_for_a_new_file(tmp_path: Path) -> None:
    Database.open(tmp_path / "客户" / "资料" / "a.db", create=True).close_all()
    assert (tmp_path / "客户" / "资料" / "a.db").is_file()


def test_a_missing_file_is_not_made_by_opening(tmp_path: Path) -> None:
    assert "没有找到数据库文件" in refusal(tmp_path / "no" / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_create_opens_what_is_there(existing: Path) -> None:
    database = Database.open(existing)
    database.execute("INSERT INTO settings VALUES (0, 'a', '1')")
    database.close_all()
    database = Database.open(existing, create=True)
    assert database.value("SELECT count(*) FROM settings") == 1
    database.close_all()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "这是一个文件夹" in refusal(tmp_path)
    assert "这是一个文件夹" in refusal(tmp_path, create=True)


def test_a_file_where_a_folder_should_be(existing: Path) -> None:
    assert "打不开数据库文件" in refusal(existing / "a.db", create=True)


def test_an_empty_file_is_filled_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    assert "这个文件是空的" in refusal(path)
    assert path.stat().st_size == 0
    Database.open(path, create=True).close_all()
    Database.open(path).close_all()


def test_a_creation_that_was_cut_off_can_be_repeated(tmp_path: Path) -> None:
    """Power went after SQLite wrote its first page and before the schema was saved."""
    path = tmp_path / "a.db"
    write_database(path, "PRAGMA journal_mode = WAL", "CREATE TABLE a (b)", "DROP TABLE a")
    assert path.stat().st_size > 0
    assert "空的" in refusal(path)
    Database.open(path, create=True).close_all()
    Database.open(path).close_all()


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(database: Database) -> None:
        database.execute("CREATE TABLE half (a)")
        raise DatabaseError("磁盘空间已满")

    monkeypatch.setattr(schema, "create", fail)
    refusal(tmp_path / "a.db", create=True)
    assert list(tmp_path.iterdir()) == []


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("客户,电话\n" * 500, encoding="utf-8"),
    "short": lambda path: path.write_bytes(b"x"),
    "zip": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(5000)),
    "another program's": lambda path: write_database(path, "PRAGMA application_id = 7", "CREATE TABLE a (b)"),
    "nobody's": lambda path: write_database(path, "CREATE TABLE a (b)"),
    "in the WAL": lambda path: write_database(path, "PRAGMA journal_mode = WAL", "CREATE TABLE a (b)"),
}


@pytest.mark.parametrize("make", NOT_OURS.values(), ids=NOT_OURS)
@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, make: Callable[[Path], object], create: bool) -> None:
    path = tmp_path / "a.db"
    make(path)
    before = path.read_bytes()
    assert refusal(path, create) == "这个文件不是客户管理系统的数据库。"
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


def test_a_newer_program_s_file_is_refused_and_left_alone(existing: Path) -> None:
    write_database(existing, f"PRAGMA user_version = {schema.current_version() + 1}")
    before = existing.read_bytes()
    assert "更新版本的程序" in refusal(existing)
    assert existing.read_bytes() == before


def test_an_older_file_without_a_way_here_is_refused(existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "current_version", lambda: 99)
    monkeypatch.setattr(migrate, "MIGRATIONS", existing.parent / "none")
    assert "版本太旧" in refusal(existing)


def test_a_damaged_file_is_refused(existing: Path) -> None:
    with existing.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3000)
    assert "已损坏" in refusal(existing)


def test_a_truncated_file_says_so_at_the_latest_when_it_is_read(existing: Path) -> None:
    with existing.open("r+b") as file:
        file.truncate(existing.stat().st_size // 2)
    with pytest.raises(DatabaseError, match="已损坏"):
        database = Database.open(existing)
        database.value("PRAGMA quick_check")
        database.query("SELECT * FROM customers JOIN contacts JOIN audit JOIN operations")


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_cannot_be_written_is_refused(public_folder: Path, as_anybody: Callable[[], None], which: str) -> None:
    path = public_folder / "a.db"
    Database.open(path, create=True).close_all()
    path.chmod(0o444 if which == "file" else 0o666)
    public_folder.chmod(0o777 if which == "file" else 0o555)
    before = path.read_bytes()
    as_anybody()
    if which == "file" or os.name != "nt":  # Windows lets everybody write into a read-only folder
        assert "只读" in refusal(path)
    assert path.read_bytes() == before
    assert [each.name for each in public_folder.iterdir()] == ["a.db"]


def test_a_folder_one_may_not_enter(public_folder: Path, as_anybody: Callable[[], None]) -> None:
    path = public_folder / "a.db"
    Database.open(path, create=True).close_all()
    public_folder.chmod(0o000 if os.name != "nt" else 0o777)
    as_anybody()
    if os.name != "nt":
        assert "打不开数据库文件" in refusal(path)


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_network_path", lambda path: True)
    assert "不能放在网络驱动器上" in refusal(tmp_path / "a.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_copied_file_is_a_whole_office(existing: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(existing, tmp_path / "copy.db"))
    Database.open(copy).close_all()
