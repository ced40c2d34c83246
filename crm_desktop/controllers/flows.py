"""Records that go through a workflow: taking a step, what may come next, and who took which step when."""

from typing import Any

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models.fields import Note
from crm_desktop.models.moments import local_text
from crm_desktop.models.query import Values
from crm_desktop.models.workflow import REMARK, Step, Workflow

STATE = "status"
REMARK_FIELD = Note(REMARK, "说明", length=500)
INSERT = """INSERT INTO transitions (entity, record, from_state, to_state, operator, at, remark, step)
 VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
COURSE = """SELECT t.at, t.from_state, t.to_state, t.remark, t.step, COALESCE(o.full_name, '') AS operator
 FROM transitions t LEFT JOIN operators o ON o.id = t.operator
 WHERE t.entity = ? AND t.record = ? ORDER BY t.id"""
BY_STEPS = "{}用“办理”一步一步改变，不能直接修改。"
BY_STEP = "{}在“{}”这一步填写，现在是“{}”。"


class FlowController(EntityController):
    """The entity declares its ``workflow``; subclasses say what a step fills in by itself."""

    @property
    def _flow(self) -> Workflow:
        assert self.entity.workflow is not None
        return self.entity.workflow

    @requires("view")
    def steps(self, record: int) -> list[Step]:
        """What may be done with a record now, for an operator who may change it."""
        return self._flow.steps_from(self._get(record)[STATE])

    @requires("view")
    def course(self, record: int) -> list[dict[str, Any]]:
        """The steps taken so far, oldest first: at, operator, step and its label, states, remark."""
        self._get(record)  # NotFound outside the operator's scope
        rows = [dict(row) for row in self._db.query(COURSE, (self.entity.key, record))]
        return [{**row, "at_text": local_text(row["at"]), "label": self._flow.step(row["step"]).label} for row in rows]

    @requires("view")
    def proposed(self, record: int, step: str) -> Values:
        """What the fields of a step hold before anybody types: what the record has, and what is likely."""
        existing = self._get(record)
        wanted = self._flow.require(step, existing[STATE])
        return {**{name: existing[name] for name in wanted.fields if name != REMARK}, **self._likely(wanted, existing)}

    @requires("view")
    def guarded(self, state: str) -> dict[str, str]:
        """Fields that are not typed over while a record is in this state, and the sentence that says why not."""
        return self._guarded(state)

    @requires("update")
    def advance(self, record: int, step: str, values: Values, version: int) -> str:
        """Take a step with what it asks for and return the state it led to.

        IllegalTransition says which steps there are; ValidationError.fields what is missing; Conflict when someone
        else saved first. ``values[REMARK]`` is kept with the step.
        """
        with self._db.atomic():
            existing = self._get(record)
            taken = self._flow.require(step, existing[STATE])
            accepted, remark = self._accepted_step(taken, values, existing)
            if existing["version"] != version:
                raise conflict(self._context, self.entity, existing, version, accepted)
            target = self._target(taken, {**existing, **accepted}, remark)
            changed = {name: value for name, value in accepted.items() if value != existing[name]}
            if target != existing[STATE]:
                changed[STATE] = target
            sentence = f"{taken.label}{self.entity.label}：{existing[self.entity.title]}"
            with self._context.operation("step", sentence) as operation:
                self._write_step(operation, taken, existing, changed, target, remark)
        return target

    def _write_step(
        self, operation: int, step: Step, existing: Record, changed: Record, target: str, remark: str
    ) -> None:
        stamp = (self._context.operator.id, self._context.clock.timestamp())
        self._db.execute(INSERT, (self.entity.key, existing["id"], existing[STATE], target, *stamp, remark, step.key))
        if changed:
            self._write_changes(operation, existing, changed)
        else:  # a step that changes nothing belongs to the record's history, too
            self._context.audit_change(operation, self.entity.key, existing["id"], {}, {})
            self._context.changed(self.entity.key, [existing["id"]])

    def _accepted_step(self, step: Step, values: Values, existing: Record) -> tuple[Record, str]:
        """The step's fields as they will be stored, and its remark."""
        errors, accepted, lookup = dict[str, str](), Record(), Lookup(self._db)
        given = {**self._likely(step, existing), **values}
        strange = {name: f"“{step.label}”不填{self._label(name)}。" for name in given if name not in step.fields}
        self._accept_fields(
            {name: value for name, value in given.items() if name in step.fields and name != REMARK},
            accepted, existing, errors, lookup,
        )  # fmt: skip
        remark = self._accepted_remark(given.get(REMARK), errors)
        for name in step.required:
            value = remark if name == REMARK else accepted.get(name, existing.get(name))
            if not value:
                errors.setdefault(name, f"“{step.label}”要填写{self._label(name)}。")
        self._check_step(step, existing, accepted, remark, errors)
        if errors or strange:
            raise ValidationError(strange | errors)
        return accepted, self._told(step, accepted, remark)

    def _accepted_remark(self, value: Any, errors: dict[str, str]) -> str:
        try:
            return str(REMARK_FIELD.accept(value, self._context.clock.today()) or "")
        except FieldError as error:
            errors[REMARK] = str(error)
            return ""

    def _label(self, name: str) -> str:
        if name == REMARK:
            return REMARK_FIELD.label
        return self.entity[name].label if name in self.entity.by_name else f"“{name}”"

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        """What belongs to a step is not typed over; a record that is finished may be corrected."""
        super()._complete(values, accepted, existing, errors, lookup)
        if existing is None:
            return
        for name, sentence in self._guarded(existing[STATE]).items():
            if accepted.get(name, existing[name]) != existing[name]:
                errors[name] = sentence

    def _guarded(self, state: str) -> dict[str, str]:
        sentences = {STATE: BY_STEPS.format(self.entity[STATE].label)}
        for step in self._flow.steps if state != self._flow.last else ():
            for name in self._only_by(step):
                sentences[name] = BY_STEP.format(self.entity[name].label, step.label, state)
        return sentences

    # -- hooks -------------------------------------------------------------------------------------------------

    def _likely(self, step: Step, existing: Record) -> Record:
        """What a step fills in when nobody says otherwise; fields of the step only."""
        return {}

    def _told(self, step: Step, accepted: Record, remark: str) -> str:
        """What is kept with the step as its remark."""
        return remark

    def _only_by(self, step: Step) -> tuple[str, ...]:
        """Fields that nothing but this step fills before the record is finished."""
        return ()

    def _check_step(
        self, step: Step, existing: Record, accepted: Record, remark: str, errors: dict[str, str]
    ) -> None:
        """Check what a step brings against the record."""

    def _target(self, step: Step, outcome: Record, remark: str) -> str:
        """Where the step leads, given the record as it will be."""
        return step.target
