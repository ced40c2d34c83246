"""What the forms of 反馈, 投诉 and 往来 do beyond their fields: who begins them, their course, their deadline."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.errors import CrmError
from crm_desktop.models import FEEDBACK, Entity
from crm_desktop.models.query import Values
from crm_desktop.views.actions import Action
from crm_desktop.views.flow_step import COURSE, STATE, course_facts, take_step
from crm_desktop.views.form_companion import Companion
from crm_desktop.views.form_page import PAIRS
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.detail_pane import DetailPane

BELOW_FIELDS = 40
COURSE_LINES = 8
"""At most; the wheel shows more."""


class HandledCompanion(Companion):
    """Whoever begins the record is the one who handles it."""

    def beginning(self) -> Values:
        return {"handler": self.desk.office.operator.id}


class InteractionCompanion(HandledCompanion):
    not_copied = (
        "date", "time", "follow_up", "is_followed_up", "direction", "phone_number", "call_result", "duration",
    )  # fmt: skip


class FlowCompanion(HandledCompanion):
    """A record that goes through a workflow."""

    def __init__(self, form: Any) -> None:
        super().__init__(form)
        entity: Entity = form.entity
        assert entity.workflow is not None
        self._flow = entity.workflow
        made_by_steps = {*self._flow.set_by_steps(), *form.controller.guarded(self._flow.first)}
        self.not_copied = ("date", *(made_by_steps & entity.writable.keys()))

    def build(self) -> None:
        page = self.form.pages[FEEDBACK["result"].group].content
        self.course = DetailPane(page)
        self.course.grid(row=BELOW_FIELDS, column=0, columnspan=2 * PAIRS, sticky="ew", pady=pixels(page, 6))

    def locked(self, shown: Values) -> Mapping[str, str]:
        sentences: Mapping[str, str] = self.form.controller.guarded(shown[STATE])
        return sentences

    def actions(self, window: Any) -> Sequence[Action]:
        def may_step() -> bool:
            return not self.form.is_new and self.form.may_write and not window.saver.is_saving

        return (Action("step", "办理", lambda: self._take_step(window), "step", "arrow-right-circle", may_step),)

    def filled(self) -> None:
        self._show_course()

    def _take_step(self, window: Any) -> None:
        """On what is stored: changes are saved or given up first."""

        def go_on() -> None:
            window.reload()
            take_step(self.form.near, self.form.entity, self.form.record, parent=window, on_done=window.reload)

        window.saver.leave(go_on)

    def _show_course(self) -> None:
        facts = [] if self.form.is_new else course_facts(self.form.controller.course(self.form.record))
        if facts:
            self.course.show(COURSE, facts)
            self.course.text.configure(height=min(len(facts) + 2, COURSE_LINES))
            self.course.grid()
        else:
            self.course.grid_remove()


class ComplaintCompanion(FlowCompanion):
    """The deadline follows the severity."""

    def __init__(self, form: Any) -> None:
        super().__init__(form)
        self.not_copied = (*self.not_copied, "due_at")

    def filled(self) -> None:
        super().filled()
        self.form["due_at"].input.suggest("")
        if self.form.is_new:
            self._ask_deadline(pause=False)

    def changed(self, name: str) -> None:
        super().changed(name)
        if name == "severity" or (name == "date" and self.form.is_new):
            self._ask_deadline()

    def _ask_deadline(self, *, pause: bool = True) -> None:
        self.form.later.ask("deadline", self._deadline, self._show_deadline, pause=pause)

    def _deadline(self) -> Callable[[], str]:
        values = {name: self.form[name].get() for name in ("severity", "date")}
        controller, record = self.form.controller, self.form.record

        def work() -> str:
            try:
                due: str = controller.deadline(values, record)
            except CrmError:  # the record has gone meanwhile; saving will say so
                return ""
            return due

        return work

    def _show_deadline(self, due: str) -> None:
        """Said at the severity; on a new form it also stands in grey where it will be."""
        self.form["severity"].set_hint(f"处理期限：{due}" if due else None)
        if self.form.is_new:
            self.form["due_at"].input.suggest(due)

