"""The table inside an office's sheet is found under titles and group rows, and what is no record is told."""

from pathlib import Path

import pytest

from crm_desktop.controllers.exchange.headers import recognise
from crm_desktop.controllers.exchange.sheets import Row, Sheet, read_sheet
from crm_desktop.controllers.exchange.tables import Skipped, find_table

DATA = Path(__file__).parent / "data"


def sheet(*lines: str, start: int = 1) -> Sheet:
    rows = [line.split("|") for line in lines]
    width = max(map(len, rows))
    return Sheet("客户", [Row(number, [*cells, *[""] * (width - len(cells))])
                        for number, cells in enumerate(rows, start=start) if any(cells)])


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_an_office_sheet_gives_joined_headings_and_its_records(ending):
    table = find_table(read_sheet(DATA / f"office.{ending}"), "customers")
    assert table.headers == (
        "序号", "单位名称", "所在地区·省", "所在地区·市", "所在地区·区县", "联系人信息·姓名",
        "联系人信息·职务", "联系人信息·手机", "邮政编码", "通讯地址", "联系电话", "建立日期", "年营业额", "备注",
    )  # fmt: skip
    assert table.header_row == 4
    assert [row.number for row in table.rows] == [5, 6, 7, 9]
    assert table.skipped == (Skipped(10, "合计行"),)
    mapping = recognise(table.headers, "customers")
    assert mapping.fields == {
        "name": 1, "region.province": 2, "region.city": 3, "region.county": 4, "contact.name": 5,
        "contact.position": 6, "contact.mobile": 7, "postcode": 8, "address": 9, "phone": 10,
        "annual_revenue": 12, "remark": 13,
    }  # fmt: skip
    assert [left.header for left in mapping.ignored] == ["序号", "建立日期"]


def test_a_heading_in_the_first_row_is_the_usual_case():
    table = find_table(sheet("客户名称|电话", "宏达|0431-1", "顺达|"), "customers")
    assert (table.headers, table.header_row) == (("客户名称", "电话"), 1)
    assert [row.cells[0] for row in table.rows] == ["宏达", "顺达"]


def test_titles_above_the_heading_are_passed_over():
    lines = ("客户信息表", "单位：长春宏达|日期：2026-11", "", "客户名称|电话|联系人", "宏达|1|张三")
    table = find_table(sheet(*lines), "customers")
    assert (table.headers, table.header_row) == (("客户名称", "电话", "联系人"), 4)


def test_a_title_row_of_two_cells_is_no_group():
    table = find_table(sheet("客户信息表|联系方式", "客户名称|电话", "宏达|1"), "customers")
    assert table.headers == ("客户名称", "电话")


def test_a_row_of_other_words_above_the_heading_is_no_group():
    table = find_table(sheet("长春宏达|内部", "客户名称|电话", "宏达|1"), "customers")
    assert table.headers == ("客户名称", "电话")


def test_a_data_row_below_the_heading_is_not_joined_to_it():
    lines = ("公司名称|电话|客户来源|联系人", "电话公司|网站|电话|联系人", "宏达|1||")
    table = find_table(sheet(*lines), "customers")
    assert table.headers == ("公司名称", "电话", "客户来源", "联系人")
    assert len(table.rows) == 2


def test_a_group_row_without_merged_cells_is_joined():
    lines = ("客户名称|联系人信息||开票信息|", "|姓名|电话|税号|地址", "宏达|张三|1|9|a")
    table = find_table(sheet(*lines), "customers")
    assert table.headers[:3] == ("客户名称", "联系人信息·姓名", "联系人信息·电话")
    assert table.headers[3:] == ("开票信息·税号", "开票信息·地址")
    fields = recognise(table.headers, "customers").fields
    assert fields == {"name": 0, "contact.name": 1, "contact.office_phone": 2, "tax_number": 3}


def test_an_untitled_column_with_data_gets_a_name_and_an_empty_one_none():
    table = find_table(sheet("客户名称|||电话", "宏达|红|| 1"), "customers")
    assert table.headers == ("客户名称", "（B 列，无标题）", "", "电话")


def test_without_any_known_word_the_first_row_is_the_heading():
    table = find_table(sheet("甲|乙", "1|2"), "customers")
    assert (table.headers, table.header_row) == (("甲", "乙"), 1)


@pytest.mark.parametrize(("line", "reason"), [
    ("合计||", "合计行"),
    ("|总 计：|5", "合计行"),
    ("共 35 家||", "合计行"),
    ("制表人：张三|审核：李四|", "表尾说明"),
    ("说明：以上客户均为2025年资料||", "表尾说明"),
    ("序号|客户名称|电话", "重复的标题行"),
])
def test_what_is_no_record_is_told(line, reason):
    table = find_table(sheet("序号|客户名称|电话", "1|宏达|1", line), "customers")
    assert [row.number for row in table.rows] == [2]
    assert table.skipped == (Skipped(3, reason),)


def test_numbered_but_empty_rows_are_told():
    empty = Sheet("客户", [Row(1, ["序号", "客户名称"]), Row(2, [1.0, "宏达"]), Row(3, [2.0, ""])])
    assert find_table(empty, "customers").skipped == (Skipped(3, "只有序号"),)


@pytest.mark.parametrize("line", [
    "合计机械厂|1", "共青城市五金厂|2", "注塑机械厂：长春|3", "说明书印刷厂|4", "电话|公司",
])  # fmt: skip
def test_records_that_merely_look_alike_are_kept(line):
    assert len(find_table(sheet("客户名称|电话", line), "customers").rows) == 1
