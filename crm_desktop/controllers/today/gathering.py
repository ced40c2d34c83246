"""Finds what is to be done, kind by kind, within what the operator may see."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_desktop.controllers.base import EntityReader, Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.memos import Memos
from crm_desktop.controllers.today.tasks import ANNIVERSARY, BIRTHDAY, COMPLAINT, FOLLOW_UP, MEMO, QUIET, Task
from crm_desktop.models import CUSTOMERS, Condition, Query
from crm_desktop.models.birthdays import celebrated_on, years_since
from crm_desktop.models.complaint import FILED
from crm_desktop.models.contact import LUNAR
from crm_desktop.models.lunar import lunar_words
from crm_desktop.models.query import AnyCondition

MOST = 200
"""Of one kind on the first page; who has more needs the kind's own list."""
CELEBRATED = """SELECT c.id, json_extract(j.value, '$.day') AS day FROM contacts c JOIN json_each(?) j
 ON substr(c.{date}, -5) = json_extract(j.value, '$.md') AND ({lunar}) = json_extract(j.value, '$.lunar')
 WHERE c.{date} IS NOT NULL AND c.deleted_at IS NULL ORDER BY day, c.id"""
IS_LUNAR = f"c.birthday_calendar = '{LUNAR}'"
QUIET_CUSTOMERS = """SELECT id, since FROM (
  SELECT t.id, l.position, l.days, COALESCE((SELECT i.date FROM interactions i WHERE i.customer = t.id
    AND i.deleted_at IS NULL AND i.date <= ? ORDER BY i.date DESC LIMIT 1), substr(t.created_at, 1, 10)) AS since
  FROM customers t JOIN (SELECT id, position, json_extract(attributes, '$.days_quiet') AS days FROM dictionary_items
    WHERE kind = 'level' AND deleted_at IS NULL) l ON l.id = t.level
  WHERE t.deleted_at IS NULL AND l.days > 0 AND ({scope}) AND (? IS NULL OR t.owner = ?))
 WHERE since < date(?, '-' || days || ' days') ORDER BY position, since, id"""
ASIDE = """SELECT record, day FROM reminders WHERE operator = ? AND entity = ?
 AND (again_at IS NULL OR again_at > ?)"""


@dataclass(frozen=True)
class Found:
    """Tasks of a kind, the first ``MOST``, and how many there are in all."""

    tasks: Sequence[Task]
    count: int


