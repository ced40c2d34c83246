"""Numbers with stars: never more than the stated digits, and the same however the number is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.number_masks import masked, unmasked

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"0(10|2[0-9])[2-9][0-9]{7}|0[3-9][0-9]{2}[2-9][0-9]{6,7}", fullmatch=True)
FOREIGN = st.from_regex(r"\+(852[23][0-9]{7}|81[3-9][0-9]{8}|1650253[0-9]{4})", fullmatch=True)
PUNCTUATION = st.sampled_from(["", " ", "-", " - ", "－"])


@pytest.mark.parametrize(("number", "expected"), [
    ("13904310001", "139****0001"),
    ("139 0431 0001", "139****0001"),
    ("+86 139-0431-0001", "139****0001"),
    ("０１３９０４３１０００１", "139****0001"),
    ("0431-85123456", "0431-****3456"),
    ("(0431) 8512-3456", "0431-****3456"),
    ("010-85123456转801", "010-****3456转801"),
    ("0431-85123456-801", "0431-****3456转801"),
    ("85123456", "****3456"),
    ("8512345", "****2345"),
    ("400-123-4567", "400-****4567"),
    ("10101234", "****1234"),
    ("116114", "****14"),
    ("10086", "10086"),
    ("110", "110"),
    ("+852 2345 6789", "+852 ****6789"),
    ("+1 650-253-0000", "+1 ****0000"),
    ("13904310001/0431-85123456", "139****0001/0431-****3456"),
    ("13904310001、13904310002 13904310003", "139****0001/139****0002/139****0003"),
    ("85123456/57", "****3456/****3457"),
    ("", ""),
    ("未知", "未知"),
    ("139043100011390431", "****0431"),
    ("号码12", "****"),
    ("٠١٢٣", "****"),
])
def test_what_is_left_of_a_number(number, expected):
    assert masked(number) == expected
    assert masked(expected) == expected


@given(st.one_of(MOBILES, LANDLINES), PUNCTUATION, st.integers(3, 8))
def test_punctuation_makes_no_difference(number, sign, place):
    assert masked(number[:3] + sign + number[3:]) == masked(number)
    assert masked(f"{number[:place]} {number[place:]}") == masked(number)


@given(st.text(alphabet="0123456789 -+()*/、转x０１２３４５６７８９", max_size=40))
def test_no_text_shows_more_than_the_stated_digits(text):
    for part in masked(text).split("/"):
        main, _, extension = part.partition("转")
        is_whole = re.fullmatch(r"\d{3,5}|\D*", main) is not None
        assert is_whole or re.fullmatch(r"(1\d\d|0\d{2,3}-|[48]00-|\+\d{1,3} )?\*{4}\d{0,4}", main), part
        assert len(extension) <= 6


@given(st.lists(st.one_of(MOBILES, LANDLINES, FOREIGN), min_size=1, max_size=3), MOBILES)
def test_stars_turn_into_the_numbers_again(numbers, added):
    stored = "、".join(numbers)

    assert unmasked(masked(stored), stored) == stored
    assert unmasked(f"{masked(stored)}/{added}", stored).split("/") == [*numbers, added]
    assert unmasked(masked(numbers[0]), stored) == numbers[0] or len(numbers) == 1
    assert unmasked(added, stored) == added


@pytest.mark.parametrize("typed", ["139****0002", "0431-****3456", "*", "139****0001/139****0001", "a*b"])
def test_stars_of_no_stored_number_stay(typed):
    assert "*" in unmasked(typed, "13904310001")
