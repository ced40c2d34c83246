"""What cleans the cells of a column, by the type of the field they go into."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from crm_desktop.controllers.exchange import cells
from crm_desktop.controllers.exchange.cells import Cleaner, text
from crm_desktop.models.fields import (
    Date,
    DateTime,
    Discount,
    Duration,
    Field,
    Flag,
    Money,
    Note,
    Options,
    Quantity,
    SerialNumber,
    Time,
)  # fmt: skip
from crm_desktop.models.text import to_half_width

_MONEY_UNIT = re.compile(r"[(（\[【/\s](?:单位[:：])?(?:人民币)?(千|万|百万|亿)元[)）\]】]?\s*$")
_SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
FEN = Decimal("0.01")
LONGEST_NUMBER = 20  # characters; beyond that no field takes it
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?", re.ASCII)
_COUNTED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?![万亿])[^\d\s.,%万亿]{1,4}", re.ASCII)
_CLOCK_AFTER = re.compile(r"(.{6,}?\d日?)[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_FULL_PRICE = frozenset({"无折扣", "不打折", "全价", "原价", "不折扣"})
_PERCENT_OFF_PAID = re.compile(r"(\d{2})折")

WORDS = {
    "已结案": "已归档", "结案": "已归档", "已办结": "已归档", "办结": "已归档", "已关闭": "已归档", "关闭": "已归档",
    "已完成": "已归档", "完成": "已归档", "已解决": "已归档", "归档": "已归档", "完结": "已归档", "已完结": "已归档",
    "未处理": "待处理", "待办": "待处理", "未解决": "待处理", "待受理": "待处理", "新建": "待处理", "未办理": "待处理",
    "处理": "处理中", "办理中": "处理中", "在处理": "处理中", "正在处理": "处理中", "跟进中": "处理中",
    "未回访": "待回访", "等待回访": "待回访", "退回": "退货", "销退": "退货", "退": "退货", "销售退货": "退货",
    "销货": "销售", "出库": "销售", "出货": "销售", "销": "销售", "呼入": "来电", "打入": "来电", "已接": "来电",
    "呼出": "去电", "打出": "去电", "拨出": "去电", "未接来电": "未接", "未接听": "未接", "漏接": "未接",
}  # fmt: skip
"""What other programs call the words of a fixed choice."""
YES = frozenset({"在售", "上架", "已上架", "启用", "在用", "已跟进", "已联系", "联系不上", "未能联系", "√", "✓", "v"})
NO = frozenset({"停售", "下架", "已下架", "停用", "停产", "不在售", "未跟进", "能联系", "×", "✗", "x"})


def cleaner(path: str, header: str = "", field: Field | None = None) -> Cleaner:
    """For the column that goes into ``path``: fields with habits of their own by name, the others by type."""
    name = path.rpartition(".")[2]
    if name in cells.CLEANERS or field is None or (isinstance(field, Money) and field.in_wan):
        return cells.cleaner(path, header)
    make = next((each for kind, each in BY_TYPE.items() if isinstance(field, kind)), None)
    return make(field, header) if make else text


def _amount(field: Field, header: str) -> Cleaner:
    """金额（万元） means every bare number of the column; what a formula gave beyond the 分 is rounded."""
    unit = _MONEY_UNIT.search(header)
    scale = _SCALES[unit[1]] if unit else 1

    def clean(value: object) -> str:
        found = to_half_width(text(value))
        number, is_cell = _number(found), isinstance(value, float)
        if number is None or (scale == 1 and not is_cell):
            return found
        return _plain((number * scale).quantize(FEN, ROUND_HALF_UP) if is_cell else number * scale)

    return clean


def _quantity(field: Field, header: str) -> Cleaner:
    """12 台 → 12."""

    def clean(value: object) -> str:
        found = to_half_width(text(value))
        counted = _COUNTED.fullmatch(found)
        return counted[1] if counted else found

    return clean


def _discount(field: Field, header: str) -> Cleaner:
    """0.85, 8.5 and 85折 are all 85; nobody pays one or nine per cent, so 1 is the full price and 9 is 九折."""

    def clean(value: object) -> str:
        found = to_half_width(text(value))
        tens = _PERCENT_OFF_PAID.fullmatch(found)
        if tens or found in _FULL_PRICE:
            return tens[1] if tens else "100"
        number = _number(found)
        if number is None:
            return found
        return _plain(number * (100 if 0 < number <= 1 else 10 if 1 < number < 10 else 1))

    return clean


def _duration(field: Field, header: str) -> Cleaner:
    """3:20 stays minutes and seconds although a sheet takes it for a time of day; 时长（秒） means every number."""
    unit = "秒" if "秒" in header else ""

    def clean(value: object) -> str:
        found = to_half_width(text(value))
        number = _number(found)
        if number is None or (not unit and number == int(number)):
            return found
        return f"{_plain(number)}{unit}" if unit else f"{round(number * 60)}秒"

    return clean


def _date(field: Field, header: str) -> Cleaner:
    """2026-11-22 14:30 → 2026-11-22."""

    def clean(value: object) -> str:
        found = cells.day(value)
        timed = _CLOCK_AFTER.fullmatch(found)
        return timed[1] if timed else found

    return clean


def _moment(field: Field, header: str) -> Cleaner:
    """A day with a time, also where the sheet keeps it as a bare number of days."""

    def clean(value: object) -> str:
        if isinstance(value, float) and cells.FIRST_DAY <= value <= cells.LAST_DAY and not value.is_integer():
            start = datetime.combine(cells.EXCEL_DAY_ZERO, time())
            value = start + timedelta(minutes=round(value * 24 * 60))
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        return value.isoformat() if isinstance(value, date) else cells.day(value)

    return clean


def _clock(field: Field, header: str) -> Cleaner:
    """The time of day of whatever the cell holds."""

    def clean(value: object) -> str:
        if isinstance(value, float) and 0 < value < 1:
            value = (datetime.min + timedelta(minutes=round(value * 24 * 60))).time()
        if isinstance(value, datetime):
            value = value.time()
        return text(value)

    return clean


def _flag(field: Field, header: str) -> Cleaner:
    def clean(value: object) -> str:
        found = text(value)
        word = found.casefold()
        return "是" if word in YES else "否" if word in NO else found

    return clean


def _option(field: Field, header: str) -> Cleaner:
    assert isinstance(field, Options)
    options = field.options

    def clean(value: object) -> str:
        found = text(value)
        meant = WORDS.get(found, "")
        return meant if found not in options and meant in options else found

    return clean


def _number(found: str) -> Decimal | None:
    is_number = len(found) <= LONGEST_NUMBER and _NUMBER.fullmatch(found)
    return Decimal(found.replace(",", "")) if is_number else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _always(clean: Cleaner) -> Callable[[Field, str], Cleaner]:
    return lambda field, header: clean


BY_TYPE: dict[type[Field], Callable[[Field, str], Cleaner]] = {
    SerialNumber: _always(cells.code), Note: _always(cells.memo), Date: _date, DateTime: _moment, Time: _clock,
    Money: _amount, Quantity: _quantity, Discount: _discount, Duration: _duration, Flag: _flag, Options: _option,
}  # fmt: skip
