"""Telephone numbers as offices write them: Chinese shapes by own patterns, foreign ones by phonenumbers."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from crm_desktop.errors import FieldError
from crm_desktop.models.text import clean_line, to_half_width

Kind = Literal["mobile", "landline", "service", "foreign", "local"]


class Phone(NamedTuple):
    """One number; ``digits`` has neither +86 nor punctuation, a landline keeps the 0 of its area code."""

    digits: str
    extension: str
    kind: Kind


_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_BEGUN = re.compile(r"01[3-9]")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d\d)([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_HOTLINE = re.compile(r"[48]00\d{7}")
_SERVICE = re.compile(r"11\d|12[0-2]|1[0-2]\d{3}|11[68]114|1010\d{4}|9[56]\d{3,6}")
_ZERO_FORGOTTEN = re.compile(r"(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")

# The two shapes that nearly every cell of a list has, taken without the full analysis.
_PLAIN = re.compile(r"(1[3-9]\d{9})|(0(?:10|2\d|[3-9]\d\d))-?([2-9]\d{6,7})", re.ASCII)

_DASHES = str.maketrans("—–−‐‑－", "------")
_EXTENSION = re.compile(r"(.*?\d)[\s,]*(?:-?\(?(?:转|分机|ext\.?|[x#]))+[\s:-]*(\d{1,6})\)?", re.IGNORECASE)
_DASHED_EXTENSION = re.compile(r"(.*\d\)?)\s*-\s*(\d{1,6})")
_ALLOWED = re.compile(r"\+?[0-9\s().-]+")
_SEPARATOR = re.compile(r"\s*[/、;,|\n]\s*")
_SHORT_TAIL = re.compile(r"\d{2,4}")

_EXPECTED = "电话应为手机、区号加号码、本地号码或 400 等服务号码，例如 0431-85123456；境外号码以 + 开头。"
_EXPECTED_MOBILE = "手机号码应为 11 位数字，以 13 至 19 开头，例如 13912345678；境外号码以 + 开头。"


def digits(text: str) -> str:
    """Only the digits, full-width ones included."""
    return "".join(char for char in to_half_width(text) if "0" <= char <= "9")


def parse_phone(text: str) -> Phone:
    """One number; FieldError says what was expected."""
    phone = _plain(text) or _parse(text)
    if phone is None:
        raise FieldError(_complaint(text))
    return phone


def parse_mobile(text: str) -> Phone:
    """One mobile number, Chinese or, with +, foreign; FieldError for anything else."""
    phone = _plain(text) or _parse(text)
    if phone is None or phone.kind not in ("mobile", "foreign"):
        raise FieldError(_EXPECTED_MOBILE)
    return phone


def check_numbers(text: str, are_mobile: bool) -> None:
    """FieldError for the first number of a cell that is none, or no mobile number where only those may stand."""
    plain = _PLAIN.fullmatch(text)
    if plain and (plain[1] or not are_mobile):
        return
    check = parse_mobile if are_mobile else parse_phone
    for part in split_numbers(text):
        check(part)


def canonical(text: str) -> str:
    """The digits under which a number is kept and looked up; whatever is no number gives its bare digits."""
    phone = _plain(text) or _parse(text)
    return phone.digits if phone else _without_country(_main_part(text)[0])


def is_like_number(text: str) -> bool:
    """Whether a text being typed can only become a number: digits and what stands between them, or an extension."""
    return _ALLOWED.fullmatch(_main_part(text)[0]) is not None and bool(digits(text))


def typed_digits(text: str) -> str:
    """The digits to look for while a number is being typed: ``canonical``, and without the 0 before 13 to 19."""
    number = canonical(text)
    return number[1:] if _MOBILE_BEGUN.match(number) else number


def local_part(number: str) -> str:
    """A landline's digits without its area code, as somebody in the same town writes it; other numbers whole."""
    match = _LANDLINE.fullmatch(number)
    return match[1] if match else number


def area_code(phone: Phone) -> str:
    """The area code of a landline, "" for every other number."""
    if phone.kind != "landline":
        return ""
    return phone.digits[: 3 if phone.digits.startswith(("010", "02")) else 4]


def dialled(text: str) -> str:
    """What a telephone is told to dial: digits, after a + when the number is foreign; "" for what is no number."""
    phone = _plain(text) or _parse(text)
    if phone is None:
        return ""
    return f"+{phone.digits}" if phone.kind == "foreign" else phone.digits


def split_numbers(text: str) -> list[str]:
    """The numbers of one cell: after / 、 ; , | always, at spaces only where both sides are numbers.

    A short tail stands for the end of the number before it: ``85123456/57`` is 85123456 and 85123457.
    """
    if _PLAIN.fullmatch(text):
        return [text]
    found: list[str] = []
    for piece in _SEPARATOR.split(_normal(text)):
        for number in _split_at_spaces(piece) if piece else ():
            is_tail = found and _SHORT_TAIL.fullmatch(number) and _parse(number) is None
            found.append(_completed(found[-1], number) if is_tail else number)
    return found


