"""Whatever is offered to open or to restore: refused in a sentence or put to use, and the live file as it was."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database, encryption
from crm_desktop.errors import CrmError
from crm_desktop.models import Query
from tests.faults.ledger import Held
from tests.faults.scene import is_sentence
from tests.faults.whole import assert_sound, assert_whole, held_by
from tests.faults.work import PASSWORD

Spoil = Callable[[Path], object]


@pytest.fixture
def offered(live: Path, tmp_path: Path) -> Path:
    """A good office's file, to be spoilt."""
    return Path(shutil.copyfile(live / "office.db", tmp_path / "拿来的.db"))


@pytest.fixture
def office(live: Path, cheap_passwords: None) -> Iterator[Office]:
    """The live office, which has a customer more than the file that is offered."""
    office = sign_in(Database.open(live / "office.db"), "admin", PASSWORD, clock=FixedClock.at("2026-11-22"))
    office.customers.create({"name": "现在的"})
    yield office
    office.db.close_all()


def run_sql(*statements: str) -> Spoil:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file:
            for statement in statements:
                file.execute(statement)
            file.commit()

    return run


def foreign(path: Path) -> None:
    path.unlink()
    run_sql("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO customers VALUES (1, '别家')")(
        path
    )


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


NO_OFFICE: dict[str, Spoil] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "a folder": folder,
    "text": lambda path: path.write_text("客户,电话\n" * 500, encoding="utf-8"),
    "a zip": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(9000)),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "another program's": foreign,
    "not marked as ours": run_sql("PRAGMA application_id = 7"),
    "newer": run_sql("PRAGMA user_version = 999"),
    "of no version": run_sql("PRAGMA user_version = 0"),
    "of a negative version": run_sql("PRAGMA user_version = -1"),
    "ours by its mark alone": lambda path: (foreign(path), run_sql("PRAGMA application_id = 1129467213")(path)),
}


def tried(action: Callable[[], object]) -> str:
    """Empty when it worked; the sentence when it was refused; any other error comes through."""
    try:
        action()
    except CrmError as error:
        assert is_sentence(str(error)), error
        return str(error)
    return ""


def open_and_read(path: Path) -> None:
    """Open a file as the program does, and read what a clerk would look at."""
    database = Database.open(path)
    try:
        held_by(database)
        sign_in(database, "admin", PASSWORD, clock=FixedClock.at("2026-11-22")).customers.ids(Query())
    finally:
        database.close_all()


@pytest.mark.parametrize("spoil", NO_OFFICE.values(), ids=NO_OFFICE)
def test_what_is_no_office_of_ours(office: Office, offered: Path, spoil: Spoil) -> None:
    spoil(offered)
    before = offered.read_bytes() if offered.is_file() else None
    held = held_by(office.db)
    assert tried(lambda: open_and_read(offered))
    assert tried(lambda: office.backups.restore(offered))
    assert (offered.read_bytes() if offered.is_file() else None) == before
    assert_untouched(office, held)


def assert_untouched(office: Office, held: Held) -> None:
    assert held_by(office.db) == held
    assert_whole(office.db)
    folder = office.db.path.parent
    assert not [file.name for file in folder.iterdir() if ".restoring" in file.name or ".part" in file.name]


# Damage


def offer(office: Office, damaged: Path, count: Callable[..., None]) -> Held | None:
    """What the office holds once it is restored from this; None when that was refused. It is as before afterwards."""
    live, held = office.db.path, held_by(office.db)
    office.db.close_all()
    kept = live.read_bytes()
    refusal = tried(lambda: office.backups.restore(damaged))
    count("damaged files offered to restore, " + ("refused" if refusal else "put to use"))
    if refusal:
        assert_untouched(office, held)
        return None
    assert_sound(office.db)
    restored = held_by(office.db)
    office.db.close_all()
    live.write_bytes(kept)
    return restored


def look_into(path: Path, count: Callable[..., None]) -> None:
    refusal = tried(lambda: open_and_read(path))
    count("damaged files offered to open, " + ("refused" if refusal else "usable as far as was read"))


@pytest.fixture
def times(request: pytest.FixtureRequest) -> int:
    """How many damages of a kind are tried."""
    return 200 if request.config.getoption("--slow") else 12


@pytest.fixture
def earlier(offered: Path, tmp_path: Path) -> Held:
    """What the offered file held before it was spoilt."""
    good = Database.open(shutil.copyfile(offered, tmp_path / "good.db"))
    held = held_by(good)
    good.close_all()
    return held


