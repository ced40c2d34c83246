"""How each piece of work grows with the office: the same work at every size, and the exponent of the last step.

Work on one record may grow like log n, work on everything like n log n: over a decade at these sizes that is an
exponent of 0.1 and of 1.1. The bounds leave room for deeper trees, colder pages and a machine that does other things.
"""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import data
from benchmarks.lists import copy_of
from benchmarks.measure import timed
from crm_desktop.controllers import Office, sign_in
from crm_desktop.controllers.listings import MOST_LISTED
from crm_desktop.db import search_index
from crm_desktop.models import Condition, Query

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ONE_RECORD, WHOLE = 0.2, 1.15
ROUNDS, ROUNDS_OF_WHOLE = 15, 2
REPEATED_UP_TO = 100_000
"""Whole work on more customers than these is measured once."""


@dataclass(frozen=True)
class Work:
    """Something an office does; ``prepare`` gives what is then timed."""

    title: str
    prepare: Callable[[Office, Path], Callable[[], object]]
    bound: float = ONE_RECORD

    def seconds(self, office: Office, folder: Path, size: int) -> float:
        """The least of several rounds: what disturbs a round only ever adds to it."""
        work = self.prepare(office, folder)
        if self.bound == ONE_RECORD:
            work()  # the pages that everybody keeps in memory
            return min(timed(work) for _ in range(ROUNDS))
        return min(timed(work) for _ in range(ROUNDS_OF_WHOLE if size <= REPEATED_UP_TO else 1))


@dataclass(frozen=True)
class Growth:
    """One line of the table."""

    work: Work
    sizes: Sequence[int]
    seconds: Sequence[float]

    @property
    def exponent(self) -> float:
        """That of the last step, where it counts: a small office fills no page of hits yet."""
        (m, before), (n, after) = list(zip(self.sizes, self.seconds, strict=True))[-2:]
        return math.log(after / before) / math.log(n / m)

    def __str__(self) -> str:
        times = " | ".join(f"{seconds * 1000:,.2f}" for seconds in self.seconds)
        verdict = "yes" if self.exponent <= self.work.bound else "NO"
        return f"| {self.work.title} | {times} | {self.exponent:.2f} | ≤ {self.work.bound:g} | {verdict} |"


def sizes(largest: int) -> list[int]:
    return [size for size in SIZES if size <= largest]


def header(measured_at: Sequence[int]) -> str:
    columns = ["work", *(f"{size:,}, ms" for size in measured_at), "exponent", "wanted", "met"]
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def growth(kept: Path, folder: Path, largest: int) -> Iterator[Growth]:
    """Customers alone, then the office with two million pieces of feedback where there are a million customers."""
    measured_at = sizes(largest)
    for works, office_of in (
        (ON_CUSTOMERS, data.office),
        (ON_SERVICE, lambda place, size: data.service_office(place, 2 * size)),
    ):
        measured: dict[Work, list[float]] = {work: [] for work in works}
        for size in measured_at:
            office = scratch(office_of(kept, size), folder)
            for work in works:
                measured[work].append(work.seconds(office, folder, size))
            office.db.close_all()
            office.db.path.unlink()
        yield from (Growth(work, measured_at, seconds) for work, seconds in measured.items())


def scratch(office: Office, folder: Path) -> Office:
    """A copy, because some of the work writes."""
    copied = copy_of(office, folder)
    office.db.close_all()
    return sign_in(copied, "admin", data.PASSWORD)


def some_customer(office: Office) -> int:
    ids = office.customers.ids(Query())
    return int(random.Random(9).choice(ids))


def opened(office: Office, folder: Path) -> Callable[[], object]:
    customer = some_customer(office)
    return lambda: office.customers.get(customer)


def saved(office: Office, folder: Path) -> Callable[[], object]:
    customer, remarks = some_customer(office), iter(range(10_000))

    def save() -> None:
        version = office.customers.get(customer)["version"]
        office.customers.update(customer, {"remark": f"备注{next(remarks)}"}, version)

    return save


def added(office: Office, folder: Path) -> Callable[[], object]:
    rows = data.records(office, 10_000, seed=77)

    def add() -> None:
        values = next(rows)
        office.customers.create({name: values[name] for name in ("name", "region", "address", "phone", "level")})

    return add


def renamed(office: Office, folder: Path) -> Callable[[], object]:
    customer, chance = some_customer(office), random.Random(13)

    def rename() -> None:
        version = office.customers.get(customer)["version"]
        office.customers.update(customer, {"name": data.name(chance)}, version)

    return rename


def searched(text: str) -> Callable[[Office, Path], Callable[[], object]]:
    return lambda office, folder: lambda: office.customers.search(Query(text, limit=50))


def telephoned(office: Office, folder: Path) -> Callable[[], object]:
    number = office.customers.get(some_customer(office))["mobile"]
    return lambda: office.calls.find(number)


def resembled(office: Office, folder: Path) -> Callable[[], object]:
    values = office.customers.get(some_customer(office))
    asked = {name: values[name] for name in ("name", "phone", "mobile")}
    return lambda: office.customers.possible_duplicates(asked)


