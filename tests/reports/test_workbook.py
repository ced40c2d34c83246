"""A workbook holds the values themselves: texts stay texts, dates are dates, and no text becomes a formula."""

from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from crm_desktop.errors import ReportError
from crm_desktop.reports import Column, Table
from crm_desktop.reports.workbook import save_xlsx

COLUMNS = [
    Column("客户名称"),
    Column("电话"),
    Column("员工人数", kind="integer"),
    Column("年营业额", kind="money"),
    Column("注册资金（万元）", kind="wan"),
    Column("满意率", kind="percent"),
    Column("建档日期", kind="date"),
    Column("修改时间", kind="datetime"),
]
ROW = ("上海𠮷野商贸", "0431-85123456", 1200, 123456, 12345600, 0.925, "2026-11-22", "2026-11-22 10:20")


@pytest.fixture
def read(tmp_path):
    def save_and_read(table):
        save_xlsx(table, tmp_path / "客户.xlsx")
        return load_workbook(tmp_path / "客户.xlsx").active

    return save_and_read


def test_values_come_back_with_their_types(read):
    sheet = read(Table("客户/信息", COLUMNS, [ROW]))
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [
        "上海𠮷野商贸", "0431-85123456", 1200, 1234.56, 12.3456, 0.925,
        datetime(2026, 11, 22), datetime(2026, 11, 22, 10, 20),
    ]  # fmt: skip
    formats = [cell.number_format for cell in sheet[2]]
    assert formats[2:] == ["#,##0", "#,##0.00", "#,##0.####", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert sheet.title == "客户 信息"


def test_sheet_is_ready_to_use(read):
    sheet = read(Table("客户", COLUMNS, [ROW] * 3, totals=["合计", None, 3600, None, None, None, None, None]))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H4"
    assert sheet["A1"].font.bold and sheet["A5"].font.bold and not sheet["A2"].font.bold
    assert (sheet["A5"].value, sheet["C5"].value, sheet["C5"].number_format) == ("合计", 3600, "#,##0")
    assert sheet.column_dimensions["A"].width == 14
    assert sheet.column_dimensions["C"].width == 12


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+86 431 85123456", "-5", "@SUM(A1)", "#N/A", "="])
def test_text_never_becomes_a_formula(read, text):
    sheet = read(Table("客户", [Column(text), Column("数", kind="money")], [(text, text)], totals=[text, None]))
    for cell in (sheet["A1"], sheet["A2"], sheet["B2"], sheet["A3"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize(("columns", "orientation", "is_fitted"), [(4, "portrait", True), (12, "landscape", True), (40, "landscape", False)])
def test_a_printed_sheet_has_all_columns_on_one_page(read, columns, orientation, is_fitted):
    sheet = read(Table("客户", [Column(f"第{n:02d}栏的名称") for n in range(columns)], [["x"] * columns]))
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, sheet.print_title_rows) == (9, orientation, "$1:$1")
    assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) == is_fitted
    assert not is_fitted or (setup.fitToWidth, setup.fitToHeight) == (1, 0)


def test_control_characters_go_and_line_ends_stay(read):
    sheet = read(Table("客\x00户", [Column("备注")], [("一\x01\n二\ud800",), ("",), (None,), ("\x02",), (" a ",)]))
    assert [cell.value for cell in sheet["A"][1:]] == ["一\n二", None, None, None, " a "]


def test_dates_that_are_none_stay_text(read):
    sheet = read(
        Table("客户", [Column("日期", kind="date"), Column("备注"), Column("数")],
              [("约2026年", date(2026, 1, 2), 3), ("2026-02-30", "x", 3), (date(1, 1, 1), "x", 3)])
    )  # fmt: skip
    assert [cell.value for cell in sheet["A"][1:]] == ["约2026年", "2026-02-30", "0001-01-01"]
    assert sheet["B2"].value == datetime(2026, 1, 2)
    assert sheet["C2"].number_format == sheet["B3"].number_format == "General"


def test_moments_lose_their_zone(read):
    moment = datetime(2026, 11, 22, 10, 20, tzinfo=UTC)
    assert read(Table("客户", [Column("时", kind="datetime")], [(moment,)]))["A2"].value == datetime(2026, 11, 22, 10, 20)


def test_empty_table_is_a_header(read):
    sheet = read(Table("", COLUMNS, []))
    assert (sheet.title, sheet.max_row) == ("数据", 1)


def test_rows_are_streamed_and_cancelling_keeps_the_old_file(tmp_path):
    target = tmp_path / "客户.xlsx"
    target.write_bytes(b"old")
    made = []

    def rows():
        for number in range(100_000):
            made.append(number)
            yield ROW

    seen = []
    with pytest.raises(ReportError, match="已取消"):
        save_xlsx(Table("客户", COLUMNS, rows()), target, lambda *done: seen.append(done), lambda: len(made) > 300, 100_000)
    assert len(made) < 400
    assert seen[0] == (50, 100_000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
