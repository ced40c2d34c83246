"""Files from elsewhere offered as a backup or opened as an office: read safely or refused in a sentence, never run."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from crm_desktop.db import Database, backup_file, encryption, inspection, known_schema, restore
from crm_desktop.db.connection import Connections
from crm_desktop.db.passing_files import remove_database
from crm_desktop.errors import BackupError, DatabaseError

FROZEN = sorted((Path(__file__).parents[1] / "databases").glob("v*.sql"))


@pytest.fixture
def copy(database: Database, store: Any, tmp_path: Path) -> Path:
    """A good backup, without its digest."""
    database.execute("INSERT INTO company (id, name, created_at, updated_at) VALUES (1, '长春宏达', '', '')")
    store("customers", {"code": "n001", "name": "从前"})
    backup_file.write_backup(database.path, tmp_path / "copy.db")
    (tmp_path / "copy.db.sha256").unlink()
    return tmp_path / "copy.db"


def write(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


RUNS = {
    "a trigger that deletes": "CREATE TRIGGER t AFTER INSERT ON operations BEGIN DELETE FROM customers; END",
    "a trigger under our name": "CREATE TRIGGER audit_sealed BEFORE UPDATE ON audit BEGIN DELETE FROM customers; END",
    "a trigger on a view": "CREATE TRIGGER t INSTEAD OF INSERT ON v_customers BEGIN DELETE FROM customers; END",
    "a view": "CREATE VIEW w AS SELECT * FROM credentials",
    "a view under our name": "CREATE VIEW v_customers AS SELECT *, 1 AS primary_contact FROM customers",
    "a virtual table": "CREATE VIRTUAL TABLE w USING fts5(a)",
    "a virtual table under our name": "CREATE VIRTUAL TABLE customers_bigrams USING fts5(bigrams, tokenize='trigram')",
    "a computed column": "ALTER TABLE company ADD COLUMN w TEXT AS (upper(name)) VIRTUAL",
}
REPLACED = {
    "a trigger under our name": "DROP TRIGGER audit_sealed",
    "a view under our name": "DROP VIEW v_customers",
    "a virtual table under our name": "DROP TABLE customers_bigrams",
}


HIDDEN = """INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('{}', 'w', 'operations', 0,
 'CREATE{}TRIGGER w AFTER INSERT ON operations BEGIN DELETE FROM customers; END')"""


@pytest.mark.parametrize(("kind", "space"), [("index", " "), ("table", " "), ("view", " "), ("other", " "), ("trigger", " "), ("index", "/**/")])
def test_a_trigger_that_passes_for_something_else(copy: Path, kind: str, space: str) -> None:
    """SQLite runs what the statement says, not what the column beside it says."""
    write(copy, "PRAGMA writable_schema = ON", HIDDEN.format(kind, space))
    with pytest.raises(BackupError, match=r"不属于客户管理系统|已损坏"):
        inspection.inspect(copy)
    with pytest.raises(DatabaseError):
        Database.open(copy)


@pytest.fixture(params=RUNS)
def planted(request: pytest.FixtureRequest, copy: Path) -> Path:
    """A backup in which somebody has put what runs by itself."""
    write(copy, *filter(None, [REPLACED.get(request.param), RUNS[request.param]]))
    return copy


def test_what_would_run_is_refused_as_a_backup(planted: Path, database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="不属于客户管理系统"):
        inspection.inspect(planted)
    with pytest.raises(BackupError, match="不属于客户管理系统"):
        restore.restore(database, planted, tmp_path / "safety.db", lambda restored: None)
    assert database.value("SELECT name FROM customers") == "从前"
    assert sorted(path.name for path in tmp_path.glob("*safety*")) == []


def test_what_would_run_is_refused_as_an_office(planted: Path) -> None:
    before = planted.read_bytes()
    with pytest.raises(DatabaseError, match="不属于客户管理系统"):
        Database.open(planted)
    assert planted.read_bytes() == before


@pytest.mark.parametrize("wanted", ["v1", "v2"])
def test_what_would_run_is_refused_in_an_older_file(tmp_path: Path, wanted: str) -> None:
    """Migrating it would be the first to set it off."""
    path = old_office(tmp_path, wanted)
    write(path, "CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN DELETE FROM customers; END")
    for opening in (inspection.inspect, Database.open):
        with pytest.raises((BackupError, DatabaseError), match="触发器 audit_kept"):
            opening(path)


def test_a_table_that_is_not_ours(copy: Path) -> None:
    """No backup; in one's own office it does no harm."""
    write(copy, "CREATE TABLE notes (a TEXT)")
    with pytest.raises(BackupError, match="表 notes"):
        inspection.inspect(copy)
    Database.open(copy).close_all()


def test_what_sqlite_adds_by_itself_is_no_stranger(copy: Path) -> None:
    write(copy, "ANALYZE")
    assert inspection.inspect(copy).company == "长春宏达"


