"""Reminders of memos: each occasion once, or again when it was put off, whichever window is open."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.memos import Memos, Occurrence
from crm_desktop.controllers.rights import requires
from crm_desktop.models.memo import AHEAD, WHOLE_DAY

MISSED_DAYS = 7
"""What was missed longer ago than that is overdue, not news."""
LATE = timedelta(minutes=10)
KNOWN = "SELECT again_at FROM reminders WHERE operator = ? AND entity = 'memos' AND record = ? AND day = ?"
SHOWN = """INSERT INTO reminders (operator, entity, record, day, shown_at) VALUES (?, 'memos', ?, ?, ?)
 ON CONFLICT DO UPDATE SET shown_at = excluded.shown_at, again_at = NULL"""
LATER = "UPDATE reminders SET again_at = ? WHERE operator = ? AND entity = 'memos' AND record = ? AND day = ?"


@dataclass(frozen=True)
class Reminder:
    """An occasion and when one was to be reminded of it, in local time; ``is_late`` when that was missed."""

    occurrence: Occurrence
    due: datetime
    is_late: bool


class Reminders(Controller):
    area = "memos"

    def __init__(self, context: Context, memos: Memos) -> None:
        super().__init__(context)
        self._memos = memos

    @requires("view")
    def take_due(self) -> list[Reminder]:
        """What the operator is to be reminded of now; whoever takes it has it, so no other window shows it, too."""
        now = self._now()
        first, last = now.date() - timedelta(days=MISSED_DAYS), now.date() + timedelta(days=1)
        mine = self._memos.between(first, last, self._context.operator.id)
        due = [each for each in mine if not each.is_done and each.row["reminder"] in AHEAD and _due(each) <= now]
        wanted = list({each.memo: each for each in due}.values())  # of what repeats, the last time stands for all
        if not wanted:
            return []
        with self._db.atomic():
            taken = [each for each in wanted if self._is_wanted(each)]
            for each in taken:
                self._db.execute(SHOWN, (*self._key(each), self._context.clock.timestamp()))
        return [Reminder(each, _due(each), now - _due(each) > LATE) for each in taken]

    @requires("view")
    def later(self, occurrence: Occurrence, minutes: int) -> None:
        """Remind of it again in so many minutes."""
        again = self._context.clock.timestamp(timedelta(minutes=minutes))
        with self._db.atomic():
            self._db.execute(LATER, (again, *self._key(occurrence)))

    def _is_wanted(self, occurrence: Occurrence) -> bool:
        known = self._db.one(KNOWN, self._key(occurrence))
        if known is None:
            return True
        return known["again_at"] is not None and known["again_at"] <= self._context.clock.timestamp()

    def _key(self, occurrence: Occurrence) -> tuple[int | None, int, str]:
        return self._context.operator.id, occurrence.memo, occurrence.day.isoformat()

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._context.clock.local_minute())


def _due(occurrence: Occurrence) -> datetime:
    at = time.fromisoformat(occurrence.time) if occurrence.time else WHOLE_DAY
    return datetime.combine(occurrence.day, at) - timedelta(minutes=AHEAD[occurrence.row["reminder"]])