def paged(office: Office, folder: Path) -> Callable[[], object]:
    """Fifty records in the middle of the list."""
    ids = office.customers.ids(Query())
    middle = ids[len(ids) // 2 : len(ids) // 2 + 50]
    return lambda: office.customers.rows(middle)


def live_timeline(office: Office, folder: Path) -> Callable[[], object]:
    ordinary = office.db.value("SELECT customer FROM feedback WHERE customer <> 1 LIMIT 1")
    return lambda: office.timeline.page(ordinary)


def deleted_and_restored(office: Office, folder: Path) -> Callable[[], object]:
    customer = some_customer(office)

    def there_and_back() -> None:
        office.customers.delete([customer])
        office.customers.restore([customer])

    return there_and_back


def merged(office: Office, folder: Path) -> Callable[[], object]:
    """Two customers made one, and taken apart again."""
    first = some_customer(office)
    second = next(each for each in office.customers.ids(Query()) if each != first)

    def merge() -> None:
        versions = {each: office.customers.get(each)["version"] for each in (first, second)}
        office.undo.undo(office.duplicates.merge("customers", first, [second], {}, versions))

    return merge


def remembered(office: Office, folder: Path) -> Callable[[], object]:
    customer = some_customer(office)
    return lambda: office.audit.history("customers", customer)


def called(office: Office, folder: Path) -> Callable[[], object]:
    customer = some_customer(office)
    return lambda: office.calls.log("来电", customer, content="询问价格")


def complained(office: Office, folder: Path) -> Callable[[], object]:
    customer = some_customer(office)
    kind = office.dictionaries.items("complaint_type")[0]["id"]
    values = {"customer": customer, "type": kind, "content": "液压泵漏油"}
    return lambda: office.complaints.create(values)


def first_page_of(area: str) -> Callable[[Office, Path], Callable[[], object]]:
    return lambda office, folder: lambda: office.records[area].search(Query(limit=50))


def coded(office: Office, folder: Path) -> Callable[[], object]:
    values = {name: office.customers.get(some_customer(office))[name] for name in ("level", "region", "area_code")}
    return lambda: office.customers.suggest_code(values)


def exported(office: Office, folder: Path) -> Callable[[], object]:
    ids = office.customers.ids(Query())
    return lambda: office.exchange.export("customers", path=folder / "all.xlsx", columns=("code", "name"), ids=ids)


def listed(office: Office, folder: Path) -> Callable[[], object]:
    """As many as one document takes."""
    columns, ids = ("code", "name", "level", "phone", "region"), office.customers.ids(Query())[:MOST_LISTED]
    return lambda: office.reports.run("customer_list", {"ids": ids, "columns": columns}).pdf()


def backed_up(office: Office, folder: Path) -> Callable[[], object]:
    return lambda: office.backups.create(folder).path.unlink()


def asked(office: Office, folder: Path) -> Callable[[], object]:
    condition = Condition("name", "contains", "机械")
    return lambda: office.customers.ids(Query(conditions=(condition,)))


def asked_in_vain(condition: Condition) -> Callable[[Office, Path], Callable[[], object]]:
    return lambda office, folder: lambda: office.customers.search(Query(conditions=(condition,), limit=50))


def satisfied(office: Office, folder: Path) -> Callable[[], object]:
    last = date.fromisoformat(office.db.value("SELECT max(date) FROM feedback"))
    return lambda: office.analyses.run("feedback_satisfaction", f"{last.year}-01-01", last.isoformat(), "month")


ON_CUSTOMERS = (
    Work("open a customer", opened),
    Work("save a customer", saved),
    Work("rename a customer", renamed),
    Work("add a customer", added),
    Work("delete a customer and bring it back", deleted_and_restored),
    Work("merge two customers and undo it", merged),
    Work("the next code", coded),
    Work("is there one like it", resembled),
    Work("what was changed in a record", remembered),
    Work("first page of customers", first_page_of("customers")),
    Work("search 宏达机械", searched("宏达机械")),
    Work("search 有限", searched("有限")),
    Work("search hdjx", searched("hdjx")),
    Work("number → customer", telephoned),
    Work("fifty rows in the middle", paged),
    Work("all ids, ordered", lambda office, folder: lambda: office.customers.ids(Query()), WHOLE),
    Work("count a condition", lambda office, folder: lambda: office.customers.count(Query("机械")), WHOLE),
    Work("ask a condition", asked, WHOLE),
    Work("first page of what no record meets", asked_in_vain(Condition("address", "contains", "没有这里")), WHOLE),
    Work("the same, of a field with an index", asked_in_vain(Condition("level", "empty"))),
    Work("list as PDF", listed, WHOLE),
    Work("export as workbook", exported, WHOLE),
    Work("backup, verified", backed_up, WHOLE),
    Work("check the data", lambda office, folder: office.maintenance.check, WHOLE),
    Work("index the search anew", lambda office, folder: lambda: search_index.rebuild(office.db), WHOLE),
    Work("look for duplicates", lambda office, folder: lambda: office.duplicates.find("customers"), WHOLE),
)
ON_SERVICE = (
    Work("timeline of a customer", live_timeline),
    Work("log a call", called),
    Work("enter a complaint", complained),
    Work("first page of feedback", first_page_of("feedback")),
    Work("first page of complaints", first_page_of("complaints")),
    Work("due reminders", lambda office, folder: office.reminders.take_due),
    Work("今日工作", lambda office, folder: office.today.tasks, WHOLE),
    Work("the four numbers", lambda office, folder: office.today.figures, WHOLE),
    Work("satisfaction, a year by month", satisfied, WHOLE),
)
