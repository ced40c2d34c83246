"""Deadlines in working hours: which hours of which days an office works.

Working days of mainland China come from the holiday table of the ``chinesecalendar`` package (notices of the State
Council); for years it does not know, Monday to Friday.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Sessions = tuple[tuple[time, time], ...]
FARTHEST_DAYS = 400
"""A deadline beyond them is none."""


@dataclass(frozen=True)
class WorkingHours:
    """The sessions of a working day, in order: morning and afternoon."""

    sessions: Sessions

    @classmethod
    def parse(cls, text: str) -> "WorkingHours":
        """From ``8:30-12:00 13:00-17:30``."""
        return cls(tuple(_session(part) for part in text.split()))

    @property
    def begin(self) -> time:
        """When the day begins: what counts for a record that came on a day but at no known hour."""
        return self.sessions[0][0]

    def after(self, start: datetime, hours: float) -> datetime | None:
        """The local moment when so many working hours have passed since ``start``; None for none or far too many."""
        if not 0 < hours <= FARTHEST_DAYS * 24:
            return None
        left = timedelta(hours=hours)
        for number in range(FARTHEST_DAYS):
            day = start.date() + timedelta(days=number)
            for begin, end in self.sessions if is_working_day(day) else ():
                opening = max(start, datetime.combine(day, begin))
                room = datetime.combine(day, end) - opening
                if timedelta() < left <= room:
                    return opening + left
                left -= max(room, timedelta())
        return None


def _session(text: str) -> tuple[time, time]:
    begin, _, end = text.partition("-")
    return _clock(begin), _clock(end)


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


@lru_cache(maxsize=4000)  # an import asks for the same days again and again
def is_working_day(day: date) -> bool:
    """Whether offices in mainland China work on a day, make-up weekends included."""
    from chinese_calendar import is_workday  # its table of holidays is not needed to start

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
