"""今日工作: the tasks of the day, done or put off from one place, and the month in numbers."""

from collections.abc import Mapping
from datetime import date

from crm_desktop.controllers.analyses import Analyses
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.interactions import Interactions
from crm_desktop.controllers.memos import Memos
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import read_option
from crm_desktop.controllers.today.gathering import Gathering
from crm_desktop.controllers.today.month import Figure, MonthFigures
from crm_desktop.controllers.today.tasks import AREAS, COMPLAINT, KINDS, QUIET, Task, Tasks
from crm_desktop.errors import ValidationError
from crm_desktop.models.moments import start_of_day

SET_ASIDE = """INSERT INTO reminders (operator, entity, record, day, shown_at, again_at) VALUES (?, ?, ?, ?, ?, ?)
 ON CONFLICT DO UPDATE SET again_at = excluded.again_at"""


class Today(Controller):
    """Shows what the operator may see; a kind without the right to view it is left out."""

    area = "customers"

    def __init__(self, context: Context, records: Mapping[str, EntityController], analyses: Analyses) -> None:
        super().__init__(context)
        self._records = records
        self._analyses = analyses

    @requires(ANYONE)
    def tasks(self, mine: bool = False) -> Tasks:
        """What is due, overdue or near; with ``mine`` only where the operator is the one who sees to it."""
        gathering = Gathering(self._context, self._records, read_option(self._db, "days_ahead"), mine)
        found = {kind: gathering.find(kind) for kind in KINDS if self._context.may(AREAS[kind], "view")}
        tasks = [task for each in found.values() for task in each.tasks]
        return Tasks(sorted(tasks, key=_pressing), {kind: each.count for kind, each in found.items()})

    @requires(ANYONE)
    def figures(self) -> list[Figure]:
        """The month in four numbers, each beside last month's."""
        return MonthFigures(self._context, self._records, self._analyses).find()

    @requires(ANYONE)
    def done(self, task: Task) -> None:
        """A follow-up or memo is seen to; of a birthday or a silence the operator is not told again.

        ValidationError for a complaint, which is done step by step.
        """
        match task.kind:
            case "complaint":
                raise ValidationError({"kind": "投诉请用“办理”一步一步处理。"})
            case "follow_up":
                self._interactions.follow_up_done([task.record])
            case "memo":
                self._memos.done(task.record, task.day)
            case _:
                self._set_aside(task, None)

    @requires(ANYONE)
    def postpone(self, task: Task, to: date) -> None:
        """Put off to a later day; ValidationError for a complaint, whose deadline is a promise, or a day gone by."""
        if task.kind == COMPLAINT:
            raise ValidationError({"kind": "投诉的处理期限不能在这里推迟。"})
        if to <= self._context.clock.today():
            raise ValidationError({"to": "请推迟到今天以后的一天。"})
        match task.kind:
            case "follow_up":
                with self._db.atomic():
                    existing = self._interactions.get(task.record)
                    self._interactions.update(task.record, {"follow_up": to}, existing["version"])
            case "memo":
                self._memos.postpone(task.record, task.day, to)
            case _:
                self._set_aside(task, to)

    def _set_aside(self, task: Task, until: date | None) -> None:
        """Kept for this operator only: for the others it stays."""
        self.demand(task.entity, "view")
        again = None if until is None else start_of_day(until)
        key = (self._context.operator.id, task.kind, task.record, task.day.isoformat())
        with self._db.atomic():
            self._db.execute(SET_ASIDE, (*key, self._context.clock.timestamp(), again))

    @property
    def _interactions(self) -> Interactions:
        found = self._records["interactions"]
        assert isinstance(found, Interactions)
        return found

    @property
    def _memos(self) -> Memos:
        found = self._records["memos"]
        assert isinstance(found, Memos)
        return found


def _pressing(task: Task) -> tuple[bool, bool, date, int]:
    """Overdue first, silence last, each by day and in the order of the kinds."""
    order = list(KINDS)
    return not task.is_overdue, task.kind == QUIET, task.day, order.index(task.kind)
