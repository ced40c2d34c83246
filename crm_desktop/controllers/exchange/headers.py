"""Recognise which field each column of an office's sheet belongs to, by the words above it."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from unicodedata import normalize

from crm_desktop.controllers.exchange.aliases import (
    ALIASES,
    CONTACT_WORDS,
    ENDINGS,
    NOTES,
    QUALIFIERS,
    SERIAL_WORDS,
)
from crm_desktop.errors import ImportRefused
from crm_desktop.models import ENTITIES
from crm_desktop.models.fields import Reference

GROUP_MARK = "·"  # between the two levels of a heading: 联系人信息·手机

LABEL, WORD, PARTLY, ENDING = 1.0, 0.95, 0.85, 0.5
"""Confidence: the field's own label, a known word, one without its bracket or number, a known ending."""

IS_SERIAL, NO_FIELD, TAKEN = "序号不导入", "没有对应的字段", "与“{other}”重复"
TWICE = "“{first}”和“{second}”两列都对应到“{label}”，每个字段只能对应一列。"
NO_SUCH_COLUMN = "表中没有“{column}”这一列。"
NO_SUCH_FIELD = "没有“{field}”这个字段。"

# In a customer's row the second of two telephone columns is the contact's, when there is a contact.
SECOND_HOME = {"phone": "contact.office_phone", "mobile": "contact.mobile", "contact.mobile": "mobile",
               "email": "contact.email"}  # fmt: skip
BILLING_FIELDS = frozenset({"bank", "bank_account", "tax_number"})  # 开票信息·税号 is the customer's own

_BRACKET = re.compile(r"[(\[【〔<{]([^)\]】〕>}]*)[)\]】〕>}]")
_NUMBER_AT_END = re.compile(r"(?:\d+|[一二三四五])$")
_OFFICE_OWN = re.compile(r"公司|单位|客户|企业")


@dataclass(frozen=True)
class Column:
    """A column that is imported: its place from 0, its heading, its field, and how sure that is (0 to 1)."""

    index: int
    header: str
    field: str
    confidence: float


@dataclass(frozen=True)
class Ignored:
    """A column that is left out, and why."""

    index: int
    header: str
    reason: str


@dataclass(frozen=True)
class Mapping:
    """Which column goes where; every column with a heading is in one of the two lists."""

    entity: str
    columns: tuple[Column, ...]
    ignored: tuple[Ignored, ...]

    @property
    def fields(self) -> dict[str, int]:
        """Field → column."""
        return {column.field: column.index for column in self.columns}


def recognise(headers: Sequence[str], entity: str) -> Mapping:
    """The likeliest mapping: one column a field, the surer one first, the rest ignored with a reason."""
    found = [column for index, header in enumerate(headers) if (column := _column(index, header, entity))]
    return _mapping(entity, headers, _settled(_contacts_own(found)))


def choose(headers: Sequence[str], entity: str, choice: Dict[int | str, str | None]) -> Mapping:
    """The clerk's mapping, by column number or heading; ImportRefused when two columns go to one field."""
    columns: dict[str, Column] = {}
    for place, field in choice.items():
        index = _place(headers, place)
        if not field:
            continue
        if field not in ALIASES[entity]:
            raise ImportRefused(NO_SUCH_FIELD.format(field=field))
        other = columns.setdefault(field, Column(index, headers[index], field, LABEL))
        if other.index != index:
            names = {"first": other.header, "second": headers[index], "label": label(entity, field)}
            raise ImportRefused(TWICE.format(**names))
    return _mapping(entity, headers, list(columns.values()))


def label(entity: str, field: str) -> str:
    """What a field is called in the list of fields to choose from, e.g. 联系人手机 for contact.mobile."""
    word = ALIASES[entity][field][0]
    is_contacts = field.startswith("contact.") and not word.startswith(CONTACT_WORDS)
    return CONTACT_WORDS[0] + word if is_contacts else word


def signature(headers: Sequence[str]) -> str:
    """Under this a mapping is remembered: the same for the same headings, however spaced and punctuated."""
    plain = "\x1f".join(_plain(header) for header in headers).rstrip("\x1f")
    return sha256(plain.encode()).hexdigest()[:16]


def guess(header: str, entity: str) -> tuple[str, float] | None:
    """The field a heading means and the confidence in it, or None."""
    group, _, leaf = header.rpartition(GROUP_MARK)
    if group and "contact.name" in ALIASES[entity] and any(word in group for word in CONTACT_WORDS):
        return _guess(CONTACT_WORDS[0] + leaf, entity) or _guess(leaf, entity)
    is_elsewhere = any(word in group for word in _qualifiers(entity))
    candidates = [_guess(leaf, entity)] if not group else [_known(group + leaf, entity), _guess(leaf, entity)]
    kept = [each for each in candidates if each and (not is_elsewhere or each[0] in BILLING_FIELDS)]
    return max(kept, key=lambda each: each[1], default=None)


def _column(index: int, header: str, entity: str) -> Column | None:
    found = None if _plain(header) in SERIAL_WORDS else guess(header, entity)
    return Column(index, header, *found) if found else None