def format_phone(phone: Phone) -> str:
    """The customary way to write a number: 0431-85123456转801, 400-123-4567, +852 2345 6789."""
    number = phone.digits
    if phone.kind == "landline":
        area = area_code(phone)
        number = f"{area}-{number[len(area):]}"
    elif phone.kind == "service" and len(number) == 10:
        number = f"{number[:3]}-{number[3:6]}-{number[6:]}"
    elif phone.kind == "foreign":
        number = _format_foreign(number)
    return f"{number}转{phone.extension}" if phone.extension else number


def plain_digits(text: str) -> str:
    """The digits of what is a number in one of the two customary shapes, "" for any other text."""
    match = _PLAIN.fullmatch(text)
    return "".join(match.groups("")) if match else ""


def _plain(text: str) -> Phone | None:
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    mobile, area, number = match.groups()
    return Phone(mobile, "", "mobile") if mobile else Phone(area + number, "", "landline")


def _normal(text: str) -> str:
    return clean_line(to_half_width(text.replace("\n", ";")).translate(_DASHES))


@lru_cache(maxsize=4096)  # a cell is split, checked and made canonical: three looks at the same text
def _parse(text: str) -> Phone | None:
    main, extension = _main_part(text)
    if not _ALLOWED.fullmatch(main):
        return None
    if _is_foreign(main):
        number = _parse_foreign(main)
        return Phone(number, extension, "foreign") if number else None
    number = _without_country(main)
    kind = _kind(number)
    if not extension:
        dashed = _DASHED_EXTENSION.fullmatch(main)
        shorter = _without_country(dashed.group(1)) if dashed else ""
        if dashed and (_kind(shorter) in ("landline", "local") or _HOTLINE.fullmatch(shorter)):
            return Phone(shorter, dashed.group(2), _kind(shorter) or "service")
    return Phone(number, extension, kind) if kind else None


def _main_part(text: str) -> tuple[str, str]:
    """The number proper and the extension named by 转, 分机, ext or #."""
    normal = _normal(text)
    match = _EXTENSION.fullmatch(normal)
    return (match.group(1), match.group(2)) if match else (normal, "")


def _kind(number: str) -> Kind | None:
    if _MOBILE.fullmatch(number):
        return "mobile"
    if _LANDLINE.fullmatch(number):
        return "landline"
    if _HOTLINE.fullmatch(number) or _SERVICE.fullmatch(number):
        return "service"
    return "local" if _LOCAL.fullmatch(number) else None


def _without_country(text: str) -> str:
    """Digits without 0086, +86 or 86, the area code's 0 put back, and a mobile number without a leading 0."""
    number = digits(text)
    if number.startswith("0086") or (number.startswith("86") and "+" in text):
        number = _national(number[4 if number.startswith("00") else 2:])
    elif number.startswith("86") and len(number) > 10 and _kind(_national(number[2:])):
        number = _national(number[2:])
    is_dialled = number.startswith("01") and _MOBILE.fullmatch(number, 1)
    return number[1:] if is_dialled else number


def _national(number: str) -> str:
    lacks_zero = _kind(number) is None and _ZERO_FORGOTTEN.fullmatch(number)
    return "0" + number if lacks_zero else number


def _is_foreign(text: str) -> bool:
    compact = text.lstrip(" (")
    if compact.startswith("+"):
        return not digits(compact).startswith("86")
    return digits(compact).startswith("00") and not digits(compact).startswith("0086")


def _parse_foreign(text: str) -> str:
    """The digits after + or 00 when such a number can exist, else nothing."""
    import phonenumbers  # heavy, and most offices never type a foreign number

    number = digits(text)
    international = "+" + (number if "+" in text else number[2:])
    try:
        parsed = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        return ""
    return international[1:] if phonenumbers.is_possible_number(parsed) else ""


def _format_foreign(number: str) -> str:
    import phonenumbers  # heavy, see above

    parsed = phonenumbers.parse("+" + number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _complaint(text: str) -> str:
    if len(split_numbers(text)) > 1:
        return "这里只能填一个号码。"
    number = digits(text)
    if _ALLOWED.fullmatch(_normal(text)) and _ZERO_FORGOTTEN.fullmatch(number):
        return f"区号前面缺少 0，应为 0{number}。"
    return _EXPECTED


def _split_at_spaces(piece: str) -> list[str]:
    """Fewest, hence longest, valid numbers that make up the piece; the piece itself when there are none."""
    words = piece.split(" ")
    count = len(words)
    best: dict[int, list[str]] = {count: []}
    for start in reversed(range(count)):
        for end in range(count, start, -1):
            candidate = " ".join(words[start:end])
            if end in best and _parse(candidate) is not None:
                best[start] = [candidate, *best[end]]
                break
    return best.get(0, [piece])


def _completed(previous: str, tail: str) -> str:
    """The previous number with its last digits, or its extension, replaced by the tail."""
    phone = _parse(previous)
    if phone is None or phone.kind == "foreign":
        return tail
    if phone.extension:
        return format_phone(phone._replace(extension=tail))
    return format_phone(phone._replace(digits=phone.digits[:-len(tail)] + tail))
