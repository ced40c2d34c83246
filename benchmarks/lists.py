"""Goals 1 to 6: searching, paging, saving, inserting."""

import os
import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.data import insert, name
from benchmarks.measure import Row, cost, percentile, speedup, timed
from crm_desktop.controllers import Office
from crm_desktop.db import Database, search_index
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import DatabaseError
from crm_desktop.models import Query

LIKE = "SELECT id, name FROM customers WHERE name LIKE ? AND deleted_at IS NULL ORDER BY name LIMIT 50"
PHONE_LIKE = """SELECT id, name FROM customers WHERE (phone LIKE ? OR mobile LIKE ?) AND deleted_at IS NULL
 ORDER BY name LIMIT 50"""
PINYIN_LIKE = "SELECT id FROM customers_search WHERE initials LIKE ? ORDER BY name_sort LIMIT 50"
SEARCH_PAGES = """SELECT sum(pgsize) FROM dbstat
 WHERE name GLOB '*_search*' OR name GLOB '*_bigrams*' OR name GLOB 'phone_*'"""
TERMS, TERMS_FOR_LIKE = 500, 20
MANY = 2000


def find(office: Office, text: str) -> None:
    office.customers.search(Query(text, limit=50))


def search(office: Office, size: int) -> Iterator[Row]:
    """The anchors have a connection of their own: reading every record would leave nothing of ours in its cache."""
    is_large = size >= 1_000_000
    anchor = Database.open(office.db.path)
    for text in ("宏达", "宏达机械", "春晖软件"):
        yield speedup("1", f"name {text}", lambda t=text: find(office, t),
                      lambda t=text: anchor.query(LIKE, (f"%{t}%",)), 200 if is_large else 40)  # fmt: skip
    yield from random_terms(office, anchor, is_large)
    yield speedup("2", "a word most names have (有限)", lambda: find(office, "有限"),
                  lambda: anchor.query(LIKE, ("%有限%",)), 10)  # fmt: skip
    mobile = office.db.value("SELECT mobile FROM customers LIMIT 1 OFFSET 500")
    for digits in (mobile[7:], mobile):
        yield speedup("3", f"telephone, {len(digits)} digits", lambda d=digits: find(office, d),
                      lambda d=digits: anchor.query(PHONE_LIKE, (f"%{d}%",) * 2), 30)  # fmt: skip
    wanted = 500 if is_large else 50
    for place, initials in (("at the beginning", "cchd"), ("in the middle", "hdjx")):
        yield speedup("3", f"initials {initials}, {place}", lambda i=initials: find(office, i),
                      lambda i=initials: anchor.query(PINYIN_LIKE, (f"%{i}%",)), wanted)  # fmt: skip
    anchor.close_all()


def random_terms(office: Office, anchor: Database, is_large: bool) -> Iterator[Row]:
    """Pieces of two to four characters out of names such as the office has; the frequent ones by themselves."""
    chance = random.Random(7)
    terms = []
    for _ in range(TERMS):
        text, length = name(chance), chance.choice((2, 3, 4))
        start = chance.randrange(len(text) - length)
        terms.append(text[start : start + length])
    like = [timed(partial(anchor.query, LIKE, (f"%{term}%",))) for term in terms[:TERMS_FOR_LIKE]]
    ours = {term: median([timed(partial(find, office, term)) for _ in range(3)]) for term in terms}
    times = [ours[term] for term in terms]
    told = f"{TERMS} random terms of 2 to 4 characters"
    usual, slow = (200, 100) if is_large else (40, 20)
    yield Row("1", f"{told}, median", times, like, usual, is_speedup=True)
    yield Row("1", f"{told}, 95 of 100", times, like, slow, is_speedup=True, of=percentile(0.95))
    yield Row("2", f"{told}, 99 of 100", times, like, 40, is_speedup=True, of=percentile(0.99))
    frequent = [ours[term] for term in ours if not office.customers.count(Query(term), MANY).exact]
    told = f"the slowest of {len(frequent)} with over {MANY:,} hits"
    yield Row("2", told, frequent, like, 10, is_speedup=True, of=max)


def pages(office: Office, size: int) -> Iterator[Row]:
    """Pages far into the list, by the key before them and, as the scroll bar reads them, by their ids."""
    chance = random.Random(13)
    for order in ("name", "code", "-updated_at"):
        ids = office.customers.ids(Query(order=order))
        for work, place in (("a page in the middle", size // 2), ("the last page", len(ids) - 51)):
            asked = Query(order=order, limit=50, after=key(office, ids[place], order.removeprefix("-")))
            assert [row["id"] for row in office.customers.search(asked).rows] == list(ids[place + 1 : place + 51])
            yield cost("4", f"{work} by {order} against page 1", lambda q=asked: office.customers.search(q),
                       lambda o=order: office.customers.search(Query(order=o, limit=50)), 2, rounds=15)  # fmt: skip
        yield cost("4", f"fifty rows anywhere by {order} against page 1",
                   lambda i=ids: office.customers.rows(i[(start := chance.randrange(len(i) - 50)) : start + 50]),
                   lambda o=order: office.customers.search(Query(order=o, limit=50)), 2, rounds=15)  # fmt: skip


def key(office: Office, record: int, field: str) -> list[object]:
    """What a page is read after that follows this record."""
    if field == "name":
        return [office.db.value("SELECT name_sort FROM customers_search WHERE id = ?", (record,)), record]
    return [office.customers.rows([record])[0][field], record]


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
