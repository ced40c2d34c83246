"""What decides whether a row of an import is a new record or one that is known already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.exchange.plan import Mode
from crm_desktop.controllers.exchange.planned_row import PlannedRow
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.models import Entity

ALL_MODES: tuple[Mode, ...] = ("add", "update", "skip")


@dataclass(frozen=True)
class Task:
    """One import: all its rows, and what is to happen to records that exist already."""

    context: Context
    entity: Entity
    mode: Mode
    rows: Sequence[PlannedRow]
    label: Callable[[str], str]
    """What the column of a field is called."""
    lookup: Lookup
    look: Callable[[], object] = lambda: None
    """Called now and then by what takes long; raises once the clerk has cancelled."""


class Matcher:
    """Made anew for each plan; ``settle`` is called for every row in the order of the file, then ``compare``."""

    modes: ClassVar[tuple[Mode, ...]] = ALL_MODES

    def __init__(self, task: Task) -> None:
        self._task = task
        self._context, self._mode, self._label = task.context, task.mode, task.label

    def settle(self, row: PlannedRow) -> None:
        """Fill fate, target, same_as; what stands in the way goes to problems, what is odd to notes."""
        raise NotImplementedError

    def compare(self, row: PlannedRow) -> None:
        """Look at the accepted values of a row that is not bad for what the office has already."""
