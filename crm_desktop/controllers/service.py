"""客户反馈 and 客户投诉: deadlines, handling, and asking the customer afterwards."""

from datetime import date, datetime
from typing import Any

from crm_desktop.controllers import fitting
from crm_desktop.controllers.base import Record
from crm_desktop.controllers.flows import STATE, FlowController
from crm_desktop.controllers.lookup import Lookup, words
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import read_option
from crm_desktop.models import COMPLAINTS, FEEDBACK
from crm_desktop.models.moments import local_text
from crm_desktop.models.query import Values
from crm_desktop.models.workflow import Step
from crm_desktop.models.working_time import WorkingHours

FINISH, VISIT = "finish", "visit"
ATTRIBUTE = "SELECT json_extract(attributes, ?) FROM dictionary_items WHERE id = ?"
ASK_OUTCOME = "请选择满意程度；联系不上客户时勾选“未能联系”。"
NOT_BOTH = "已经勾选“未能联系”，不能同时有满意程度。"
WHY_BACK = "低于{}分要退回重办，请写明原因。"
OUTCOME = ("satisfaction", "is_unreachable", "visited_at", "visited_by")


class ServiceController(FlowController):
    """What both kinds have in common."""

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        super()._complete(values, accepted, existing, errors, lookup)
        if existing is None and not str(values.get(STATE) or "").strip():
            accepted[STATE] = self._reached(accepted)

    def _reached(self, record: Record) -> str:
        """The state of an old record that is entered as it stands, by how far it came."""
        if record.get("satisfaction") or record.get("is_unreachable"):
            return self._flow.last
        return self._flow.step(FINISH).target if record.get("handled_at") else self._flow.first

    def _likely(self, step: Step, existing: Record) -> Record:
        """Each round begins anew: what was said at an earlier visit stays in the course of steps."""
        if step.key == FINISH:
            return {"handled_at": self._context.clock.local_minute()}
        if step.key == VISIT:
            me = self._context.operator.id
            return {"satisfaction": None, "is_unreachable": 0, "visited_by": me, "visit_opinion": ""}
        return {}

    def _told(self, step: Step, accepted: Record, remark: str) -> str:
        """After a visit: what the customer said."""
        if step.key != VISIT:
            return remark
        verdict = words(self._db, self.entity["satisfaction"], accepted["satisfaction"]) or "未能联系"
        return "；".join(filter(None, (verdict, accepted.get("visit_opinion"), remark)))

    def _only_by(self, step: Step) -> tuple[str, ...]:
        return OUTCOME if step.key == VISIT else ()

    def _check_step(
        self, step: Step, existing: Record, accepted: Record, remark: str, errors: dict[str, str]
    ) -> None:
        if step.key == FINISH:
            accepted["visited_at"] = None  # an earlier round's, which would lie before this one's end
        if step.key != VISIT:
            fitting.check(self._context, self.entity, accepted, existing, errors, Lookup(self._db))
            return
        accepted["visited_at"] = self._context.clock.local_minute()
        satisfaction, is_unreachable = accepted.get("satisfaction"), accepted.get("is_unreachable")
        if satisfaction is None and not is_unreachable:
            errors.setdefault("satisfaction", ASK_OUTCOME)
        elif satisfaction is not None and is_unreachable:
            errors.setdefault("satisfaction", NOT_BOTH)
        elif self._is_not_enough(satisfaction) and not (remark or accepted.get("visit_opinion")):
            errors.setdefault("visit_opinion", WHY_BACK.format(self._enough))

    @property
    def _enough(self) -> int:
        return int(read_option(self._db, "revisit_score"))

    def _is_not_enough(self, satisfaction: int | None) -> bool:
        """Whether the customer is so dissatisfied that the matter is taken up again."""
        score = self._attribute(satisfaction, "score")
        return score is not None and score < self._enough

    def _attribute(self, item: int | None, name: str) -> Any:
        return None if item is None else self._db.value(ATTRIBUTE, (f"$.{name}", item))

    def _target(self, step: Step, outcome: Record, remark: str) -> str:
        is_back = bool(step.falls_back_to) and self._is_not_enough(outcome["satisfaction"])
        return step.falls_back_to if is_back else step.target


class Feedback(ServiceController):
    area = "feedback"
    entity = FEEDBACK


class Complaints(ServiceController):
    area = "complaints"
    entity = COMPLAINTS

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        super()._complete(values, accepted, existing, errors, lookup)
        severity = accepted.get("severity")
        is_news = existing is None or ("severity" in accepted and severity != existing["severity"])
        if is_news and severity is not None and not accepted.get("due_at") and not errors:
            accepted["due_at"] = self._deadline(severity, accepted, existing)

    @requires("view")
    def deadline(self, values: Values, record: int | None = None) -> str:
        """When a complaint with this ``severity`` and ``date`` would be due, local; "" while that cannot be said."""
        existing = None if record is None else self._get(record)
        accepted, lookup = Record(), Lookup(self._db)
        given = {name: values[name] for name in ("severity", "date") if name in values}
        self._accept_fields(given, accepted, existing, {}, lookup)
        severity = accepted.get("severity")
        return "" if severity is None else self._deadline(severity, accepted, existing) or ""

    def _deadline(self, severity: int, accepted: Record, existing: Record | None) -> str | None:
        """The working hours that the severity allows, from the moment the complaint came in."""
        hours = self._attribute(severity, "due_hours")
        day = fitting.value_of("date", accepted, existing)
        if not hours or day is None:
            return (existing or {}).get("due_at")
        working = WorkingHours.parse(str(read_option(self._db, "working_hours")))
        due = working.after(self._came_in(day, existing, working), float(hours))
        return due.strftime("%Y-%m-%d %H:%M") if due else None

    def _came_in(self, day: str, existing: Record | None, working: WorkingHours) -> datetime:
        """Now, or when the record was made, if that was on its day; else the beginning of the day's work."""
        made = self._context.clock.local_minute() if existing is None else local_text(existing["created_at"])
        if made.startswith(day):
            return datetime.fromisoformat(made)
        return datetime.combine(date.fromisoformat(day), working.begin)
