"""A CSV file opens in Excel with the right characters and carries no formulas."""

import csv

import pytest

from crm_desktop.errors import ReportError
from crm_desktop.reports import Column, Table
from crm_desktop.reports.csv_file import save_csv

COLUMNS = [Column("客户名称"), Column("年营业额", kind="money"), Column("日期", kind="date")]


def test_file_is_utf8_with_mark_and_crlf(tmp_path):
    target = tmp_path / "客户.csv"
    save_csv(Table("客户", COLUMNS, [("上海𠮷野，\"商贸\"", 123456789, "2026-11-22"), (None, None, "")]), target)
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 3
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["客户名称", "年营业额", "日期"],
            ['上海𠮷野，"商贸"', "1234567.89", "2026-11-22"],
            ["", "", ""],
        ]


@pytest.mark.parametrize("text", ["=1+1", "+86 431", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_disarmed_and_numbers_are_not(tmp_path, text):
    target = tmp_path / "客户.csv"
    save_csv(Table("客户", [Column(text), Column("数", kind="money")], [(text, -100)]), target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["'" + text, "数"], ["'" + text, "-1.00"]]


def test_cancelling_leaves_nothing(tmp_path):
    with pytest.raises(ReportError, match="已取消"):
        save_csv(Table("客户", COLUMNS, [("a", 1, "")] * 99), tmp_path / "a.csv", None, lambda: True)
    assert list(tmp_path.iterdir()) == []
