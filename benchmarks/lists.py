"""Goals 1 to 6: searching, paging, saving, inserting."""

import os
import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.data import insert, name
from benchmarks.measure import Row, cost, percentile, speedup, timed
from crm_desktop.controllers import Office
from crm_desktop.db import Database, search_index
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import DatabaseError
from crm_desktop.models import Query

LIKE = "SELECT id, name FROM customers WHERE name LIKE ? AND deleted_at IS NULL ORDER BY name LIMIT 50"
PHONE_LIKE = "SELECT id FROM customers WHERE phone LIKE ? OR mobile LIKE ? LIMIT 50"
PINYIN_LIKE = "SELECT id FROM customers_search WHERE initials LIKE ? ORDER BY name_sort LIMIT 50"
SEARCH_PAGES = """SELECT sum(pgsize) FROM dbstat
 WHERE name GLOB '*_search*' OR name GLOB '*_bigrams*' OR name GLOB 'phone_*'"""
TERMS, TERMS_FOR_LIKE = 500, 20


def find(office: Office, text: str) -> None:
    office.customers.search(Query(text, limit=50))


def search(office: Office, size: int) -> Iterator[Row]:
    wanted = 200 if size >= 1_000_000 else 40
    for text in ("宏达", "宏达机械", "春晖软件"):
        yield speedup("1", f"name {text}", lambda t=text: find(office, t),
                      lambda t=text: office.db.query(LIKE, (f"%{t}%",)), wanted)  # fmt: skip
    yield random_terms(office)
    yield speedup("2", "a word most names have (有限)", lambda: find(office, "有限"),
                  lambda: office.db.query(LIKE, ("%有限%",)), 10)  # fmt: skip
    digits = office.db.value("SELECT substr(mobile, 8) FROM customers LIMIT 1 OFFSET 500")
    yield speedup("3", "telephone, 4 digits", lambda: find(office, digits),
                  lambda: office.db.query(PHONE_LIKE, (f"%{digits}%",) * 2), 30)  # fmt: skip
    yield speedup("3", "initials hdjx", lambda: find(office, "hdjx"),
                  lambda: office.db.query(PINYIN_LIKE, ("%hdjx%",)), 500 if size >= 1_000_000 else 50)  # fmt: skip


def random_terms(office: Office) -> Row:
    """Pieces of two to four characters out of names such as the office has."""
    chance = random.Random(7)
    terms = []
    for _ in range(TERMS):
        text, length = name(chance), chance.choice((2, 3, 4))
        start = chance.randrange(len(text) - length)
        terms.append(text[start : start + length])
    ours = [timed(partial(find, office, term)) for term in terms]
    like = [timed(partial(office.db.query, LIKE, (f"%{term}%",))) for term in terms[:TERMS_FOR_LIKE]]
    slowest = percentile(0.99)
    return Row("2", f"{TERMS} random terms, the slowest hundredth", ours, like, 40, is_speedup=True, of=slowest)


def pages(office: Office, size: int) -> Iterator[Row]:
    ids = office.customers.ids(Query())
    middle = office.customers.rows([ids[size // 2]])[0]["id"]
    key = office.db.value("SELECT name_sort FROM customers_search WHERE id = ?", (middle,))
    yield cost("4", "a page in the middle against page 1",
               lambda: office.customers.search(Query(after=[key, middle])),
               lambda: office.customers.search(Query()), 2, rounds=15)  # fmt: skip


def index_size(office: Office) -> Iterator[Row]:
    try:
        search_bytes = float(office.db.value(SEARCH_PAGES))
    except DatabaseError:
        print("the size of the search tables left out: this SQLite has no dbstat", file=sys.stderr)
        return
    file = float(office.db.path.stat().st_size)
    yield Row("5", "search tables against the whole file", [search_bytes], [file], 0.05, unit="MB")


def durable_save(office: Office, folder: Path) -> Iterator[Row]:
    record = office.customers.search(Query(limit=1)).rows[0]["id"]
    raw = folder / "raw.bin"

    def save() -> None:
        current = office.customers.get(record)
        remark = "甲" if current["remark"] != "甲" else "乙"
        office.customers.update(record, {"remark": remark}, current["version"])

    def write() -> None:
        with raw.open("r+b" if raw.exists() else "w+b") as file:
            file.write(os.urandom(4096))
            os.fsync(file.fileno())

    yield cost("5", "one durable save against 4 KiB + fsync", save, write, 1.5, rounds=25)


def bulk(office: Office) -> Iterator[Row]:
    seeds = iter(range(1000, 2000))
    original = search_index.add_records

    def plain() -> None:
        search_index.add_records = lambda *ignored: None  # type: ignore[assignment]
        try:
            insert(office, 5000, next(seeds))
        finally:
            search_index.add_records = original

    yield cost("6", "insert 5,000 with search against without", lambda: insert(office, 5000, next(seeds)), plain, 2, 3)


def copy_of(office: Office, folder: Path) -> Database:
    """A scratch copy, so that inserting does not change the office that others are measured on."""
    target = folder / "scratch.db"
    target.unlink(missing_ok=True)
    copy_database(office.db.path, target)
    return Database.open(target)
