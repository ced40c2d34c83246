"""往来记录 on the customer's page: filtered, scrolled, opened, added to, all from the declarations."""

import pytest

from crm_desktop.views.customer_page import CustomerPage
from crm_desktop.views.timeline import FIRST_PAGE

KEYS = {"interactions": "<Alt-Key-1>", "feedback": "<Alt-Key-2>", "complaints": "<Alt-Key-3>", "sales": "<Alt-Key-4>"}


@pytest.fixture
def happened(desk):
    """One of each kind at the first customer, two calls, and something at another."""
    office = desk.office
    product = office.products.create({"name": "机床", "code": "JC"})
    office.interactions.create({"subject": "拜访", "customer": 1, "date": "2026-11-01", "content": "谈合同\n签字"})
    office.calls.log("来电", 1, subject="问报价")
    office.feedback.create({"customer": 1, "date": "2026-10-03", "content": "很好"})
    office.complaints.create({"customer": 1, "date": "2026-10-02", "type": "产品质量"})
    office.sales.create({"customer": 1, "date": "2026-10-01", "product": product, "quantity": "1", "price": "5"})
    office.interactions.create({"subject": "别家", "customer": 2, "date": "2026-11-01"})


@pytest.fixture
def page(window, wait_until, happened):
    made = window.open("customer", record=1)
    wait_until(lambda: made.timeline.table.is_complete)
    return made


def titles(page):
    table = page.timeline.table
    return [row["title"] for row in table._rows.read(table._rows.ids)]


def test_everything_stands_in_one_order(page):
    assert titles(page) == ["电话　来电　问报价", "拜访", "", "产品质量", "销售　机床　1"]
    assert page.timeline.filter.chosen.text == "全部 5"


def test_the_filter_shows_one_kind_and_stays_through_changes(desk, page, press, type_text, wait_until):
    control = page.timeline.filter.control
    press(control, "<F7>", "<Down>", "<Return>")
    wait_until(lambda: titles(page) == ["电话　来电　问报价", "拜访"])
    assert page.timeline.filter.chosen.text == "业务往来 2"
    desk.office.calls.log("去电", 1, subject="回电")
    wait_until(lambda: len(titles(page)) == 3)
    assert page.timeline.filter.chosen.text == "业务往来 3"
    page.show(record=2)
    wait_until(lambda: titles(page) == ["别家"])
    assert page.timeline.filter.chosen.text == "全部 1"


def test_a_row_opens_its_own_form(desk, page, press, wait_until):
    table = page.timeline.table
    press(table.tree, "<Home>", "<Down>", "<Return>")
    form = desk.forms["interactions"][0]
    assert form.is_shown and form.form["subject"].get() == "拜访"
    form.form["subject"].input.text.set("上门拜访")
    form.save()
    wait_until(lambda: "上门拜访" in titles(page))
    press(table.tree, "<End>", "<Return>")
    assert desk.forms["sales"][0].is_shown


@pytest.mark.parametrize("key", KEYS)
def test_anything_is_added_from_here(desk, page, press, key):
    press(page.timeline.table.tree, KEYS[key])
    form = desk.forms[key][0]
    assert form.is_shown and form.form.is_new and form.form["customer"].get() == 1


def test_an_interaction_added_here_appears_here(desk, page, press, wait_until):
    press(page.timeline.table.tree, "<Alt-Key-1>")
    form = desk.forms["interactions"][0]
    form.form["subject"].input.text.set("新的一次")
    form.save()
    wait_until(lambda: "新的一次" in titles(page))


def test_a_long_past_is_read_in_pages(desk, page, press, wait_until):
    for number in range(FIRST_PAGE + 20):
        desk.office.interactions.create({"subject": f"往来{number:03}", "customer": 3, "date": "2026-11-02"})
    page.show(record=3)
    wait_until(lambda: page.timeline.table.is_complete)
    table = page.timeline.table
    assert table.total == FIRST_PAGE + 20
    press(table.tree, "<End>")
    assert table.current_row["title"] == "往来000"


def test_only_what_may_be_seen_and_created_is_offered(root, desk, happened, monkeypatch):
    may = desk.office.context.may
    forbidden = {("sales", "view"), ("feedback", "create")}
    monkeypatch.setattr(
        type(desk.office.context), "may", lambda self, area, verb: (area, verb) not in forbidden and may(area, verb)
    )
    page = CustomerPage(root, desk)
    page.show(record=1)
    added = ["add_interactions", "add_feedback", "add_complaints", "add_memos"]
    assert [action.id for action in page.timeline.actions] == added
    assert [action.available() for action in page.timeline.actions] == [True, False, True, True]
    assert page.timeline.filter.chosen.text == "全部 4"


def test_a_customer_deleted_meanwhile_has_no_past(desk, page, wait_until):
    desk.office.customers.delete([1])
    wait_until(lambda: page.record is None and page.timeline.table.total == 0)
    assert not any(action.available() for action in page.timeline.actions)
