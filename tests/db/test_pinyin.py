"""Pinyin of names: initials, full spelling, sort key."""

import csv
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

import installer.pinyin
from crm_desktop.app.inside import Inside
from crm_desktop.db import pinyin
from crm_desktop.db.pinyin import full_pinyin, initials, name_sort, spell, syllables
from crm_desktop.paths import asset

HANZI = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
EXCEPTIONS = pinyin._table().exceptions


@pytest.mark.parametrize(("name", "first_letters", "full"), [
    ("长春市宏达机械制造有限公司", "ccshdjxzzyxgs", "changchunshihongdajixiezhizaoyouxiangongsi"),
    ("重庆重工集团", "cqzgjt", "chongqingzhonggongjituan"),
    ("中国银行长春支行", "zgyhcczh", "zhongguoyinhangchangchunzhihang"),
    ("成长乐器行", "czyqx", "chengzhangyueqixing"),
    ("吉林市长虹电器", "jlschdq", "jilinshichanghongdianqi"),
    ("快乐音响", "klyx", "kuaileyinxiang"),
    ("厦门大厦", "xmds", "xiamendasha"),
    ("朝阳区乐购", "cyqlg", "chaoyangqulegou"),
    ("绿色女装", "lsnz", "lvsenvzhuang"),
    ("３Ｍ中国（上海）", "3mzgsh", "3mzhongguoshanghai"),
    ("A·B 公司", "abgs", "abgongsi"),
    ("𬭎盛", "hs", "hongsheng"),
    ("𠮷野家", "𠮷yj", "𠮷yejia"),
    ("！？—", "", ""),
    ("", "", ""),
])
def test_names(name: str, first_letters: str, full: str) -> None:
    assert initials(name) == first_letters
    assert full_pinyin(name) == full


@pytest.mark.parametrize(("name", "spelt"), [
    ("单小红", "shan xiao hong"), ("解放", "xie fang"), ("曾国强", "zeng guo qiang"), ("仇英", "qiu ying"),
    ("查良镛", "zha liang yong"), ("任长霞", "ren chang xia"), ("朴志", "piao zhi"),
    ("单于明", "chan yu ming"), ("尉迟恭", "yu chi gong"), ("欧阳单", "ou yang dan"),
    (" 区小明", "ou xiao ming"),
])
def test_surnames(name: str, spelt: str) -> None:
    assert " ".join(syllables(name, person=True)) == spelt


def test_a_company_does_not_begin_with_a_surname() -> None:
    assert full_pinyin("单县解放汽车") == "shanxianjiefangqiche"
    assert full_pinyin("单位食堂") == "danweishitang"


def test_every_shipped_region_is_spelt_as_in_the_shipped_list() -> None:
    with asset("regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["pinyin"].replace("lue", "lve")) for row in csv.DictReader(file)]
    assert len(rows) > 3000
    assert [name for name, spelt in rows if " ".join(syllables(name)) != spelt] == []


def test_lists_sort_by_pinyin_then_by_character() -> None:
    names = ["先锋", "西安宏达", "长春", "张三", "王强", "汪强", "3M", "阿里", "Abc", "重庆", "中国"]
    expected = ["3M", "Abc", "阿里", "长春", "重庆", "汪强", "王强", "西安宏达", "先锋", "张三", "中国"]
    assert sorted(names, key=lambda name: name_sort(name).encode("utf-8")) == expected


@given(st.lists(HANZI, min_size=2, max_size=6))
def test_binary_order_is_the_order_of_the_syllables(names: list[str]) -> None:
    by_key = sorted(names, key=lambda name: name_sort(name).encode("utf-8"))
    assert by_key == sorted(names, key=lambda name: (syllables(name), name.encode("utf-8")))


@given(st.text())
def test_any_text_can_be_spelt(text: str) -> None:
    spelling = spell(text)
    assert len(spelling.initials) == len(syllables(text))
    assert not any(char.isspace() for char in spelling.full)


@given(HANZI)
def test_hanzi_are_spelt_in_plain_letters(text: str) -> None:
    parts = syllables(text)
    assert len(parts) == len(text)
    assert all(part.isascii() and part.isalpha() and part.islower() for part in parts if part not in text)


def test_the_table_is_what_the_generator_makes() -> None:
    assert installer.pinyin.TABLE.read_text(encoding="utf-8") == installer.pinyin.table()


def test_every_character_is_read_as_pypinyin_says_first() -> None:
    usual = {chr(code): toneless(options.split(",")[0]) for code, options in PINYIN_DICT.items()}
    assert {char: "".join(syllables(char)) for char in usual} == usual | installer.pinyin.IN_NAMES


def test_every_word_is_read_as_pypinyin_says() -> None:
    words = {word: [toneless(each[0]) for each in readings] for word, readings in PHRASES_DICT.items()}
    words = {word: readings for word, readings in words.items() if len(word) == len(readings) <= 5}
    different = {word for word, readings in words.items() if syllables(word) != readings}
    assert len(words) > 40_000
    assert different - installer.pinyin.WORDS.keys() == set()


def test_pypinyin_itself_is_not_needed() -> None:
    script = "import sys; import crm_desktop.db.pinyin as p; p.initials('长春'); assert 'pypinyin' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


def toneless(reading: str) -> str:
    """As pypinyin itself takes the tone away."""
    return to_normal(reading)


def longest_word_at(text: str, start: int) -> str:
    """Every length tried."""
    words = (text[start : start + length] for length in range(5, 1, -1))
    return next((word for word in words if word in PHRASES_DICT or word in EXCEPTIONS), text[start])


@given(st.lists(st.sampled_from(sorted(EXCEPTIONS)) | HANZI | st.text(max_size=3), max_size=5).map("".join))
def test_asking_for_two_characters_first_finds_the_same_words(text: str) -> None:
    for start in range(len(text)):
        assert pinyin._table()._word_at(text, start) == longest_word_at(text, start)


def test_the_table_is_read_while_the_password_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "_table", cache(pinyin._Table))
    Inside.load_ahead(None)  # type: ignore[arg-type]  # nothing of the house is needed
    assert pinyin._table.cache_info().misses == 1
