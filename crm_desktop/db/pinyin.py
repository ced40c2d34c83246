"""Pinyin of names: initials and full spelling for searching, and the key by which lists are sorted.

Most characters are read from a table kept in memory; only a name in which one may be read otherwise is cut
into words. The table was made from pypinyin's by ``python -m installer.pinyin``: loading pypinyin itself takes ten
times as long and 50 MB more, most of it for tones and rare readings.
"""

from collections.abc import Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from crm_desktop.models.text import to_half_width
from crm_desktop.paths import asset

# Surnames that are read differently from the word the same characters otherwise are.
_SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao", "区": "ou", "翟": "zhai", "乐": "yue",
    "盖": "ge", "缪": "miao", "召": "shao", "员": "yun", "黑": "he", "折": "she", "秘": "bi", "繁": "po",
    "覃": "qin", "么": "yao", "种": "chong", "洗": "xian", "祭": "zhai", "重": "chong", "薄": "bo",
    "卜": "bu", "适": "kuo", "不": "fou", "会": "kuai", "藏": "zang", "隗": "wei", "能": "nai",
    "单于": "chan yu",
}


class Spelling(NamedTuple):
    """``initials`` cchd, ``full`` changchunhongda, ``sort`` a key whose binary order is the pinyin order."""

    initials: str
    full: str
    sort: str


def spell(text: str, person: bool = False) -> Spelling:
    """All that is stored for a name; ``person`` reads a surname such as 单 as a surname."""
    parts = syllables(text, person)
    return Spelling(
        initials="".join([part[0] for part in parts]),
        full="".join(parts),
        # Tab < space < letters: 西安 (xi an) stands before 先 (xian), and equal readings go by character.
        sort=" ".join(parts) + "\t" + text,
    )


def load() -> None:
    """Read the table now, a fiftieth of a second, rather than when the first name is spelt."""
    _table()


def initials(text: str, person: bool = False) -> str:
    """First letters: 长春宏达3M → ``cchd3m``; a character without a known reading stays."""
    return "".join([syllable[0] for syllable in syllables(text, person)])


def full_pinyin(text: str, person: bool = False) -> str:
    """Toneless pinyin without spaces, ü written v: 长春 → ``changchun``."""
    return "".join(syllables(text, person))


def name_sort(text: str, person: bool = False) -> str:
    """The key under which a name is sorted: by pinyin syllable for syllable, then by character."""
    return spell(text, person).sort


def syllables(text: str, person: bool = False) -> list[str]:
    """One toneless reading a character, Latin letters and digits in lower case, marks and blanks left out."""
    table = _table()
    normal = to_half_width(text).casefold().strip()
    by_word = table.may_hold_exception(normal)
    readings = list(table.read_words(normal)) if by_word else [table[char] for char in normal]
    if person:
        surname = next((word for word in (normal[:2], normal[:1]) if word in _SURNAMES), "")
        readings[:len(surname)] = _SURNAMES.get(surname, "").split()
    return readings if all(readings) else [reading for reading in readings if reading]


class _Table(dict[str, str]):
    """Character → usual toneless reading; and the words that tell where one is read otherwise."""

    def __init__(self) -> None:
        super().__init__()
        characters, exceptions, words = asset("pinyin.txt").read_text(encoding="utf-8").split("\n\n")
        for line in characters.splitlines():
            reading, read_so = line.split("\t")
            self.update(dict.fromkeys(read_so, reading))
        self.exceptions = dict([line.split("\t") for line in exceptions.splitlines()])
        self._beginnings = frozenset([word[:2] for word in self.exceptions])
        self._words = {line[:2]: line for line in words.splitlines()}

    def may_hold_exception(self, text: str) -> bool:
        return not self._beginnings.isdisjoint(map(add, text, text[1:]))

    def __missing__(self, char: str) -> str:
        return char if char.isalnum() else ""

    def read_words(self, text: str) -> Iterator[str]:
        """Readings of a text cut into its longest known words from left to right."""
        start = 0
        while start < len(text):
            word = self._word_at(text, start)
            yield from self.exceptions[word].split() if word in self.exceptions else [self[char] for char in word]
            start += len(word)

    def _word_at(self, text: str, start: int) -> str:
        """The longest word that begins here, else the character."""
        for word in self._words.get(text[start : start + 2], "").split():
            if text.startswith(word, start):
                return word
        return text[start]


@cache
def _table() -> _Table:
    return _Table()
