"""The search tables stay what a rebuild would make of them, whatever happens to the records."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.db import Database, search_index
from crm_desktop.db.search_index import grams, phone_digits
from crm_desktop.models import ENTITIES
from crm_desktop.models.phones import local_part

CUSTOMERS = ENTITIES["customers"]
NAMES = st.text("长春宏达ab1 -𠮷", min_size=1, max_size=6).filter(lambda text: text.strip())
PHONES = st.sampled_from(["", "0431-85123456", "13904310001 / 85123456", "85123456/57"])
TABLES = ("customers_search", "contacts_search")
WORDS = {"customers_bigrams": "bigrams", "contacts_bigrams": "bigrams", "phone_trigrams": "digits"}


def contents(database: Database) -> dict[str, Any]:
    """What every search table holds; a contentless index is read through its vocabulary."""
    found: dict[str, Any] = {table: [tuple(row) for row in database.query(f"SELECT * FROM {table} ORDER BY id")] for table in TABLES}
    numbers = "SELECT entity, record, field, digits, reversed FROM phone_numbers ORDER BY 1, 2, 3, 4"
    found["phones"] = [tuple(row) for row in database.query(numbers)]
    for table in WORDS:
        database.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', '{table}', 'row')")
        terms = [row["term"] for row in database.query("SELECT term FROM temp.words ORDER BY term")]
        database.execute("DROP TABLE temp.words")
        found[table] = {term: sorted(hits(database, table, term)) for term in terms}
    return found


def hits(database: Database, table: str, term: str) -> list[Any]:
    """Ids whose row has the word; for telephones the numbers themselves, since a rebuild numbers them anew."""
    rows = database.query(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{term}"',))
    if table != "phone_trigrams":
        return [row[0] for row in rows]
    sql = "SELECT entity, record, field, digits FROM phone_numbers WHERE id = ?"
    return [tuple(database.one(sql, (row[0],)) or ("no number", row[0])) for row in rows]


def check_integrity(database: Database) -> None:
    for table in WORDS:
        database.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.open(tmp_path_factory.mktemp("index") / "a.db", create=True)
    yield database
    database.close_all()


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove", "rebuild"]), st.integers(0, 5), NAMES, PHONES), min_size=1, max_size=12
)


@settings(max_examples=60)
@given(steps=STEPS)
def test_any_history_ends_like_a_rebuild(shelf: Database, store_in: Callable[..., Any], steps: list[tuple[str, int, str, str]]) -> None:
    with pytest.raises(ZeroDivisionError), shelf.atomic():  # nothing stays for the next example
        alive: list[int] = []
        for number, (step, which, name, phone) in enumerate(steps):
            if step == "add" or not alive:
                alive += store_in(shelf, "customers", [{"code": f"n{number}", "name": name, "phone": phone}])
            elif step == "rebuild":
                search_index.rebuild(shelf)
            else:
                record = alive[which % len(alive)]
                change(shelf, record, name, phone) if step == "change" else remove(shelf, alive, record)
        kept = contents(shelf)
        check_integrity(shelf)
        search_index.rebuild(shelf)
        assert contents(shelf) == kept
        raise ZeroDivisionError


def change(database: Database, record: int, name: str, phone: str) -> None:
    database.execute("UPDATE customers SET name = ?, phone = ? WHERE id = ?", (name, phone, record))
    row = database.one("SELECT * FROM customers WHERE id = ?", (record,))
    assert row is not None
    search_index.replace_records(database, CUSTOMERS, [dict(row)])


def remove(database: Database, alive: list[int], record: int) -> None:
    search_index.remove_records(database, CUSTOMERS, [record])
    database.execute("DELETE FROM customers WHERE id = ?", (record,))
    alive.remove(record)


def test_removing_every_record_leaves_nothing(database: Database, store: Any) -> None:
    empty = contents(database)
    ids = store("customers", {"code": "a", "name": "长春宏达", "phone": "0431-85123456"}, {"code": "b", "name": "宏"})
    assert contents(database) != empty
    search_index.remove_records(database, CUSTOMERS, ids)
    assert contents(database) == empty


def test_removing_what_was_never_indexed_does_no_harm(database: Database) -> None:
    search_index.remove_records(database, CUSTOMERS, [99])
    check_integrity(database)


def test_more_records_than_a_batch(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "BATCH", 3)
    store("customers", *({"code": f"n{n}", "name": f"公司{n}", "phone": f"1390431000{n}"} for n in range(8)))
    assert database.value("SELECT count(*) FROM customers_search") == 8
    assert database.value("SELECT count(*) FROM phone_numbers") == 8


def test_a_rebuild_includes_what_is_in_the_recycle_bin(database: Database, store: Any) -> None:
    store("customers", {"code": "a", "name": "宏达", "deleted_at": "2026-11-01T00:00:00Z"})
    before = contents(database)
    search_index.rebuild(database)
    assert contents(database) == before


def test_a_new_version_of_the_tables_rebuilds_them_once(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store("customers", {"code": "a", "name": "宏达"})
    search_index.rebuild(database)
    database.execute("UPDATE customers_search SET initials = 'old'")
    search_index.rebuild_when_outdated(database)
    assert database.value("SELECT initials FROM customers_search") == "old"
    monkeypatch.setattr(search_index, "SEARCH_VERSION", search_index.SEARCH_VERSION + 1)
    search_index.rebuild_when_outdated(database)
    assert database.value("SELECT initials FROM customers_search") == "hd"


def test_a_rebuild_tells_how_far_it_is_and_may_be_stopped(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "BATCH", 2)
    for number in range(5):
        store("customers", {"code": f"a{number}", "name": "宏达"})
    before, told = contents(database), list[tuple[int, int]]()
    search_index.rebuild(database, lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (2, 5), (4, 5)]

    def stop(done: int, total: int) -> None:
        if done == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        search_index.rebuild(database, stop)
    assert contents(database) == before


def test_tables_that_were_damaged_are_made_anew(database: Database, store: Any) -> None:
    store("customers", {"code": "a", "name": "宏达"})
    whole = contents(database)
    database.execute("DROP TABLE customers_search")
    database.execute("DROP TABLE customers_bigrams")
    search_index.rebuild(database)
    assert contents(database) == whole


def test_a_rebuild_that_fails_changes_nothing(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store("customers", {"code": "a", "name": "宏达"})
    whole = contents(database)
    monkeypatch.setattr(search_index, "search_row", lambda entity, record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        search_index.rebuild(database)
    assert contents(database) == whole


@pytest.mark.parametrize(
    ("text", "pairs"),
    [("长春", "长春"), ("长", ""), ("", ""), ("a-b", ""), ("ab ab", "ab"), ("春宏达", "春宏 宏达"), ("a%b_cd", "cd"), ("《𠮷野》", "𠮷野"), ("0431", "04 43 31 043 431")],
)
def test_pairs_of_letters(text: str, pairs: str) -> None:
    assert grams(text) == pairs


@given(st.text() | st.text("长春宏达ab01 -_％𠮷\n"))
def test_each_pair_is_named_once_and_none_left_out(text: str) -> None:
    pairs = [text[place : place + 2] for place in range(len(text) - 1)]
    threes = [text[place : place + 3] for place in range(len(text) - 2)]
    wanted = {pair for pair in pairs if pair.isalnum()} | {three for three in threes if set(three) <= set("0123456789")}
    assert sorted(grams(text).split(" ")) == sorted(wanted or {""})


@pytest.mark.parametrize(
    ("digits", "local"),
    [("043185123456", "85123456"), ("01062345678", "62345678"), ("02185123456", "85123456"), ("13904310001", "13904310001"),
     ("85123456", "85123456"), ("4001234567", "4001234567"), ("85223456789", "85223456789")],
)  # fmt: skip
def test_the_number_without_its_town(digits: str, local: str) -> None:
    assert local_part(digits) == local


def test_each_number_of_a_field_is_kept_by_itself() -> None:
    assert phone_digits("0431-85123456转8 / +86 139 0431 0001、57") == ["043185123456", "13904310001", "13904310057"]


@pytest.mark.parametrize("key", ["customers", "contacts"])
def test_a_change_concerns_the_index_just_when_it_alters_what_is_indexed(key: str) -> None:
    entity = ENTITIES[key]
    before = {**entity.blank, "id": 1, entity.title: "宏达"}

    def indexed(record: dict[str, Any]) -> Any:
        numbers = [phone_digits(record[name]) for name in entity.phone_fields]
        return search_index.search_row(entity, record), numbers

    for field in entity.fields:
        after = {**before, field.name: "13904310001"}
        assert search_index.concerns(entity, [field.name]) == (indexed(after) != indexed(before)), field.name
