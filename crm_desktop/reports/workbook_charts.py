"""Charts of a workbook as Excel draws them itself, each beside the cells it takes its values from."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from crm_desktop.reports.chart_spec import Chart, Series

SHEET = "图表"
FORMATS = {"count": "#,##0", "percent": "0.0%", "score": "0.00", "days": "0.0"}
WIDTH_CM, HEIGHT_CM = 18.0, 8.5
ROWS_OF_CHART = 18
"""What a chart's height takes up, a blank line included."""
LONGEST_LABEL = 24.0

Line = list[tuple[object, str]]
"""Cells of a row with their number formats."""


class Block(NamedTuple):
    """The cells of one chart: a row of headings, then one row a group; ``top`` is the row of its title."""

    top: int
    chart: Chart
    lines: list[Line]

    @property
    def first(self) -> int:
        return self.top + 1

    @property
    def last(self) -> int:
        return self.top + len(self.lines)


def add_charts(book: Any, charts: Sequence[Chart], lines: Sequence[str], text: Callable[[Any, Any], Any]) -> None:
    """A sheet with words above and all charts below; ``text(sheet, value)`` makes a cell no formula can hide in."""
    sheet = book.create_sheet(SHEET)
    blocks = list(_blocks(charts, len(lines) + 2))
    widest = max((len(line) for block in blocks for line in block.lines), default=1)
    sheet.column_dimensions["A"].width = LONGEST_LABEL
    row = 0
    for line in lines:
        sheet.append([text(sheet, line)])
        row += 1
    for block in blocks:
        while row < block.top - 1:
            sheet.append([])
            row += 1
        sheet.append([text(sheet, block.chart.title)])
        for cells in block.lines:
            sheet.append([_cell(sheet, value, number_format, text) for value, number_format in cells])
        row = block.last
        if block.chart.message:
            sheet.append([text(sheet, block.chart.message)])
            row += 1
        else:
            sheet.add_chart(_native(sheet, block), f"{_letter(widest + 2)}{block.top}")


def _blocks(charts: Sequence[Chart], top: int) -> Iterator[Block]:
    for chart in charts:
        block = Block(top, chart, _lines(chart))
        yield block
        top += max(ROWS_OF_CHART, len(block.lines) + 3)


def _lines(chart: Chart) -> list[Line]:
    if chart.kind == "ring":
        return [[(chart.title, ""), ("数量", "")], *([(each.name, ""), _value(each, 0)] for each in chart.series)]
    head: Line = [("", ""), *((each.name, "") for each in chart.series)]
    rows: list[Line] = [
        [(group, ""), *(_value(each, place) for each in chart.series)] for place, group in enumerate(chart.groups)
    ]
    return [head, *rows]


def _value(series: Series, place: int) -> tuple[object, str]:
    return series.values[place], FORMATS[series.unit]


def _cell(sheet: Any, value: object, number_format: str, text: Callable[[Any, Any], Any]) -> Any:
    from openpyxl.cell import WriteOnlyCell  # heavy: only when a workbook is made

    if value is None or isinstance(value, str):
        return text(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _native(sheet: Any, block: Block) -> Any:
    chart = {"ring": _ring, "line": _line, "stacked": _stacked, "bars": _bars}[block.chart.kind](sheet, block)
    chart.title = block.chart.title
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM
    return chart


def _ring(sheet: Any, block: Block) -> Any:
    from openpyxl.chart import DoughnutChart  # heavy: only when a workbook is made
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.series import DataPoint

    chart = _filled(sheet, block, DoughnutChart(holeSize=55), [2])
    chart.dataLabels = DataLabelList(showPercent=True, showVal=False, showSerName=False, showCatName=False)
    for place, each in enumerate(block.chart.series):
        if each.colour:
            point = DataPoint(idx=place)
            point.graphicalProperties.solidFill = each.colour.removeprefix("#")
            chart.series[0].data_points.append(point)
    return chart


def _line(sheet: Any, block: Block) -> Any:
    """Percent on the left, scores on the right, where both are."""
    from openpyxl.chart import LineChart  # heavy: only when a workbook is made

    units = [each.unit for each in block.chart.series]
    left = [place for place, unit in enumerate(units, 2) if unit == units[0]]
    right = [place for place, unit in enumerate(units, 2) if unit != units[0]]
    chart = _with_axes(_filled(sheet, block, LineChart(), left), units[0])
    if right:
        other = _with_axes(_filled(sheet, block, LineChart(), right), units[right[0] - 2])
        other.y_axis.axId = 200
        other.y_axis.crosses = "max"
        chart += other
    return chart


def _stacked(sheet: Any, block: Block) -> Any:
    from openpyxl.chart import BarChart  # heavy: only when a workbook is made

    columns = list(range(2, len(block.chart.series) + 2))
    return _with_axes(_filled(sheet, block, BarChart(grouping="stacked", overlap=100), columns), "count")


def _bars(sheet: Any, block: Block) -> Any:
    from openpyxl.chart import BarChart  # heavy: only when a workbook is made

    columns = list(range(2, len(block.chart.series) + 2))
    chart = _with_axes(_filled(sheet, block, BarChart(barDir="bar"), columns), block.chart.series[0].unit)
    chart.x_axis.scaling.orientation = "maxMin"  # the first on top
    return chart


def _filled(sheet: Any, block: Block, chart: Any, columns: Sequence[int]) -> Any:
    from openpyxl.chart import Reference  # heavy: only when a workbook is made

    for column in columns:
        values = Reference(sheet, min_col=column, min_row=block.first, max_row=block.last)
        chart.add_data(values, titles_from_data=True)
        colour = block.chart.series[column - 2].colour if block.chart.kind != "ring" else ""
        if colour:
            chart.series[-1].graphicalProperties.solidFill = colour.removeprefix("#")
            chart.series[-1].graphicalProperties.line.solidFill = colour.removeprefix("#")
    chart.set_categories(Reference(sheet, min_col=1, min_row=block.first + 1, max_row=block.last))
    return chart


def _with_axes(chart: Any, unit: str) -> Any:
    """Newer programs hide axes that do not say they are there."""
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = FORMATS[unit]
    return chart


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter  # heavy: only when a workbook is made

    letter: str = get_column_letter(number)
    return letter
