"""How likely two records are one and the same: what they share, told in words, and how much that says.

Everything is made comparable first (``CompanyTraits``, ``PersonTraits``); the company's name by the very rule that the
import uses. Each thing shared is a chance that they are one; chances add up as independent ones do.
"""

import re
from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple

from crm_desktop.models.company_names import name_parts
from crm_desktop.models.phones import local_part
from crm_desktop.models.text import search_text

NAME, PHONE, EMAIL, ADDRESS = "名称相近", "电话相同", "邮箱相同", "地址相同"
TAX, PERSON, CHAT = "税号相同", "姓名相近", "微信或 QQ 相同"
SHORTEST_NUMBER = 7
"""Fewer digits are too common to point to one record."""
LOCAL = "~"
"""Stands before the digits of a number without its area code."""
CREDIT_CODE = 18
"""Characters of a 统一社会信用代码: two that differ belong to two companies."""
LIKELY = 50
"""Of 100: below this two records are not worth a look."""
BRAND = 2
"""Characters at the beginning of a company's own name, its 字号, by which it is known."""
NAMED = {True: {1.0: 0.75, 0.5: 0.25, 0.0: 0.0}, False: {1.0: 0.2, 0.5: 0.1, 0.0: 0.0}}
"""What a person's name says, by whether the customer is one, by how alike the names are."""
DAY = len("05-12")
_MARKS = re.compile(r"[\W_]+")
_HOUSE = re.compile(r"\d")


def told(reasons: Sequence[str]) -> str:
    """名称相近，电话、邮箱、地址相同."""
    by_verdict: dict[str, list[str]] = {}
    for reason in reasons:
        by_verdict.setdefault(reason[-2:], []).append(reason[:-2])
    return "，".join("、".join(names) + verdict for verdict, names in by_verdict.items())


class Likeness(NamedTuple):
    """``score`` is of 100; ``reasons`` are what a clerk is told of likely ones, the strongest first."""

    score: int
    reasons: tuple[str, ...]


class CompanyTraits(NamedTuple):
    """A customer, comparable; ``sound`` is the pinyin of ``core``."""

    core: str
    key: str
    place: str
    short: str
    sound: str
    city: str
    numbers: frozenset[str]
    email: str
    address: str
    tax: str


class PersonTraits(NamedTuple):
    """A contact, comparable; ``own`` are numbers of the person alone, ``shared`` those of an office or a family."""

    name: str
    sound: str
    customer: int
    own: frozenset[str]
    shared: frozenset[str]
    email: str
    chats: frozenset[str]
    birthday: str


# -- making comparable ---------------------------------------------------------------------------------------------


def plain(text: str | None) -> str:
    """Without width, case, blanks and marks."""
    return _MARKS.sub("", search_text(text or ""))


def plain_address(text: str | None) -> str:
    """The street and house of an address without its regions; nothing where no house is named."""
    rest = name_parts(text or "")[1]
    return rest if _HOUSE.search(rest) else ""


def city_of(region: str | None) -> str:
    """The four digits of a GB/T 2260 code that name the city; nothing for a whole province or a region of one's own."""
    code = region or ""
    return code[:4] if code[:4].isdigit() and code[2:4] != "00" else ""


def plain_birthday(birthday: str | None, calendar: str) -> str:
    """Calendar, month and day: the year is often not known."""
    return f"{calendar}{birthday[-DAY:]}" if birthday else ""


def short_key(name: str | None) -> str:
    """A 简称 as it would stand in a name."""
    return name_parts(name or "")[1]


# -- comparing -----------------------------------------------------------------------------------------------------


def companies(one: CompanyTraits, other: CompanyTraits) -> Likeness:
    """How alike two customers are."""
    named = _name_chance(one, other)
    found = {
        NAME: named,
        PHONE: 0.55 if share_number(one.numbers, other.numbers) else 0.0,
        EMAIL: 0.6 if one.email and one.email == other.email else 0.0,
        ADDRESS: 0.35 if one.address and one.address == other.address else 0.0,
        TAX: 0.95 if len(one.tax) >= SHORTEST_NUMBER and one.tax == other.tax else 0.0,
    }
    nearby = 0.1 if named >= 0.25 and one.city and one.city == other.city else 0.0
    doubt = 0.5 if len(one.tax) == len(other.tax) == CREDIT_CODE and one.tax != other.tax else 1.0
    return _told(found, nearby, doubt)


def persons(one: PersonTraits, other: PersonTraits) -> Likeness:
    """How alike two contacts are."""
    is_one_customer, same = one.customer == other.customer, _person_ratio(one, other)
    named = NAMED[is_one_customer][same]
    found = {
        PERSON: named,
        PHONE: 0.6 if share_number(one.own, other.own) else 0.0,
        EMAIL: 0.6 if one.email and one.email == other.email else 0.0,
        CHAT: 0.6 if one.chats & other.chats else 0.0,
    }
    nearby = 0.1 if named and share_number(one.shared, other.shared) else 0.0
    return _told(found, nearby, 0.6 if _have_other_days(one.birthday, other.birthday) else 1.0)


