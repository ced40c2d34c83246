"""A printed list shows every character of every cell, repeats its header and counts its pages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import ReportError
from crm_desktop.reports import Column, Table
from crm_desktop.reports.document import STEP
from crm_desktop.reports.fonts import SANS, advances
from crm_desktop.reports.list_layout import PADDING, Measure
from crm_desktop.reports.pdf_list import list_pdf

COLUMNS = [
    Column("序号", kind="integer", align="center"),
    Column("客户名称"),
    Column("电话"),
    Column("地址"),
    Column("注册资金（万元）", kind="wan"),
    Column("年营业额", kind="money"),
    Column("满意率", kind="percent"),
    Column("建档日期", kind="date"),
]
ADDRESS = "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇索伦大街与安门路交叉口东北150米3号楼2单元1104室"


def row(number: int) -> tuple[object, ...]:
    return (
        number, f"上海𠮷野商贸有限公司第{number}分公司", f"010-8267{number:04}", ADDRESS,
        1234500, 123456789, 0.925, date(2026, 11, 22),
    )  # fmt: skip


def test_every_cell_is_read_back(pages):
    document = list_pdf(Table("客户信息列表", COLUMNS, map(row, range(1, 101))), landscape=True)
    assert document.warnings == []
    text = "".join(page.flat for page in pages(document))
    for number in range(1, 101):
        assert f"上海𠮷野商贸有限公司第{number}分公司" in text
        assert f"010-8267{number:04}" in text
    assert text.count(ADDRESS) == 100
    assert text.count("1.2345") == text.count("1,234,567.89") == text.count("92.5%") == 100
    assert text.count("2026-11-22") == 100


@pytest.mark.parametrize(("landscape", "size"), [(False, (210, 297)), (True, (297, 210))])
def test_every_page_has_header_and_number(pages, landscape, size):
    table = Table("客户信息列表", COLUMNS, map(row, range(200)), subtitle="打印条件：全部客户")
    found = pages(
        list_pdf(table, landscape=landscape, office="长春宏达", printed_by="王建国", printed_at="2026-11-22 10:20")
    )
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert (page.width, page.height) == pytest.approx(size, abs=0.1)
        assert f"第 {number} 页　共 {len(found)} 页" in page.text
        assert "客户名称" in page.text and "打印人：王建国　2026-11-22 10:20" in page.text and "长春宏达" in page.text
    assert "共 200 条　打印条件：全部客户" in found[0].text and "（续）" not in found[0].text
    assert "客户信息列表（续）" in found[1].text and "打印条件" not in found[1].text


def test_nothing_leaves_its_column_or_the_page(pages):
    for page in pages(list_pdf(Table("客户信息列表", COLUMNS, map(row, range(60))), landscape=True)):
        left, top, right, bottom = page.ink_box(4)
        assert left >= 12.5 and right <= page.width - 12.5
        assert top >= 10 and bottom <= page.height - 6


def test_empty_table_says_so(pages):
    (page,) = pages(list_pdf(Table("联系人信息列表", COLUMNS[:4], [])))
    assert "没有符合条件的记录" in page.text and "共 0 条" in page.text


def test_totals_are_the_last_row(pages):
    totals = [None, "合计", None, None, None, 987654321, None, None]
    last = pages(list_pdf(Table("客户信息列表", COLUMNS, map(row, range(60)), totals=totals), landscape=True))[-1]
    assert last.flat.index("合计") < last.flat.index("9,876,543.21")
    assert "9,876,543.21" in last.flat[last.flat.index("合计") :]


def test_a_cell_taller_than_a_page_goes_on_overleaf(pages):
    memo = "".join(f"第{number}次来访。" for number in range(900))
    table = Table("备忘", [Column("客户"), Column("内容")], [("短", "短"), ("宏达", memo), ("明德", "一\n二\n\n三")])
    found = pages(list_pdf(table))
    text = "".join(page.flat.split("内容", 1)[1].split("第 ")[0] for page in found)
    assert memo in text.replace("宏达", "", 1)
    assert "一二三" in text
    assert "第0次来访" in found[0].flat and len(found) == 3


def test_missing_characters_are_reported_by_row():
    document = list_pdf(Table("客户", [Column("客户名称")], [("宏达",), ("王\ue5ff\ue5ff",)]))
    assert [(each.record_label, each.problem) for each in document.warnings] == [
        ("第 2 行", "字库中没有“\ue5ff”（U+E5FF），以〓代替。")
    ]


def test_widths_asked_for_are_kept():
    columns = [Column("一", width_mm=30), Column("二", width_mm=50)]
    measure = Measure(columns, [("甲" * 40, "乙")], 80, advances(SANS))
    assert measure.widths == pytest.approx([30, 50])


def test_many_columns_shrink_the_type_before_cutting_numbers():
    columns = [Column(f"第{number}列", kind="date") for number in range(12)]
    measure = Measure(columns, [("2026-11-22",) * 12], 184, advances(SANS))
    assert measure.size == 6
    assert measure.wrap(("2026-11-22",) * 12).lines == 1


TEXTS = st.lists(st.sampled_from(["长春市", "0431-85123456", "1606室", "𠮷", "Bosch", " ", "，", "备"]), max_size=40)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6), st.floats(40, 270))
def test_wrapping_keeps_every_character_inside_its_column(rows, available):
    cells = [tuple("".join(parts) for parts in row) for row in rows]
    measure = Measure([Column("甲"), Column("乙"), Column("丙")], cells, available, advances(SANS))
    assert sum(measure.widths) <= available + 0.01
    for row_cells in cells:
        wrapped = measure.wrap(row_cells)
        for text, lines, width in zip(row_cells, wrapped.cells, measure.widths, strict=True):
            assert "".join(lines) == text
            longest = max(map(measure.length, lines)) * measure.size / (72 / 25.4)
            assert longest <= width - 2 * PADDING + 0.01 or max(map(len, lines)) == 1


def test_progress_and_cancelling():
    seen = []
    table = Table("客户信息列表", COLUMNS, [row(1)] * 40)
    document = list_pdf(table, on_progress=lambda *done: seen.append(done))
    assert seen == [(document.pages, document.pages)]
    with pytest.raises(ReportError, match="已取消"):
        list_pdf(table, cancelled=lambda: True)


def test_it_can_be_cancelled_while_the_pages_are_cut():
    """Which takes seconds for a long list, between reading its rows and drawing the first page."""
    table = Table("名单", [Column("名称")], [(f"公司{number}",) for number in range(200)])
    polls = []
    list_pdf(table, cancelled=lambda: polls.append(0))
    assert len(polls) >= 200 // STEP * 2


@pytest.mark.parametrize(("name", "size"), [("宏达", (210, 297)), ("长春宏达机械" * 12, (297, 210))])
def test_the_sheet_is_upright_where_nothing_needs_a_second_line(pages, name, size):
    page = pages(list_pdf(Table("客户", [Column("编号"), Column("名称")], [("i0431001", name)])))[0]
    assert (page.width, page.height) == pytest.approx(size, abs=0.1)
