"""Field types: each knows how its value is typed, checked, shown and stored.

A *raw* value is what the database holds. A ``str`` given for a field is taken as something a person typed and
goes through ``parse``; any other type is taken as raw and only checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from crm_desktop.errors import FieldError
from crm_desktop.models import checks, customer_code, phones
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import squeeze, strip_control, to_half_width

TEXT_OPERATORS = ("contains", "=", "!=", "starts", "in", "empty")
ORDERED_OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "between", "empty")
DATE_OPERATORS = (*ORDERED_OPERATORS, "today", "this_month", "last_days")
CHOICE_OPERATORS = ("=", "!=", "in", "empty")


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
        if not isinstance(value, int) or isinstance(value, bool):
            raise FieldError(f"{self.label}的值无效。")
        return value

    def format(self, value: Any) -> str:
        """Raw value → the text people read."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Text(Field):
    """A line of text of at most ``length`` characters."""

    length: int = 60
    empty: ClassVar[Any] = ""
    operators: ClassVar[Sequence[str]] = TEXT_OPERATORS

    def parse(self, text: str, today: date) -> str:
        return self._within_length(self.clean(text))

    def clean(self, text: str) -> str:
        return squeeze(strip_control(text))

    def _within_length(self, text: str) -> str:
        if len(text) > self.length:
            raise FieldError(f"{self.label}最多 {self.length} 个字，现在有 {len(text)} 个。")
        return text

    def check(self, value: Any) -> Any:
        raise FieldError(f"{self.label}应为文字。")


@dataclass(frozen=True)
class Note(Text):
    """Text of several lines."""

    length: int = 2000

    def clean(self, text: str) -> str:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(strip_control(line).rstrip() for line in lines).strip("\n")


@dataclass(frozen=True)
class Half(Text):
    """Text whose full-width letters, digits and spaces become half-width."""

    def clean(self, text: str) -> str:
        return super().clean(to_half_width(text))


@dataclass(frozen=True)
class CustomerCode(Half):
    """A 客户编号: at most eight ASCII letters and digits, compared without case."""

    length: int = customer_code.MAX_LENGTH

    def parse(self, text: str, today: date) -> str:
        return customer_code.check_code(super().parse(text, today))


@dataclass(frozen=True)
class Phone(Half):
    """One or several telephone numbers, kept as typed."""

    length: int = 40
    is_mobile: bool = False

    def parse(self, text: str, today: date) -> str:
        cleaned = super().parse(text, today)
        check = phones.parse_mobile if self.is_mobile else phones.parse_phone
        for part in phones.split_numbers(cleaned):
            check(part)
        return cleaned


@dataclass(frozen=True)
class Postcode(Half):
    """A postcode: six digits in China, otherwise letters and digits."""

    length: int = 10

    def parse(self, text: str, today: date) -> str:
        """Only the shape; whether it must be six digits depends on the record's country."""
        return checks.check_postcode(super().parse(text, today), is_abroad=True)


@dataclass(frozen=True)
class Email(Half):
    length: int = 100

    def parse(self, text: str, today: date) -> str:
        return checks.check_email(super().parse(text, today))


@dataclass(frozen=True)
class Website(Half):
    length: int = 200

    def parse(self, text: str, today: date) -> str:
        return checks.check_website(super().parse(text, today))


@dataclass(frozen=True)
class AreaCode(Half):
    """区号 with its leading 0, or a country's calling code."""

    length: int = 6

    def parse(self, text: str, today: date) -> str:
        cleaned = super().parse(text, today)
        if not cleaned.isascii() or not cleaned.isdigit():
            raise FieldError(f"{self.label}只能是数字，例如 0431。")
        return cleaned


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
            return value.isoformat()[:10]
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
    operators: ClassVar[Sequence[str]] = CHOICE_OPERATORS

    def parse(self, text: str, today: date) -> str:
        return squeeze(text)


@dataclass(frozen=True)
class Region(Field):
    """A GB/T 2260 code or the office's own ``X…`` code; a region's name may be typed."""

    operators: ClassVar[Sequence[str]] = ("within", "empty")
    empty: ClassVar[Any] = None

    def parse(self, text: str, today: date) -> str:
        return squeeze(text)
