"""导出日历: what is not done, with its rule, its days, its customer and its reminder; the same names each time."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from crm_desktop.controllers import Office
from crm_desktop.errors import PermissionDenied
from crm_desktop.models.recurrence import occurrences

TODAY = date(2026, 11, 22)


def events(path: Path) -> list:
    return Calendar.from_ical(path.read_bytes()).walk("VEVENT")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "日程.ics"


def test_single_and_repeated_memos_are_one_event_each(office: Office, file: Path) -> None:
    create = office.memos.create
    create({"subject": "回电，报价；", "time": "14:30", "reminder": "提前 10 分钟", "content": "先看\n合同"})
    create({"subject": "月报", "date": "2026-01-31", "repeat": "每月", "repeat_until": "2027-12-31", "reminder": "准时"})
    create({"subject": "做完", "is_done": "是"})
    assert office.memos.export_calendar(file) == 2
    once, monthly = events(file)
    assert (once["SUMMARY"], once["DTSTART"].dt.isoformat()) == ("回电，报价；", "2026-11-22T14:30:00+08:00")
    assert once["DESCRIPTION"].startswith("先看\n合同\n负责人：")
    assert once.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-10)
    assert monthly["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20271231;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    assert (monthly["DTSTART"].dt, monthly.walk("VALARM")[0]["TRIGGER"].dt) == (date(2026, 1, 31), timedelta(hours=9))
    assert office.audit.operations(limit=1)[0]["sentence"] == "导出日历 2 条：日程.ics"


@pytest.mark.parametrize("repeat", ["每个工作日", "农历每年"])
def test_what_no_rule_can_say_comes_day_by_day_for_two_years(office: Office, file: Path, repeat: str) -> None:
    memo = office.memos.create({"subject": "打卡", "date": "2026-11-02", "repeat": repeat})
    office.memos.export_calendar(file)
    row = office.memos.get(memo)
    expected = list(occurrences(row, TODAY, TODAY + timedelta(days=730)))
    assert [each["DTSTART"].dt for each in events(file)] == expected != []
    assert len({each["UID"] for each in events(file)}) == len(expected)
    office.memos.done(memo, expected[0])
    office.memos.export_calendar(file)
    assert [each["DTSTART"].dt for each in events(file)] == expected[1:]


def test_names_stay_and_a_change_counts_up(office: Office, file: Path) -> None:
    memo = office.memos.create({"subject": "回电"})
    office.memos.export_calendar(file)
    (before,) = events(file)
    office.memos.update(memo, {"subject": "再回电"}, version=office.memos.get(memo)["version"])
    office.memos.export_calendar(file)
    (after,) = events(file)
    assert (before["UID"], before["SEQUENCE"] < after["SEQUENCE"]) == (after["UID"], True)


def test_only_ones_own_on_request(office: Office, hire: Callable[..., Office], file: Path) -> None:
    li = hire("li", "客服")
    office.memos.create({"subject": "我的"})
    li.memos.create({"subject": "小李的"})
    assert office.memos.export_calendar(file, office.operator.id) == 1
    assert [each["SUMMARY"] for each in events(file)] == ["我的"]
    assert office.memos.export_calendar(file) == 2


def test_it_needs_the_right_to_export(hire: Callable[..., Office], file: Path) -> None:
    with pytest.raises(PermissionDenied):
        hire("wang", "只读").memos.export_calendar(file)
    assert not file.exists()
