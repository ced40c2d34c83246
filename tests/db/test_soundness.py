"""What is lost, what is sound, and what has only come to the wrong door."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.db import Database
from crm_desktop.db.soundness import has_true_indexes, is_lost, is_sound, looks_like_database
from tests.spoiled import empty_index


@pytest.fixture
def path(database):
    """The file of an office that is closed."""
    database.close_all()
    return database.path


def cut_off(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def spoil_a_page(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 8192 * 4096)
        file.write(b"\xff" * 4096)


def spoil_the_heading(path):
    with path.open("r+b") as file:
        file.write(b"\xff" * 100)


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda path: path.write_bytes(b""), cut_off, spoil_a_page, spoil_the_heading]
)
def test_what_only_a_backup_can_bring_back_is_lost(path, spoil):
    assert not is_lost(path)
    spoil(path)
    assert is_lost(path)


def test_files_with_other_remedies_are_not_lost(tmp_path, path):
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as file:
        file.execute("CREATE TABLE a (b)")
    assert not is_lost(tmp_path / "foreign.db")
    assert not is_lost(tmp_path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 999")
    assert not is_lost(path)


@pytest.mark.parametrize("spoil", [cut_off, spoil_a_page, spoil_the_heading])
def test_a_damaged_file_is_not_sound(path, spoil):
    assert is_sound(path)
    spoil(path)
    assert not is_sound(path)


def test_a_file_in_use_is_looked_at_with_what_was_just_saved(path):
    database = Database.open(path)
    database.execute("CREATE TABLE just_saved (a)")
    assert is_sound(path)
    database.close_all()


def test_a_look_that_is_cut_short_has_found_nothing(path, monkeypatch):
    monkeypatch.setattr("crm_desktop.db.soundness.STEPS", 1)
    spoil_a_page(path)
    assert is_sound(path, lambda: False)


def test_a_damaged_office_still_begins_like_a_database(path):
    spoil_a_page(path)
    assert looks_like_database(path)
    spoil_the_heading(path)
    assert not looks_like_database(path)
    assert not looks_like_database(path.with_name("missing.db"))


def test_an_index_that_lost_its_entries_shows_only_when_it_is_compared(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("INSERT INTO company (id, name, created_at, updated_at) VALUES (1, '长春宏达', '', '')")
        file.execute("INSERT INTO operations (at, kind, sentence) VALUES ('2026-11-22T01:00:00Z', 'create', '')")
        file.commit()
    assert has_true_indexes(path)
    empty_index(path, "operations_at")
    assert is_sound(path) and not has_true_indexes(path)
