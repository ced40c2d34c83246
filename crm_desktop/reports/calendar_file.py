"""Appointments as an .ics file (RFC 5545) that calendars of telephones and mail programs take in.

Times are those of Beijing; what has a time takes half an hour, what has none the whole day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crm_desktop.models.text import strip_control
from crm_desktop.reports.document import replacing

ZONE = "Asia/Shanghai"
LINE_OCTETS = 75
"""The longest line in UTF-8, without its end; a longer one is folded."""
HEAD = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//crm-desktop//crm-desktop//ZH", "CALSCALE:GREGORIAN",
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19910915T000000", "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
"""China has had no summer time since 1991."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Appointment:
    """``uid`` is the same in every file; ``time`` is ``14:30`` or "" for the whole day; ``rule`` an RRULE or ""."""

    uid: str
    day: date
    time: str
    subject: str
    description: str = ""
    rule: str = ""
    alarm: int | None = None
    """Minutes from the start to the reminder, of a whole day from midnight; negative before it, None without one."""
    version: int = 1


def save_calendar(name: str, appointments: Iterable[Appointment], made_at: datetime, path: str | Path) -> None:
    """Write the file completely or not at all; ReportError says why not. ``made_at`` is in UTC."""
    with replacing(Path(path)) as temporary:
        temporary.write_bytes(calendar_text(name, appointments, made_at).encode("utf-8"))


def calendar_text(name: str, appointments: Iterable[Appointment], made_at: datetime) -> str:
    """The whole file; its lines end in CR LF."""
    lines = [*HEAD, f"X-WR-CALNAME:{escape(name)}", f"X-WR-TIMEZONE:{ZONE}"]
    for each in appointments:
        lines += _event(each, made_at)
    return "".join(fold(line) for line in (*lines, "END:VCALENDAR"))


def escape(text: str) -> str:
    """A text value: backslash, semicolon, comma and line ends are written with a backslash."""
    return strip_control(text).translate(_ESCAPES)


def fold(line: str) -> str:
    """The line with its end, in pieces of at most 75 octets that begin with a space from the second on."""
    pieces, room = [""], LINE_OCTETS
    for sign in line:
        size = len(sign.encode("utf-8"))
        if size > room:  # never inside a character
            pieces.append(" ")
            room = LINE_OCTETS - 1
        pieces[-1] += sign
        room -= size
    return "".join(f"{piece}\r\n" for piece in pieces)


def _event(each: Appointment, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{each.uid}"
    yield f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{each.version}"
    yield from _start(each)
    if each.rule:
        yield f"RRULE:{each.rule}"
    yield f"SUMMARY:{escape(each.subject)}"
    if each.description:
        yield f"DESCRIPTION:{escape(each.description)}"
    if each.alarm is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(each.subject)}")
        yield f"TRIGGER:{'-' if each.alarm < 0 else ''}PT{abs(each.alarm)}M"
        yield "END:VALARM"
    yield "END:VEVENT"


def _start(each: Appointment) -> Iterator[str]:
    if each.time:
        yield f"DTSTART;TZID={ZONE}:{each.day:%Y%m%d}T{each.time.replace(':', '').zfill(4)}00"
        yield "DURATION:PT30M"
    else:
        yield f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}"
