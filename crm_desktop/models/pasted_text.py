"""What a pasted line or card says about a customer: name, company, numbers, postcode, address; order does not matter.

    recognise("张三 13812345678 吉林省长春市朝阳区建设街979号 130012 长春宏达公司", index)

Nothing is dropped: what fits nowhere stands in ``rest``. Wrong is worse than unknown, so a second number of a kind and
a name without a known surname stay there, too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crm_desktop.errors import FieldError
from crm_desktop.models.addresses import RegionIndex
from crm_desktop.models.checks import check_email
from crm_desktop.models.pasted_words import (
    ADDRESS_PART,
    COMPANY,
    COMPANY_BEFORE,
    COMPANY_BEHIND,
    DATE,
    FOREIGN_TO_NUMBERS,
    HOUSE_END,
    LABEL_KINDS,
    LABELS,
    NOT_A_POSTCODE,
    PERSON,
    WITHIN_A_HOUSE,
)
from crm_desktop.models.phones import format_phone, parse_phone
from crm_desktop.models.text import strip_control, to_half_width

NO_ADDRESS = "没有认出地址，请核对或自己填写。"
NOTHING = "没有认出姓名、单位、电话和地址。"
KINDS = ("person", "company", "mobile", "phone", "fax", "email", "postcode", "address")

_EMAIL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._%+-]*@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+")
_NUMBER = re.compile(
    r"(?<![\d.+-])(?:"
    r"(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|(?:(?:\+|00)86[- ]?\(?0?|\(?0)(?:10|2\d|[3-9]\d\d)(?<!\d00)\)?[- ]?[2-9]\d{2,3}[- ]?\d{4}"
    r"(?:(?: ?转 ?|-| ?分机 ?)\d{1,6})?"
    r"|[48]00[- ]?\d{3,4}[- ]?\d{3,4}"
    r"|\+(?!86)\d[\d -]{6,16}\d"
    r"|[2-9]\d{6,7}"
    r")(?![\d])"
)
_POSTCODE = re.compile(r"(?<![\dA-Za-z.#+-])\d{6}(?![\dA-Za-z.@-])")
_SEPARATOR = re.compile(r"[\s,;|\0]+")
_EDGES = " :,;、/|-。.\"'"
_FAX = re.compile(r"(?:传真|fax) ?:? ?$", re.IGNORECASE)
_TAKEN = "\0"
SHORTEST_NAME = 2
LONGEST_LABEL = 12
"""Characters, with colon and brackets."""


@dataclass(frozen=True)
class Recognised:
    """What was found, each as it was written but numbers in their usual form; "" for what was not.

    ``title`` is 先生, 女士 or 小姐; ``region`` is a code; ``rest`` is whatever fits nowhere.
    """

    person: str = ""
    title: str = ""
    company: str = ""
    mobile: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    postcode: str = ""
    region: str = ""
    address: str = ""
    rest: str = ""

    @property
    def note(self) -> str:
        """What is missing, in one sentence; "" when there is an address."""
        if self.address:
            return ""
        return NO_ADDRESS if any(getattr(self, kind) for kind in KINDS) else NOTHING


@dataclass
class _Reading:
    """A text being taken apart: ``original`` and ``text`` (half-width) have the same length."""

    original: str
    text: str
    found: dict[str, str] = field(default_factory=dict)
    rest: list[tuple[int, str]] = field(default_factory=list)

    def take(self, kind: str, match: "re.Match[str]", value: str) -> None:
        """Keep a value under its kind, a second one with the rest, and make a gap where it stood."""
        if self.found.setdefault(kind, value) != value:
            self.rest.append((match.start(), match[0].strip()))
        self._cut(match.start(), match.end())

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + _TAKEN * (end - start) + self.text[end:]


def recognise(pasted: str, regions: RegionIndex) -> Recognised:
    """Take a pasted text apart; an empty one gives nothing."""
    original = strip_control(pasted)
    reading = _Reading(original, to_half_width(original))
    _take_all(reading, _EMAIL, _email)
    _take_all(reading, _NUMBER, _number)
    _take_all(reading, _POSTCODE, _postcode)
    parts = [part for segment in _segments(reading) for part in _parted(segment, regions)]
    address = _sort_parts(reading, parts, regions)
    region = regions.propose(address) or "" if address else ""
    rest = " ".join(text for _, text in sorted(reading.rest))
    return Recognised(**reading.found, address=address, region=region, rest=rest)


# -- numbers and the like ----------------------------------------------------------------------------------------------

Judge = Callable[[_Reading, "re.Match[str]"], tuple[str, str] | None]


def _take_all(reading: _Reading, pattern: "re.Pattern[str]", judge: Judge) -> None:
    for match in list(pattern.finditer(reading.text)):
        judged = judge(reading, match)
        if judged is not None:
            reading.take(judged[0], match, judged[1])


def _email(reading: _Reading, match: "re.Match[str]") -> tuple[str, str] | None:
    try:
        return "email", check_email(match[0])
    except FieldError:
        return None


def _number(reading: _Reading, match: "re.Match[str]") -> tuple[str, str] | None:
    before, after = reading.text[: match.start()], reading.text[match.end() :]
    if FOREIGN_TO_NUMBERS.search(before) or HOUSE_END.match(after):
        return None
    try:
        phone = parse_phone(match[0])
    except FieldError:
        return None
    if phone.kind == "local" and not _stands_alone(reading.text, match):
        return None
    kind = "fax" if _FAX.search(before) else "mobile" if phone.kind == "mobile" else "phone"
    return kind, format_phone(phone)


def _stands_alone(text: str, match: "re.Match[str]") -> bool:
    """Seven or eight digits may be anything: a number only between spaces or behind a label, and no date."""
    start, after = match.start(), text[match.end() : match.end() + 1]
    labels = LABELS.finditer(text, max(0, start - LONGEST_LABEL), start)
    begins = start == 0 or text[start - 1] in " \n\t,;:\0" or any(label.end() == start for label in labels)
    return begins and after in ("", *" \n\t,;\0") and not DATE.fullmatch(match[0])


def _postcode(reading: _Reading, match: "re.Match[str]") -> tuple[str, str] | None:
    before, after = reading.text[: match.start()], reading.text[match.end() :]
    if FOREIGN_TO_NUMBERS.search(before) or NOT_A_POSTCODE.match(after):
        return None
    return "postcode", match[0]


# -- words -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A stretch of text; ``kind`` is what a label before it says, ``start`` where it stands."""

    start: int
    text: str
    kind: str = ""


