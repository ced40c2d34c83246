"""Which regions a clerk means: words in Chinese or pinyin, an area code, a postcode, a whole telephone number."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from crm_desktop.models.region_numbers import SAME_OFFICE_DIGITS, TypedNumber, begun_number, typed_number
from crm_desktop.models.text import search_text

OUT_OF_USE = "这里只有已停用的地方，新记录中不能再选。"

EXACT, BEGINS, CONTAINS, THROUGH_ABOVE = range(4)
"""How well a region answers, the best first: it is called so; its own name; a part of it; only what it lies in."""
SHORTEST_PART = 2
"""Characters a name may be cut down to in a text without spaces: 长春朝阳, cccy."""
GENERIC = {
    "省": "sheng", "市": "shi", "区": "qu", "县": "xian", "旗": "qi", "盟": "meng", "州": "zhou",
}  # fmt: skip
"""What people leave away at the end of a name, and how it is read."""


class Place(NamedTuple):
    """A region as it is looked up; those above come before those below."""

    code: str
    parent: str | None
    level: int
    name: str
    full_name: str
    pinyin: str
    initials: str
    area_code: str
    postcode: str
    is_active: int

    @property
    def forms(self) -> tuple[str, str, str]:
        """What a typed part may be the beginning of."""
        return self.name, self.pinyin, self.initials


class Answer(NamedTuple):
    """The places meant, the best first; ``note`` tells what they are an answer to where that is not plain."""

    places: list[Place]
    note: str = ""


NOWHERE: set[int] = set()
Ranks = dict[str, int]
"""Code → how well the region answers."""


def answer(places: Sequence[Place], text: str) -> Answer:
    """Regions in use, or those out of use where no other answers; nothing for an empty text."""
    needle = search_text(text)
    known = {place.area_code for place in places if place.area_code}
    number = typed_number(needle, known)
    if number is None:
        return _answering(places, _by_words(places, needle.split()))
    found = _answering(places, _by_number(places, number), number.note)
    if found.places or not number.postcode:
        return found
    return _of_same_office(places, number) or _begun(places, number, known) or found


def _of_same_office(places: Sequence[Place], number: TypedNumber) -> Answer | None:
    """Other postcodes with the same beginning, said to be a guess."""
    ranks = _by_office(places, number.postcode) if number.is_postcode else {}
    return _answering(places, ranks, number.guess_note) if ranks else None


def _begun(places: Sequence[Place], number: TypedNumber, known: Collection[str]) -> Answer | None:
    begun = begun_number(number.digits, known)
    return _answering(places, _by_number(places, begun), begun.note) if begun else None


def _answering(places: Sequence[Place], ranks: Ranks, note: str = "") -> Answer:
    twins = _twins(places)
    found = [place for place in places if place.code in ranks and place.code not in twins]
    in_use = [place for place in found if place.is_active]
    if found and not in_use:
        return Answer(_in_order(found, ranks), OUT_OF_USE)
    return Answer(_in_order(in_use, ranks), note)


def _in_order(found: list[Place], ranks: Ranks) -> list[Place]:
    return sorted(found, key=lambda place: (ranks[place.code], place.level, place.code))


def _twins(places: Iterable[Place]) -> set[str]:
    """Regions of which everything is said with that above them: 北京市 is a province and its only city."""
    told: dict[str, tuple[str, str, str]] = {}
    twins = set()
    for place in places:
        words = place.full_name, place.area_code, place.postcode
        if place.parent and told.get(place.parent) == words:
            twins.add(place.code)
        told[place.code] = words
    return twins


# -- numbers -----------------------------------------------------------------------------------------------------------


def _by_number(places: Iterable[Place], number: TypedNumber) -> Ranks:
    return {place.code: rank for place in places if (rank := _number_rank(place, number)) is not None}


def _number_rank(place: Place, number: TypedNumber) -> int | None:
    if place.area_code in number.area_codes or place.postcode == number.postcode != "":
        return EXACT
    if number.postcode and place.postcode.startswith(number.postcode):
        return BEGINS
    return CONTAINS if number.area_begins and place.area_code.startswith(number.area_begins) else None


def _by_office(places: Iterable[Place], postcode: str) -> Ranks:
    beginning = postcode[:SAME_OFFICE_DIGITS]
    return {place.code: EXACT for place in places if place.postcode.startswith(beginning)}


# -- words -------------------------------------------------------------------------------------------------------------


def _by_words(places: Sequence[Place], words: Sequence[str]) -> Ranks:
    """Regions that every word fits; what is still being typed is read more freely when there are none."""
    return _all_fit(places, words, _fitting) or _all_fit(places, words, _fitting_freely)


def _all_fit(
    places: Sequence[Place], words: Sequence[str], fitting: Callable[[Sequence[Place], str], Ranks]
) -> Ranks:
    """Each region is as good an answer as its best word."""
    best: Ranks | None = None
    for word in dict.fromkeys(words):
        ranks = fitting(places, word)
        best = ranks if best is None else {code: min(best[code], ranks[code]) for code in best.keys() & ranks.keys()}
        if not best:
            break
    return best or {}


def _fitting(places: Iterable[Place], word: str, last: int = SHORTEST_PART) -> Ranks:
    """Regions called so, or by parts of their names from above down, and what lies in them.

    ``last``: characters that the last part may be cut down to.
    """
    ranks: Ranks = {}
    reached: dict[str, set[int]] = {}
    for place in places:
        above = reached.get(place.parent or "", NOWHERE)
        here = _parts_end(place, word, {0} | above, last)
        rank = _own_rank(place, word)
        if rank is None and len(word) in here:
            rank = BEGINS
        if rank is None and place.parent in ranks and len(word) >= SHORTEST_PART:
            rank = THROUGH_ABOVE
        if rank is not None:
            ranks[place.code] = rank
        if here or above:
            reached[place.code] = here | above
    return ranks


def _fitting_freely(places: Iterable[Place], word: str) -> Ranks:
    """All characters of the full name in order, or pinyin whose last part has only begun."""
    if word.isascii():
        return _fitting(places, word, 1)
    return {place.code: CONTAINS for place in places if _holds_in_order(place.full_name, word)}


def _own_rank(place: Place, word: str) -> int | None:
    if word == place.full_name:
        return EXACT
    if place.name.startswith(word) or place.pinyin.startswith(word) or place.initials.startswith(word):
        return EXACT if word in _ways_to_call(place) else BEGINS
    if word.isdecimal() and _has_number(place, word):
        return BEGINS
    if word in place.name:
        return CONTAINS
    return THROUGH_ABOVE if word in place.full_name else None


def _ways_to_call(place: Place) -> tuple[str, ...]:
    """The name, its pinyin and its initials, each with and without what kind of place it is."""
    reading = GENERIC.get(place.name[-1:])
    if reading is None or len(place.name) <= SHORTEST_PART or not place.pinyin.endswith(reading):
        return place.forms
    return *place.forms, place.name[:-1], place.pinyin.removesuffix(reading), place.initials[:-1]


def _has_number(place: Place, word: str) -> bool:
    return place.area_code in (word, f"0{word}") or place.postcode.startswith(word)


def _parts_end(place: Place, word: str, starts: Iterable[int], last: int) -> set[int]:
    """Where in ``word`` a part that begins this region's name and stands at one of ``starts`` may end."""
    ends: set[int] = set()
    for start in starts:
        least = min(SHORTEST_PART, max(last, len(word) - start))
        beginning = word[start : start + least]
        for form in (place.name, place.pinyin, place.initials):
            if form.startswith(beginning):
                common = _common_length(form, word, start)
                ends.update(range(start + least, start + common + 1))
    return ends


def _common_length(form: str, word: str, start: int) -> int:
    length = 0
    while length < len(form) and start + length < len(word) and form[length] == word[start + length]:
        length += 1
    return length


def _holds_in_order(text: str, characters: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in characters)
