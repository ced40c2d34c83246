"""今日工作: what the day asks for, seen to or put off, and the month beside the last."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.today.tasks import ANNIVERSARY, BIRTHDAY, COMPLAINT, FOLLOW_UP, KINDS, MEMO, QUIET, Task
from crm_desktop.errors import PermissionDenied, ValidationError

DAYS = ("2026-11-22", "2024-02-29")


def of(office: Office, kind: str, mine: bool = False) -> list[Task]:
    return [task for task in office.today.tasks(mine).shown if task.kind == kind]


@pytest.mark.parametrize("day", DAYS)
def test_the_sample_office_has_the_promised_day(sample_of: Callable[[str], Office], day: str) -> None:
    tasks = sample_of(day).today.tasks()
    late = [task.kind for task in tasks.shown if task.is_overdue]
    assert tasks.counts[FOLLOW_UP] == 7 and late.count(FOLLOW_UP) == 2
    assert tasks.counts[BIRTHDAY] == 3
    assert tasks.counts[COMPLAINT] == 4 and late.count(COMPLAINT) == 1
    assert tasks.counts[QUIET] >= 3
    quiet = [task for task in tasks.shown if task.kind == QUIET]
    assert sum(task.text.startswith("重要客户") for task in quiet) == 3
    assert tasks.counts.keys() == KINDS.keys()


def test_overdue_comes_first_and_silence_last(sample_of: Callable[[str], Office]) -> None:
    shown = sample_of(DAYS[0]).today.tasks().shown
    lates = [task.is_overdue for task in shown]
    assert lates == sorted(lates, reverse=True)
    rest = [task for task in shown if not task.is_overdue and task.kind != QUIET]
    assert [task.day for task in rest] == sorted(task.day for task in rest)
    assert all(task.kind == QUIET for task in shown[len(rest) + sum(lates) :])


def customer(office: Office, **values: Any) -> int:
    return office.customers.create({"name": "长春一厂", **values})


def person(office: Office, owner: int, name: str, **values: str) -> int:
    return office.contacts.create({"name": name, "customer": owner, **values})


@pytest.mark.parametrize(("today", "born", "calendar", "falls_on"), [
    ("2026-11-22", "1980-11-22", "公历", "2026-11-22"),
    ("2026-11-22", "1980-11-29", "公历", "2026-11-29"),
    ("2026-11-22", "1980-11-30", "公历", None),
    ("2026-12-28", "1980-01-02", "公历", "2027-01-02"),
    ("2026-02-25", "1980-02-29", "公历", "2026-02-28"),
    ("2028-02-25", "1980-02-29", "公历", "2028-02-29"),
    ("2026-02-15", "1980-01-01", "农历", "2026-02-17"),  # 春节
    ("2026-09-20", "1975-08-15", "农历", "2026-09-25"),  # 中秋
    ("2025-07-20", "1979-06-10", "农历", None),  # in 闰六月: the day was in the ordinary sixth month
    ("2025-06-29", "1979-06-10", "农历", "2025-07-04"),
    ("2026-02-10", "1979-12-30", "农历", "2026-02-16"),  # the twelfth month has 29 days
    ("2026-02-25", "2-29", "公历", "2026-02-28"),
    ("2026-04-10", "2-30", "农历", "2026-04-16"),
])  # fmt: skip
def test_birthdays_fall_on_their_day(
    office: Office, clock: FixedClock, today: str, born: str, calendar: str, falls_on: str | None
) -> None:
    clock.moment = FixedClock.at(today).moment
    person(office, customer(office), "张三", birthday=born, birthday_calendar=calendar)
    found = of(office, BIRTHDAY)
    assert [task.day.isoformat() for task in found] == ([falls_on] if falls_on else [])
    if falls_on and len(born) == len("1980-11-22"):
        assert f"{int(falls_on[:4]) - int(born[:4])} 岁" in found[0].text
    elif falls_on:
        assert found[0].text.startswith("张三 生日")


def test_an_anniversary_counts_its_years(office: Office, clock: FixedClock) -> None:
    contact = person(office, customer(office), "李四", anniversary="2010-11-25")
    (task,) = of(office, ANNIVERSARY)
    assert (task.record, task.day, task.text) == (contact, date(2026, 11, 25), "李四 16 周年纪念日")


def test_customers_that_are_quiet_for_longer_than_their_level_allows(office: Office, clock: FixedClock) -> None:
    today = clock.today()
    records = {name: customer(office, name=name, level=level) for name, level in
               (("甲", "重要"), ("乙", "重要"), ("丙", "一般"), ("丁", ""))}  # fmt: skip
    for name, days in (("甲", 31), ("乙", 30), ("丙", 31)):
        office.interactions.create({"customer": records[name], "subject": "电话", "date": today - timedelta(days=days)})
    (task,) = of(office, QUIET)
    assert (task.customer_name, task.day) == ("甲", today - timedelta(days=31))
    assert "31 天没有往来" in task.text
    office.interactions.create({"customer": records["甲"], "subject": "回访"})
    assert of(office, QUIET) == []


def test_a_new_customer_that_nobody_spoke_to_is_quiet_after_a_while(office: Office, clock: FixedClock) -> None:
    customer(office, level="重要")
    assert of(office, QUIET) == []
    clock.moment += timedelta(days=31)
    assert [task.customer_name for task in of(office, QUIET)] == ["长春一厂"]


def follow_up(office: Office, day: date, **values: Any) -> int:
    found = {"customer": customer(office), "subject": "报价", "date": "2026-11-01", "follow_up": day, **values}
    return office.interactions.create(found)


def test_a_follow_up_is_done_or_put_off(office: Office, clock: FixedClock) -> None:
    today = clock.today()
    record = follow_up(office, today)
    (task,) = of(office, FOLLOW_UP)
    assert not task.is_overdue
    office.today.postpone(task, today + timedelta(days=3))
    assert of(office, FOLLOW_UP) == []
    clock.moment += timedelta(days=4)
    (task,) = of(office, FOLLOW_UP)
    assert task.is_overdue and task.day == today + timedelta(days=3)
    office.today.done(task)
    assert of(office, FOLLOW_UP) == []
    assert office.interactions.get(record)["is_followed_up"] == 1


def test_a_memo_is_done_or_put_off(office: Office, clock: FixedClock) -> None:
    today = clock.today()
    memo = office.memos.create({"subject": "交报表", "date": today, "repeat": "每周"})
    first, second = of(office, MEMO)
    assert (first.record, first.day, second.day) == (memo, today, today + timedelta(days=7))
    office.today.done(first)
    assert [task.day for task in of(office, MEMO)] == [second.day]
    office.today.postpone(second, today + timedelta(days=9))
    assert of(office, MEMO) == []


@pytest.mark.parametrize("kind", [BIRTHDAY, QUIET])
def test_what_is_set_aside_stays_so_for_its_operator_only(
    office: Office, clock: FixedClock, hire: Callable[..., Office], kind: str
) -> None:
    person(office, customer(office, level="重要"), "张三", birthday="1980-12-28")
    colleague = hire("li", "管理员")
    clock.moment += timedelta(days=31)
    (task,) = of(office, kind)
    office.today.postpone(task, clock.today() + timedelta(days=1))
    assert of(office, kind) == [] and of(colleague, kind) == [task]
    clock.moment += timedelta(days=1)
    assert [each.record for each in of(office, kind)] == [task.record]
    office.today.done(of(office, kind)[0])
    assert of(office, kind) == []
    clock.moment += timedelta(days=1)
    assert of(office, kind) == [] and len(of(colleague, kind)) == 1


def test_a_complaint_is_neither_ticked_off_nor_put_off(office: Office, clock: FixedClock) -> None:
    office.complaints.create({"customer": customer(office), "content": "漏油", "severity": "重大"})
    (task,) = of(office, COMPLAINT)
    for act in (lambda: office.today.done(task), lambda: office.today.postpone(task, clock.today() + timedelta(days=1))):
        with pytest.raises(ValidationError):
            act()
    clock.moment += timedelta(days=30)
    (task,) = of(office, COMPLAINT)
    assert task.is_overdue and "待处理" in task.text


def test_nothing_is_put_off_to_a_day_gone_by(office: Office, clock: FixedClock) -> None:
    follow_up(office, clock.today())
    with pytest.raises(ValidationError, match="今天以后"):
        office.today.postpone(of(office, FOLLOW_UP)[0], clock.today())


def test_everybody_sees_what_is_theirs(office: Office, clock: FixedClock, hire: Callable[..., Office]) -> None:
    clerk = hire("li", "业务员")
    me = clerk.operator.id
    other, mine = customer(office, name="甲", level="重要"), customer(office, name="乙", level="重要", owner=me)
    for owner, handler in ((other, None), (mine, me)):
        values = {"customer": owner, "subject": "报价", "follow_up": clock.today(), "handler": handler}
        office.interactions.create(values)
    assert [task.customer_name for task in of(clerk, FOLLOW_UP)] == ["乙"]
    assert len(of(office, FOLLOW_UP)) == 2 and of(office, FOLLOW_UP, mine=True) == []
    clock.moment += timedelta(days=31)
    assert [task.customer_name for task in of(clerk, QUIET)] == ["乙"]
    assert of(office, QUIET, mine=True) == []


def test_what_may_not_be_seen_is_left_out(office: Office, hire: Callable[..., Office]) -> None:
    task = Task(FOLLOW_UP, follow_up(office, office.clock.today()), office.clock.today(), "")
    reader = hire("wang", "只读")
    assert of(reader, FOLLOW_UP) != []
    with pytest.raises(PermissionDenied):
        reader.today.done(task)
    office.roles.create({"name": "外人", "data_scope": "全部"})
    stranger = hire("zhao", "外人")
    assert stranger.today.tasks().counts == {} and stranger.today.figures() == []


def test_the_month_is_counted_beside_the_last(sample_of: Callable[[str], Office]) -> None:
    office = sample_of(DAYS[0])
    figures = {each.key: each for each in office.today.figures()}
    assert figures.keys() == {"customers", "interactions", "complaints", "satisfaction"}
    assert (figures["complaints"].value, figures["complaints"].note) == ("4", "其中超期 1")
    spoken = office.db.value("SELECT count(*) FROM interactions WHERE deleted_at IS NULL AND date BETWEEN '2026-11-01' AND '2026-11-22'")
    before = office.db.value("SELECT count(*) FROM interactions WHERE deleted_at IS NULL AND date BETWEEN '2026-10-01' AND '2026-10-22'")
    assert (figures["interactions"].value, figures["interactions"].before) == (f"{spoken:,}", f"{before:,}")
    assert 0.5 < float(figures["satisfaction"].value.rstrip("%")) / 100 <= 1


def test_what_was_open_when_last_month_ended(office: Office, clock: FixedClock) -> None:
    clock.moment = FixedClock.at("2026-10-20").moment
    record = office.complaints.create({"customer": customer(office), "content": "漏油", "date": "2026-10-20"})
    office.complaints.create({"customer": customer(office, name="乙"), "content": "异响", "date": "2026-10-20"})
    clock.moment = FixedClock.at("2026-11-10").moment
    steps = (("assign", {"handler": office.operator.id}), ("finish", {"result": "换件"}), ("visit", {"satisfaction": "满意"}))
    for step, values in steps:
        office.complaints.advance(record, step, values, office.complaints.get(record)["version"])
    office.complaints.create({"customer": customer(office, name="丙"), "content": "又漏", "date": "2026-11-09"})
    (figure,) = (each for each in office.today.figures() if each.key == "complaints")
    assert (figure.value, figure.before) == ("2", "2")
