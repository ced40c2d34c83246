"""Field types that hold numbers: counts, amounts, quantities, discounts, lengths of time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from crm_desktop.errors import FieldError
from crm_desktop.models import checks
from crm_desktop.models.field import Field
from crm_desktop.models.text import to_half_width

_DISCOUNT = re.compile(r"(?P<tenths>\d(?:\.\d)?)折|(?P<percent>\d{1,3})%?")
_DISCOUNT_WORD = re.compile("([一二三四五六七八九])([一二三四五六七八九])?折")
_CHINESE_DIGITS = "零一二三四五六七八九"
_DURATION = re.compile(r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)")
_DURATION_WORDS = re.compile(r"(?:(?P<h>\d{1,2})(?:小时|时))?(?:(?P<m>\d{1,3})(?:分钟|分))?(?:(?P<s>\d{1,4})秒)?")


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
    minimum: int | None = None
    """In 分."""

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
        return self.check(int(amount * self.unit))

    def check(self, value: Any) -> int:
        number = int(super().check(value))
        if self.minimum is not None and number < self.minimum:
            raise FieldError(f"{self.label}不能小于 {self.format(self.minimum)}。")
        return number

    def format(self, value: Any) -> str:
        if value is None:
            return ""
        text = f"{Decimal(value) / self.unit:,.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if self.in_wan else text


@dataclass(frozen=True)
class Quantity(Field):
    """A quantity of goods with up to three decimals, stored in thousandths; more than nothing."""

    sql_type: ClassVar[str] = "INTEGER"
    align: ClassVar[str] = "right"
    THOUSANDTHS: ClassVar[int] = 1000

    def parse(self, text: str, today: date) -> int:
        number = checks.parse_amount(text) * self.THOUSANDTHS
        if number != number.to_integral_value():
            raise FieldError(f"{self.label}最多 3 位小数。")
        return self.check(int(number))

    def check(self, value: Any) -> int:
        number = int(super().check(value))
        if not 0 < number < 10**12:
            raise FieldError(f"{self.label}应大于 0；退货请在“销售类型”里选退货，数量仍填正数。")
        return number

    def format(self, value: Any) -> str:
        if value is None:
            return ""
        return f"{Decimal(value) / self.THOUSANDTHS:,.3f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Discount(Field):
    """What is paid of the full price, in per cent: 85 is 八五折, 100 is no discount."""

    sql_type: ClassVar[str] = "INTEGER"
    align: ClassVar[str] = "right"

    def parse(self, text: str, today: date) -> int:
        typed = to_half_width(text).replace(" ", "")
        match, words = _DISCOUNT.fullmatch(typed), _DISCOUNT_WORD.fullmatch(typed)
        if words:
            return self.check(10 * _CHINESE_DIGITS.index(words[1]) + _CHINESE_DIGITS.index(words[2] or "零"))
        if match is None:
            raise self._refused
        return self.check(int(Decimal(match["tenths"]) * 10) if match["tenths"] else int(match["percent"]))

    def check(self, value: Any) -> int:
        number = int(super().check(value))
        if not 1 <= number <= 100:
            raise self._refused
        return number

    @property
    def _refused(self) -> FieldError:
        return FieldError(f"{self.label}应为 1 到 100，例如 85 或 8.5折 表示八五折，不打折填 100。")


@dataclass(frozen=True)
class Duration(Field):
    """A length of time in whole seconds, typed and shown as minutes and seconds: 3:20, 1:02:03."""

    sql_type: ClassVar[str] = "INTEGER"
    align: ClassVar[str] = "right"

    def parse(self, text: str, today: date) -> int:
        typed = to_half_width(text).replace(" ", "")
        match = _DURATION.fullmatch(typed) or _DURATION_WORDS.fullmatch(typed)
        if typed.isdecimal() and len(typed) <= 3:  # a bare number is minutes, as people say it
            return self.check(60 * int(typed))
        if match is None:
            raise FieldError(f"{self.label}应类似 3:20（3 分 20 秒）或 5 分钟。")
        return self.check(_seconds(match.groupdict()))

    def check(self, value: Any) -> int:
        number = int(super().check(value))
        if not 0 <= number < 24 * 3600:
            raise FieldError(f"{self.label}应不到 24 小时。")
        return number

    def format(self, value: Any) -> str:
        if value is None:
            return ""
        minutes, seconds = divmod(int(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _seconds(parts: Mapping[str, str | None]) -> int:
    return 3600 * int(parts["h"] or 0) + 60 * int(parts["m"] or 0) + int(parts["s"] or 0)
