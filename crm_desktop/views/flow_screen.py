"""客户反馈 and 客户投诉: a list that says what is open and overdue, and from which the next step is taken."""

from collections.abc import Mapping
from typing import Any

from crm_desktop.errors import CrmError
from crm_desktop.models import Condition, Query
from crm_desktop.models.fields import Field
from crm_desktop.models.workflow import Workflow
from crm_desktop.views.actions import Action
from crm_desktop.views.flow_step import COURSE, STATE, course_facts, take_step
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.list_filter import Conditions
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.widgets.table_rows import TableColumn

OPEN, OVERDUE, MINE = "未结", "超期", "我受理的"
DUE = "open_due_at"
STATE_WIDTH = 14


class FlowScreen(ListScreen):
    """For an entity with a ``workflow``."""

    placeholder = "单号、客户名称、拼音首字母…"

    def make_actions(self) -> list[Action]:
        actions = super().make_actions()
        place = next(place for place, action in enumerate(actions) if action.id == "delete")
        step = Action("step", "办理", self.take_step, "step", "arrow-right-circle", self._may_step)
        return [*actions[:place], step, *actions[place:]]

    def _may_step(self) -> bool:
        return self._has_one() and self.desk.office.may(self.entity.key, "update")

    def take_step(self) -> None:
        """The next step of the row with the cursor, however many are selected."""
        record = self.table.current_id
        if record is not None:
            take_step(Surroundings(self.desk, open_form), self.entity, record, parent=self)

    # -- what is open and overdue ----------------------------------------------------------------------------------

    @property
    def _flow(self) -> Workflow:
        assert self.entity.workflow is not None
        return self.entity.workflow

    def filters(self) -> Mapping[str, Conditions]:
        overdue = {OVERDUE: (self._overdue(),)} if self._flow.due_states else {}
        mine = Condition("handler", "=", self.desk.office.operator.id)
        return {OPEN: (self._open(),), **overdue, MINE: (mine,)}

    def _open(self) -> Condition:
        return Condition(STATE, "!=", self._flow.last)

    def _overdue(self) -> Condition:
        return Condition(DUE, "<", self.desk.office.clock.local_minute())

    def sums(self, query: Query) -> str:
        counted = {OVERDUE: self._overdue()} if self._flow.due_states else {}
        parts = []
        for word, condition in {OPEN: self._open(), **counted}.items():
            n = self.controller.count(Query(query.text, (*query.conditions, condition))).n
            parts.append(f"{word} {n:,} 条")
        return "　".join(filter(None, ("，".join(parts), super().sums(query))))

    def is_overdue(self, row: dict[str, Any]) -> bool:
        """Whether its deadline has passed and it is not dealt with."""
        return bool(row.get(DUE)) and row[DUE] < self.desk.office.clock.local_minute()

    def row_tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        return ("overdue",) if self.is_overdue(row) else ()

    def _column(self, field: Field, is_visible: bool) -> TableColumn:
        if field.name == STATE and self._flow.due_states:
            return TableColumn(STATE, field.label, STATE_WIDTH, is_visible=is_visible, format=self._state)
        return super()._column(field, is_visible)

    def _state(self, row: dict[str, Any]) -> str:
        """In words too, for those who do not see the red."""
        return f"{row[STATE]}（{OVERDUE}）" if self.is_overdue(row) else str(row[STATE])

    def facts(self, row: dict[str, Any]) -> list[tuple[str, str]]:
        """What the record says, and the steps it has taken."""
        try:
            course = self.controller.course(row["id"])  # type: ignore[attr-defined]
        except CrmError:  # deleted in another window a moment ago
            course = []
        facts = [(label, self._state(row)) if label == self.entity[STATE].label else (label, value)
                 for label, value in super().facts(row)]  # fmt: skip
        return [*facts, *([("", COURSE)] if course else []), *course_facts(course)]
