"""What the chained log costs a save, and how long a page of a long log takes."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks import data
from benchmarks.measure import Row, cost
from crm_desktop.controllers import Office, chain
from crm_desktop.models import Query
from crm_desktop.models.log import LogFilter

KINDS = ("update",) * 10 + ("create",) * 4 + ("step",) * 3 + ("sign_in", "print", "delete")
SECONDS_BETWEEN = 200
BATCH = 1000
INSERT = "INSERT INTO operations (at, operator, computer, kind, sentence) VALUES (?, 1, 'PC-1', ?, ?)"
CHANGE = """INSERT INTO audit (operation, entity, record, kind, old, new)
 VALUES (?, 'customers', ?, 'update', '{"phone": ""}', '{"phone": "0431-85123456"}')"""
MANY = 100_000


def sealing(office: Office) -> Iterator[Row]:
    """A save with the chain against one without; the digest of an import's worth of lines against reading them."""
    record = office.customers.search(Query(limit=1)).rows[0]["id"]

    def save() -> None:
        current = office.customers.get(record)
        remark = "甲" if current["remark"] != "甲" else "乙"
        office.customers.update(record, {"remark": remark}, current["version"])

    with office.context.operation("import", "导入客户") as imported:
        office.context.audit_many(imported, "customers", "create", range(MANY))
    yield cost("–", "one durable save with the log chained against not", save, unsealed(save), 1.1, rounds=51)
    yield cost(
        "–", f"digest of {MANY:,} lines against reading them", lambda: chain.digest_of(office.db, imported),
        lambda: office.db.query(chain.AUDIT, (imported,)), 5,
    )  # fmt: skip


def unsealed(work: Callable[[], None]) -> Callable[[], None]:
    """The same work by a program without the chain."""
    seal = chain.seal

    def without() -> None:
        chain.seal = lambda database, operation: None
        try:
            work()
        finally:
            chain.seal = seal

    return without


def pages(folder: Path, operations: int) -> Iterator[Row]:
    """The first page of each question against the first of the whole log."""
    office = data.kept(folder / f"bench-log-{operations}.db", lambda built: fill(built, operations))
    audit = office.audit
    last_year = LogFilter(date(2024, 1, 1), date(2024, 12, 31))
    questions = {
        "one year": last_year, "one kind": LogFilter(group="delete"), "one operator": LogFilter(operator=1),
        "a word, nothing found": LogFilter(text="没有这样的话"),
    }  # fmt: skip
    for name, asked in questions.items():
        yield cost(
            "–", f"log of {operations:,}: {name}, first page on screen",
            lambda asked=asked: audit.operations(limit=100, asked=asked, reach=20_000),  # type: ignore[misc]
            lambda: audit.operations(limit=100), 50,
        )  # fmt: skip
    office.db.close_all()


def fill(office: Office, operations: int) -> None:
    """Operations of six years, sealed as the program seals them."""
    chance, moment, database = random.Random(42), office.clock.now().replace(year=2020), office.db
    for start in range(0, operations, BATCH):
        with database.atomic():
            for number in range(start, min(start + BATCH, operations)):
                moment += timedelta(seconds=SECONDS_BETWEEN)
                told = (moment.strftime("%Y-%m-%dT%H:%M:%SZ"), chance.choice(KINDS), f"修改客户：客户{number % 9973}")
                operation = int(database.execute(INSERT, told).lastrowid or 0)
                database.execute(CHANGE, (operation, number % 9973))
                chain.seal(database, operation)