def _segments(reading: _Reading) -> Iterator[_Part]:
    """The stretches between separators and labels; labels are gone."""
    start, kind = 0, ""
    for label in [*LABELS.finditer(reading.text), None]:
        end = label.start() if label else len(reading.text)
        yield from _between(reading, start, end, kind)
        if label:
            start, kind = label.end(), LABEL_KINDS[(label["word"] or label["inner"]).lower()]


def _between(reading: _Reading, start: int, end: int, kind: str) -> Iterator[_Part]:
    """The label counts for the first stretch only, for a whole line where that is not Chinese."""
    if kind == "company" and reading.text[start:end].isascii():
        line = re.match(r"[ \t]*[^\n\t;\0]*", reading.text[start:end])
        if line and line[0].strip():
            yield _Part(start, reading.original[start : start + line.end()].strip(" :：,;"), kind)
            start, kind = start + line.end(), ""
    place = start
    gaps = _SEPARATOR.finditer(reading.text, start, end)
    for gap in [*(each for each in gaps if not WITHIN_A_HOUSE.match(reading.text, each.start())), None]:
        piece = reading.original[place : gap.start() if gap else end].strip(_EDGES + "：、")
        if piece:
            yield _Part(place, piece, kind)
            kind = ""
        place = gap.end() if gap else end


def _parted(part: _Part, regions: RegionIndex) -> Iterator[_Part]:
    """A person before an address, or a person or company behind its house number, without a space between."""
    if part.kind not in ("", "address"):
        yield part
        return
    text = to_half_width(part.text)
    for length in (2, 3, 4) if not part.kind else ():
        if PERSON.fullmatch(text[:length]) and regions.begins(text[length:]) and not regions.begins(text):
            yield _Part(part.start, part.text[:length], "person")
            yield from _parted(_Part(part.start + length, part.text[length:], "address"), regions)
            return
    before = COMPANY_BEFORE.fullmatch(text)
    if before and not part.kind and regions.begins(before[2]):
        yield _Part(part.start, part.text[: before.end(1)], "company")
        yield from _parted(_Part(part.start + before.start(2), part.text[before.start(2) :], "address"), regions)
        return
    behind = COMPANY_BEHIND.fullmatch(text)
    if behind and (_is_company(behind[2]) or PERSON.fullmatch(behind[2])):
        kind = "company" if _is_company(behind[2]) else "person"
        yield _Part(part.start, part.text[: behind.end(1)], "address")
        yield _Part(part.start + behind.start(2), part.text[behind.start(2) :], kind)
        return
    yield part


def _sort_parts(reading: _Reading, parts: list[_Part], regions: RegionIndex) -> str:
    """Every part to its field or the rest; the parts of the address, joined."""
    address = ""
    for part in parts:
        kind = part.kind or _kind(to_half_width(part.text), regions)
        if kind == "address":
            needs_space = address[-1:].isalnum() and address[-1:].isascii() and part.text[0].isascii()
            address += (" " if needs_space else "") + part.text
        elif kind == "person" and kind not in reading.found:
            reading.found |= _name(part.text)
        elif kind == "company" and kind not in reading.found:
            reading.found[kind] = part.text
        else:
            reading.rest.append((part.start, part.text))
    return address


def _name(text: str) -> dict[str, str]:
    """The name without what a letter says behind it; 先生 stays with a surname alone."""
    match = PERSON.fullmatch(to_half_width(text))
    if match is None:
        return {"person": text}
    name = text[: len(text) - len(match["end"] or match["too"] or "")]
    title = match["title"] or ""
    is_whole = not title or not name.endswith(title) or len(name) - len(title) < SHORTEST_NAME
    return {"person": name} if is_whole else {"person": name.removesuffix(title), "title": title}


def _kind(text: str, regions: RegionIndex) -> str:
    if _is_company(text):
        return "company"
    if regions.begins(text) or ADDRESS_PART.search(text):
        return "address"
    return "person" if PERSON.fullmatch(text) else ""


def _is_company(text: str) -> bool:
    return bool(COMPANY.fullmatch(text))
