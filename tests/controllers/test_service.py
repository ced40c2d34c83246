"""反馈, 投诉 and 往来: numbers, deadlines, what must fit together, sums, follow-ups."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.errors import NotFound, ValidationError
from crm_desktop.models import Condition, Query

TODAY = "2026-11-22"
MONDAY = "2026-11-23"


@pytest.fixture
def customer(office: Office) -> int:
    return office.customers.create({"name": "宏达"}, lines={"contacts": [{"name": "王"}]})


@pytest.fixture
def complain(office: Office, customer: int) -> Callable[..., dict[str, Any]]:
    """``complain(severity="严重")``: a complaint as it was stored."""
    return lambda **values: office.complaints.get(office.complaints.create({"customer": customer, **values}))


def refused(office: Office, values: dict[str, Any], area: str = "complaints") -> dict[str, str]:
    with pytest.raises(ValidationError) as error:
        office.records[area].create(values)
    return error.value.fields


# Numbers


def test_numbers_begin_anew_each_day_and_a_late_entry_has_its_own_day_s(complain: Callable[..., dict[str, Any]]) -> None:
    numbers = [complain(**each)["number"] for each in ({}, {}, {"date": "2026-11-20"}, {}, {"date": "2026-11-20"})]
    assert numbers == ["TS20261122-001", "TS20261122-002", "TS20261120-001", "TS20261122-003", "TS20261120-002"]


def test_a_number_never_comes_back_even_after_a_purge(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    first = complain()
    office.complaints.delete([first["id"]])
    assert complain()["number"] == "TS20261122-002"
    office.complaints.purge([first["id"]])
    assert complain()["number"] == "TS20261122-003"


@pytest.mark.parametrize("is_purged", [False, True])
def test_nor_does_one_that_was_typed_and_deleted(office: Office, complain: Callable[..., dict[str, Any]], is_purged: bool) -> None:
    typed = complain(number="ts20261122-001")
    office.complaints.delete([typed["id"]])
    if is_purged:
        office.complaints.purge([typed["id"]])
    assert complain()["number"] == "TS20261122-002"
    if not is_purged:
        office.complaints.restore([typed["id"]])
        assert office.complaints.get(typed["id"])["number"] == "ts20261122-001"


def test_a_number_that_was_given_is_kept_passed_over_and_never_changed(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    given = complain(number="ts20261122-001")
    assert (given["number"], complain()["number"]) == ("ts20261122-001", "TS20261122-002")
    with pytest.raises(ValidationError, match="单号建立后不能更改"):
        office.complaints.update(given["id"], {"number": "TS1"}, given["version"])
    assert "已被使用" in refused(office, {"customer": given["customer"], "number": "TS20261122-002"})["number"]


def test_the_log_names_the_number(office: Office, customer: int) -> None:
    office.feedback.create({"customer": customer})
    assert office.audit.operations()[0]["sentence"] == "新增客户反馈：FK20261122-001"


# Deadlines


@pytest.mark.parametrize(
    ("severity", "due"),
    [("重大", f"{MONDAY} 13:30"), ("严重", f"{MONDAY} 17:30"), ("一般", "2026-11-25 17:30"), ("轻微", "2026-11-27 17:30")],
)
def test_the_severity_gives_a_deadline_in_working_hours(complain: Callable[..., dict[str, Any]], severity: str, due: str) -> None:
    """Received on a Sunday."""
    assert complain(severity=severity)["due_at"] == due


def test_a_deadline_that_was_typed_stays_and_none_comes_without_a_severity(complain: Callable[..., dict[str, Any]]) -> None:
    assert complain(severity="重大", due_at="2026-12-01 9:00")["due_at"] == "2026-12-01 09:00"
    assert complain(severity="重大", due_at="12-01")["due_at"] == "2026-12-01 17:30"
    assert complain()["due_at"] is None


def test_the_deadline_is_told_before_saving_and_follows_a_change(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    found = complain(severity="轻微", date="2026-11-20")
    values = {"severity": "重大", "date": "2026-11-20"}
    assert office.complaints.deadline(values) == office.complaints.deadline({"severity": "重大"}, found["id"]) == "2026-11-20 13:30"
    office.complaints.update(found["id"], {"severity": "重大"}, found["version"])
    assert office.complaints.get(found["id"])["due_at"] == "2026-11-20 13:30"


@pytest.mark.parametrize("values", [{}, {"severity": ""}, {"severity": "没有"}, {"severity": "重大", "date": "乱"}, {"severity": "重大"}])
def test_a_deadline_that_cannot_be_said_is_empty(office: Office, values: dict[str, Any]) -> None:
    assert office.complaints.deadline(values) == ""


def test_a_severity_without_hours_gives_no_deadline(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    office.dictionaries.add("severity", {"name": "观察"})
    assert complain(severity="观察")["due_at"] is None


@pytest.mark.parametrize("hours", [9999, 10**12])
def test_hours_without_end_give_no_deadline(office: Office, complain: Callable[..., dict[str, Any]], hours: int) -> None:
    office.dictionaries.add("severity", {"name": "不急", "due_hours": hours})
    assert office.complaints.deadline({"severity": "不急", "date": "2026-11-22"}) == ""
    found = complain(severity="不急")
    assert found["due_at"] is None
    office.complaints.update(found["id"], {"severity": "重大"}, found["version"])
    assert complain(severity="重大", date="2199-12-31")["due_at"]


def test_other_working_hours_move_the_deadline(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    office.settings.set_option("working_hours", "9:00-12:00 13:00-17:00")
    assert complain(severity="重大")["due_at"] == f"{MONDAY} 14:00"


def test_the_deadline_runs_while_it_is_being_dealt_with(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    found = complain(severity="重大", date="2026-11-18")
    overdue = Query(conditions=[Condition("open_due_at", "<", "2026-11-22 09:00")])
    assert found["open_due_at"] == found["due_at"] == "2026-11-18 13:30"
    assert office.complaints.count(overdue).n == 1
    for step, values in (("assign", {"handler": "admin"}), ("finish", {"result": "好了"})):
        office.complaints.advance(found["id"], step, values, office.complaints.get(found["id"])["version"])
    assert office.complaints.count(overdue).n == 0
    assert office.complaints.get(found["id"])["due_at"] == "2026-11-18 13:30"


# What must fit together


def test_a_complaint_for_a_deleted_customer_is_refused(office: Office, customer: int, complain: Callable[..., dict[str, Any]]) -> None:
    found = complain()
    office.customers.delete([customer])
    assert refused(office, {"customer": customer}) == {"customer": "没有找到客户，可能已被删除。"}
    with pytest.raises(NotFound):  # it went along
        office.complaints.get(found["id"])
    office.customers.restore([customer])
    assert office.complaints.get(found["id"])["status"] == "待处理"


def test_a_contact_belongs_to_the_customer(office: Office, customer: int) -> None:
    other = office.customers.create({"name": "一汽"}, lines={"contacts": [{"name": "赵"}]})
    _, zhao = sorted(office.contacts.ids(Query()))
    for area in ("complaints", "feedback", "interactions"):
        values = {"customer": customer, "subject": "谈"} if area == "interactions" else {"customer": customer}
        assert refused(office, {**values, "contact": zhao}, area) == {"contact": "这位联系人不属于所选的客户。"}
        assert refused(office, {**values, "contact": "赵"}, area) == {"contact": "所选的客户没有联系人“赵”。"}
        record = office.records[area].create({**values, "contact": "王"})
        with pytest.raises(ValidationError) as error:
            office.records[area].update(record, {"customer": other}, version=1)
        assert error.value.fields.keys() == {"contact"}
        office.records[area].update(record, {"customer": other, "contact": zhao}, version=1)


@pytest.mark.parametrize(
    ("area", "values", "field"),
    [
        ("complaints", {"due_at": "2026-11-21 17:00"}, "due_at"),
        ("complaints", {"handled_at": "2026-11-21 23:59"}, "handled_at"),
        ("feedback", {"handled_at": "2026-11-21"}, "handled_at"),
        ("feedback", {"handled_at": "2026-11-23 10:00", "visited_at": "2026-11-23 09:00"}, "visited_at"),
        ("interactions", {"subject": "谈", "follow_up": "2026-11-21"}, "follow_up"),
    ],
)
def test_an_end_before_its_beginning_is_refused(office: Office, customer: int, area: str, values: dict[str, Any], field: str) -> None:
    errors = refused(office, {"customer": customer, **values}, area)
    assert errors.keys() == {field} and "不能早于" in errors[field]


def test_a_step_cannot_end_before_the_beginning_either(office: Office, complain: Callable[..., dict[str, Any]]) -> None:
    found = complain()
    office.complaints.advance(found["id"], "assign", {"handler": "admin"}, found["version"])
    with pytest.raises(ValidationError) as error:
        office.complaints.advance(found["id"], "finish", {"result": "好", "handled_at": "2026-11-01"}, found["version"] + 1)
    assert error.value.fields == {"handled_at": "处理时间不能早于受理日期（2026-11-22）。"}


def test_on_the_same_day_is_no_earlier(complain: Callable[..., dict[str, Any]]) -> None:
    assert complain(handled_at=f"{TODAY} 08:00")["handled_at"] == f"{TODAY} 08:00"


# Sums


def test_sums_are_those_of_what_is_found_and_seen(office: Office, customer: int, complain: Callable[..., dict[str, Any]], hire: Callable[..., Office]) -> None:
    assert office.complaints.totals(Query()) == {"compensation": 0}
    complain(compensation="1,200.5", severity="重大")
    complain(compensation="300")
    deleted = complain(compensation="9999")
    office.complaints.delete([deleted["id"]])
    complain()
    assert office.complaints.totals(Query()) == {"compensation": 150_050}
    severe = Query(conditions=[Condition("severity", "=", "重大")], order="-customer", limit=1, after=["x", 1])
    assert office.complaints.totals(severe) == {"compensation": 120_050}
    assert office.complaints.totals(Query(text="没有")) == {"compensation": 0}
    assert hire("li", "业务员").complaints.totals(Query()) == {"compensation": 0}
    assert office.customers.totals(Query(text="宏达")) == {}


# 往来


@pytest.fixture
def note(office: Office, customer: int) -> Callable[..., int]:
    return lambda **values: office.interactions.create({"subject": "谈价格", "customer": customer, **values})


def test_a_call_has_its_way_of_contact_without_asking(office: Office, note: Callable[..., int]) -> None:
    assert office.interactions.get(note(direction="来电"))["method_text"] == "电话"
    assert office.interactions.get(note(direction="来电", method="回访"))["method_text"] == "回访"
    assert office.interactions.get(note())["method"] is None


def test_follow_ups_are_ticked_off_together_in_one_operation(office: Office, note: Callable[..., int], clock: FixedClock) -> None:
    open_ones = [note(follow_up="2026-11-25"), note(follow_up="2026-12-01")]
    others = [note(), note(follow_up="2026-11-25", is_followed_up=True)]
    assert office.interactions.follow_up_done([*open_ones, *others]) == 2
    assert [office.interactions.get(each)["is_followed_up"] for each in (*open_ones, *others)] == [1, 1, 0, 1]
    assert office.interactions.get(open_ones[0])["follow_up"] == "2026-11-25"
    assert [row["sentence"] for row in office.audit.operations()[:2]] == ["跟进完成：谈价格", "新增业务往来：谈价格"]
    assert office.interactions.follow_up_done(open_ones) == 0


def test_nobody_ticks_off_what_they_do_not_see(office: Office, note: Callable[..., int], hire: Callable[..., Office]) -> None:
    record = note(follow_up="2026-11-25")
    with pytest.raises(NotFound):
        hire("li", "业务员").interactions.follow_up_done([record])
    assert office.interactions.get(record)["is_followed_up"] == 0
