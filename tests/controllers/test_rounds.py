"""A complaint that comes back from 回访 is handled and asked about once more, at later times than before."""

from datetime import timedelta

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office

STEPS = (
    ("assign", {"handler": "admin"}), ("finish", {"result": "换新"}),
    ("visit", {"satisfaction": "不满意", "visit_opinion": "还漏"}),
    ("finish", {"result": "再换新"}), ("visit", {"satisfaction": "满意"}),
)  # fmt: skip


def test_a_second_round_ends_after_the_first_visit(office: Office, clock: FixedClock) -> None:
    customer = office.customers.create({"name": "长春宏达"})
    complaint = office.complaints.create({"customer": customer, "content": "漏油"})
    for step, values in STEPS:
        clock.moment += timedelta(hours=2)
        office.complaints.advance(complaint, step, values, office.complaints.get(complaint)["version"])

    record = office.complaints.get(complaint)
    assert (record["status"], record["satisfaction_text"]) == ("已归档", "满意")
    assert record["handled_at"] < record["visited_at"]
    assert len(office.complaints.course(complaint)) == len(STEPS)
