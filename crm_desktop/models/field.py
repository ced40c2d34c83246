"""What every field type has in common.

A *raw* value is what the database holds. A ``str`` given for a field is taken as something a person typed and
goes through ``parse``; any other type is taken as raw and only checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from crm_desktop.errors import FieldError

ORDERED_OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "between", "empty")
LARGEST = 2**62
"""SQLite keeps integers of 64 bits."""


@dataclass(frozen=True)
class Field:
    """One column of an entity, declared once for form, list, search, import, export and SQL."""

    name: str
    label: str
    required: bool = False
    default: Any = None
    group: str = ""
    width: int = 12
    """Width in a list, in half-width characters."""
    is_made: bool = False
    """Filled by the program when left empty."""
    is_fixed: bool = False
    """Never changes once the record exists."""
    is_hidden: bool = False
    """Not on the form."""
    note: str = ""
    """A short hint shown beside the input."""

    sql_type: ClassVar[str] = "TEXT"
    empty: ClassVar[Any] = None
    align: ClassVar[str] = "left"
    operators: ClassVar[Sequence[str]] = ORDERED_OPERATORS

    def accept(self, value: Any, today: date) -> Any:
        """The raw value for what was given; FieldError says in one sentence why not."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return self._accept_empty()
        if isinstance(value, str):
            return self.parse(value.strip(), today)
        return self.check(value)

    def _accept_empty(self) -> Any:
        if self.required and not self.is_made:
            raise FieldError(f"请填写{self.label}。")
        return self.empty

    def parse(self, text: str, today: date) -> Any:
        """Typed text → raw value."""
        raise NotImplementedError

    def check(self, value: Any) -> Any:
        """A value that is already raw, or FieldError."""
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
            raise FieldError(f"{self.label}的值无效。")
        return value

    def format(self, value: Any) -> str:
        """Raw value → the text people read."""
        return "" if value is None else str(value)
