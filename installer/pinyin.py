"""``python -m installer.pinyin`` makes the table of readings that the program reads names by, from pypinyin's."""

import unicodedata
from collections import defaultdict

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from installer.contents import ROOT

TABLE = ROOT / "assets" / "pinyin.txt"
LONGEST_WORD = 5
"""A name is not searched for longer ones."""

# How these characters are read in names; pypinyin gives a reading of everyday speech (都 dou, 什 shen).
IN_NAMES = {
    "长": "chang", "都": "du", "朝": "chao", "什": "shi", "勒": "le", "佛": "fo", "曾": "zeng", "晟": "sheng",
    "泊": "bo",
}

# Words, mostly places, that pypinyin does not know or reads otherwise.
WORDS = {
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


def table() -> str:
    """Three parts, an empty line between: reading and the characters read so; word and its reading, where that is not
    what its characters are read; all words, those that begin with the same two characters in a line, longest first.
    """
    usual = {chr(code): without_tone(options.split(",")[0]) for code, options in PINYIN_DICT.items()} | IN_NAMES
    exceptions = {word: reading for word, reading in read_words().items() if reading != spelt(word, usual)} | WORDS
    words = {word for word in PHRASES_DICT if 1 < len(word) <= LONGEST_WORD} | exceptions.keys()
    by_reading, by_beginning = defaultdict(list), defaultdict(list)
    for char in sorted(usual):
        by_reading[usual[char]].append(char)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_beginning[word[:2]].append(word)
    read_so = {reading: "".join(characters) for reading, characters in by_reading.items()}
    parts = (lines(read_so), lines(exceptions), "\n".join(" ".join(by_beginning[two]) for two in sorted(by_beginning)))
    return "\n\n".join(parts) + "\n"


def read_words() -> dict[str, str]:
    """Every word that is not too long, as pypinyin reads it, when that is a syllable a character."""
    plain = {word: [without_tone(options[0]) for options in readings] for word, readings in PHRASES_DICT.items()}
    return {word: " ".join(read) for word, read in plain.items() if len(read) == len(word) <= LONGEST_WORD}


def spelt(word: str, usual: dict[str, str]) -> str:
    """Character by character."""
    return " ".join(usual.get(char, "") for char in word)


def without_tone(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(char for char in letters if not unicodedata.combining(char))


def lines(table: dict[str, str]) -> str:
    return "\n".join(f"{key}\t{table[key]}" for key in sorted(table))


def main() -> None:
    TABLE.write_text(table(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
