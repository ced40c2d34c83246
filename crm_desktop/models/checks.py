"""Checks of single typed values: postcode, e-mail, website, credit code, date, amount."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from crm_desktop.errors import FieldError
from crm_desktop.models.text import clean_line, to_half_width

_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_FOREIGN_POSTCODE = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z -]{1,9}")

_LABEL = r"[0-9A-Za-z\u4e00-\u9fff](?:[0-9A-Za-z\u4e00-\u9fff-]{0,61}[0-9A-Za-z\u4e00-\u9fff])?"
_HOST = rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,24}}|xn--[0-9A-Za-z-]{{2,59}}|[\u4e00-\u9fff]{{2,10}})"
_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_HOST}")
_WEBSITE = re.compile(rf"(?:https?://)?{_HOST}(?::\d{{1,5}})?(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)

_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015 leaves out I, O, S, V and Z
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_OLD_TAX_NUMBER = re.compile(r"[0-9A-Z]{15}")

_DATE_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<sep>[-./])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})"),
    re.compile(r"(?:(?P<y>[0-9]{4})年)?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]?"),
    re.compile(r"(?P<m>[0-9]{1,2})[-./](?P<d>[0-9]{1,2})"),
)
_DAYS = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2}
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")  # spreadsheets add it when they save as text
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY)? ?[¥￥]? ?(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?) ?"
    r"(?P<scale>[万亿])?(?P<yuan>元|圆)?(?:人民币|整)?", re.IGNORECASE | re.ASCII)
_SCALES = {"万": 10_000, "亿": 100_000_000}


def check_postcode(text: str, is_abroad: bool = False) -> str:
    """Six digits, abroad also letters; empty is allowed."""
    postcode = clean_line(to_half_width(text))
    if not postcode or _POSTCODE.fullmatch(postcode):
        return postcode
    if is_abroad:
        if _FOREIGN_POSTCODE.fullmatch(postcode):
            return postcode
        raise FieldError("境外邮编只能用字母、数字、空格和短横线，最多 10 位。")
    if len(postcode) == 5 and postcode.isdigit():
        raise FieldError(f"邮政编码应为 6 位数字；如果开头的 0 丢了，应为 0{postcode}。")
    raise FieldError("邮政编码应为 6 位数字，例如 130012。")


def check_email(text: str) -> str:
    """One address; empty is allowed."""
    email = clean_line(to_half_width(text))
    if not email or (_EMAIL.fullmatch(email) and len(email) <= 254):
        return email
    if email.count("@") > 1:
        raise FieldError("这里只能填一个电子邮箱。")
    raise FieldError("电子邮箱的格式应类似 name@example.com。")


def check_website(text: str) -> str:
    """A host name with or without http:// and path, kept as typed; empty is allowed."""
    website = clean_line(to_half_width(text))
    if not website or _WEBSITE.fullmatch(website):
        return website
    raise FieldError("主页的格式应类似 www.example.com。")


def credit_code_problem(text: str) -> str | None:
    """What is wrong with a 统一社会信用代码, None when nothing; only ever a warning.

    The 15-digit tax numbers used before 2015 pass.
    """
    code = clean_line(to_half_width(text)).upper()
    if not code or _OLD_TAX_NUMBER.fullmatch(code):
        return None
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现在有 {len(code)} 位。"
    if any(char not in _CREDIT_DIGITS for char in code):
        return "统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z。"
    total = sum(_CREDIT_DIGITS.index(char) * weight
                for char, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    expected = _CREDIT_DIGITS[-total % 31]
    return None if code[17] == expected else "统一社会信用代码的校验位不符，请核对是否输错。"


def parse_date(text: str, today: date) -> str:
    """A typed date as ``YYYY-MM-DD``; without a year it is in the current one."""
    typed = _MIDNIGHT.sub("", clean_line(to_half_width(text)))
    compact = typed.replace(" ", "")
    if compact in _DAYS:
        return (today + timedelta(days=_DAYS[compact])).isoformat()
    match = next((found for form in _DATE_FORMS if (found := form.fullmatch(compact))), None)
    if match is None:
        raise FieldError("日期的格式应类似 2024-01-31、20240131 或 1-31。")
    year = int(match.groupdict().get("y") or today.year)
    return _existing_date(year, int(match["m"]), int(match["d"]))


def _existing_date(year: int, month: int, day: int) -> str:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise FieldError(f"年份应在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间。")
    if not 1 <= month <= 12:
        raise FieldError(f"没有 {month} 月，请检查日期。")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise FieldError(f"{year} 年 {month} 月没有 {day} 日。")
    return f"{year:04d}-{month:02d}-{day:02d}"


def parse_amount(text: str, in_wan: bool = False) -> Decimal:
    """A typed number as people write it, in 元 or, when ``in_wan``, in 万元.

    ``12,345.60``, ``￥100``, ``1.5万``, ``2亿元`` are taken; a bare number is in the field's own unit.
    """
    match = _AMOUNT.fullmatch(clean_line(to_half_width(text)))
    if match is None:
        raise FieldError("应为数字，例如 12,345.60 或 1.5万。")
    number = Decimal(match["number"].replace(",", ""))
    if match["scale"]:
        number *= _SCALES[match["scale"]]
    has_unit = match["scale"] or match["yuan"]
    return number / 10_000 if in_wan and has_unit else number
