"""工作备忘: what is due when, seeing to it or putting it off; who names nobody means to do it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.calendar_events import appointments_of
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import ValidationError
from crm_desktop.models import MEMOS, All, Any, Condition, Query
from crm_desktop.models.query import AnyCondition, Values
from crm_desktop.models.recurrence import is_done, occurrences
from crm_desktop.reports.calendar_file import save_calendar

PARTS = ("subject", "date", "time", "owner", "repeat", "repeat_until", "reminder", "customer", "is_done", "done_until")
LONGEST_LOOK_BACK = timedelta(days=400)
"""A repeated memo that was left alone for longer was given up."""
ORIGINS = "SELECT id, created_at, version FROM memos WHERE id IN (SELECT value FROM json_each(?))"
COPIED = ("subject", "time", "owner", "reminder", "customer", "contact", "content")


@dataclass(frozen=True)
class Occurrence:
    """A memo on one of its days; ``row`` is its record."""

    memo: int
    day: date
    is_done: bool
    row: Record

    @property
    def time(self) -> str:
        """``14:30``, "" for the whole day."""
        return str(self.row["time"])


class Memos(EntityController):
    area = "memos"
    entity = MEMOS

    @requires("view")
    def between(self, first: date, last: date, owner: int | None = None) -> list[Occurrence]:
        """What is due from ``first`` to ``last``, in order of day and time; of ``owner``, or all that may be seen."""
        single = All((Condition("repeat", "empty", True), Condition("date", "between", [first, last])))
        repeated = All((Condition("repeat", "empty", False), Condition("date", "<=", last)))
        found = [
            Occurrence(row["id"], day, is_done(row, day), row)
            for row in self._with(Any((single, repeated)), owner)
            for day in occurrences(row, first, last)
        ]
        return sorted(found, key=lambda each: (each.day, each.time, each.memo))

    @requires("view")
    def overdue(self, owner: int | None = None) -> list[Occurrence]:
        """What was due before today and is not done; of a repeated memo the last time, unless it is due again today."""
        today = self._context.clock.today()
        undone = All((Condition("is_done", "=", 0), Condition("date", "<", today)))
        found = []
        for row in self._with(undone, owner):
            days = list(occurrences(row, today - LONGEST_LOOK_BACK, today)) if row["repeat"] else []
            day = days[-1] if days else date.fromisoformat(row["date"])
            if day < today and not is_done(row, day):
                found.append(Occurrence(row["id"], day, False, row))
        return sorted(found, key=lambda each: (each.day, each.time, each.memo))

    @requires("view")
    def next_day(self, memo: int) -> date:
        """The day that doing it now would count for: the last that came and was not seen to, else the next."""
        row, today = self._get(memo), self._context.clock.today()
        if not row["repeat"]:
            return date.fromisoformat(row["date"])
        days = list(occurrences(row, today - LONGEST_LOOK_BACK, today + LONGEST_LOOK_BACK))
        missed = [day for day in days if day <= today][-1:]
        coming = [day for day in days if day > today and not is_done(row, day)][:1]
        waiting = [day for day in missed if not is_done(row, day)] or coming
        return waiting[0] if waiting else date.fromisoformat(row["date"])

    @requires("update")
    def done(self, memo: int, day: date) -> None:
        """It has been seen to on that day; a repeated one comes again."""
        with self._db.atomic():
            row = self._get(memo)
            with self._context.operation("update", f"完成备忘：{row['subject']}") as operation:
                self._write_changes(operation, row, self._seen_to(row, day))

    @requires("update")
    def postpone(self, memo: int, day: date, to: date) -> int:
        """Put it off; of a repeated memo only this one time. Returns the memo that is due then."""
        if to <= day:
            raise ValidationError({"to": f"推迟的日期应在 {day} 之后。"})
        with self._db.atomic():
            row = self._get(memo)
            with self._context.operation("update", f"推迟备忘：{row['subject']}，到 {to}") as operation:
                if not row["repeat"]:
                    self._write_changes(operation, row, {"date": to.isoformat()})
                    return memo
                self._write_changes(operation, row, self._seen_to(row, day))
                values = {name: row[name] for name in COPIED}
                return int(self._create_many([{**values, "date": to}])[0])

    @requires("export")
    def export_calendar(self, path: Path, owner: int | None = None) -> int:
        """Write what is not done yet to an .ics file, of ``owner`` or all that may be seen; returns how many memos.

        Working days and lunar years, which no rule of such a file can say, come as single days of two years.
        """
        found = list(self._with(Condition("is_done", "=", 0), owner, (*PARTS, "contact", "content")))
        origins = {row["id"]: dict(row) for row in self._db.query(ORIGINS, (json.dumps([row["id"] for row in found]),))}
        today = self._context.clock.today()
        appointments = [each for row in found for each in appointments_of(row, origins[row["id"]], today)]
        save_calendar(MEMOS.label, appointments, self._context.clock.now(), path)
        with self._context.operation("export", f"导出日历 {len(found)} 条：{path.name}"):
            pass
        return len(found)

    def _with(
        self, condition: AnyCondition, owner: int | None, parts: Sequence[str] = PARTS
    ) -> Iterator[Record]:
        conditions = (condition,) if owner is None else (condition, Condition("owner", "=", owner))
        yield from self.rows(self.ids(Query(conditions=conditions, order="id")), parts)

    def _seen_to(self, row: Record, day: date) -> Record:
        if not row["repeat"]:
            return {"is_done": 1}
        changes: Record = {"done_until": max(day.isoformat(), row["done_until"] or "")}
        end = row["repeat_until"]
        if end and not list(occurrences(row, day + timedelta(days=1), date.fromisoformat(end))):
            changes["is_done"] = 1
        return changes

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        if existing is None and accepted.get("owner") is None:
            accepted["owner"] = self._context.operator.id
