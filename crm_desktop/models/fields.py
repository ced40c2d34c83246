"""Field types: each knows how its value is typed, checked, shown and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from crm_desktop.errors import FieldError
from crm_desktop.models.field import Field
from crm_desktop.models.number_fields import Discount, Duration, Integer, Money, Quantity
from crm_desktop.models.text import squeeze, to_half_width
from crm_desktop.models.text_fields import (
    AreaCode,
    CalledNumber,
    CustomerCode,
    Email,
    Half,
    Note,
    Phone,
    Postcode,
    SerialNumber,
    Text,
    Website,
)  # fmt: skip
from crm_desktop.models.time_fields import Birthday, Date, DateTime, Time, Timestamp

__all__ = [
    "AreaCode", "Birthday", "CalledNumber", "Choice", "CustomerCode", "Date", "DateTime", "Discount", "Duration",
    "Email", "Field", "Flag", "Half", "Integer", "Money", "Note", "Options", "Phone", "Postcode", "Quantity",
    "Reference", "Region", "SerialNumber", "State", "Text", "Time", "Timestamp", "Website",
]  # fmt: skip

CHOICE_OPERATORS = ("=", "!=", "in", "empty")
NAMED_OPERATORS = ("contains", *CHOICE_OPERATORS)


@dataclass(frozen=True)
class Flag(Field):
    """Yes or no, stored as 1 or 0."""

    sql_type: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = 0
    operators: ClassVar[Sequence[str]] = ("=",)
    align: ClassVar[str] = "center"

    YES: ClassVar[frozenset[str]] = frozenset({"是", "有", "√", "1", "y", "yes", "true", "对"})
    NO: ClassVar[frozenset[str]] = frozenset({"否", "无", "×", "0", "n", "no", "false"})

    def parse(self, text: str, today: date) -> int:
        word = to_half_width(text).casefold()
        if word in self.YES:
            return 1
        if word in self.NO:
            return 0
        raise FieldError(f"{self.label}请填“是”或“否”。")

    def check(self, value: Any) -> int:
        if value in (0, 1, True, False):
            return int(value)
        raise FieldError(f"{self.label}请填“是”或“否”。")

    def format(self, value: Any) -> str:
        return "是" if value else ""


@dataclass(frozen=True)
class Options(Field):
    """One of a few fixed words, stored as the word."""

    options: tuple[str, ...] = ()
    empty: ClassVar[Any] = ""
    operators: ClassVar[Sequence[str]] = CHOICE_OPERATORS

    def check(self, value: Any) -> str:
        raise FieldError(f"{self.label}应为：{'、'.join(self.options)}。")

    def parse(self, text: str, today: date) -> str:
        if text not in self.options:
            raise FieldError(f"{self.label}应为：{'、'.join(self.options)}。")
        return text


@dataclass(frozen=True)
class State(Options):
    """Where a record is in its workflow; changed by steps, never by typing over it."""


@dataclass(frozen=True)
class Choice(Field):
    """An item of a dictionary; a name until the controller has looked it up."""

    kind: str = ""

    sql_type: ClassVar[str] = "INTEGER"
    operators: ClassVar[Sequence[str]] = CHOICE_OPERATORS

    def parse(self, text: str, today: date) -> str:
        return squeeze(text)


@dataclass(frozen=True)
class Reference(Field):
    """Another record; typed text is looked up by the controller."""

    entity: str = ""
    is_owner: bool = False
    """The record goes to the recycle bin and returns with the one it refers to."""
    within: str = ""
    """A field that both records have and in which they must agree: a contact of the same customer."""

    sql_type: ClassVar[str] = "INTEGER"
    operators: ClassVar[Sequence[str]] = NAMED_OPERATORS

    def parse(self, text: str, today: date) -> str:
        return squeeze(text)


@dataclass(frozen=True)
class Region(Field):
    """A GB/T 2260 code or the office's own ``X…`` code; a region's name may be typed."""

    operators: ClassVar[Sequence[str]] = ("within", *NAMED_OPERATORS)
    empty: ClassVar[Any] = None

    def parse(self, text: str, today: date) -> str:
        return squeeze(text)
