"""The rule of the 客户编号."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import FieldError
from crm_desktop.models.customer_code import (
    MAX_LENGTH,
    MAX_SERIAL,
    check_code,
    code_prefix,
    serial_number,
    serial_text,
)

SERIALS = st.integers(1, MAX_SERIAL)


def test_the_110th_important_customer_in_beijing() -> None:
    assert code_prefix("i", "010") + serial_text(110) == "i010110"


@pytest.mark.parametrize(("area_code", "prefix"), [
    ("010", "n010"), ("0431", "n0431"), ("00852", "n852"), ("852", "n852"), ("1", "n1"), ("+44", "n44"),
    ("00886", "n886"),
])
def test_prefix(area_code: str, prefix: str) -> None:
    assert code_prefix("n", area_code) == prefix


@pytest.mark.parametrize("area_code", ["04311", "长春", "0 1"])
def test_a_prefix_that_leaves_no_room_is_refused(area_code: str) -> None:
    with pytest.raises(FieldError, match="不能用来编"):
        code_prefix("n", area_code)


@pytest.mark.parametrize(("number", "text"), [
    (1, "001"), (999, "999"), (1000, "A00"), (1009, "A09"), (1010, "A0A"), (1036, "A10"), (2295, "AZZ"),
    (2296, "B00"), (MAX_SERIAL, "ZZZ"),
])
def test_serials(number: int, text: str) -> None:
    assert serial_text(number) == text
    assert serial_number(text.lower()) == number


@pytest.mark.parametrize("number", [0, -1, MAX_SERIAL + 1])
def test_used_up_is_one_sentence(number: int) -> None:
    with pytest.raises(FieldError, match=r"已经用完.*设置"):
        serial_text(number)


@pytest.mark.parametrize("text", ["000", "00A", "1A0", "A0", "A000", "", "甲00", "A-0", "١٢٣"])
def test_what_is_no_serial(text: str) -> None:
    assert serial_number(text) is None


@given(SERIALS)
def test_serials_are_a_bijection_of_three_characters(number: int) -> None:
    text = serial_text(number)
    assert len(text) == 3 and text.isascii()
    assert serial_number(text) == number


@given(SERIALS, SERIALS)
def test_text_order_is_number_order(left: int, right: int) -> None:
    assert (left < right) == (serial_text(left) < serial_text(right))


@given(st.sampled_from("inp"), st.from_regex(r"0[0-9]{2,3}|00[1-9][0-9]{0,2}", fullmatch=True), SERIALS)
def test_every_made_code_is_a_valid_code(letter: str, area_code: str, number: int) -> None:
    prefix = code_prefix(letter, area_code)
    code = prefix + serial_text(number)
    assert check_code(code) == code
    assert serial_number(code[len(prefix):]) == number


def test_typed_codes() -> None:
    assert check_code(" Ｃ0431-01") == "C0431-01"
    assert MAX_LENGTH == 8
    with pytest.raises(FieldError, match="最多 8 位，现在有 9 位"):
        check_code("i04310001")
    for bad in ("客户1", "a b", "a_1", "", "é1"):
        with pytest.raises(FieldError, match="只能用字母、数字"):
            check_code(bad)