class Gathering:
    """Looks from ``today`` and ``days`` ahead; with ``mine`` only at what is the operator's own."""

    def __init__(self, context: Context, records: Mapping[str, EntityReader], days: int, mine: bool) -> None:
        self._context, self._records = context, records
        self._today: date = context.clock.today()
        self._last = self._today + timedelta(days=days)
        self._me = context.operator.id if mine else None

    def find(self, kind: str) -> Found:
        """The tasks of one of ``KINDS``."""
        match kind:
            case "complaint":
                return self._complaints()
            case "follow_up":
                return self._follow_ups()
            case "memo":
                return self._memos()
            case "birthday":
                return self._celebrations(BIRTHDAY, "birthday", IS_LUNAR)
            case "anniversary":
                return self._celebrations(ANNIVERSARY, "anniversary", "0")
        return self._quiet()

    def _complaints(self) -> Found:
        conditions = (Condition("status", "!=", FILED), *self._of("handler"))
        columns = ("number", "date", "customer", "contact", "type", "status", "open_due_at", "handler")
        now = self._context.clock.local_minute()

        def task(row: Record) -> Task:
            due = row["open_due_at"]
            is_late = bool(due) and due < now
            day = date.fromisoformat((due or row["date"])[:10])
            state = f"{row['status']}，{due[11:]} 到期" if due and day == self._today else row["status"]
            text = f"{' '.join(filter(None, (row['number'], row['type_text'])))}（{state}）"
            whose = row["handler_text"]
            return Task(COMPLAINT, row["id"], day, text, **_people(row), operator=whose, is_overdue=is_late)

        return self._listed("complaints", conditions, "open_due_at", columns, task)

    def _follow_ups(self) -> Found:
        conditions = (
            Condition("follow_up", "<=", self._today), Condition("is_followed_up", "=", 0), *self._of("handler"),
        )  # fmt: skip
        columns = ("subject", "date", "customer", "contact", "follow_up", "handler")

        def task(row: Record) -> Task:
            day = date.fromisoformat(row["follow_up"])
            text = f"{row['subject']}（{row['date'][5:]} 往来）"
            late = day < self._today
            return Task(FOLLOW_UP, row["id"], day, text, **_people(row), operator=row["handler_text"], is_overdue=late)

        return self._listed("interactions", conditions, "follow_up", columns, task)

    def _memos(self) -> Found:
        memos = self._records["memos"]
        assert isinstance(memos, Memos)
        coming = (each for each in memos.between(self._today, self._last, self._me) if not each.is_done)
        found = [*memos.overdue(self._me), *coming]
        tasks = [
            Task(MEMO, each.memo, each.day, " ".join(filter(None, (each.time, each.row["subject"]))),
                 customer=each.row["customer"], customer_name=each.row["customer_text"],
                 operator=each.row["owner_text"], is_overdue=each.day < self._today)
            for each in found[:MOST]
        ]  # fmt: skip
        return Found(tasks, len(found))

    def _celebrations(self, kind: str, field: str, lunar: str) -> Found:
        days = json.dumps(list(self._celebrated()))
        rows = self._context.db.query(CELEBRATED.format(date=field, lunar=lunar), (days,))
        aside = self._aside(kind)
        on = {row["id"]: date.fromisoformat(row["day"]) for row in rows if (row["id"], row["day"]) not in aside}
        columns = ("name", "customer", "customer_owner", "birthday", "birthday_calendar", "anniversary", "mobile")
        people = [row for row in self._records["contacts"].rows(on, columns) if self._is_mine(row["customer_owner"])]
        return Found([self._celebration(kind, field, row, on[row["id"]]) for row in people[:MOST]], len(people))

    def _celebration(self, kind: str, field: str, row: Record, day: date) -> Task:
        years = years_since(row[field], day)
        words = f"农历{lunar_words(day)}" if field == BIRTHDAY and row["birthday_calendar"] == LUNAR else ""
        unit, event = ("岁", "生日") if kind == BIRTHDAY else ("周年", "纪念日")
        counted = event if years is None else f"{years} {unit}{event}"
        text = "，".join(filter(None, (f"{row['name']} {counted}", words, row["mobile_text"])))
        return Task(kind, row["id"], day, text, row["customer"], row["customer_text"], row["id"], row["name"],
                    row["customer_owner_text"])  # fmt: skip

    def _celebrated(self) -> Iterator[dict[str, Any]]:
        for number in range((self._last - self._today).days + 1):
            day = self._today + timedelta(days=number)
            found = celebrated_on(day)
            for is_lunar, dates in enumerate(found):
                yield from ({"md": each, "lunar": is_lunar, "day": day.isoformat()} for each in dates)

    def _quiet(self) -> Found:
        scope, today = self._context.scope(CUSTOMERS), self._today.isoformat()
        parameters = (today, *scope.parameters, self._me, self._me, today)
        rows = self._context.db.query(QUIET_CUSTOMERS.format(scope=scope.sql), parameters)
        aside = self._aside(QUIET)
        since = {row["id"]: date.fromisoformat(row["since"]) for row in rows if (row["id"], row["since"]) not in aside}
        customers = self._records["customers"].rows(list(since)[:MOST], ("name", "level", "owner", "primary_contact"))
        return Found([self._silence(row, since[row["id"]]) for row in customers], len(since))

    def _silence(self, row: Record, since: date) -> Task:
        text = f"{row['level_text']}客户，{(self._today - since).days} 天没有往来（最近 {since}）"
        return Task(QUIET, row["id"], since, text, row["id"], row["name"], None, row["primary_contact"] or "",
                    row["owner_text"])  # fmt: skip

    # -- inside ----------------------------------------------------------------------------------------------------

    def _listed(
        self, key: str, conditions: Sequence[AnyCondition], order: str, columns: Sequence[str],
        task: Callable[[Record], Task],
    ) -> Found:  # fmt: skip
        reader = self._records[key]
        ids = reader.ids(Query(conditions=tuple(conditions), order=order))
        return Found([task(row) for row in reader.rows(ids[:MOST], columns)], len(ids))

    def _of(self, field: str) -> tuple[Condition, ...]:
        return () if self._me is None else (Condition(field, "=", self._me),)

    def _is_mine(self, operator: int | None) -> bool:
        return self._me is None or operator == self._me

    def _aside(self, kind: str) -> set[tuple[int, str]]:
        """What the operator is done with, or has put off to a time that has not come."""
        asked = (self._context.operator.id, kind, self._context.clock.timestamp())
        return {(row["record"], row["day"]) for row in self._context.db.query(ASIDE, asked)}


def _people(row: Record) -> dict[str, Any]:
    return {
        "customer": row["customer"], "customer_name": row["customer_text"], "contact": row["contact"],
        "contact_name": row["contact_text"],
    }  # fmt: skip
