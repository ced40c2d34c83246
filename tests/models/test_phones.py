"""Telephone numbers as offices write them."""

import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crm_desktop.errors import FieldError
from crm_desktop.models.phones import (
    Phone,
    area_code,
    canonical,
    dialled,
    digits,
    format_phone,
    is_like_number,
    parse_mobile,
    parse_phone,
    split_numbers,
    typed_digits,
)

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"0(10|2[0-9])[2-9][0-9]{7}|0[3-9][0-9]{2}[2-9][0-9]{6,7}", fullmatch=True)
LOCALS = st.from_regex(r"[2-8][0-9]{6,7}", fullmatch=True)
EXTENSIONS = st.from_regex(r"[0-9]{1,6}", fullmatch=True)
SERVICES = st.sampled_from(
    ["4001234567", "8008208820", "95588", "96677", "12315", "12345", "10086", "110", "10101234"]
)


@pytest.mark.parametrize(("typed", "expected"), [
    ("13912345678", Phone("13912345678", "", "mobile")),
    ("139 1234 5678", Phone("13912345678", "", "mobile")),
    ("+86 139-1234-5678", Phone("13912345678", "", "mobile")),
    ("008613912345678", Phone("13912345678", "", "mobile")),
    ("86-13912345678", Phone("13912345678", "", "mobile")),
    ("013912345678", Phone("13912345678", "", "mobile")),
    ("１３９１２３４５６７８", Phone("13912345678", "", "mobile")),
    ("0431-85123456", Phone("043185123456", "", "landline")),
    ("（0431）85123456", Phone("043185123456", "", "landline")),
    ("0431—8512 3456", Phone("043185123456", "", "landline")),
    ("+86 431 85123456", Phone("043185123456", "", "landline")),
    ("86-431-85123456", Phone("043185123456", "", "landline")),
    ("+86 (0)431 85123456", Phone("043185123456", "", "landline")),
    ("010-8512-3456", Phone("01085123456", "", "landline")),
    ("0910-2123456", Phone("09102123456", "", "landline")),
    ("86123456", Phone("86123456", "", "local")),
    ("8612315", Phone("8612315", "", "local")),
    ("8512345", Phone("8512345", "", "local")),
    ("400-123-4567", Phone("4001234567", "", "service")),
    ("+86 400 123 4567", Phone("4001234567", "", "service")),
    ("95588", Phone("95588", "", "service")),
    ("12315", Phone("12315", "", "service")),
    ("+852 2345 6789", Phone("85223456789", "", "foreign")),
    ("00852-23456789", Phone("85223456789", "", "foreign")),
    ("+1 650-253-0000", Phone("16502530000", "", "foreign")),
])
def test_shapes(typed: str, expected: Phone) -> None:
    assert parse_phone(typed) == expected
    assert canonical(typed) == expected.digits


@pytest.mark.parametrize("typed", [
    "0431-85123456-801", "0431-85123456转801", "0431 85123456 转 801", "043185123456#801",
    "0431-85123456-转801", "0431-85123456 ext. 801", "0431-85123456x801", "0431-85123456（分机801）",
    "0431-85123456分机：801",
])
def test_extensions(typed: str) -> None:
    assert parse_phone(typed) == Phone("043185123456", "801", "landline")


def test_a_short_last_group_is_an_extension_not_a_digit_more() -> None:
    assert parse_phone("0431-8512345-6") == Phone("04318512345", "6", "landline")
    assert parse_phone("400-1234567-2") == Phone("4001234567", "2", "service")


@pytest.mark.parametrize("typed", [
    "", "1", "123", "1391234567", "139123456789", "12912345678", "0431-12345", "0121-85123456",
    "王经理", "0000000", "0431-85123456王", "+852 1", "+1 650", "+999 12345678", "1234567890123456",
    "电话0431-85123456",
    "١٣٩١٢٣٤٥٦٧٨", "8512345612",
])
def test_what_is_no_number_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(FieldError, match=r"应为.*。$"):
        parse_phone(typed)


def test_the_sentence_names_the_likely_slip() -> None:
    with pytest.raises(FieldError, match="缺少 0，应为 043185123456"):
        parse_phone("431-85123456")
    with pytest.raises(FieldError, match="只能填一个"):
        parse_phone("13912345678/13912345679")


def test_mobile_fields_take_mobiles_only() -> None:
    assert parse_mobile("139 1234 5678").digits == "13912345678"
    assert parse_mobile("+852 9123 4567").kind == "foreign"
    for typed in ("0431-85123456", "85123456", "1391234567", ""):
        with pytest.raises(FieldError, match="11 位"):
            parse_mobile(typed)


