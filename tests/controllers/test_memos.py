"""工作备忘 through the controllers: due, overdue, done, put off, taken back; whose they are; reminders."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.reminders import Reminder
from crm_desktop.errors import NotFound, ValidationError
from crm_desktop.models import Query

TODAY = date(2026, 11, 22)


def days(found: list) -> list[tuple[str, str]]:
    return [(each.row["subject"], each.day.isoformat()) for each in found]


@pytest.fixture
def memos(office: Office) -> dict[str, int]:
    """One of today, one of last week, a daily one since Friday, a monthly one, and one that is done."""
    made = {}
    for name, values in {
        "今天": {"time": "14:00"}, "上周": {"date": "2026-11-16"}, "每天": {"date": "2026-11-20", "repeat": "每天", "time": "9:30"},
        "每月": {"date": "2026-10-21", "repeat": "每月"}, "做完": {"date": "2026-11-22", "is_done": "是"},
    }.items():  # fmt: skip
        made[name] = office.memos.create({"subject": name, **values})
    return made


def test_what_is_due_comes_in_order(office: Office, memos: dict[str, int]) -> None:
    found = office.memos.between(TODAY, TODAY + timedelta(days=1))
    assert days(found) == [("做完", "2026-11-22"), ("每天", "2026-11-22"), ("今天", "2026-11-22"), ("每天", "2026-11-23")]
    assert [each.is_done for each in found] == [True, False, False, False]


def test_what_was_missed_is_overdue_unless_it_comes_again_today(office: Office, memos: dict[str, int]) -> None:
    assert days(office.memos.overdue()) == [("上周", "2026-11-16"), ("每月", "2026-11-21")]


def test_doing_a_repeated_one_leaves_the_next(office: Office, memos: dict[str, int]) -> None:
    assert office.memos.next_day(memos["每天"]) == TODAY
    office.memos.done(memos["每天"], TODAY)
    assert office.memos.next_day(memos["每天"]) == TODAY + timedelta(days=1)
    assert [each.is_done for each in office.memos.between(date(2026, 11, 20), date(2026, 11, 23)) if each.memo == memos["每天"]] == [True, True, True, False]
    office.memos.done(memos["今天"], TODAY)
    assert office.memos.get(memos["今天"])["is_done"] == 1
    assert office.audit.operations()[0]["sentence"] == "完成备忘：今天"


def test_the_last_of_a_repeated_one_ends_it(office: Office) -> None:
    memo = office.memos.create({"subject": "两次", "date": "2026-11-21", "repeat": "每天", "repeat_until": "2026-11-22"})
    office.memos.done(memo, date(2026, 11, 21))
    assert office.memos.get(memo)["is_done"] == 0
    office.memos.done(memo, TODAY)
    assert office.memos.get(memo)["is_done"] == 1


def test_putting_off_moves_one_day_only(office: Office, memos: dict[str, int]) -> None:
    assert office.memos.postpone(memos["今天"], TODAY, date(2026, 11, 25)) == memos["今天"]
    once = office.memos.postpone(memos["每天"], TODAY, date(2026, 11, 26))
    assert office.memos.get(once)["repeat"] == "" and office.memos.get(once)["subject"] == "每天"
    assert days(office.memos.between(TODAY, TODAY)) == [("做完", "2026-11-22"), ("每天", "2026-11-22")]
    assert [each.is_done for each in office.memos.between(TODAY, TODAY)] == [True, True]
    assert ("每天", "2026-11-26") in days(office.memos.between(date(2026, 11, 26), date(2026, 11, 26)))
    with pytest.raises(ValidationError, match="之后"):
        office.memos.postpone(memos["上周"], TODAY, TODAY)


def test_an_own_memo_is_seen_by_who_wrote_it_who_does_it_and_whose_customer_it_is(office: Office, hire: Callable[..., Office]) -> None:
    li, wang = hire("li", "业务员"), hire("wang", "业务员")
    hers = office.customers.create({"name": "李的客户", "owner": "li"})
    for_li = office.memos.create({"subject": "给李的", "owner": "li"})
    about = office.memos.create({"subject": "李客户的事", "customer": hers})
    by_li = li.memos.create({"subject": "李写给王", "owner": "wang"})
    mine = office.memos.create({"subject": "我自己的"})
    assert set(li.memos.ids(Query())) == {for_li, about, by_li}
    assert set(wang.memos.ids(Query())) == {by_li}
    with pytest.raises(NotFound):
        li.memos.done(mine, TODAY)
    with pytest.raises(ValidationError):
        wang.memos.create({"subject": "别人的客户", "customer": hers})


# Reminders


def at(clock: FixedClock, hour: int, minute: int, days: int = 0) -> None:
    clock.moment = clock.moment.replace(hour=hour, minute=minute) + timedelta(days=days)


def subjects(found: list[Reminder]) -> list[str]:
    return [each.occurrence.row["subject"] for each in found]


def test_each_is_reminded_of_once_at_its_time(office: Office, clock: FixedClock) -> None:
    at(clock, 8, 0)
    office.memos.create({"subject": "十点", "time": "10:00", "reminder": "提前 10 分钟"})
    office.memos.create({"subject": "明天", "date": "2026-11-23", "reminder": "提前 1 天"})
    office.memos.create({"subject": "全天"})
    assert office.reminders.take_due() == []
    at(clock, 9, 0)
    assert subjects(office.reminders.take_due()) == ["全天", "明天"]
    at(clock, 9, 49)
    assert office.reminders.take_due() == []
    at(clock, 9, 50)
    assert subjects(office.reminders.take_due()) == ["十点"]
    at(clock, 12, 0)
    assert office.reminders.take_due() == []


def test_it_comes_again_when_it_was_put_off(office: Office, clock: FixedClock) -> None:
    at(clock, 10, 0)
    office.memos.create({"subject": "回电", "time": "10:00"})
    (reminder,) = office.reminders.take_due()
    office.reminders.later(reminder.occurrence, 15)
    at(clock, 10, 14)
    assert office.reminders.take_due() == []
    at(clock, 10, 15)
    assert subjects(office.reminders.take_due()) == ["回电"]
    assert office.reminders.take_due() == []


def test_what_was_missed_comes_at_the_next_start_and_what_is_done_never(office: Office, clock: FixedClock) -> None:
    missed = office.memos.create({"subject": "错过", "date": "2026-11-20"})
    office.memos.create({"subject": "很久", "date": "2026-11-01"})
    done = office.memos.create({"subject": "做了", "date": "2026-11-21"})
    office.memos.done(done, date(2026, 11, 21))
    (found,) = office.reminders.take_due()
    assert found.occurrence.memo == missed and found.is_late


def test_only_who_means_to_do_it_is_reminded(office: Office, clock: FixedClock, hire: Callable[..., Office]) -> None:
    li = hire("li", "客服")
    office.memos.create({"subject": "李的", "owner": "li"})
    at(clock, 10, 0)
    assert office.reminders.take_due() == []
    assert subjects(li.reminders.take_due()) == ["李的"]


def test_a_repeated_one_reminds_each_time(office: Office, clock: FixedClock) -> None:
    at(clock, 10, 0)
    memo = office.memos.create({"subject": "例会", "time": "9:30", "repeat": "每天"})
    assert len(office.reminders.take_due()) == 1
    office.memos.done(memo, TODAY)
    at(clock, 10, 0, days=1)
    assert subjects(office.reminders.take_due()) == ["例会"]
