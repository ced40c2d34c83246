"""Calendar files, read back by a parser that is not ours: text, folding, days, rules and reminders."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from crm_desktop.errors import ReportError
from crm_desktop.models.memo import DAILY, LUNAR_YEARLY, MONTHLY, WEEKLY, WORKING_DAYS, YEARLY
from crm_desktop.models.recurrence import calendar_rule, occurrences
from crm_desktop.models.text import strip_control
from crm_desktop.reports.calendar_file import LINE_OCTETS, Appointment, calendar_text, escape, fold, save_calendar

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\;,\n:\"长春，；𠮷 "), min_size=1, max_size=200)


def event(text: str):
    return Calendar.from_ical(text).walk("VEVENT")[0]


@given(TEXTS, TEXTS)
def test_any_text_comes_back_as_it_was(subject: str, description: str) -> None:
    made = event(calendar_text("备忘", [Appointment("1", DAY, "", subject, description)], NOW))
    assert (str(made["SUMMARY"]), str(made.get("DESCRIPTION", ""))) == (strip_control(subject), strip_control(description))


def test_what_the_standard_wants_escaped() -> None:
    assert escape("a;b,c\\d\ne：；") == "a\\;b\\,c\\\\d\\ne：；"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_lines_are_folded_between_characters(text: str) -> None:
    folded = fold(text)
    lines = folded.encode("utf-8").removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= LINE_OCTETS for line in lines)
    assert all(line.decode("utf-8")[0] == " " for line in lines[1:])  # decodes: no character was cut
    assert folded.replace("\r\n ", "").removesuffix("\r\n") == text


def test_every_line_ends_as_the_standard_wants() -> None:
    text = calendar_text("备忘", [Appointment("1", DAY, "9:30", "长" * 90, "一\n二", "FREQ=DAILY", -10)], NOW)
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("time", ["9:30", "09:30"])
def test_a_time_is_that_of_beijing(time: str) -> None:
    made = event(calendar_text("备忘", [Appointment("1", DAY, time, "开会", alarm=-10)], NOW))
    start = made["DTSTART"].dt
    assert (start.isoformat(), made["DURATION"].dt) == ("2026-11-22T09:30:00+08:00", timedelta(minutes=30))
    assert made.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-10)
    assert made["DTSTAMP"].dt == NOW


def test_without_a_time_it_takes_the_whole_day() -> None:
    made = event(calendar_text("备忘", [Appointment("1", DAY, "", "盘点", alarm=540)], NOW))
    assert (made["DTSTART"].dt, made.walk("VALARM")[0]["TRIGGER"].dt) == (DAY, timedelta(hours=9))
    assert event(calendar_text("备忘", [Appointment("1", DAY, "", "盘点")], NOW)).walk("VALARM") == []


def memo(start: date, repeat: str, until: date | None = None, time: str = "") -> dict:
    end = until.isoformat() if until else ""
    return {"date": start.isoformat(), "repeat": repeat, "repeat_until": end, "time": time, "is_done": 0, "done_until": ""}


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from((DAILY, WEEKLY, MONTHLY, YEARLY)),
    st.none() | st.integers(0, 2000), st.sampled_from(("", "9:30")),
)  # fmt: skip
def test_a_rule_says_the_days_of_the_program(start: date, repeat: str, length: int | None, time: str) -> None:
    until = None if length is None else start + timedelta(days=length)
    made = memo(start, repeat, until, time)
    text = calendar_text("备忘", [Appointment("1", start, time, "事", rule=calendar_rule(made) or "")], NOW)
    begins = event(text)["DTSTART"].dt
    rule = event(text)["RRULE"].to_ical().decode()
    last = start + timedelta(days=1600)
    if time:
        days = rrulestr(rule, dtstart=begins).between(begins, datetime(last.year, last.month, last.day, 23, 59, tzinfo=begins.tzinfo), inc=True)
    else:
        first = datetime(start.year, start.month, start.day)
        days = rrulestr(rule, dtstart=first).between(first, datetime(last.year, last.month, last.day), inc=True)
    assert [day.date() for day in days] == list(occurrences(made, start, last))


def test_what_no_rule_can_say() -> None:
    assert [calendar_rule(memo(DAY, repeat)) for repeat in (WORKING_DAYS, LUNAR_YEARLY, "")] == [None, None, ""]


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        save_calendar("备忘", [], NOW, tmp_path / "没有" / "a.ics")
    save_calendar("备忘", [], NOW, tmp_path / "a.ics")
    assert Calendar.from_ical((tmp_path / "a.ics").read_bytes())["X-WR-CALNAME"] == "备忘"