@pytest.mark.parametrize(("cell", "numbers"), [
    ("", []),
    ("0431-85123456", ["0431-85123456"]),
    ("0431 85123456", ["0431 85123456"]),
    ("0431 85123456 139 1234 5678", ["0431 85123456", "139 1234 5678"]),
    ("85123456 85123457", ["85123456", "85123457"]),
    ("85123456、13912345678；+852 2345 6789", ["85123456", "13912345678", "+852 2345 6789"]),
    ("85123456/ 13912345678,", ["85123456", "13912345678"]),
    ("0431-85123456\n13912345678", ["0431-85123456", "13912345678"]),
    ("0431-85123456/57/58", ["0431-85123456", "0431-85123457", "0431-85123458"]),
    ("85123456转801、802", ["85123456转801", "85123456转802"]),
    ("85123456/114", ["85123456", "114"]),
    ("13912345678 王经理", ["13912345678 王经理"]),
])
def test_several_numbers_in_one_cell(cell: str, numbers: list[str]) -> None:
    assert split_numbers(cell) == numbers


def test_canonical_of_what_is_no_number_keeps_its_digits() -> None:
    assert canonical("5123") == "5123"
    assert canonical("宏达 0431-851") == "0431851"


@pytest.mark.parametrize(("phone", "shown"), [
    (Phone("043185123456", "801", "landline"), "0431-85123456转801"),
    (Phone("01085123456", "", "landline"), "010-85123456"),
    (Phone("4001234567", "", "service"), "400-123-4567"),
    (Phone("10086", "", "service"), "10086"),
    (Phone("13912345678", "", "mobile"), "13912345678"),
    (Phone("85223456789", "", "foreign"), "+852 2345 6789"),
])
def test_customary_way_to_write(phone: Phone, shown: str) -> None:
    assert format_phone(phone) == shown


@given(MOBILES | LANDLINES | LOCALS | SERVICES, st.just("") | EXTENSIONS)
def test_writing_and_reading_agree(number: str, extension: str) -> None:
    phone = parse_phone(number)._replace(extension=extension)
    assert parse_phone(format_phone(phone)) == phone


@given(MOBILES | LANDLINES, st.sampled_from(["+86", "0086", "+86 ", "0086-", "86"]))
def test_the_country_prefix_does_not_matter(number: str, prefix: str) -> None:
    assert canonical(prefix + number) == canonical(prefix + number.removeprefix("0")) == number


@given(MOBILES | LANDLINES, st.data())
def test_punctuation_does_not_matter(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(number) - 1))
    mark = data.draw(st.sampled_from([" ", "-", "－", ".", "—"]))
    typed = number[:place] + mark + number[place:]
    assume(not (number[0] == "0" and len(number) - place <= 1))  # then it reads as an extension
    assert parse_phone(typed).digits == number


@given(
    st.lists(MOBILES | LANDLINES, min_size=1, max_size=4),
    st.sampled_from(["/", "、", "；", ",", " / ", " ", "\n"]),
)
def test_joined_numbers_come_apart(numbers: list[str], separator: str) -> None:
    assert split_numbers(separator.join(numbers)) == numbers


@given(st.text() | st.text("0123456789+-()转#/ 、"))
def test_any_text_is_read_or_refused(text: str) -> None:
    for part in [text, *split_numbers(text)]:
        assert set(canonical(part)) <= set("0123456789")
        try:
            phone = parse_phone(part)
        except FieldError:
            continue
        assert phone.digits and phone.digits == digits(phone.digits)


def test_phonenumbers_stays_unloaded_for_chinese_numbers() -> None:
    script = (
        "import sys; from crm_desktop.models.phones import parse_phone as p, canonical as c;"
        "p('0431-85123456转1'); p('13912345678'); p('400-123-4567'); c('0086 851');"
        "assert 'phonenumbers' not in sys.modules;"
        "p('+852 2345 6789'); assert 'phonenumbers' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(("typed", "expected"), [
    ("0431-85", True), ("+86 (0)4", True), ("８５", True), ("85123456转8", True), ("85123456 转", False), ("-", False), ("", False),
    ("宏达", False), ("hd", False), ("n0431001", False), ("85123456/57", False),
])  # fmt: skip
def test_what_may_still_become_a_number(typed: str, expected: bool) -> None:
    assert is_like_number(typed) is expected


@pytest.mark.parametrize(("typed", "expected"), [
    ("0431-85", "043185"), ("0139 04", "13904"), ("013904310001", "13904310001"), ("010-8", "0108"), ("0086 139", "139"), ("0120", "0120"),
])  # fmt: skip
def test_the_digits_of_a_number_begun(typed: str, expected: str) -> None:
    assert typed_digits(typed) == expected


@pytest.mark.parametrize(("typed", "code", "dial"), [
    ("0431-85123456转801", "0431", "043185123456"), ("010-85123456", "010", "01085123456"), ("+86 139 0431 0001", "", "13904310001"),
    ("85123456", "", "85123456"), ("+852 2345 6789", "", "+85223456789"), ("95588", "", "95588"), ("宏达", "", ""), ("0431-12", "", ""),
])  # fmt: skip
def test_area_code_and_what_is_dialled(typed: str, code: str, dial: str) -> None:
    assert dialled(typed) == dial
    if dial:
        assert area_code(parse_phone(typed)) == code
