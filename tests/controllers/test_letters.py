"""Each envelope sent becomes one 往来, once a day for an addressee, and the whole run can be undone."""

import pytest

from crm_desktop.errors import PermissionDenied
from crm_desktop.models import Query

COLUMNS = ("subject", "customer", "contact", "date", "method", "handler")


@pytest.fixture
def letters(office):
    """Two customers, the first with two contacts."""
    first = office.customers.create({"name": "甲厂"}, {"contacts": [{"name": "李明"}, {"name": "王芳"}]})
    second = office.customers.create({"name": "乙店"})
    return [first, second]


def written(office):
    rows = office.interactions.rows(office.interactions.ids(Query(order="id")), COLUMNS)
    return [(row["customer_text"], row["contact_text"], row["subject"], row["date"], row["method_text"]) for row in rows]


def test_a_letter_goes_to_the_main_contact_else_to_the_customer(office, letters):
    assert [each.name for each in office.letters.addressees("customers", letters[::-1])] == ["乙店", "李明"]
    done = office.letters.register("customers", letters)
    assert (done.written, done.known) == (2, 0)
    assert written(office) == [
        ("甲厂", "李明", "邮寄信函", "2026-11-22", "信函"), ("乙店", "", "邮寄信函", "2026-11-22", "信函"),
    ]  # fmt: skip
    (row,) = office.interactions.rows(office.interactions.ids(Query("甲厂")), COLUMNS)
    assert row["handler"] == office.operator.id


def test_a_reprint_of_the_day_writes_only_who_is_new(office, letters):
    office.letters.register("customers", letters[:1])
    done = office.letters.register("customers", letters)
    assert (done.written, done.known) == (1, 1) and len(written(office)) == 2
    again = office.letters.register("customers", letters)
    assert (again.operation, again.written, again.known) == (None, 0, 2)
    contacts = office.contacts.ids(Query(order="id"))
    assert office.letters.register("contacts", contacts).written == 1  # 王芳; 李明 has got his


def test_a_run_is_one_operation_and_can_be_undone(office, letters):
    done = office.letters.register("customers", letters)
    assert office.audit.operations(limit=1)[0]["sentence"] == "登记邮寄信函 2 条"
    assert office.undo.undo(done.operation).removed == {"业务往来": 2}
    assert written(office) == []
    assert office.letters.register("customers", letters).written == 2


def test_nothing_is_written_without_the_right_or_for_foreign_customers(office, letters, hire):
    with pytest.raises(PermissionDenied):
        hire("zhao", "只读").letters.register("customers", letters)
    own = hire("li", "业务员")
    assert not own.sees_all
    assert own.letters.register("customers", letters).written == 0
    assert written(office) == []
