"""办理: taking a step of a record's workflow, and how the steps taken so far are told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.drafts import Draft
from crm_desktop.controllers.flows import REMARK_FIELD
from crm_desktop.errors import Conflict, CrmError, IllegalTransition
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Field, Note
from crm_desktop.models.workflow import REMARK, Step
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_drafts import Origin
from crm_desktop.views.form_fields import Surroundings, labeled_field
from crm_desktop.views.small_form import SmallForm, Values

SCREEN = "step"
STATE = "status"
COURSE = "办理经过"
NOTE_LINES = 2
"""So that a step with three notes fits a small screen."""
VISITOR, HANDLER = "visited_by", "handler"
SOMEBODY_ELSE = "您选的是受理人自己，回访最好由别的同事来做。"
ALREADY = "“{}”现在不能办理，可能已经办过了。您填的内容：\n{}"
MEANWHILE = "{}刚刚修改了这条记录。您填的内容还在，请核对后再保存一次。"


def take_step(
    near: Surroundings, entity: Entity, record: int, *, parent: Misc, on_done: Callable[[], Any] = lambda: None
) -> None:
    """Ask which of the steps that are allowed now, then for what it needs; the status bar says the new state."""
    desk = near.desk
    controller = desk.office.records[entity.key]
    try:
        stored = controller.get(record)
        steps: list[Step] = controller.steps(record)  # type: ignore[attr-defined]
        step = _choose(desk, stored, entity, steps, parent)
        if step is None:
            return
        _take(StepWindow(parent, near, entity, stored, step), desk, on_done)
    except CrmError as error:
        desk.dialogs.show_error(error, parent=parent)


def resume_step(near: Surroundings, draft: Draft, *, parent: Misc) -> None:
    """The window of a step as it was when the program ended."""
    desk, entity = near.desk, ENTITIES[draft.entity]
    controller: Any = desk.office.records[entity.key]
    key = draft.content["details"]["step"]
    stored = controller.get(draft.record)
    step = next((each for each in controller.steps(draft.record) if each.key == key), None)
    if step is None:
        texts = [str(text or value) for value, text in draft.content["fields"].values() if text or value]
        raise IllegalTransition(ALREADY.format(draft.content["title"], "\n".join(texts)))
    _take(StepWindow(parent, near, entity, stored, step, draft), desk)


def _take(window: "StepWindow", desk: Desk, on_done: Callable[[], Any] = lambda: None) -> None:
    state, step, title = window.ask(), window.step, window.title_of_record
    if state:
        is_back = bool(step.falls_back_to) and state == step.falls_back_to
        desk.say(f"{title}：{step.label}，{'已退回' if is_back else ''}{state}。")
        on_done()


def course_facts(course: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """The steps taken, as facts for a pane: what, when, who, where it led, why."""
    return [(row["label"], _told(row)) for row in course]


def _told(row: dict[str, Any]) -> str:
    way = "" if row["from_state"] == row["to_state"] else f" → {row['to_state']}"
    return f"{row['at_text']} {row['operator']}{way}" + (f"：{row['remark']}" if row["remark"] else "")


def _choose(desk: Desk, stored: Values, entity: Entity, steps: list[Step], parent: Misc) -> Step | None:
    """The only step at once; of several the one that leads on is proposed."""
    if len(steps) == 1:
        return steps[0]
    assert entity.workflow is not None
    states = entity.workflow.states
    onward = max(steps, key=lambda step: states.index(step.target))
    answer = desk.dialogs.ask_choice(
        f"{stored[entity.title]} 现在是“{stored[STATE]}”，下一步：",
        [(step.key, step.label) for step in steps],
        default=onward.key,
        title="办理",
        parent=parent,
    )
    return next((step for step in steps if step.key == answer), None)


class StepWindow(SmallForm):
    """The fields of one step with what is likely in them; its result is the state that the step led to."""

    def __init__(
        self, parent: Misc, near: Surroundings, entity: Entity, stored: Values, step: Step, draft: Draft | None = None
    ) -> None:
        self._controller: Any = near.desk.office.records[entity.key]
        proposed = self._controller.proposed(stored["id"], step.key)
        title = f"{step.label}：{stored[entity.title]}"
        super().__init__(parent, near.desk.background, title, self._advance, note=_situation(stored, step))
        self.step = step
        self.title_of_record = stored[entity.title]
        self._stored = stored
        self._version = stored["version"] if draft is None else draft.version
        for name in step.fields:
            field = REMARK_FIELD if name == REMARK else entity[name]
            self._add_declared(replace(field, required=name in step.required), near, proposed.get(name))
        if VISITOR in self.fields:
            self.fields[VISITOR].input.bind(INPUT_CHANGED, lambda event: self._advise(), add="+")
            self._advise()
        origin = Origin(SCREEN, entity.key, title, stored["id"], stored["version"], {"step": step.key})
        self.keep_draft(near.desk, origin, draft)

    def _add_declared(self, field: Field, near: Surroundings, value: Any) -> None:
        labeled = labeled_field(self.form, field, near).grid(len(self.fields))
        if isinstance(field, Note):
            labeled.input.control.configure(height=NOTE_LINES)
        is_kept = value is not None and value == self._stored.get(field.name)
        text = self._stored[f"{field.name}_text"] if is_kept else None
        labeled.set(value, text)
        self.fields[field.name] = labeled

    def _advise(self) -> None:
        is_same = self.fields[VISITOR].get() == self._stored[HANDLER] is not None
        self.fields[VISITOR].set_hint(SOMEBODY_ELSE if is_same else None)

    def _advance(self, values: Values) -> Any:
        return self._controller.advance(self._stored["id"], self.step.key, values, self._version)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Conflict):
            super()._refused(error)
            return
        try:
            self._version = self._controller.get(self._stored["id"])["version"]
        except CrmError as gone:
            super()._refused(gone)
        else:
            super()._refused(CrmError(MEANWHILE.format(error.by)))


def _situation(stored: Values, step: Step) -> str:
    """Whose it is, and where the step leads."""
    way = stored[STATE] if stored[STATE] == step.target else f"{stored[STATE]} → {step.target}"
    back = f"，不满意时退回{step.falls_back_to}" if step.falls_back_to else ""
    return f"{stored['customer_text']}\n{way}{back}"
