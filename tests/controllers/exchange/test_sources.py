"""What is not a sheet is refused with the one sentence that says why."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from crm_desktop.controllers.exchange.sheets import read_sheet, sheet_names
from crm_desktop.errors import ImportRefused

DATA = Path(__file__).parent / "data"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SAVE_AS = "不是 Excel 工作簿，请用 Excel 打开后另存为 .xlsx 再导入。"
NO_WORKBOOK = "不是 Excel 工作簿，也不是 CSV 文本，请选择 .xlsx、.xls 或 .csv 文件。"


def refusal(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_sheet(path, sheet)
    return str(refused.value)


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("空.xlsx", b"", "文件“空.xlsx”是空的，里面没有任何内容。"),
    ("空白.csv", b"\r\n \r\n", "文件“空白.csv”是空的，里面没有任何内容。"),
    ("~$客户.xlsx", b"x", "“~$客户.xlsx”是 Excel 打开文件时留下的临时文件，请选择文件名不带“~$”的原文件。"),
    ("a.pdf", b"%PDF-1.7", f"“a.pdf”{NO_WORKBOOK}"),
    ("a.xlsx", bytes(range(256)) * 9, f"“a.xlsx”{NO_WORKBOOK}"),
    ("a.xls", OLE + bytes(5000), f"“a.xls”{NO_WORKBOOK}"),
    ("a.xls", OLE + "Workbook".encode("utf-16-le") + bytes(5000),
     "工作簿“a.xls”已损坏，无法打开，请用 Excel 修复并另存后再导入。"),
    ("a.xls", "\ufeff\n <HTML><table><tr><td>客户名称</td></tr></table>".encode(),
     f"“a.xls”其实是网页（HTML）表格，{SAVE_AS}"),
    ("a.csv", b"<!DOCTYPE html><p>404</p>", f"“a.csv”其实是网页（HTML）表格，{SAVE_AS}"),
    ("a.xls", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", f"“a.xls”其实是网页（HTML）表格，{SAVE_AS}"),
    ("a.xls", b'<?xml version="1.0"?><Workbook/>', f"“a.xls”其实是 XML 表格，{SAVE_AS}"),
    ("a.xls", "客户名称\t电话\r\n宏达\t1\r\n".encode("gb18030"),
     f"“a.xls”其实是用制表符分隔的文本，{SAVE_AS}"),
    ("a.xlsx", "客户名称,电话".encode(), f"“a.xlsx”其实是文本文件，{SAVE_AS}"),
    ("a.csv", b"\xff\xff\x00\x01", "“a.csv”的文字编码无法识别，请用 Excel 另存为“CSV UTF-8”格式后再导入。"),
    ("a.csv", b"a\0b,c", "“a.csv”的文字编码无法识别，请用 Excel 另存为“CSV UTF-8”格式后再导入。"),
    ("a.csv", '名称,电话\n宏达,"0431\n顺达,1\n'.encode(), "“a.csv”第 3 行附近的引号不成对，请改正后再导入。"),
])
def test_a_file_that_is_no_sheet_is_told(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == sentence


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    assert refusal(tmp_path / "无.xlsx") == "找不到文件“无.xlsx”，它可能已被移动、改名或删除，请重新选择。"
    folder = tmp_path / "名单"
    folder.mkdir()
    assert refusal(folder) == "“名单”是一个文件夹，请选择其中的一个 Excel 或 CSV 文件。"


@pytest.mark.parametrize(("error", "sentence"), [
    (PermissionError(13, "x"),
     "无法读取“a.xlsx”，它正被 Excel 等程序占用或您没有读取权限，请关闭该文件后再导入。"),
    (OSError(5, "x"), "读取“a.xlsx”时磁盘或网络出错，请检查后再导入。"),
])
def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch, error, sentence):
    (tmp_path / "a.xlsx").write_bytes(b"x")

    def fail(path):
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert refusal(tmp_path / "a.xlsx") == sentence


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_password_is_told(ending):
    sentence = f"工作簿“locked.{ending}”设有打开密码，请在 Excel 中取消密码后再导入。"
    assert refusal(DATA / f"locked.{ending}") == sentence
    with pytest.raises(ImportRefused, match="设有打开密码"):
        sheet_names(DATA / f"locked.{ending}")


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_workbook_without_data_is_told(ending):
    assert refusal(DATA / f"blank.{ending}") == f"“blank.{ending}”里没有任何数据。"


def test_an_unknown_sheet_is_told():
    assert refusal(DATA / "plain.xlsx", "订单") == "“plain.xlsx”里没有名为“订单”的工作表。"


def test_a_word_document_is_no_workbook(tmp_path):
    path = tmp_path / "a.docx"
    with ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert refusal(path) == f"“a.docx”{NO_WORKBOOK}"


@pytest.mark.parametrize("damage", ["cut", "zeros", "garbled"])
def test_a_broken_zip_is_told(tmp_path, damage):
    whole = (DATA / "office.xlsx").read_bytes()
    middle = whole.index(b"xl/worksheets/sheet1.xml") + 200
    rest = whole[middle + 600:]
    broken = {"cut": whole[:middle], "zeros": whole[:middle] + bytes(600) + rest,
              "garbled": whole[:middle] + bytes(byte ^ 0x5A for byte in whole[middle:middle + 600]) + rest}
    path = tmp_path / "a.xlsx"
    path.write_bytes(broken[damage])
    assert refusal(path) == "工作簿“a.xlsx”已损坏，无法打开，请用 Excel 修复并另存后再导入。"


def test_a_damaged_old_workbook_over_which_the_reader_panics_is_told(tmp_path):
    data = bytearray((DATA / "plain.xls").read_bytes())
    sheet_position = data.index("客户".encode("utf-16-le")) - 8  # the directory entry of the sheet begins so
    data[sheet_position + 2] = 0xFF
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    assert refusal(path) == "工作簿“a.xls”已损坏，无法打开，请用 Excel 修复并另存后再导入。"


@pytest.mark.parametrize("dimension", [b"", b'<dimension ref="A1:XFD1048576"/>'])
@pytest.mark.parametrize("target", [b'"worksheets/sheet1.xml"', b'"/xl/worksheets/sheet1.xml"'])
def test_a_stray_cell_at_the_far_corner_is_told_instead_of_exhausting_memory(tmp_path, dimension, target):
    path = tmp_path / "a.xlsx"
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            return content.replace(b'"worksheets/sheet1.xml"', target)
        return content.replace(b"</sheetData>", cell).replace(b'<dimension ref="A1:G3"/>', dimension)

    copy_with(DATA / "plain.xlsx", path, change)
    sentence = "工作表“客户”在 XFD1048576 处有多余的内容，请在 Excel 中删除数据区以外的行和列后再导入。"
    assert refusal(path) == sentence


def test_formatted_empty_cells_at_the_far_corner_do_no_harm(tmp_path):
    path = tmp_path / "a.xlsx"
    cell = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    copy_with(DATA / "plain.xlsx", path, lambda name, content: content.replace(b"</sheetData>", cell)
              .replace(b'<dimension ref="A1:G3"/>', b'<dimension ref="A1:XFD1048576"/>'))
    assert [row.number for row in read_sheet(path).rows] == [1, 2, 3]


def copy_with(source: Path, target: Path, change) -> None:
    """Copy a workbook, changing its parts; the first sheet must really change."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            assert name != "xl/worksheets/sheet1.xml" or content != old.read(name)
            new.writestr(name, content)
