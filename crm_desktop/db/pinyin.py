"""Pinyin of names: initials and full spelling for searching, and the key by which lists are sorted.

Most characters are read from a table kept in memory; only a name in which one may be read otherwise is cut
into words, which is some ten times faster than asking pypinyin for every name.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from crm_desktop.models.text import to_half_width

_LONGEST_WORD = 5

# How these characters are read in names; pypinyin gives a reading of everyday speech (都 dou, 什 shen).
_IN_NAMES = {
    "长": "chang", "都": "du", "朝": "chao", "什": "shi", "勒": "le", "佛": "fo", "曾": "zeng", "晟": "sheng",
    "泊": "bo",
}

# Words, mostly places, that pypinyin does not know or reads otherwise.
_WORDS = {
    "朝阳": "chao yang", "洪洞": "hong tong", "珲春": "hun chun", "穆棱": "mu ling", "绥棱": "sui ling",
    "丹棱": "dan ling", "大城县": "dai cheng xian", "万柏林": "wan bai lin", "繁峙": "fan shi",
    "闵行": "min hang", "六合区": "lu he qu", "蚌山": "beng shan", "涡阳": "guo yang", "马尾": "ma wei",
    "乐陵": "lao ling", "单县": "shan xian", "浚县": "xun xian", "南乐": "nan le", "民乐": "min le",
    "漯河": "luo he", "召陵": "shao ling", "龙圩": "long xu", "覃塘": "qin tang", "筠连": "jun lian",
    "荥经": "ying jing", "浪卡子": "lang ka zi", "崆峒": "kong tong", "宕昌": "tan chang", "称多": "chen duo",
    "红寺堡": "hong si bu", "伽师": "jia shi", "支行": "zhi hang", "药行": "yao hang", "粮行": "liang hang",
    "布行": "bu hang",
    # in a company's name these end one word and begin the next: 长春市 长江机械
    "市长": "shi chang", "省长": "sheng chang", "县长": "xian chang", "州长": "zhou chang",
    "镇长": "zhen chang",
}

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
    """Character → usual toneless reading, filled as characters are met; and the words that differ."""

    def __init__(self) -> None:
        super().__init__()
        # pypinyin takes longer to load than the whole sign-in window, and most starts never save a name
        from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

        self._characters = PINYIN_DICT
        self._words = PHRASES_DICT
        self.update(_IN_NAMES)
        self.exceptions = {word: spelt.split() for word, spelt in _WORDS.items()}
        for word, readings in PHRASES_DICT.items():
            plain = [_without_tone(options[0]) for options in readings]
            if len(plain) == len(word) and plain != [self[char] for char in word]:
                self.exceptions.setdefault(word, plain)
        self._beginnings = frozenset(word[:2] for word in self.exceptions)
        self._openings = self._beginnings.union([word[:2] for word in PHRASES_DICT])

    def may_hold_exception(self, text: str) -> bool:
        return not self._beginnings.isdisjoint(map(add, text, text[1:]))

    def __missing__(self, char: str) -> str:
        options = self._characters.get(ord(char), "")
        unread = char if char.isalnum() else ""
        self[char] = reading = _without_tone(options.split(",")[0]) if options else unread
        return reading

    def read_words(self, text: str) -> Iterator[str]:
        """Readings of a text cut into its longest known words from left to right."""
        start = 0
        while start < len(text):
            word = self._word_at(text, start)
            yield from self.exceptions.get(word) or (self[char] for char in word)
            start += len(word)

    def _word_at(self, text: str, start: int) -> str:
        if text[start:start + 2] not in self._openings:  # nearly always, and that saves eight questions
            return text[start]
        for length in range(_LONGEST_WORD, 1, -1):
            word = text[start:start + length]
            if word in self._words or word in self.exceptions:
                return word
        return text[start]


@cache
def _table() -> _Table:
    return _Table()


@cache
def _without_tone(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(char for char in letters if not unicodedata.combining(char))
