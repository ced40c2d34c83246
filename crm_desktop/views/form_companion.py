"""What one entity's form does beyond its declaration; the generic form calls these hooks and knows no entity."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.models.query import Values
from crm_desktop.views.actions import Action


class Companion:
    """``form`` is the RecordForm it belongs to."""

    remembered: tuple[str, ...] = ()
    """Fields whose last value a new record begins with."""
    not_copied: tuple[str, ...] = ()
    """Fields that 复制新增 leaves empty, beside those that the program makes."""

    def __init__(self, form: Any) -> None:
        self.form = form
        self.desk = form.desk

    def build(self) -> None:
        """Add what the declaration does not have."""

    def beginning(self) -> Values:
        """What a new record begins with besides its defaults."""
        return {}

    def locked(self, shown: Values) -> Mapping[str, str]:
        """Fields of the record shown that are only to be read, and the sentence that says why."""
        return {}

    def actions(self, window: Any) -> Sequence[Action]:
        """What else can be done with the record, from its FormWindow."""
        return ()

    def filled(self) -> None:
        """The form shows another record."""

    def changed(self, name: str) -> None:
        """The operator changed a field."""

    def confirms(self) -> bool:
        """Ask what must be asked before saving; False goes back to the form."""
        return True

    def creator(self, lines: Mapping[str, Sequence[Values]]) -> Callable[[Values], int]:
        """How a new record is made: read from the form now, called in a worker thread."""
        create = self.form.controller.create
        return lambda values: int(create(values, lines) if lines else create(values))

    def lines(self) -> dict[str, Sequence[Values]]:
        """Records of other entities to save with a new one."""
        return {}

    def line_errors(self, lines: Mapping[str, Sequence[Values]]) -> Mapping[str, str]:
        """What is wrong with those, under the names of their fields on the form; asked in a worker thread."""
        return {}
