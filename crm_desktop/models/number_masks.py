"""Telephone numbers with stars, for who may not see them: 139****0001, 0431-****3456, and back to the number stored."""

import re

from crm_desktop.errors import FieldError
from crm_desktop.models import phones
from crm_desktop.models.text import to_half_width

STARS = "****"
BETWEEN = "/"
"""Stands between the numbers of one field, however they were separated."""
TAIL = 4
SHORTEST_WITH_TAIL = 7
"""Fewer digits would be half known with their last four; they show two."""
SHORT_TAIL = 2
LONGEST_OPEN_SERVICE = 5
"""10086 and 110 are everybody's."""

_MASKED = re.compile(r"(?:1\d\d|0\d{2,3}-|[48]00-|\+\d{1,3} )?\*{4}\d{0,4}(?:转\d{1,6})?", re.ASCII)


def masked(text: str) -> str:
    """The text of a telephone field with stars in place of the digits that would tell a number.

    What holds no digit stays as it is, and so does what has its stars already.
    """
    if not any(char.isdigit() for char in to_half_width(text)):
        return text
    return BETWEEN.join(_masked_number(each) for each in _parts(text))


def unmasked(text: str, stored: str) -> str:
    """``text`` with each masked number put back that ``stored`` has; other stars stay, to be refused."""
    if "*" not in text:
        return text
    if text.strip() == masked(stored):
        return stored
    numbers = [(masked(each), each) for each in phones.split_numbers(stored)]
    return BETWEEN.join(_put_back(each, numbers) for each in _parts(text))


def _parts(text: str) -> list[str]:
    """The numbers of a field; a masked one is never taken apart."""
    if "*" not in text:
        return phones.split_numbers(text)
    return [each for piece in text.split(BETWEEN) for each in _numbers(piece.strip())]


def _numbers(piece: str) -> list[str]:
    return [piece] if _MASKED.fullmatch(piece) else phones.split_numbers(piece)


def _put_back(part: str, numbers: list[tuple[str, str]]) -> str:
    """Of two numbers that look the same with stars, the first comes back first."""
    for place, (stars, number) in enumerate(numbers):
        if stars == part:
            del numbers[place]
            return number
    return part


def _masked_number(number: str) -> str:
    if _MASKED.fullmatch(number):
        return number
    try:
        phone = phones.parse_phone(number)
    except FieldError:
        return _with_tail("", phones.digits(number))
    extension = f"转{phone.extension}" if phone.extension else ""
    return _masked_phone(phone) + extension


def _masked_phone(phone: phones.Phone) -> str:
    digits = phone.digits
    if phone.kind == "service" and len(digits) <= LONGEST_OPEN_SERVICE:
        return digits
    return _with_tail(_head(phone), digits)


def _head(phone: phones.Phone) -> str:
    """What tells the kind or the place of a number, but not whose it is."""
    match phone.kind:
        case "mobile":
            return phone.digits[:3]
        case "landline":
            return f"{phones.area_code(phone)}-"
        case "foreign":
            return f"+{_calling_code(phone.digits)} "
        case "service" if len(phone.digits) == len("4001234567"):
            return f"{phone.digits[:3]}-"
    return ""


def _calling_code(digits: str) -> str:
    import phonenumbers  # heavy, and most offices never have a foreign number

    return str(phonenumbers.parse(f"+{digits}").country_code)


def _with_tail(head: str, digits: str) -> str:
    hidden = len(digits) - len(phones.digits(head))
    tail = TAIL if hidden >= SHORTEST_WITH_TAIL else SHORT_TAIL if hidden > SHORT_TAIL * 2 else 0
    return head + STARS + digits[len(digits) - tail :]
