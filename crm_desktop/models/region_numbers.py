"""What a number typed into 区号邮编查询 is: an area code, a postcode, or a telephone number that begins with one."""

import re
from collections.abc import Collection
from typing import NamedTuple

from crm_desktop.errors import FieldError
from crm_desktop.models import phones

SAME_OFFICE_DIGITS = 4
"""Postcodes of one city's or county's post office share their first four digits."""
POSTCODE_DIGITS = 6
NO_AREA = "这个号码里没有区号，看不出是哪里的。"
_SAID_BEFORE = re.compile(r"(?:邮政编码|邮编|区号|电话|tel)[\s:]*")


class TypedNumber(NamedTuple):
    """``area_codes`` are asked exactly, ``area_begins`` and ``postcode`` by their beginning; "" is not asked."""

    digits: str
    postcode: str = ""
    area_codes: tuple[str, ...] = ()
    area_begins: str = ""
    note: str = ""

    @property
    def is_postcode(self) -> bool:
        return len(self.postcode) == POSTCODE_DIGITS

    @property
    def guess_note(self) -> str:
        """What is said when other postcodes of the same office are all there is."""
        same = self.postcode[:SAME_OFFICE_DIGITS]
        return f"邮编 {self.postcode} 不在表内。下面是前四位相同（{same}，同一市县邮局）的地方，请核对后再用。"


def typed_number(text: str, known: Collection[str]) -> TypedNumber | None:
    """None for what is no number; ``known`` are the area codes there are, each with its 0.

    >>> typed_number("431", {"0431"}).area_codes
    ('431', '0431', '00431')
    >>> typed_number("0431-85123456", {"0431"}).area_codes
    ('0431',)
    """
    label = _SAID_BEFORE.match(text)
    plain = text[label.end() if label else 0 :]
    if not phones.is_like_number(plain):
        return None
    groups = re.findall(r"\d+", plain)
    digits = "".join(groups)
    if len(groups) > 1 or len(digits) > POSTCODE_DIGITS:
        area = _area_of(plain, groups, known)
        if area:
            said = f"号码 {plain} 的区号是 {area}。" if area in known else f"区号 {area} 不在表内。"
            return TypedNumber(digits, area_codes=(area,), note=said)
    return _short(digits) if len(digits) <= POSTCODE_DIGITS else TypedNumber(digits, note=NO_AREA)


def begun_number(digits: str, known: Collection[str]) -> TypedNumber | None:
    """A telephone number of which only the area code and a few digits are there yet."""
    area = _first_known([digits], known)
    return TypedNumber(digits, area_codes=(area,), note=f"号码 {digits} 的区号是 {area}。") if area else None


def _short(digits: str) -> TypedNumber:
    """An area code, a postcode, or the beginning of either or of a telephone number."""
    codes = (digits, f"0{digits}", f"00{digits}") if len(digits) > 1 else ()
    begins = digits if digits.startswith("0") and len(digits) > 1 else ""
    return TypedNumber(digits, digits, codes, begins)


def _area_of(text: str, groups: list[str], known: Collection[str]) -> str:
    """The area code with which a telephone number begins, though the number may be unfinished; else ""."""
    try:
        phone = phones.parse_phone(text)
    except FieldError:
        return _first_known(groups, known)
    if phone.kind == "foreign":
        return _first_known([f"00{phone.digits}"], known)
    if phone.kind == "landline":
        return phones.area_code(phone)
    return _first_known(groups, known) if phone.kind == "local" and len(groups) > 1 else ""


def _first_known(groups: list[str], known: Collection[str]) -> str:
    if len(groups) > 1 and groups[0].removeprefix("00") == "86":
        groups = groups[1:]
    first, digits = groups[0], "".join(groups)
    candidates = [first, f"0{first}"] if len(groups) > 1 else []
    candidates += [digits[:length] for length in (3, 4, 5)]
    return next((each for each in candidates if each in known), "")
