"""Field types that hold days and times: what a person typed is local without a zone, machine times are UTC."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from crm_desktop.errors import FieldError
from crm_desktop.models import checks
from crm_desktop.models.birthdays import NO_YEAR, parse_birthday
from crm_desktop.models.field import ORDERED_OPERATORS, Field
from crm_desktop.models.moments import local_text
from crm_desktop.models.periods import COUNTED, RELATIVE
from crm_desktop.models.text import clean_line, to_half_width

DATE_OPERATORS = (*ORDERED_OPERATORS, *RELATIVE, *COUNTED)
_CLOCK = re.compile(r"(?P<h>\d{1,2})(?::(?P<m>\d{2})|[点时](?:(?P<m2>\d{1,2})分?|(?P<half>半))?)(?::\d{2})?")
_BARE_CLOCK = re.compile(r"(?P<h>[01]?\d|2[0-3])(?P<m>[0-5]\d)")
_DAY_AND_CLOCK = re.compile(r"(?P<day>.*?)[ T]?(?P<clock>\d{1,2}(?::\d{2}(?::\d{2})?|[点时](?:\d{1,2}分?|半)?))")


@dataclass(frozen=True)
class Date(Field):
    """A local calendar date, stored as ISO text."""

    operators: ClassVar[Sequence[str]] = DATE_OPERATORS

    def parse(self, text: str, today: date) -> str:
        return checks.parse_date(text, today)

    def check(self, value: Any) -> str:
        if isinstance(value, date):
            return checks.parse_date(value.isoformat()[:10], value)
        raise FieldError(f"{self.label}应为日期。")


@dataclass(frozen=True)
class Birthday(Date):
    """A day that comes again every year, ``1980-05-12``, or ``--05-12`` where nobody knows of which year it was."""

    def parse(self, text: str, today: date) -> str:
        return parse_birthday(text, today)

    def format(self, value: Any) -> str:
        return str(value or "").removeprefix(NO_YEAR)


@dataclass(frozen=True)
class Time(Field):
    """A local time of day, stored as HH:MM; empty when nobody noted it."""

    empty: ClassVar[Any] = ""

    def parse(self, text: str, today: date) -> str:
        return parse_clock(text)

    def check(self, value: Any) -> str:
        raise FieldError(f"{self.label}应为时间，例如 9:30。")


@dataclass(frozen=True)
class DateTime(Field):
    """A local date and time, stored as ``2026-11-22 14:30``; a day alone means ``of_day`` on it."""

    of_day: str = "00:00"
    operators: ClassVar[Sequence[str]] = DATE_OPERATORS

    def parse(self, text: str, today: date) -> str:
        typed = clean_line(to_half_width(text))
        match = _DAY_AND_CLOCK.fullmatch(typed)
        if match is None:
            return f"{checks.parse_date(typed, today)} {self.of_day}"
        day = checks.parse_date(match["day"], today) if match["day"].strip() else today.isoformat()
        return f"{day} {parse_clock(match['clock'])}"

    def check(self, value: Any) -> str:
        if not isinstance(value, date):  # a datetime is one, too
            raise FieldError(f"{self.label}应为日期和时间，例如 2026-11-22 14:30。")
        clock = value.strftime("%H:%M") if isinstance(value, datetime) else self.of_day
        return f"{checks.parse_date(value.isoformat()[:10], value)} {clock}"


@dataclass(frozen=True)
class Timestamp(Field):
    """A machine time in UTC, never typed."""

    is_hidden: bool = True
    operators: ClassVar[Sequence[str]] = DATE_OPERATORS

    def format(self, value: Any) -> str:
        return local_text(value or "")


def parse_clock(text: str) -> str:
    """A typed time of day as HH:MM: 9:30, 0930, 9点半."""
    typed = to_half_width(text).replace(" ", "")
    match = _CLOCK.fullmatch(typed)
    parts = match.groupdict() if match else getattr(_BARE_CLOCK.fullmatch(typed), "groupdict", dict)()
    if not parts:
        raise FieldError("时间的格式应类似 9:30 或 14:05。")
    minute = 30 if parts.get("half") else int(parts["m"] or parts.get("m2") or 0)
    if int(parts["h"]) > 23 or minute > 59:
        raise FieldError("时间应在 0:00 到 23:59 之间。")
    return f"{int(parts['h']):02d}:{minute:02d}"
