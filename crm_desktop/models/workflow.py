"""The life of a record as data: its states, the steps that lead from one to the next, and what each step asks for.

A step is refused unless the workflow has it from the record's present state; who took it and when is kept in the
``transitions`` table.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crm_desktop.errors import IllegalTransition


@dataclass(frozen=True)
class Step:
    """One thing that may be done: from any of ``sources`` to ``target``."""

    key: str
    label: str
    sources: tuple[str, ...]
    target: str
    fields: tuple[str, ...] = ()
    """What the step asks for, in the order of asking."""
    required: tuple[str, ...] = ()
    """Those that may not stay empty; ``REMARK`` is the remark of the step itself."""
    falls_back_to: str = ""
    """The state when the outcome is not good enough; which outcome that is, the controller knows."""


REMARK = "remark_of_step"
"""Not a field of the record: why or how the step was taken."""


@dataclass(frozen=True)
class Workflow:
    """``states`` in the order of a life that goes well; a new record is in the first, a finished one in the last."""

    states: tuple[str, ...]
    steps: tuple[Step, ...]
    due_states: tuple[str, ...] = ()
    """Those in which the record's deadline runs."""

    @property
    def first(self) -> str:
        return self.states[0]

    @property
    def last(self) -> str:
        return self.states[-1]

    def step(self, key: str) -> Step:
        """The step of this key; IllegalTransition when there is none."""
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise IllegalTransition(f"没有“{key}”这一步，可以：{labels(self.steps)}。")
        return found

    def steps_from(self, state: str) -> list[Step]:
        """What may be done in a state."""
        return [step for step in self.steps if state in step.sources]

    def require(self, key: str, state: str) -> Step:
        """The step, if it may be taken in this state; else IllegalTransition says which may."""
        step = self.step(key)
        if state not in step.sources:
            raise IllegalTransition(f"“{state}”时不能“{step.label}”，可以：{labels(self.steps_from(state)) or '无'}。")
        return step

    def set_by_steps(self) -> set[str]:
        """Fields that some step asks for."""
        return {name for step in self.steps for name in step.fields}


def labels(steps: Iterable[Step]) -> str:
    return "、".join(dict.fromkeys(step.label for step in steps))

