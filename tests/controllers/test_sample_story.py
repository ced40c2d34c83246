"""Two years of service in the sample office: a supplier's bad batch, the recovery, and what is open today."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.sample_cast import quarter
from crm_desktop.models import Query
from crm_desktop.models.moments import local_text

DAYS = ("2026-11-22", pytest.param("2026-01-01", marks=pytest.mark.slow), "2024-02-29")
"""A Sunday; the first day of a quarter, after a holiday begins; a day that only leap years have."""
RECORDS = ("interactions", "feedback", "complaints", "sales")
SATISFIED = """SELECT t.date, i.name IN ('非常满意', '满意') AS satisfied, k.name AS type FROM {} t
 JOIN dictionary_items k ON k.id = t.type JOIN dictionary_items i ON i.id = t.satisfaction"""


@pytest.fixture(scope="module", params=DAYS)
def sample(request: pytest.FixtureRequest, sample_of: Callable[[str], Office]) -> Office:
    return sample_of(request.param)


def count(office: Office, sql: str, *values: object) -> int:
    return int(office.db.value(f"SELECT count(*) FROM {sql}", values))


def share(office: Office, table: str, of_quarter: int) -> float:
    rows = [row for row in office.db.query(SATISFIED.format(table)) if quarter_of(row["date"]) == of_quarter]
    return sum(row["satisfied"] for row in rows) / len(rows)


def quarter_of(day: str) -> int:
    return quarter(date.fromisoformat(day))


def test_it_has_the_promised_numbers(sample: Office) -> None:
    numbers = {key: sample.records[key].count(Query()).n for key in (*RECORDS, "products")}

    assert numbers == {"interactions": 2400, "feedback": 420, "complaints": 160, "sales": 900, "products": 13}
    assert 700 <= count(sample, "interactions WHERE direction <> '' AND phone_number <> ''") <= 950
    assert count(sample, "interactions WHERE direction = '来电' AND duration > 0 AND call_result IS NOT NULL") > 300
    assert 10 <= count(sample, "sales WHERE kind = '退货'") <= 60
    assert count(sample, "products WHERE is_on_sale = 0") == 1


def test_a_bad_batch_lowers_satisfaction_and_it_recovers(sample: Office) -> None:
    bad = quarter(sample.clock.today()) - 2
    shares = {each: share(sample, "complaints", each) for each in range(bad - 4, bad + 2)}

    assert 0.65 <= shares.pop(bad) <= 0.75
    assert min(shares.values()) >= 0.9
    assert share(sample, "feedback", bad) < min(share(sample, "feedback", bad + step) for step in (-1, 1))


def test_the_bad_batch_is_one_of_quality(sample: Office) -> None:
    bad = quarter(sample.clock.today()) - 2
    rows = sample.db.query(SATISFIED.format("complaints"))
    of_quality = [quarter_of(row["date"]) for row in rows if row["type"] == "产品质量"]

    assert of_quality.count(bad) >= 3 * max(of_quality.count(bad - 1), of_quality.count(bad + 1))
    returned = "sales s JOIN products p ON p.id = s.product WHERE s.kind = '退货' AND p.code = 'YB-20'"
    assert count(sample, returned) >= 3


def test_it_says_what_is_to_be_done_today(sample: Office) -> None:
    today = sample.clock.today().isoformat()
    waiting = "interactions WHERE is_followed_up = 0 AND follow_up"

    assert count(sample, f"{waiting} = ?", today) == 5
    assert count(sample, f"{waiting} < ?", today) == 2
    states = sample.db.query("SELECT status, count(*) AS n FROM complaints WHERE status <> '已归档' GROUP BY status")
    assert {row["status"]: row["n"] for row in states} == {"待处理": 1, "处理中": 2, "待回访": 1}
    assert count(sample, "v_complaints WHERE open_due_at < ?", f"{today} 00:00") == 1
    assert count(sample, "v_complaints WHERE open_due_at > ?", f"{today} 23:59") == 2
    assert local_text(sample.backups.last_at())[:10] == (sample.clock.today() - timedelta(days=1)).isoformat()


def test_three_important_customers_are_quiet(sample: Office) -> None:
    limit = (sample.clock.today() - timedelta(days=30)).isoformat()
    important = "v_customers WHERE deleted_at IS NULL AND level = (SELECT id FROM dictionary_items WHERE key = 'important')"

    assert count(sample, f"{important} AND coalesce(last_contact, '') < ?", limit) == 3


def test_nothing_happens_before_its_customer_or_after_yesterday(sample: Office) -> None:
    today = sample.clock.today().isoformat()
    for table in RECORDS:
        early = f"{table} t JOIN customers c ON c.id = t.customer WHERE t.created_at < c.created_at OR t.date < ?"
        first = (sample.clock.today() - timedelta(days=730)).isoformat()
        assert count(sample, early, first) == 0
        assert sample.db.value(f"SELECT max(date) FROM {table}") < today
        assert local_text(sample.db.value(f"SELECT max(created_at) FROM {table}")) < today
        assert sample.db.query(f"SELECT id FROM {table} ORDER BY id") == sample.db.query(
            f"SELECT id FROM {table} ORDER BY created_at, id"
        )
        assert sample.db.value(f"SELECT min(date) FROM {table}") < (
            sample.clock.today() - timedelta(days=690)
        ).isoformat()
    assert local_text(sample.db.value("SELECT max(at) FROM transitions")) < today


def test_every_complaint_has_its_course(sample: Office) -> None:
    taken = "SELECT record FROM transitions WHERE entity = 'complaints'"

    assert count(sample, f"complaints WHERE status <> '待处理' AND id NOT IN ({taken})") == 0
    steps = {row[0] for row in sample.db.query("SELECT DISTINCT step FROM transitions WHERE entity = 'complaints'")}
    assert steps == {"assign", "hand_over", "finish", "visit", "reopen"}
    assert count(sample, "transitions WHERE step = 'visit' AND to_state = '处理中'") > 0


def test_some_sent_a_photograph_along(sample: Office) -> None:
    files = sample.db.query("SELECT id, entity, record, name FROM attachments")

    assert 2 <= len(files) <= 20
    assert {(row["entity"], row["name"]) for row in files} == {("complaints", "现场照片.png")}
    copy = sample.attachments.open_copy(files[0]["id"])
    assert copy.read_bytes().startswith(b"\x89PNG")


def test_each_does_what_is_theirs(sample: Office) -> None:
    roles = "SELECT DISTINCT r.name FROM {} t JOIN operators o ON o.id = t.created_by JOIN roles r ON r.id = o.role"

    assert {row[0] for row in sample.db.query(roles.format("complaints"))} == {"客服"}
    assert {row[0] for row in sample.db.query(roles.format("sales"))} == {"业务员"}
    assert count(sample, "sales s JOIN customers c ON c.id = s.customer WHERE s.salesperson <> c.owner") == 0
    assert count(sample, "interactions t JOIN contacts p ON p.id = t.contact WHERE p.customer <> t.customer") == 0


def test_one_customer_has_a_long_history(sample: Office) -> None:
    longest = max(row[0] for row in sample.db.query("SELECT count(*) FROM interactions GROUP BY customer"))

    assert longest >= 80


def test_no_sentence_has_a_gap(sample: Office) -> None:
    texts = "SELECT content FROM {0} WHERE content LIKE '%{{%' OR content = ''"

    for table in ("interactions", "feedback", "complaints"):
        assert sample.db.query(texts.format(table)) == []
    assert sample.db.query("SELECT 1 FROM interactions WHERE subject LIKE '%{%'") == []
