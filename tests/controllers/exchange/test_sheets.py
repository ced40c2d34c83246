"""Rows come out the same, with the sheet's own numbers, whatever kind of file holds them."""

import csv
import io
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers.exchange import delimited
from crm_desktop.controllers.exchange.sheets import CANCELLED, STEP, read_sheet, sheet_names
from crm_desktop.errors import ImportRefused

DATA = Path(__file__).parent / "data"
KINDS = ["xlsx", "xls", "ods"]


@pytest.mark.parametrize("ending", KINDS)
def test_values_of_every_type_are_read(ending):
    sheet = read_sheet(DATA / f"plain.{ending}")
    assert sheet.name == "客户"
    assert [row.number for row in sheet.rows] == [1, 2, 3]
    assert sheet.rows[1].cells == ["宏达机械", 431, 130000, True, 0.15, time(8, 30), 6222020000000000]
    assert sheet.rows[2].cells[0] == "\u3000顺达贸易\xa0"


@pytest.mark.parametrize("ending", KINDS)
def test_an_office_sheet_keeps_its_row_numbers_and_formula_values(ending):
    rows = {row.number: row.cells for row in read_sheet(DATA / f"office.{ending}").rows}
    assert list(rows) == [1, 2, 3, 4, 5, 6, 7, 9, 10]  # row 8 is blank, 20 to 40 are only coloured
    assert {len(cells) for cells in rows.values()} == {14}
    assert rows[5][11] == date(2020, 3, 15)
    assert rows[7][12] == 2500.5  # =M5+0.5
    assert rows[9][7] == "１３６００００００４"


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_cell_merged_downwards_belongs_to_each_of_its_rows(ending):
    rows = {row.number: row.cells for row in read_sheet(DATA / f"office.{ending}").rows}
    assert rows[6][1] == rows[5][1] == "沈阳北方重型机器有限公司"
    assert rows[6][5] == "李秀英"
    assert rows[4][1] == "单位名称"


@pytest.mark.parametrize("ending", KINDS)
def test_a_table_away_from_the_corner_keeps_its_row_numbers_and_columns(ending):
    rows = read_sheet(DATA / f"margin.{ending}").rows
    assert [tuple(row) for row in rows] == [(3, ["", "", "客户名称", "电话"]), (4, ["", "", "宏达", "0431-1"])]


@pytest.mark.parametrize("ending", KINDS)
def test_hidden_sheets_are_not_offered_and_the_first_with_data_is_taken(ending):
    path = DATA / f"sheets.{ending}"
    assert sheet_names(path) == ["说明", "客户", "联系人"]
    assert read_sheet(path).name == "客户"
    assert read_sheet(path, "联系人").rows[1].cells == ["联系人一", "0431-1"]


@pytest.mark.parametrize(("ending", "wrong"), [("xlsx", "xls"), ("xls", "xlsx"), ("ods", "xlsx")])
def test_a_workbook_under_a_wrong_ending_is_read(tmp_path, ending, wrong):
    path = tmp_path / f"a.{wrong}"
    path.write_bytes((DATA / f"plain.{ending}").read_bytes())
    assert read_sheet(path).rows[1].cells[0] == "宏达机械"


def test_progress_runs_from_nothing_to_everything(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("名称,电话\n" * (STEP * 2), encoding="utf-8")
    seen: list[tuple[int, int]] = []
    read_sheet(path, on_progress=lambda done, total: seen.append((done, total)))
    total = seen[0][1]
    assert seen == [(0, total), (STEP, total), (STEP * 2, total), (total, total)]
    seen.clear()
    read_sheet(DATA / "office.xlsx", on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (10, 10)


@pytest.mark.parametrize("name", ["office.xlsx", "a.csv"])
def test_reading_stops_when_cancelled(tmp_path, name):
    path = DATA / name
    if name == "a.csv":
        path = tmp_path / name
        path.write_text("名称,电话\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match=CANCELLED):
        read_sheet(path, cancelled=lambda: True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "名单.csv"
    lines = [["客户名称", "地址"], ["宏达，机械𠮷", "人民大街1号\n东门"], [], ["顺达", "甲,乙;丙\t丁"]]
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    sheet = read_sheet(path)
    assert sheet.name == "名单"
    assert sheet_names(path) == ["名单"]
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, lines[0]), (2, lines[1]), (4, lines[3])]


def test_excels_own_delimiter_line_is_obeyed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\n名称;电话,手机\r\n", encoding="utf-8")
    assert [tuple(row) for row in read_sheet(path).rows] == [(1, ["名称", "电话,手机"])]


def test_trailing_blank_rows_and_columns_are_dropped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("名称,电话,,\n宏达,, ,\n,\u3000,,\n,,,\n", encoding="utf-8")
    assert [tuple(row) for row in read_sheet(path).rows] == [(1, ["名称", "电话"]), (2, ["宏达", ""])]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",\t;"),
       st.sampled_from(["\r\n", "\n"]))
def test_every_table_survives_the_way_through_csv(table, delimiter, line_end):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows(table)
    assert list(delimited.rows(text.getvalue())) == table


@given(st.text())
def test_any_text_gives_rows_or_names_the_line(text):
    try:
        rows = list(delimited.rows(text))
    except delimited.UnbalancedQuotes as error:
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 1
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)