def old_office(folder: Path, version: str) -> Path:
    (script,) = [each for each in FROZEN if each.stem == version]
    with closing(sqlite3.connect(folder / f"{version}.db")) as file:
        file.executescript(script.read_text(encoding="utf-8"))
    return folder / f"{version}.db"


@pytest.mark.parametrize("version", [each.stem for each in FROZEN])
def test_every_version_is_inspected_and_restored(tmp_path: Path, database: Database, version: str) -> None:
    old = old_office(tmp_path, version)
    before = old.read_bytes()
    info = inspection.inspect(old)
    assert (info.company, info.version) == ("长春宏达", int(version[1:]))
    assert info.counts["customers"] > 0
    restore.restore(database, old, tmp_path / "safety.db", lambda restored: None)
    assert database.value("SELECT name FROM company") == "长春宏达"
    with closing(sqlite3.connect(database.path)) as file:
        assert list(known_schema.strangers(file)) == []
    assert old.read_bytes() == before


def test_the_program_s_own_schema_is_known(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as file:
        assert list(known_schema.strangers(file)) == []


# Anything at all


def refused_or_read(path: Path, password: str = "") -> str:
    """The sentence of a refusal; empty when the file was taken for a backup. Anything else fails the test."""
    try:
        inspection.inspect(path, password)
    except BackupError as error:
        return str(error)
    return ""


@given(content=st.binary(max_size=3000))
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random.db"
    for start in (b"", b"SQLite format 3\x00", encryption.MAGIC):
        path.write_bytes(start + content)
        assert refused_or_read(path, "x") != ""


@given(data=st.data())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
def test_a_backup_with_bytes_changed(copy: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Whatever is changed where: with its digest nothing is taken, and without it nothing worse than a refusal comes."""
    good = copy.read_bytes()
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.one_of(st.integers(0, 200), st.integers(0, len(good) - 20)))
        piece = data.draw(st.binary(min_size=1, max_size=16))
        changed[place : place + len(piece)] = piece
    path = tmp_path / "changed.db"
    path.write_bytes(changed)
    refused_or_read(path)
    if changed != good:
        (tmp_path / "changed.db.sha256").write_text(f"{'0' * 64}  changed.db\n", encoding="utf-8")
        assert "校验值不符" in refused_or_read(path)
        (tmp_path / "changed.db.sha256").unlink()


@given(data=st.data())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_an_office_with_bytes_changed(copy: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Opened as an office it is refused in a sentence, or its damage lies where nobody has looked yet."""
    changed = bytearray(copy.read_bytes())
    place = data.draw(st.one_of(st.integers(0, 8192), st.integers(0, len(changed) - 20)))
    piece = data.draw(st.binary(min_size=1, max_size=16))
    changed[place : place + len(piece)] = piece
    path = tmp_path / "office.db"
    remove_database(path)
    path.write_bytes(changed)
    with suppress(DatabaseError):
        Database.open(path).close_all()


@given(length=st.integers(0, 1_200_000))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_shortened_backup(copy: Path, tmp_path: Path, length: int) -> None:
    good = copy.read_bytes()
    path = tmp_path / "short.db"
    path.write_bytes(good[: min(length, len(good) - 1)])
    assert refused_or_read(path) != ""


@given(data=st.data())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_a_changed_backup_is_restored_whole_or_not_at_all(copy: Path, database: Database, tmp_path: Path, data: st.DataObject) -> None:
    changed = bytearray(copy.read_bytes())
    place = data.draw(st.integers(0, len(changed) - 20))
    changed[place : place + 8] = data.draw(st.binary(min_size=8, max_size=8))
    path = tmp_path / "changed.db"
    path.write_bytes(changed)
    safety = tmp_path / "safety.db"
    safety.unlink(missing_ok=True)
    try:
        restore.restore(database, path, safety, mark)
    except BackupError:
        assert database.value("SELECT name FROM customers") == "从前"
    assert database.value("PRAGMA integrity_check") == "ok"
    assert not (tmp_path / "a.db.restoring").exists()


def mark(restored: Connections) -> None:
    restored.execute("INSERT OR REPLACE INTO settings VALUES (0, 'restored', '1')")


@pytest.mark.parametrize("name", ["a.sha256", "不存在.db", "文件夹.db"])
def test_what_is_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "文件夹.db").mkdir()
    (tmp_path / "a.sha256").touch()
    assert "没有找到这个备份文件" in refused_or_read(tmp_path / name)


@pytest.mark.parametrize("digest", [b"\xff" * 90, b"", b"0" * 64, "校验".encode()], ids=["bytes", "empty", "other", "words"])
def test_a_digest_that_is_none(copy: Path, digest: bytes) -> None:
    copy.with_name("copy.db.sha256").write_bytes(digest)
    assert bool(refused_or_read(copy)) is (digest != b"")


def refuse(*arguments: object, **options: object) -> Callable[..., Any]:
    raise PermissionError(13, "Permission denied")


def test_a_file_that_may_not_be_read(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "sha256_of", refuse)
    assert "读不出这个备份" in refused_or_read(copy)
