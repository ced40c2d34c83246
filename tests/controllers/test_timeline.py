"""The timeline: everything of a customer in one order, page by page, within rights and scope."""

import pytest

from crm_desktop.controllers.timeline import EVENTS
from crm_desktop.db import timeline
from crm_desktop.errors import NotFound


@pytest.fixture
def customer(office):
    """One with something of every kind, several things on one day."""
    made = office.customers.create({"name": "长春宏达"})
    other = office.customers.create({"name": "别人"})
    product = office.products.create({"name": "机床", "code": "JC"})
    for number in range(12):
        day = f"2026-11-{10 + number % 4}"
        office.interactions.create({"subject": f"往来{number}", "customer": made, "date": day, "time": f"{8 + number % 3}:30"})
        office.complaints.create({"customer": made, "date": day, "type": "产品质量", "severity": "一般", "content": "坏" * 300})
        office.feedback.create({"customer": made, "date": day, "type": "咨询", "content": "问\n答"})
        office.sales.create({"customer": made, "date": day, "product": product, "quantity": "2", "price": "10"})
        office.memos.create({"subject": "回电", "customer": made, "date": day, "time": f"{9 + number % 2}:00", "is_done": 1})
    office.interactions.create({"subject": "别人的", "customer": other, "date": "2026-11-12"})
    return made


def naive(office, customer):
    """(date, time, entity, record) of everything, newest first, from the tables themselves."""
    found = []
    for key in EVENTS:
        time = "time" if key in ("interactions", "memos") else "''"
        sql = f"SELECT date, {time}, id FROM {key} WHERE customer = ? AND deleted_at IS NULL"
        found += [(row[0], row[1], key, row[2]) for row in office.db.query(sql, (customer,))]
    return sorted(found, reverse=True)


def read(office, customer, **options):
    """All pages, each row as a key."""
    rows, after = [], None
    while True:
        page = office.timeline.page(customer, after=after, **options)
        rows += [(row["date"], row["time"], row["entity"], row["record"]) for row in page.rows]
        after = page.next
        if after is None:
            return rows


@pytest.mark.parametrize("limit", [1, 5, 7, 48, 100])
def test_pages_are_the_whole_order_without_gap_or_repetition(office, customer, limit):
    assert read(office, customer, limit=limit) == naive(office, customer)
    assert office.timeline.keys(customer) == [row[2:] for row in naive(office, customer)]


def test_only_the_kinds_asked_for(office, customer):
    wanted = [row for row in naive(office, customer) if row[2] in ("sales", "feedback")]
    assert read(office, customer, kinds=("sales", "feedback"), limit=5) == wanted
    assert office.timeline.page(customer, kinds=("sales",)).total == 12
    assert office.timeline.page(customer, kinds=()).rows == []


def test_a_row_says_what_it_was_in_words(office, customer):
    rows = {row["entity"]: row for row in office.timeline.page(customer, limit=100).rows}
    assert {key: (row["kind"], row["title"], row["state"]) for key, row in rows.items() if key != "interactions"} == {
        "complaints": ("客户投诉", "产品质量　一般", "待处理"), "feedback": ("客户反馈", "咨询", "待处理"), "sales": ("销售记录", "销售　机床　2", "20.00"),
        "memos": ("工作备忘", "回电", "已完成"),
    }  # fmt: skip
    assert rows["interactions"]["title"].startswith("往来")
    assert len(rows["complaints"]["text"]) == 200
    assert {row["operator"] for row in rows.values()} == {"admin"}


def test_the_operator_is_who_dealt_with_it(office, customer, hire):
    hire("li", "客服")
    record = office.interactions.create({"subject": "拜访", "customer": customer, "date": "2026-11-20", "handler": "li"})
    row = office.timeline.rows(customer, [("interactions", record)])[0]
    assert row["operator"] == "li先生"


def test_rows_of_another_customer_or_deleted_are_left_out(office, customer):
    newest = office.timeline.keys(customer)[0]
    getattr(office, newest[0]).delete([newest[1]])
    other = office.db.value("SELECT id FROM interactions WHERE subject = '别人的'")
    assert office.timeline.rows(customer, [newest, ("interactions", other)]) == []
    assert newest not in office.timeline.keys(customer)


def test_counts_for_the_filter(office, customer):
    assert office.timeline.counts(customer) == dict.fromkeys(EVENTS, 12)


def test_only_what_may_be_seen(office, customer, hire, database):
    wang = hire("wang", "客服")
    database.execute("DELETE FROM permissions WHERE area IN ('complaints', 'sales', 'memos') AND verb = 'view'")
    assert wang.timeline.counts(customer) == {"interactions": 12, "feedback": 12}
    assert {row[2] for row in read(wang, customer)} == {"interactions", "feedback"}
    assert wang.timeline.rows(customer, [("sales", 1)]) == []
    database.execute("DELETE FROM permissions WHERE area IN ('interactions', 'feedback') AND verb = 'view'")
    assert (wang.timeline.page(customer).rows, wang.timeline.keys(customer), wang.timeline.counts(customer)) == ([], [], {})


def test_a_foreign_or_deleted_customer_has_none(office, customer, hire):
    li = hire("li", "业务员")
    for work in (li.timeline.page, li.timeline.keys, li.timeline.counts):
        with pytest.raises(NotFound):
            work(customer)
    office.customers.delete([customer])
    with pytest.raises(NotFound):
        office.timeline.page(customer)


def test_the_indexes_answer_a_page(office, customer):
    """No kind is read beyond a page: each branch goes through (customer, date) and stops at its limit."""
    page = timeline.page(list(EVENTS.values()), customer, 50, ["2026-11-12", "", "sales", 3])
    plan = " ".join(row["detail"] for row in office.db.query(f"EXPLAIN QUERY PLAN {page.sql}", page.parameters))
    for key in EVENTS:
        assert f"{key}_customer (customer=? AND date<?)" in plan
