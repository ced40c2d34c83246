"""Field types that hold text: names, notes, codes, telephone numbers, addresses on the net."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from crm_desktop.errors import FieldError
from crm_desktop.models import checks, customer_code, phones
from crm_desktop.models.field import Field
from crm_desktop.models.numbering import Numbering
from crm_desktop.models.text import clean_line, strip_control, to_half_width

STARRED = "带星号的号码不能保存，请填写完整号码或清空。"
TEXT_OPERATORS = ("contains", "=", "!=", "starts", "in", "empty")


@dataclass(frozen=True)
class Text(Field):
    """A line of text of at most ``length`` characters."""

    length: int = 60
    empty: ClassVar[Any] = ""
    operators: ClassVar[Sequence[str]] = TEXT_OPERATORS

    def accept(self, value: Any, today: date) -> Any:
        """Cleaned before anything else, because what is left may be nothing."""
        if not isinstance(value, str):
            return super().accept(value, today)
        text = self.clean(value).strip()
        return self.parse(text, today) if text else self._accept_empty()

    def clean(self, text: str) -> str:
        return clean_line(text)

    def parse(self, text: str, today: date) -> str:
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
        return clean_line(to_half_width(text))


@dataclass(frozen=True)
class CustomerCode(Half):
    """A 客户编号: at most eight ASCII letters and digits, compared without case."""

    length: int = customer_code.MAX_LENGTH

    def parse(self, text: str, today: date) -> str:
        return customer_code.check_code(text)


@dataclass(frozen=True)
class SerialNumber(Half):
    """The number of a document, made when the record is created unless one was given."""

    length: int = 30
    required: bool = True
    is_made: bool = True
    is_fixed: bool = True
    numbering: Numbering = field(default_factory=lambda: Numbering(""))


@dataclass(frozen=True)
class CalledNumber(Half):
    """A number as it stood in a call; stars, as who may not see numbers has them, are refused."""

    length: int = 40
    is_public: bool = False
    """The office's own, which everybody may see."""

    def parse(self, text: str, today: date) -> str:
        if "*" in text:
            raise FieldError(STARRED)
        return super().parse(text, today)


@dataclass(frozen=True)
class Phone(CalledNumber):
    """One or several telephone numbers, kept as typed, by which the record is found."""

    is_mobile: bool = False

    def parse(self, text: str, today: date) -> str:
        cleaned = super().parse(text, today)
        phones.check_numbers(cleaned, self.is_mobile)
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
