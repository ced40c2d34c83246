"""Checks of single typed values."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import FieldError
from crm_desktop.models.checks import (
    check_email,
    check_postcode,
    check_website,
    credit_code_problem,
    parse_amount,
    parse_date,
)

TODAY = date(2025, 5, 1)
CREDIT_CODES = ["91350100M000100Y43", "91330100799655058B", "914403001922038216", "9144030071526726XG"]


def test_postcodes() -> None:
    assert check_postcode("１３００１２") == "130012"
    assert check_postcode(" ") == ""
    assert check_postcode("SW1A 1AA", is_abroad=True) == "SW1A 1AA"
    for bad in ("13001", "1300123", "13001a", "SW1A 1AA", "１30-012"):
        with pytest.raises(FieldError, match="6 位数字"):
            check_postcode(bad)
    with pytest.raises(FieldError, match="应为 050000"):
        check_postcode("50000")
    with pytest.raises(FieldError, match="境外邮编"):
        check_postcode("邮编", is_abroad=True)


@pytest.mark.parametrize("typed", [
    "a@b.cn", "wang.li+x@hong-da.com.cn", "1234567@qq.com", "info@宏达.中国", "",
])
def test_good_emails(typed: str) -> None:
    assert check_email(typed) == typed


@pytest.mark.parametrize("typed", [
    "a", "a@b", "@b.cn", "a@.cn", "a..b@c.cn", ".a@c.cn", "a b@c.cn", "a@c.c", "a@-c.cn", "a@c.cn.",
    "x" * 65 + "@c.cn", "x@" + "abcdefghi." * 26 + "cn", "王@c.cn", "无",
])
def test_bad_emails(typed: str) -> None:
    with pytest.raises(FieldError, match=r"类似 name@example\.com"):
        check_email(typed)


def test_full_width_and_double_emails() -> None:
    assert check_email("ｉｎｆｏ＠ｈｏｎｇｄａ．ｃｎ") == "info@hongda.cn"
    with pytest.raises(FieldError, match="只能填一个"):
        check_email("a@b.cn; c@d.cn")


@pytest.mark.parametrize("typed", [
    "www.hongda.com", "https://hongda.cn/a?b=1", "HTTP://HongDa.cn:8080", "宏达.中国", "",
])
def test_good_websites(typed: str) -> None:
    assert check_website(typed) == typed


@pytest.mark.parametrize("typed", [
    "hongda", "javascript:alert(1)", "file:///c:/x.exe", "www.a .cn", "http://", "ftp://a.cn",
])
def test_bad_websites(typed: str) -> None:
    with pytest.raises(FieldError, match="主页"):
        check_website(typed)


@pytest.mark.parametrize("code", [
    *CREDIT_CODES, "", "220104123456789", "91330100799655058b", " ９1330100799655058B",
])
def test_good_credit_codes(code: str) -> None:
    assert credit_code_problem(code) is None


@given(st.sampled_from(CREDIT_CODES), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_is_noticed(code: str, place: int, char: str) -> None:
    changed = code[:place] + char + code[place + 1:]
    assert (credit_code_problem(changed) is None) == (changed == code)


def test_what_is_wrong_with_a_credit_code_is_said() -> None:
    assert credit_code_problem("9133010079965505") == "统一社会信用代码应为 18 位，现在有 16 位。"
    assert "不用 I" in (credit_code_problem("9133010079965505OB") or "")
    assert "校验位" in (credit_code_problem("91330100799655058C") or "")


@pytest.mark.parametrize("typed", [
    "20240131", "2024.1.31", "2024-1-31", "2024-01-31", "2024/1/31", "2024年1月31日", "2024 年 1 月 31 日",
    "２０２４－１－３１", "2024年1月31号", "2024/1/31 0:00", "2024-01-31 00:00:00", "2024-01-31T00:00:00",
])
def test_ways_to_write_a_date(typed: str) -> None:
    assert parse_date(typed, TODAY) == "2024-01-31"


@pytest.mark.parametrize("typed", ["1-31", "1/31", "1.31", "1月31日", "01-31"])
def test_a_date_without_year_is_in_the_current_one(typed: str) -> None:
    assert parse_date(typed, TODAY) == "2025-01-31"


@pytest.mark.parametrize(("typed", "reason"), [
    ("2024-02-30", "2024 年 2 月没有 30 日"), ("2-29", "2025 年 2 月没有 29 日"),
    ("2024-13-01", "没有 13 月"), ("20240100", "2024 年 1 月没有 0 日"),
    ("240131", "格式"), ("2024-1/31", "格式"), ("24-1-31", "格式"),
    ("2024-1", "格式"), ("0024-01-31", "年份"), ("大后天", "格式"), ("2024-01-31 12:30", "格式"), ("", "格式"),
])
def test_dates_that_cannot_be(typed: str, reason: str) -> None:
    with pytest.raises(FieldError, match=reason):
        parse_date(typed, TODAY)


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["{:%Y%m%d}", "{:%Y-%m-%d}", "{:%Y.%m.%d}", "{0:%Y}年{0:%m}月{0:%d}日"]),
)
def test_every_day_can_be_typed(day: date, form: str) -> None:
    assert parse_date(form.format(day), TODAY) == day.isoformat()


@given(st.text() | st.text("0123456789-/.年月日 "))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        parsed = parse_date(text, TODAY)
    except FieldError:
        return
    assert date.fromisoformat(parsed).isoformat() == parsed


@pytest.mark.parametrize(("typed", "yuan", "wan"), [
    ("1,234.50", "1234.5", "1234.5"), ("１２，３４５", "12345", "12345"), ("￥100", "100", "100"),
    ("¥ 100元", "100", "0.01"), ("1.5万", "15000", "1.5"), ("500万元", "5000000", "500"),
    ("2亿元", "200000000", "20000"),
    ("-3", "-3", "-3"), ("人民币500万元", "5000000", "500"),
    ("500万元人民币", "5000000", "500"), ("0", "0", "0"),
])
def test_amounts(typed: str, yuan: str, wan: str) -> None:
    assert parse_amount(typed) == Decimal(yuan)
    assert parse_amount(typed, in_wan=True) == Decimal(wan)


@pytest.mark.parametrize("typed", [
    "", "abc", "1,23", "1,2345", "1.2.3", "1e5", "500万美元", "--1", ".5", "NaN", "Infinity", "5%", "١",
])
def test_amounts_that_cannot_be(typed: str) -> None:
    with pytest.raises(FieldError, match="应为数字"):
        parse_amount(typed)


@given(st.decimals(-10**10, 10**10, places=2))
def test_a_shown_amount_can_be_typed_back(amount: Decimal) -> None:
    assert parse_amount(f"{amount:,.2f}") == amount
