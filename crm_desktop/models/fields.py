"""Field types: each knows how its value is typed, checked, shown and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from crm_desktop.errors import FieldError
from crm_desktop.models import checks
from crm_desktop.models.field import ORDERED_OPERATORS, Field
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import squeeze, to_half_width
from crm_desktop.models.text_fields import (
    AreaCode,
    CustomerCode,
    Email,
    Half,
    Note,
    Phone,
    Postcode,
    Text,
    Website,
)  # fmt: skip

__all__ = [
    "AreaCode", "Choice", "CustomerCode", "Date", "Email", "Field", "Flag", "Half", "Integer", "Money", "Note",
    "Options", "Phone", "Postcode", "Reference", "Region", "Text", "Timestamp", "Website",
]  # fmt: skip

DATE_OPERATORS = (*ORDERED_OPERATORS, "today", "this_month", "last_days")
CHOICE_OPERATORS = ("=", "!=", "in", "empty")
NAMED_OPERATORS = ("contains", *CHOICE_OPERATORS)


@dataclass(frozen=True)
class Integer(Field):
    minimum: int = 0
    maximum: int = 10**9

    sql_type: ClassVar[str] = "INTEGER"
    align: ClassVar[str] = "right"

    def parse(self, text: str, today: date) -> int:
        number = checks.parse_amount(text)
        if number != number.to_integral_value():
            raise FieldError(f"{self.label}应为整数。")
        return self.check(int(number))

    def check(self, value: Any) -> int:
        number = int(super().check(value))
        if not self.minimum <= number <= self.maximum:
            raise FieldError(f"{self.label}应在 {self.minimum} 到 {self.maximum} 之间。")
        return number


@dataclass(frozen=True)
class Money(Field):
    """An amount in CNY, stored in 分, typed and shown in 元 or, when ``in_wan``, in 万元."""

    in_wan: bool = False

    sql_type: ClassVar[str] = "INTEGER"
    align: ClassVar[str] = "right"

    @property
    def unit(self) -> int:
        """分 in one displayed unit."""
        return 1_000_000 if self.in_wan else 100

    @property
    def decimals(self) -> int:
        return 4 if self.in_wan else 2

    def parse(self, text: str, today: date) -> int:
        amount = checks.parse_amount(text, in_wan=self.in_wan)
        if amount != round(amount, self.decimals):
            raise FieldError(f"{self.label}最多 {self.decimals} 位小数。")
        if abs(amount) >= 10**10:
            raise FieldError(f"{self.label}太大了。")
        return int(amount * self.unit)

    def format(self, value: Any) -> str:
        if value is None:
            return ""
        text = f"{Decimal(value) / self.unit:,.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if self.in_wan else text


@dataclass(frozen=True)
class Date(Field):
    """A local calendar date, stored as ISO text."""

    operators: ClassVar[Sequence[str]] = DATE_OPERATORS

    def parse(self, text: str, today: date) -> str:
        return checks.parse_date(text, today)

    def check(self, value: Any) -> str:
        if isinstance(value, date):
            return checks.parse_date(value.isoformat()[:10], value)
        raise FieldError(f"{self.label}应为日期。")


@dataclass(frozen=True)
class Timestamp(Field):
    """A machine time in UTC, never typed."""

    is_hidden: bool = True
    operators: ClassVar[Sequence[str]] = DATE_OPERATORS

    def format(self, value: Any) -> str:
        return local_text(value or "")


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
