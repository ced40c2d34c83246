"""Cleaning of typed and pasted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.text import clean_line, clean_memo, search_text, squeeze, strip_control, to_half_width


@pytest.mark.parametrize(("typed", "expected"), [
    ("０４３１－８５１２３４５６", "0431-85123456"),
    ("ＡＢｃ（中）", "ABc(中)"),
    ("宏达　机械，有限公司", "宏达 机械,有限公司"),
    ("～！", "~!"),
    ("、。《》", "、。《》"),
])
def test_full_width_becomes_half_width(typed: str, expected: str) -> None:
    assert to_half_width(typed) == expected


def test_invisible_characters_go_and_line_ends_are_unified() -> None:
    assert strip_control("甲\x00\u200b乙\ufeff\r\n丙\r丁\t\ud842") == "甲乙\n丙\n丁\t"


def test_a_line_is_squeezed() -> None:
    assert squeeze(" 长春\t 宏达\n机械　厂 ") == "长春 宏达 机械 厂"
    assert clean_line("\u200b 长春\x07\r\n宏达 ") == "长春 宏达"


def test_a_memo_keeps_its_lines() -> None:
    assert clean_memo("\n第一行  \r\n\r\n 第二行\u200e\n\n") == "第一行\n\n 第二行"


def test_search_text_ignores_width_and_case() -> None:
    assert search_text(" ＡＢＣ　Straße  宏达（长春） ") == "abc strasse 宏达(长春)"


@given(st.text())
def test_search_text_is_stable_and_storable(text: str) -> None:
    once = search_text(text)
    assert search_text(once) == once
    once.encode("utf-8")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_cleaning_never_lengthens(text: str) -> None:
    assert len(clean_line(text)) <= len(text)
    assert "\n" not in clean_line(text)
