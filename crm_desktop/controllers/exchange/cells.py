"""Turn a cell's value into the clean text a person would have typed into that field."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite

from crm_desktop.models.text import clean_memo, squeeze, strip_control, to_half_width

Cleaner = Callable[[object], str]

PLACEHOLDERS = frozenset({
    "null", "none", "nil", "nan", "n/a", "#n/a", "无", "暂无", "没有", "不详", "（无）", "(无)", "空",
    "-", "--", "---", "—", "——", "－", "/", "//", "\\", "、", ".", "*", "?", "？",
})  # fmt: skip
"""What offices write into a cell to say that there is nothing."""

LONGEST_PLACEHOLDER = max(map(len, PLACEHOLDERS))
EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = 3_654, 73_415  # serial numbers of 1910-01-01 and 2100-12-31: above the years themselves
EXACT_DIGITS = 15  # Excel keeps no more of a number

_CHINESE = "\u3400-\u9fff\uff00-\uffef\u3001\u3002"
_BREAK_INSIDE_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s*\n\s*(?=[{_CHINESE}])")
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?[eE]\+(\d{1,2})", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?", re.ASCII)
_ZERO_LOST = re.compile(r"(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}", re.ASCII)
_NO_AREA = ("400", "800", "852", "853", "886")  # service numbers; Hong Kong, Macao, Taiwan
_HEADER_UNIT = re.compile(r"[(（\[【/\s](?:单位[:：])?(?:人民币)?(千|百万|亿)?元[)）\]】]?\s*$")
_COUNTED = re.compile(r"约?(\d[\d,]*)\s*(?:人|名|个|位|员工)?(?:左右)?", re.ASCII)
_STARS = {**{str(count): "★" * count for count in range(1, 6)},
          **{word: "★" * count for count, word in enumerate("一二三四五", start=1)}}
_GENDERS = {"男性": "男", "女性": "女", "先生": "男", "女士": "女", "小姐": "女",
            "m": "男", "f": "女", "male": "男", "female": "女"}  # fmt: skip


def text(value: object) -> str:
    """Any cell as one line of text; "" for a blank, a placeholder or a number that is none."""
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, (datetime, date, time, timedelta)):
        return _moment(value)
    return "" if value is None else _line(str(value))


def memo(value: object) -> str:
    """Like text, but the lines inside the cell stay."""
    if not isinstance(value, str) or "\n" not in strip_control(value):
        return text(value)
    return clean_memo(value).strip()


def code(value: object) -> str:
    """Half-width letters and digits; a number that was shown as 1.38E+10 is written out."""
    found = to_half_width(text(value))
    scientific = _SCIENTIFIC.fullmatch(found) if "+" in found else None
    return f"{Decimal(found):f}" if scientific and int(scientific[2]) >= len(scientific[1] or "") else found


def phone(value: object) -> str:
    """A telephone number; the 0 of an area code that a number cell has lost is put back."""
    found = code(value)
    return "0" + found if _ZERO_LOST.fullmatch(found) and not found.startswith(_NO_AREA) else found


def postcode(value: object) -> str:
    """Six digits; the leading 0 of a number cell is put back."""
    found = code(value)
    return "0" + found if len(found) == 5 and found.isascii() and found.isdigit() else found


def area_code(value: object) -> str:
    """An area code with its 0; the codes of Hong Kong, Macao and Taiwan have none."""
    found = code(value).strip("() ")
    is_short = found == "10" or re.fullmatch(r"2[0-9]|[3-9][0-9]{2}", found)
    return "0" + found if is_short and found not in _NO_AREA else found


def day(value: object) -> str:
    """A date; a bare number in Excel's range of days is one, too."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    found = text(value)
    if len(found) <= 5 and found.isascii() and found.isdigit() and FIRST_DAY <= int(found) <= LAST_DAY:
        return (EXCEL_DAY_ZERO + timedelta(days=int(found))).isoformat()
    return found


def money(header: str) -> Cleaner:
    """Amounts of a column; the unit its header names, as in 注册资金（元）, goes with every bare number."""
    unit = _HEADER_UNIT.search(header)
    scale = {"千": 1_000, "百万": 1_000_000, "亿": 100_000_000}.get((unit[1] or "") if unit else "", 1)

    def clean(value: object) -> str:
        found = to_half_width(text(value))
        if unit is None or not _PLAIN_NUMBER.fullmatch(found):
            return found
        return f"{Decimal(found.replace(',', '')) * scale:f}元"

    return clean


def count(value: object) -> str:
    """约50人 → 50."""
    found = to_half_width(text(value))
    counted = _COUNTED.fullmatch(found)
    return counted[1].replace(",", "") if counted else found


def stars(value: object) -> str:
    """5, 五星 and 5星级 → ★★★★★."""
    found = to_half_width(text(value))
    return _STARS.get(found.removesuffix("级").removesuffix("星"), found)


def gender(value: object) -> str:
    found = to_half_width(text(value))
    return _GENDERS.get(found.casefold(), found)


def email(value: object) -> str:
    return code(value).removeprefix("mailto:").replace(" ", "")


CLEANERS: dict[str, Cleaner] = {
    **dict.fromkeys(("code", "old_code", "bank_account", "tax_number", "country_code", "qq"), code),
    "website": code, "order_number": code, "phone_number": phone,
    **dict.fromkeys(("phone", "mobile", "fax", "office_phone", "home_phone"), phone),
    **dict.fromkeys(("birthday", "anniversary"), day),
    "postcode": postcode, "area_code": area_code, "email": email, "employee_count": count, "star": stars,
    "gender": gender, "remark": memo,
}  # fmt: skip


def cleaner(field: str, header: str = "") -> Cleaner:
    """What cleans the cells of the column that goes into ``field``, e.g. "postcode" or "contact.mobile"."""
    name = field.rpartition(".")[2]
    if name in ("registered_capital", "annual_revenue"):
        return money(header)
    return CLEANERS.get(name, text)


def has_lost_digits(value: object) -> bool:
    """Excel cannot keep more than 15 digits of a number: a bank account typed as one is damaged for good."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return isfinite(value) and abs(value) >= 10**EXACT_DIGITS
    if not isinstance(value, str):
        return False
    scientific = _SCIENTIFIC.fullmatch(to_half_width(value.strip()))
    return scientific is not None and int(scientific[2]) > len(scientific[1] or "")


def _line(value: str) -> str:
    found = value.strip()
    if not found.isprintable():  # also false for a no-break space inside, a line end, a zero-width mark
        found = squeeze(_BREAK_INSIDE_CHINESE.sub("", strip_control(found)))
    if found.startswith("'"):  # Excel's mark for "this is text", typed into other programs as a character
        found = found.lstrip("' ")
    return "" if len(found) <= LONGEST_PLACEHOLDER and found.casefold() in PLACEHOLDERS else found


def _number(value: float) -> str:
    if not isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value))
    try:
        return f"{Decimal(f'{value:.{EXACT_DIGITS}g}'):f}"
    except InvalidOperation:
        return ""


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        clock = _moment(value.time())
        return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
