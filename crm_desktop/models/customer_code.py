"""The rule of the 客户编号: class letter, area code, and three characters 001–999, then A00–ZZZ."""

import re

from crm_desktop.errors import FieldError
from crm_desktop.models.text import squeeze, to_half_width

MAX_LENGTH = 8
SERIAL_LENGTH = 3

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMERIC = 999
_BLOCK = len(_DIGITS) ** 2  # serials that begin with the same letter
MAX_SERIAL = _NUMERIC + 26 * _BLOCK

_SERIAL = re.compile(r"\d{3}|[A-Z][0-9A-Z]{2}", re.ASCII)
_CODE = re.compile(r"[0-9A-Za-z-]+")


def code_prefix(letter: str, area_code: str) -> str:
    """``i`` and ``010`` → ``i010``; abroad the calling code without 00: ``n`` and ``00852`` → ``n852``."""
    prefix = letter + area_code.removeprefix("+").removeprefix("00")
    if len(prefix) > MAX_LENGTH - SERIAL_LENGTH or not _CODE.fullmatch(prefix):
        raise FieldError(f"区号“{area_code}”不能用来编客户编号。")
    return prefix


def serial_text(number: int) -> str:
    """1 → ``001``, 999 → ``999``, 1000 → ``A00``, MAX_SERIAL → ``ZZZ``; plain text order is number order."""
    if not 1 <= number <= MAX_SERIAL:
        raise FieldError("这个区号的客户编号已经用完，请在设置中改用别的编号规则。")
    if number <= _NUMERIC:
        return f"{number:03d}"
    letter, rest = divmod(number - _NUMERIC - 1, _BLOCK)
    middle, last = divmod(rest, len(_DIGITS))
    return _DIGITS[10 + letter] + _DIGITS[middle] + _DIGITS[last]


def serial_number(text: str) -> int | None:
    """The number of a serial written in either case; None for what is no serial."""
    serial = text.upper()
    if not _SERIAL.fullmatch(serial) or serial == "000":
        return None
    if serial.isdigit():
        return int(serial)
    letter, middle, last = (_DIGITS.index(char) for char in serial)
    return _NUMERIC + 1 + (letter - 10) * _BLOCK + middle * len(_DIGITS) + last


def check_code(text: str) -> str:
    """A code typed by hand; FieldError when it is too long or has other characters."""
    code = squeeze(to_half_width(text))
    if len(code) > MAX_LENGTH:
        raise FieldError(f"客户编号最多 {MAX_LENGTH} 位，现在有 {len(code)} 位；较长的旧编号请填入“原编号”。")
    if not _CODE.fullmatch(code):
        raise FieldError("客户编号只能用字母、数字和短横线，不能有汉字或空格。")
    return code
