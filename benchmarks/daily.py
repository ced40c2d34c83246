"""What clerks do to many records at once: ask a question, print labels, paste a grid."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Row, cost
from crm_desktop.controllers import Office
from crm_desktop.controllers.grids.rows import GridRow
from crm_desktop.models import Condition, Query, Related
from crm_desktop.reports.fonts import SANS, registered

MANY = 10_000
QUIET_DAYS = 90
ASKED = """SELECT c.id FROM customers c JOIN customers_search s ON s.id = c.id
 WHERE c.deleted_at IS NULL AND c.level = ? AND c.region >= '22' AND c.region < '23' AND c.name LIKE '%机械%'
 AND NOT EXISTS (SELECT 1 FROM interactions i
  WHERE i.customer = c.id AND i.deleted_at IS NULL AND i.date BETWEEN ? AND ?)
 ORDER BY s.name_sort, c.id"""
COMPARED = "SELECT id, name, short_name, region, phone, mobile, email, address, tax_number FROM customers"
INSERT = """INSERT INTO customers (code, name, phone, created_at, updated_at) VALUES (?, ?, ?, '', '')"""


def question(office: Office) -> Iterator[Row]:
    """Three conditions and one on the other side, over an office with calls and complaints."""
    level = next(item["id"] for item in office.dictionaries.items("level") if item["name"] == "重要")
    recent = Query(conditions=(Condition("date", "last_days", QUIET_DAYS),))
    asked = Query(
        conditions=(
            Condition("level", "=", level),
            Condition("region", "within", "220000"),
            Condition("name", "contains", "机械"),
            Related("interactions", recent, exists=False),
        )
    )
    today = office.clock.today()
    span = ((today - timedelta(days=QUIET_DAYS)).isoformat(), today.isoformat())

    def bare() -> list[object]:
        return [row["id"] for row in office.db.query(ASKED, (level, *span))]

    assert len(office.customers.ids(asked)) == len(bare())
    told = "a question of four conditions against its SQL by hand"
    yield cost("4", told, lambda: office.customers.ids(asked), bare, 10)


def first_page(office: Office) -> Iterator[Row]:
    """今日工作 with its numbers, against reading when each customer was spoken to last."""

    def ours() -> None:
        office.today.tasks()
        office.today.figures()

    def bare() -> None:
        office.db.query("SELECT customer, max(date) FROM interactions WHERE deleted_at IS NULL GROUP BY customer")

    yield cost("1", "the first page against the last 往来 of every customer", ours, bare, 20)


def places(office: Office) -> Iterator[Row]:
    """区号邮编查询 at each key: names of a place and what it lies in, against reading all regions."""
    texts = ("s", "长春", "吉林省 长春市 朝阳区", "changchun chaoyang", "火星", "zz zz zz", "0431-85123456", "130099")

    def ours() -> None:
        for text in texts:
            office.regions.ask(text)

    def bare() -> None:
        for _ in texts:
            office.db.query("SELECT * FROM regions ORDER BY level, code")

    yield cost("2", f"{len(texts)} questions for a place against reading all regions as often", ours, bare, 4)


def labels(office: Office) -> Iterator[Row]:
    ids = list(office.customers.ids(Query()))[:MANY]
    office.reports.labels(ids=ids[:1])  # fonts and libraries are loaded once a day, not once a run

    def bare() -> None:
        registered()[SANS]
        canvas = Canvas("bare.pdf", pagesize=(595.3, 841.9))
        for number, row in enumerate(office.customers.rows(ids, ("name", "address", "postcode"))):
            if number % 21 == 0:
                if number:
                    canvas.showPage()
                canvas.setFont(SANS, 11)
            x, y = 30 + 187 * (number % 3), 760 - 108 * (number % 21 // 3)
            for line, name in enumerate(("postcode", "address", "name")):
                canvas.drawString(x, y - 16 * line, row[name])
        canvas.getpdfdata()

    yield cost("9", f"{len(ids):,} labels against a bare canvas", lambda: office.reports.labels(ids=ids), bare, 2.5, 3)


def pasting(office: Office) -> Iterator[Row]:
    """The office is a scratch copy: the rows are really saved, and taken back each time."""
    rows = [GridRow({"name": f"粘贴来的第{n}厂", "phone": f"0431-8{n:07d}"}) for n in range(MANY)]

    def ours() -> None:
        office.batch_entry.check("customers", rows)
        _and_back(office, lambda: office.batch_entry.save("customers", rows))

    def bare() -> None:
        values = [(f"Q{n:05d}", row.values["name"], row.values["phone"]) for n, row in enumerate(rows)]
        _and_back(office, lambda: office.db.executemany(INSERT, values))

    yield cost("6", f"a paste of {MANY:,} rows, checked and saved, against executemany", ours, bare, 60, 1)


def duplicates(office: Office) -> Iterator[Row]:
    """All customers looked through, against reading what they are compared by."""
    size = office.db.value("SELECT count(*) FROM customers")

    def ours() -> None:
        assert office.duplicates.find("customers").looked_through == size

    def bare() -> object:
        return office.db.query(COMPARED)

    yield cost("-", f"{size:,} customers looked through for duplicates against a plain scan", ours, bare, 100, 1)


class _Back(Exception):
    """Takes back what was written."""


def _and_back(office: Office, work: Callable[[], object]) -> None:
    try:
        with office.db.atomic():
            work()
            raise _Back
    except _Back:
        pass
