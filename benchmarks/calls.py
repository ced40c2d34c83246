"""The telephone and the past of a customer: a number to its owner, a page of a long timeline."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from benchmarks.measure import Row, percentile, speedup, timed
from crm_desktop.controllers import Office
from crm_desktop.controllers.timeline import EVENTS
from crm_desktop.models import phones

LIKE = "SELECT id FROM customers WHERE deleted_at IS NULL AND (phone LIKE ? OR mobile LIKE ?) LIMIT 20"
SAMPLE = "SELECT phone, mobile FROM customers WHERE id IN (SELECT value FROM json_each(?))"
WHOLE_PAST = """SELECT t.*, d.name FROM (
  SELECT 'interactions' AS kind, id, date, time, subject, method FROM interactions
  WHERE customer = ? AND deleted_at IS NULL UNION ALL SELECT 'sales', id, date, '', number, NULL FROM sales
  WHERE customer = ? AND deleted_at IS NULL) t LEFT JOIN dictionary_items d ON d.id = t.method
 ORDER BY date DESC, time DESC LIMIT 50"""
"""What a timeline costs that reads everything before it sorts."""
NUMBERS, NUMBERS_FOR_LIKE = 200, 10
SPELLINGS = ("{}", "+86 {}", "0086-{}", "{}转8")
LONG_PAST = 20_000
SHORTEST = 4


def numbers(office: Office, size: int) -> Iterator[Row]:
    """Whole numbers in any spelling, and each beginning of them as it is typed."""
    chance = random.Random(11)
    ids = str(chance.sample(range(1, size + 1), NUMBERS // 2))
    whole = [number for row in office.db.query(SAMPLE, (ids,)) for number in row]
    spelled = [spelling.format(number) for spelling, number in zip(cycle(SPELLINGS), whole, strict=False)]
    begun = [digits[:end] for digits in map(phones.canonical, whole[:40]) for end in range(SHORTEST, len(digits) + 1)]
    like = [timed(lambda n=number: by_like(office, n)) for number in whole[:NUMBERS_FOR_LIKE]]  # type: ignore[misc]
    for work, texts, wanted in (
        ("number → customer, whole, any spelling", spelled, 100),
        ("number → customer, at each digit typed", begun, 50),
    ):
        ours = [timed(lambda t=text: office.calls.find(t)) for text in texts]  # type: ignore[misc]
        yield Row("3", work, ours, like, wanted, is_speedup=True)
        yield Row("3", f"{work}, the slowest hundredth", ours, like, 5, is_speedup=True, of=percentile(0.99))


def by_like(office: Office, number: str) -> None:
    office.db.query(LIKE, (f"%{number.split('-')[-1]}%",) * 2)


def timeline(office: Office) -> Iterator[Row]:
    """The newest page of a customer with a very long past, and one in the middle of it."""
    customer = office.customers.search().rows[0]["id"]
    live_through(office, customer)
    keys = office.timeline.keys(customer)
    middle = office.timeline.rows(customer, [keys[len(keys) // 2]])[0]
    after = [middle["date"], middle["time"], middle["entity"], middle["record"]]
    for work, start in (("timeline, page 1", None), ("timeline, a page in the middle", after)):
        yield speedup("4", f"{work} of {len(keys):,} rows in {len(EVENTS)} kinds",
                      lambda start=start: office.timeline.page(customer, after=start),  # type: ignore[misc]
                      lambda: office.db.query(WHOLE_PAST, (customer, customer)), 30)  # fmt: skip


def live_through(office: Office, customer: int) -> None:
    """Years of calls of one customer."""
    chance, first = random.Random(5), date(2020, 1, 1)
    method = office.dictionaries.items("interaction_method")[0]["id"]

    def call(number: int) -> dict[str, Any]:
        day = first + timedelta(days=chance.randrange(2400))
        return {
            **office.interactions.entity.blank, "subject": f"往来{number}", "customer": customer,
            "date": day.isoformat(), "time": f"{chance.randint(8, 17):02}:{chance.randint(0, 59):02}", "method": method,
            "direction": "来电", "content": "询问报价和交货期。" * 5,
        }  # fmt: skip

    office.interactions._insert_accepted([call(number) for number in range(LONG_PAST)])
