"""Which backups stay: the newest of each of the last days, weeks and months that have any."""

from collections.abc import Callable, Iterable
from datetime import datetime


def kept(moments: Iterable[datetime], now: datetime, daily: int, weekly: int, monthly: int) -> set[datetime]:
    """The moments of backups that are to stay; the newest always does.

    Days, weeks and months without a backup do not count, so an office that was closed for a year loses nothing, nor
    does one whose clock jumps ahead. What lies after ``now`` was made before the clock was set back: it stays and
    takes nobody's place.
    """
    known = set(moments)
    past = sorted((each for each in known if each <= now), reverse=True)
    stay = {each for each in known if each > now}
    stay.update(past[:1])
    stay.update(_newest_of(past, daily, lambda each: each.date()))
    stay.update(_newest_of(past, weekly, lambda each: each.isocalendar()[:2]))
    stay.update(_newest_of(past, monthly, lambda each: (each.year, each.month)))
    return stay


def _newest_of(newest_first: list[datetime], count: int, period: Callable[[datetime], object]) -> list[datetime]:
    """The newest moment of each of the last ``count`` periods that have one."""
    newest: dict[object, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return list(newest.values())[:count]
