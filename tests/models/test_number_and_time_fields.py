"""Quantities, discounts, lengths of time, clocks: what people type, what is kept, how it reads."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import FieldError
from crm_desktop.models.fields import Date, DateTime, Discount, Duration, Field, Quantity, Time
from crm_desktop.models.number_fields import Integer

TODAY = date(2026, 11, 22)
QUANTITY, DISCOUNT, DURATION = Quantity("a", "数量"), Discount("a", "折扣"), Duration("a", "时长")
TIME, MOMENT = Time("a", "时间"), DateTime("a", "期限", of_day="17:30")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (QUANTITY, "2", 2000),
        (QUANTITY, "１.5", 1500),
        (QUANTITY, "1,200.125", 1_200_125),
        (DISCOUNT, "85", 85),
        (DISCOUNT, "85%", 85),
        (DISCOUNT, "8.5折", 85),
        (DISCOUNT, "八五折", 85),
        (DISCOUNT, "九折", 90),
        (DISCOUNT, "9 折", 90),
        (DURATION, "3:20", 200),
        (DURATION, "1:02:03", 3723),
        (DURATION, "5", 300),
        (DURATION, "5分钟", 300),
        (DURATION, "1小时5分20秒", 3920),
        (DURATION, "45秒", 45),
        (TIME, "9:30", "09:30"),
        (TIME, "0930", "09:30"),
        (TIME, "９：３０", "09:30"),
        (TIME, "9点半", "09:30"),
        (TIME, "14点5分", "14:05"),
        (TIME, "14:05:59", "14:05"),
        (MOMENT, "2026-11-22 9:05", "2026-11-22 09:05"),
        (MOMENT, "2026.11.22", "2026-11-22 17:30"),
        (MOMENT, "1-31 14点", "2026-01-31 14:00"),
        (MOMENT, "14:30", "2026-11-22 14:30"),
        (MOMENT, "2026-11-22T14:30", "2026-11-22 14:30"),
        (MOMENT, datetime(2026, 11, 22, 9, 5), "2026-11-22 09:05"),
        (MOMENT, date(2026, 11, 22), "2026-11-22 17:30"),
    ],
)
def test_what_is_typed_is_taken(field: Field, typed: object, kept: object) -> None:
    assert field.accept(typed, TODAY) == kept


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (QUANTITY, "0", "数量应大于 0"),
        (QUANTITY, "-1", "数量应大于 0"),
        (QUANTITY, "1.2345", "数量最多 3 位小数。"),
        (DISCOUNT, "0", "折扣应为 1 到 100"),
        (DISCOUNT, "120", "折扣应为 1 到 100"),
        (DISCOUNT, "打折", "折扣应为 1 到 100"),
        (DURATION, "很久", "时长应类似 3:20"),
        (DURATION, "25:00:00", "时长应不到 24 小时。"),
        (TIME, "25:00", "时间应在 0:00 到 23:59 之间。"),
        (TIME, "9:61", "时间应在 0:00 到 23:59 之间。"),
        (TIME, "早上", "时间的格式应类似 9:30"),
        (TIME, 930, "时间应为时间"),
        (MOMENT, "2026-11-22 25:00", "时间应在 0:00 到 23:59 之间。"),
        (MOMENT, "2026-13-01 9:00", "13 月"),
        (MOMENT, 5, "期限应为日期和时间"),
    ],
)
def test_what_cannot_be_is_refused(field: Field, typed: object, sentence: str) -> None:
    with pytest.raises(FieldError) as refused:
        field.accept(typed, TODAY)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("field", "raw", "shown"),
    [
        (QUANTITY, 1_200_125, "1,200.125"),
        (QUANTITY, 2000, "2"),
        (QUANTITY, None, ""),
        (DURATION, 200, "3:20"),
        (DURATION, 3723, "1:02:03"),
        (DURATION, None, ""),
        (DISCOUNT, 85, "85"),
    ],
)
def test_how_values_are_shown(field: Field, raw: object, shown: str) -> None:
    assert field.format(raw) == shown


@given(seconds=st.integers(0, 24 * 3600 - 1))
def test_a_length_of_time_reads_as_it_is_typed(seconds: int) -> None:
    assert DURATION.accept(DURATION.format(seconds), TODAY) == seconds


@given(thousandths=st.integers(1, 10**12 - 1))
def test_a_quantity_reads_as_it_is_typed(thousandths: int) -> None:
    assert QUANTITY.accept(QUANTITY.format(thousandths), TODAY) == thousandths


@given(moment=st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))
def test_a_moment_reads_as_it_is_typed(moment: datetime) -> None:
    kept = MOMENT.accept(moment, TODAY)
    assert MOMENT.accept(MOMENT.format(kept), TODAY) == kept == moment.strftime("%Y-%m-%d %H:%M")


def test_dates_compare_with_times_as_text() -> None:
    """What ``Entity.in_order`` relies on."""
    assert Date("a", "日期").accept("11-22", TODAY) < MOMENT.accept("11-22", TODAY)
    assert Integer("a", "数").align == QUANTITY.align == "right"
