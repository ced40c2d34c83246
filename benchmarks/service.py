"""Millions of service records for the benchmarks, made inside SQLite: pseudo-random, but the same every time."""

from collections.abc import Iterator

from crm_desktop.controllers import Office
from crm_desktop.db.statements import quote

DAYS = 1096
"""2024 to 2026; records come in the order of time."""
SHARES = {"feedback": 1.0, "complaints": 0.25, "interactions": 0.5, "sales": 0.25}
"""Records of each kind for one piece of feedback."""
FAVOURITE_IN = 1000
"""Every so many records belong to the first customer, whose timeline is long."""
STAMP = "'2026-11-22T01:00:00Z'"

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
DAY = "SELECT i, date('2024-01-01', '+' || ((i - 1) * :days / :count) || ' days') AS day FROM n"
ITEMS = "SELECT min(id), count(*), max(id) FROM dictionary_items WHERE kind = ? AND is_active = 1"
PRODUCT = """INSERT INTO products (name, code, price, created_at, updated_at)
 VALUES ('液压泵', 'YB-20', 128000, {0}, {0})"""


def service_records(office: Office, feedback: int) -> None:
    """Fill the four tables beside customers and operators that are there; some seconds a million."""
    office.db.execute(PRODUCT.format(STAMP))
    for table, share in SHARES.items():
        count = max(1, int(feedback * share))
        columns = {**dict(common(office)), **dict(particular(office, table))}
        names, values = ", ".join(map(quote, columns)), ", ".join(columns.values())
        office.db.execute(
            f"INSERT INTO {table} ({names}) {NUMBERS} SELECT {values} FROM ({DAY})", {"count": count, "days": DAYS}
        )


def common(office: Office) -> Iterator[tuple[str, str]]:
    """Column and expression of what all four have."""
    customers = office.db.value("SELECT count(*) FROM customers")
    yield "customer", f"CASE WHEN i % {FAVOURITE_IN} = 0 THEN 1 ELSE {scattered(7919, 1, customers)} END"
    yield "date", "day"
    yield "created_at", STAMP
    yield "updated_at", STAMP


def particular(office: Office, table: str) -> Iterator[tuple[str, str]]:
    clerk = scattered(31, 1, office.db.value("SELECT count(*) FROM operators"))
    prefix = {"feedback": "FK", "complaints": "TS", "sales": "XS"}.get(table)
    if prefix:
        yield "number", f"'{prefix}' || replace(day, '-', '') || '-' || i"
    if table == "sales":
        yield from {"kind": "'销售'", "product": "1", "quantity": "1000 * (1 + i % 9)", "price": "128000",
                    "discount": "100", "amount": "128000 * (1 + i % 9)", "salesperson": clerk}.items()  # fmt: skip
        return
    yield "handler", clerk
    yield "content", "'设备运行情况说明，第 ' || i || ' 条'"
    if table == "interactions":
        yield from {"subject": "'回访设备使用情况'", "method": item(office, "interaction_method", 37),
                    "direction": "CASE i % 3 WHEN 0 THEN '来电' ELSE '' END"}.items()  # fmt: skip
        return
    kind = "complaint_type" if table == "complaints" else "feedback_type"
    yield from {"type": item(office, kind, 41), "channel": item(office, "channel", 43), "status": "'已归档'",
                "handled_at": "day || ' 15:30'", "visited_at": "day || ' 16:30'"}.items()  # fmt: skip
    yield "satisfaction", f"CASE i % 9 WHEN 0 THEN NULL ELSE {item(office, 'satisfaction', 47)} END"
    if table == "complaints":
        yield "severity", item(office, "severity", 53)


def item(office: Office, kind: str, prime: int) -> str:
    """One of a dictionary's shipped items, whose ids follow each other."""
    first, count, last = office.db.query(ITEMS, (kind,))[0]
    assert last - first + 1 == count, kind
    return scattered(prime, first, count)


def scattered(prime: int, first: int, count: int) -> str:
    """A number from ``first`` on that looks random: the digits in the middle of a product."""
    return f"{first} + (i * {prime * 104729} >> 7) % {count}"