def share_number(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a number stands in both, in one of them perhaps without its area code; see ``with_local``."""
    return not ones.isdisjoint(others) and any(
        LOCAL not in number or number[1:] in others or number[1:] in ones for number in ones & others
    )


def with_local(numbers: Iterable[str]) -> frozenset[str]:
    """The numbers, and what of them is written in the same town, marked: two towns may have the same."""
    return frozenset(numbers) | {LOCAL + local for number in numbers if (local := local_part(number))}


def _told(found: dict[str, float], nearby: float, doubt: float) -> Likeness:
    score = round(100 * (1 - (1 - nearby) * prod(1 - chance for chance in found.values())) * doubt)
    if score < LIKELY:
        return Likeness(score, ())
    chances = sorted(found.items(), key=lambda each: -each[1])
    return Likeness(score, tuple(reason for reason, chance in chances if chance >= 0.1))


def _name_chance(one: CompanyTraits, other: CompanyTraits) -> float:
    """Names that differ in the 字号 are mostly two companies; the same one in two cities is, too."""
    ratio = _name_ratio(one, other)
    chance = 0.82 * ratio**3
    is_other_brand = one.core[:BRAND] != other.core[:BRAND] and one.sound != other.sound
    if is_other_brand and not (one.core in other.core or other.core in one.core):
        chance *= 0.6
    return float(chance * _place_factor(one, other))


def _name_ratio(one: CompanyTraits, other: CompanyTraits) -> float:
    """1 for one and the same name, 0 for nothing in common."""
    if one.key == other.key:
        return 1.0
    if one.core == other.core:
        return 1.0 if one.core == one.key or one.place == other.place else 0.9
    if one.sound == other.sound or one.core == other.short or other.core == one.short:
        return 0.95
    shorter, longer = sorted((one.core, other.core), key=len)
    if len(shorter) >= BRAND and shorter in longer:
        return 0.9 if len(shorter) > BRAND + 1 else 0.72
    return _ratio(one.core, other.core)


def _ratio(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # loaded when names are first compared, which few days ask for

    return float(fuzz.ratio(one, other)) / 100


def _place_factor(one: CompanyTraits, other: CompanyTraits) -> float:
    if one.city and other.city:
        return 1.0 if one.city == other.city else 0.45
    is_within = one.place.startswith(other.place) or other.place.startswith(one.place)
    return 1.0 if is_within else 0.6


def _person_ratio(one: PersonTraits, other: PersonTraits) -> float:
    """1 for the same name, 0.5 for one that sounds the same or has one character of three or more typed otherwise."""
    if one.name == other.name:
        return 1.0
    is_typed_otherwise = len(one.name) == len(other.name) >= 3 and _differing(one.name, other.name) == 1
    return 0.5 if one.sound == other.sound or is_typed_otherwise else 0.0


def _have_other_days(one: str, other: str) -> bool:
    """Only of two by the same calendar can it be said."""
    return bool(one and other) and one[:-DAY] == other[:-DAY] and one != other


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


# -- meeting -------------------------------------------------------------------------------------------------------


def company_blocks(one: CompanyTraits) -> set[str]:
    """Words of which two customers that may be one share at least one: only such are compared."""
    blocks = {f"n{each}" for each in (one.key, one.core, one.short) if len(each) >= BRAND}
    if len(one.core) > BRAND + 1:
        blocks |= {f"n{one.core[:BRAND + 2]}"}
        blocks |= {f"d{one.core[:place]}{one.core[place + 1:]}" for place in range(len(one.core))} | {f"d{one.core}"}
    if len(one.core) >= BRAND:
        blocks |= {f"b{one.core[:BRAND]}{where}" for where in (one.city, one.place) if where}
    blocks |= _number_blocks(one.numbers)
    blocks |= {f"{mark}{text}" for mark, text in (("e", one.email), ("a", one.address), ("t", one.tax)) if text}
    return blocks


def person_blocks(one: PersonTraits) -> set[str]:
    """The same for contacts; a name alone is in every town, so it counts within its customer."""
    blocks = {f"n{one.customer} {one.name}", f"s{one.customer} {one.sound}"} | _number_blocks(one.own)
    if len(one.name) > BRAND:
        blocks |= {f"d{one.customer} {one.name[:at]}*{one.name[at + 1:]}" for at in range(len(one.name))}
    return blocks | {f"c{each}" for each in one.chats} | ({f"e{one.email}"} if one.email else set())


def _number_blocks(numbers: frozenset[str]) -> set[str]:
    return {f"p{number}" for number in numbers if number.startswith(LOCAL)}
