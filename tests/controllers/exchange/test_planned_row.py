"""What a plan keeps of each of its rows, of which there may be a million."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers.exchange.planned_row import Kept, PlannedRow, Shared, whole
from crm_desktop.models import CUSTOMERS


@given(st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=6))
def test_what_is_kept_reads_like_the_dict_it_was_made_from(values: dict[str, Any]) -> None:
    kept = Kept(values, {})
    assert kept == values and list(kept.items()) == list(values.items())
    assert all(kept[name] == kept.get(name) == value for name, value in values.items())
    assert "absent" not in kept and kept.get("absent", 1) == 1
    with pytest.raises(KeyError, match="absent"):
        kept["absent"]


def test_rows_with_the_same_fields_share_their_names() -> None:
    shared: Shared = {}
    for number in range(3):
        Kept({"name": f"宏达{number}", "phone": "85123456"}, shared)
    Kept({"name": "鑫源"}, shared)
    assert set(shared) == {("name", "phone"), ("name",)}


def test_what_is_said_of_one_row_is_not_said_of_the_next() -> None:
    row, next_row = PlannedRow(2, {}, []), PlannedRow(3, {}, [])
    row.refuse("name", "请填写名称。")
    row.refuse("phone", "号码不对。")
    row.wait_for("level", "贵宾")
    row.note("区域由地址推断")
    row.doubt("与第 2 行名称相同")
    row.doubt("与第 2 行相近")
    assert dict(row.problems) == {"name": "请填写名称。", "phone": "号码不对。"} and dict(row.pending) == {"level": "贵宾"}
    assert row.notes == ("区域由地址推断",) and row.duplicates == ("与第 2 行名称相同", "与第 2 行相近")
    assert not (next_row.problems or next_row.pending or next_row.notes or next_row.duplicates)


def test_a_new_record_is_made_whole_again() -> None:
    record = whole(CUSTOMERS, Kept({"name": "宏达"}, {}))
    assert record == {**CUSTOMERS.blank, "name": "宏达"}