def test_a_file_that_was_cut_off(
    office: Office, offered: Path, earlier: Held, times: int, count: Callable[..., None]
) -> None:
    """Where only zeros are lost, or what nobody needs, it may be put to use: then everything is there."""
    whole, dice = offered.read_bytes(), Random(5)
    odd = {1, 99, 100, 511, 512, 4095, 4096, 4097, len(whole) - 4096, len(whole) - 1}
    for length in sorted(odd.union(dice.randrange(len(whole)) for _ in range(times))):
        offered.write_bytes(whole[:length])
        assert offer(office, offered, count) in (None, earlier)
        assert offered.read_bytes() == whole[:length]
        look_into(offered, count)


def with_bits_turned(whole: bytes, times: int) -> Iterator[bytes]:
    """Over the whole file, and often in its first pages, where SQLite keeps what it lives by."""
    dice = Random(6)
    for number in range(times):
        spoilt = bytearray(whole)
        for _ in range(dice.choice((1, 1, 3, 40))):
            place = dice.randrange(100 if number % 4 == 0 else 3 * 4096 if number % 4 == 1 else len(whole))
            spoilt[place] ^= 1 << dice.randrange(8)
        yield bytes(spoilt)


def test_a_file_with_bits_turned(office: Office, offered: Path, times: int, count: Callable[..., None]) -> None:
    """SQLite cannot tell a letter from another, but what is put to use is always sound."""
    for spoilt in with_bits_turned(offered.read_bytes(), times):
        offered.write_bytes(spoilt)
        offer(office, offered, count)
        look_into(offered, count)


def test_a_backup_with_bits_turned_does_not_match_its_digest(
    office: Office, tmp_path: Path, times: int, count: Callable[..., None]
) -> None:
    """With the .sha256 that is written beside every backup, not a single bit may differ."""
    backup = office.backups.create(tmp_path).path
    for spoilt in with_bits_turned(backup.read_bytes(), times):
        backup.write_bytes(spoilt)
        assert offer(office, backup, count) is None


# Strangers inside


STRANGERS: dict[str, Spoil] = {
    "a trigger": run_sql("CREATE TRIGGER spy AFTER INSERT ON operations BEGIN DELETE FROM customers; END"),
    "a trigger on sign-in": run_sql("CREATE TRIGGER spy AFTER UPDATE ON credentials BEGIN DELETE FROM customers; END"),
    "a view": run_sql("CREATE VIEW spy AS SELECT * FROM credentials"),
    "a view of our name": run_sql(
        "DROP VIEW v_customers", "CREATE VIEW v_customers AS SELECT * FROM customers WHERE 0"
    ),
    "a table": run_sql("CREATE TABLE spy (a)", "INSERT INTO spy VALUES (1)"),
    "an index": run_sql("CREATE INDEX spy ON customers (remark)"),
    "a table less": run_sql("DROP TABLE serials"),
    "a column less": run_sql("ALTER TABLE company DROP COLUMN fax"),
}


@pytest.mark.parametrize("spoil", STRANGERS.values(), ids=STRANGERS)
def test_what_was_put_into_a_file_does_nothing_here(office: Office, offered: Path, spoil: Spoil) -> None:
    """Refused, or restored without it: nothing of a stranger's runs in the live office."""
    spoil(offered)
    held = held_by(office.db)
    if tried(lambda: office.backups.restore(offered)):
        assert_untouched(office, held)
        return
    office.db.close_all()
    open_and_read(office.db.path)
    strangers = "SELECT name FROM sqlite_schema WHERE name = 'spy' AND type <> 'index'"  # which only costs room
    assert office.db.query(strangers) == []
    assert len(held_by(office.db).customers) == 3
    assert_whole(office.db)


# Encrypted backups


@pytest.fixture
def sealed(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted backup; deriving its key costs a tenth of a second on purpose, and here nothing."""
    monkeypatch.setattr(encryption, "PASSES", 1)
    monkeypatch.setattr(encryption, "KIBIBYTES", 64)
    return office.backups.create(tmp_path, password="一二三四56789").path


def test_an_encrypted_file_with_bits_turned(
    office: Office, sealed: Path, times: int, count: Callable[..., None]
) -> None:
    """Every single bit counts: nothing of such a file is used."""
    whole, held, dice = sealed.read_bytes(), held_by(office.db), Random(8)
    sealed.with_name(sealed.name + ".sha256").unlink()
    for number in range(times):
        spoilt = bytearray(whole)
        spoilt[dice.randrange(64 if number % 2 else len(whole))] ^= 1 << dice.randrange(8)
        sealed.write_bytes(bytes(spoilt) if number % 5 else whole[: dice.randrange(len(whole))])
        assert tried(lambda: office.backups.restore(sealed, "一二三四56789"))
        count("encrypted files damaged, refused")
    assert tried(lambda: office.backups.restore(sealed, "一二三四56788"))
    assert_untouched(office, held)
