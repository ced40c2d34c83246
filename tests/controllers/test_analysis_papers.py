"""Analyses as workbook, CSV and paper, and the 客户服务月报."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.analyses.answering import Answering
from crm_desktop.controllers.analyses.month import ServiceMonth
from crm_desktop.errors import PermissionDenied, ReportError, ValidationError
from crm_desktop.models.analysis import ANALYSES

NOW = datetime(2026, 11, 22, 9)
PERIOD = ("2026-09-01", "2026-11-22")


@pytest.fixture
def busy(office: Office) -> Office:
    """Three customers, and a few records in September and October 2026 and in October 2025."""
    customers = [office.customers.create({"name": name, "region": "220104", "level": "重要"}) for name in ("=宏达", "沈重", "京机")]
    for day, customer, grade, handled in (
        ("2026-10-02", 0, "非常满意", "2026-10-03"), ("2026-10-09", 0, "不满意", "2026-10-14"), ("2026-10-20", 1, "", ""),
        ("2026-09-05", 1, "满意", "2026-09-06"), ("2025-10-05", 2, "满意", "2025-10-05"),
    ):  # fmt: skip
        values = {"date": day, "customer": customers[customer], "satisfaction": grade, "handled_at": handled, "content": "…"}
        office.complaints.create({**values, "type": "产品质量", "severity": "一般"})
        office.feedback.create({**values, "type": "咨询"})
    office.interactions.create({"subject": "拜访", "customer": customers[0], "date": "2026-10-01"})
    product = office.products.create({"name": "泵", "code": "p", "price": 100_00})
    for kind, quantity in (("销售", "3"), ("退货", "1")):
        office.sales.create({"customer": customers[0], "product": product, "quantity": quantity, "kind": kind, "date": "2026-10-05"})
    return office


def text_of(document: bytes) -> list[str]:
    with pypdfium2.PdfDocument(document) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


# Workbook and CSV


def test_the_workbook_has_typed_figures_and_native_charts(busy: Office, tmp_path: Path) -> None:
    table = busy.satisfaction.complaints(*PERIOD)
    busy.analyses.save(table, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    figures, charts = book.worksheets
    assert figures.title == "投诉满意程度分析"
    assert [cell.value for cell in figures[1]] == [column.label for column in table.columns.values()]
    by_label = {cell.value: figures.cell(3, cell.column) for cell in figures[1]}
    assert (by_label["月"].value, by_label["件数"].value) == ("2026-10", 3)
    assert (by_label["满意率"].value, by_label["满意率"].number_format) == (0.5, "0.0%")
    assert (by_label["平均分"].value, by_label["平均分"].number_format) == (3.5, "0.00")
    assert figures["A5"].value == "合计"
    assert [charts["A1"].value, charts["A2"].value] == [table.title, table.sentence]
    assert [type(chart).__name__ for chart in charts._charts] == ["DoughnutChart", "LineChart", "BarChart", "BarChart", "BarChart"]


def test_every_range_of_a_chart_holds_what_the_chart_shows(busy: Office, tmp_path: Path) -> None:
    for key in ANALYSES:
        table = busy.analyses.run(key, *PERIOD)
        busy.analyses.save(table, tmp_path / f"{key}.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / f"{key}.xlsx")["图表"]
        drawn = [chart for chart in table.charts() if not chart.message]
        assert len(sheet._charts) == len(drawn)

        def cells(reference: str, sheet=sheet) -> list[object]:
            name, _, area = reference.rpartition("!")
            assert name.strip("'") == "图表"
            found = sheet[area.replace("$", "")]
            return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]

        for chart, native in zip(drawn, sheet._charts, strict=True):
            series = [each for part in (native, *native._charts[1:]) for each in part.series]
            shown = {cells(each.tx.strRef.f)[0]: cells(each.val.numRef.f) for each in series}
            labels = {tuple(cells((each.cat.numRef or each.cat.strRef).f)) for each in series}
            if chart.kind == "ring":
                assert shown == {"数量": [each.values[0] for each in chart.series]}
                assert labels == {tuple(each.name for each in chart.series)}
            else:
                assert shown == {each.name: [None if value is None else pytest.approx(value) for value in each.values] for each in chart.series}
                assert labels == {chart.groups}


def test_no_name_becomes_a_formula(busy: Office, tmp_path: Path) -> None:
    busy.analyses.save(busy.satisfaction.complaints(*PERIOD), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["图表"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=宏达"]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)]


def test_the_csv_opens_in_excel(busy: Office, tmp_path: Path) -> None:
    busy.analyses.save(busy.satisfaction.complaints(*PERIOD), tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("月,件数,满意率,平均分,非常满意,满意")
    assert lines[2] == "2026-10,3,50.0%,3.50,1,0,0,1,0,1"


def test_saving_is_logged_and_needs_its_right(busy: Office, hire: Callable[..., Office], tmp_path: Path) -> None:
    zhao = hire("zhao", "只读")
    table = zhao.satisfaction.complaints(*PERIOD)
    for work in (lambda: zhao.analyses.save(table, tmp_path / "a.xlsx"), lambda: zhao.analyses.pdf(table), lambda: zhao.analyses.monthly(2026, 10)):
        with pytest.raises(PermissionDenied):
            work()
    assert not list(tmp_path.glob("a.*"))
    with pytest.raises(ReportError, match=r"\.xlsx 或 \.csv"):
        busy.analyses.save(table, tmp_path / "a.docx")
    busy.analyses.save(table, tmp_path / "a.xlsx")
    said = [row["sentence"] for row in busy.audit.operations(limit=1)]
    assert said == ["导出投诉满意程度分析：a.xlsx"]


# Paper


def test_an_analysis_on_paper(busy: Office) -> None:
    for key in ANALYSES:
        table = busy.analyses.run(key, *PERIOD)
        pages = text_of(busy.analyses.pdf(table).data)
        assert table.title in pages[0]
        assert "长春宏达" in pages[0]
        assert "2026-11-22" in pages[0]
        assert f"共 {len(pages)} 页" in pages[-1]
        whole = "".join(pages).replace("\r\n", "")
        assert table.sentence in whole
        assert all(chart.title in whole for chart in table.charts())
        assert "合计" in whole


def test_a_long_table_goes_over_pages_under_its_header(busy: Office) -> None:
    pages = text_of(busy.analyses.pdf(busy.satisfaction.complaints("2017-01-01", "2026-12-31")).data)
    assert len(pages) >= 4
    assert all("非常满意" in page and "（续）" in page for page in pages[1:])
    rows = [f"{year}-{month:02d}" for year in range(2017, 2027) for month in range(1, 13)]
    figures = "".join(pages[1:])
    assert re.findall(r"\d{4}-\d{2}(?!\d|-)", figures) == rows


def test_the_month_on_two_pages(busy: Office) -> None:
    document = busy.analyses.monthly(2026, 10)
    first, second = text_of(document.data)
    assert (document.pages, document.warnings) == (2, [])
    assert "客户服务月报" in first
    assert "2026 年 10 月" in first
    assert "未结投诉" in second
    assert "TS20261020-001" in second
    assert "沈重" in second


def test_an_empty_month_is_said_in_words(office: Office) -> None:
    document = office.analyses.monthly(2020, 2)
    first, second = text_of(document.data)
    assert "这段时间没有记录" in first
    assert "没有未结的投诉" in second


def test_the_figures_of_a_month(busy: Office) -> None:
    report = ServiceMonth(Answering(busy.context), busy.records, 2026, 10, NOW)
    october = report.figures(report.span)
    assert october == {
        "interactions": 1, "customers": 0, "feedback": 3, "complaints": 3, "open": 1, "overdue": 2, "feedback_share": 0.5,
        "feedback_mean": 3.5, "complaint_share": 0.5, "complaint_mean": 3.5, "median": 3.0, "p90": 5.0, "sales": 200_00,
    }  # fmt: skip
    assert report.span == (date(2026, 10, 1), date(2026, 10, 31))
    summary = {row[0]: row[1:] for row in report._summary().rows}
    assert summary["客户投诉"] == ("3", "1", "+2", "1", "+2")
    assert summary["投诉满意率"] == ("50.0%", "100.0%", "−50.0 个百分点", "100.0%", "−50.0 个百分点")
    assert summary["处理时长中位数"] == ("3 天", "1 天", "+2 天", "0 天", "+3 天")
    assert summary["销售额（元，退货为负）"] == ("200.00", "0.00", "+200.00", "0.00", "+200.00")


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (1, 1), (9999, 12)])
def test_no_such_month(office: Office, year: int, month: int) -> None:
    with pytest.raises(ValidationError, match="月"):
        office.analyses.monthly(year, month)