def _guess(header: str, entity: str) -> tuple[str, float] | None:
    if header.strip() in _labels(entity):
        return _labels(entity)[header.strip()], LABEL
    known = _known(header, entity)
    if known:
        return known
    endings = [found for form, _ in _forms(header) if (found := _ending(form, entity))]
    return max(endings, key=lambda each: each[1], default=None)


def _known(header: str, entity: str) -> tuple[str, float] | None:
    """A heading that is a known word, perhaps but for its bracket or a number at its end."""
    for form, confidence in _forms(header):
        if form in _words(entity):
            field, place = _words(entity)[form]
            return field, confidence - place / 1000
    return None


def _forms(header: str) -> Iterator[tuple[str, float]]:
    """What a heading may stand for: 地址（英文） is 地址英文, 英文地址, 地址; 电话（必填） is 电话."""
    text = normalize("NFKC", header).casefold()
    notes = [_plain(note) for note in _BRACKET.findall(text)]
    notes = [note for note in notes if note and not note.startswith(NOTES)]
    outer = _plain(_BRACKET.sub("", text))
    for note in notes:
        yield outer + note, WORD
        yield note + outer, WORD
    yield outer, PARTLY if notes else WORD
    yield _NUMBER_AT_END.sub("", outer), PARTLY


def _ending(form: str, entity: str) -> tuple[str, float] | None:
    """The longest known word at the end, unless what stands before it makes it something else."""
    for start in range(1, len(form) - 1):
        word = form[start:]
        if word in _words(entity) and (len(word) > 2 or word in ENDINGS) and not word.isascii():
            field = _words(entity)[word][0]
            if field not in BILLING_FIELDS and any(each in form[:start] for each in _qualifiers(entity)):
                return None
            return field, ENDING + 0.35 * len(word) / len(form)
    return None


def _contacts_own(columns: list[Column]) -> list[Column]:
    """手机 after 联系人 is that person's; 公司手机 is not, nor is anything beside our own column 主联系人."""
    names = [each.index for each in columns if each.field == "contact.name" and each.header != "主联系人"]

    def is_contacts(column: Column) -> bool:
        return (column.field == "mobile" and any(index < column.index for index in names)
                and not _OFFICE_OWN.search(column.header))

    return [Column(each.index, each.header, "contact.mobile", each.confidence) if is_contacts(each) else each
            for each in columns]


def _settled(columns: list[Column]) -> list[Column]:
    """One column a field: the surer, then the more to the left; the other may find a second home."""
    taken: dict[str, Column] = {}
    has_contact = any(column.field == "contact.name" for column in columns)
    for column in sorted(columns, key=lambda each: (-each.confidence, each.index)):
        second = SECOND_HOME.get(column.field) if has_contact else None
        if column.field not in taken:
            taken[column.field] = column
        elif second and second not in taken:
            taken[second] = Column(column.index, column.header, second, PARTLY * column.confidence)
    return list(taken.values())


def _mapping(entity: str, headers: Sequence[str], columns: list[Column]) -> Mapping:
    mapped = {column.index: column for column in columns}
    by_field = {column.field: column for column in columns}
    ignored = [Ignored(index, header, _reason(header, entity, by_field))
               for index, header in enumerate(headers) if index not in mapped and header.strip()]
    return Mapping(entity, tuple(mapped[index] for index in sorted(mapped)), tuple(ignored))


def _reason(header: str, entity: str, by_field: dict[str, Column]) -> str:
    if _plain(header) in SERIAL_WORDS:
        return IS_SERIAL
    found = guess(header, entity)
    other = by_field.get(found[0]) if found else None
    return TAKEN.format(other=other.header) if other else NO_FIELD


def _place(headers: Sequence[str], place: int | str) -> int:
    if isinstance(place, int) and 0 <= place < len(headers):
        return place
    if place in headers:
        return headers.index(str(place))
    raise ImportRefused(NO_SUCH_COLUMN.format(column=place))


def _plain(text: str) -> str:
    """Only letters, digits and Chinese characters, half-width and without case."""
    return re.sub(r"[\W_]+", "", normalize("NFKC", text).casefold())


@cache
def _qualifiers(entity: str) -> tuple[str, ...]:
    """产品 before a word makes another thing of it in a sheet of customers, not in one of products or sales."""
    declared = ENTITIES[entity]
    own = {declared.label, *(field.label for field in declared.fields if isinstance(field, Reference))}
    return tuple(word for word in QUALIFIERS if word not in own)


@cache
def _labels(entity: str) -> dict[str, str]:
    return {label(entity, field): field for field in ALIASES[entity]}


@cache
def _words(entity: str) -> dict[str, tuple[str, int]]:
    """Word → field and the word's place among the field's words; a field's own name is a word, too."""
    found: dict[str, tuple[str, int]] = {}
    for field, words in ALIASES[entity].items():
        for place, word in enumerate(words):
            found.setdefault(_plain(word), (field, min(place, 50)))
    for field in ALIASES[entity]:
        found.setdefault(_plain(field), (field, 0))
    return found
