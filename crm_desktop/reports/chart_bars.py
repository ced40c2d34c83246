"""Lying bars: a row a group, for names that need room."""

from collections.abc import Sequence

from crm_desktop.reports.chart_axis import scale, value_text
from crm_desktop.reports.chart_legend import SIZE, SMALL, known_values, legend, styles
from crm_desktop.reports.chart_sheet import LINE, Box, Sheet, Style, em, wrapped
from crm_desktop.reports.chart_spec import Chart


def bars(sheet: Sheet, frame: Box, chart: Chart) -> None:
    """A row a group, its name at the left, its bars one under the other, the number at each end."""
    frame = legend(sheet, frame, chart, [each.name for each in chart.series])
    unit = chart.series[0].unit
    slot = frame.height / max(len(chart.groups), 1)
    size, rows = _row_names(chart.groups, frame.width * 0.42, slot)
    left = frame.left + max((em(text) for row in rows for text in row), default=0) * size + 6
    longest = max((em(value_text(value, unit)) for value in known_values(chart.series)), default=0) * SIZE + 6
    axis = scale(unit, known_values(chart.series), frame.width * 0.5, 16)
    left_of_zero = longest if axis.low < 0 else 0.0
    plot = Box(left + left_of_zero, frame.bottom, max(frame.right - longest, left + left_of_zero + 10), frame.top)
    zero = plot.left + axis.share(0 if unit != "score" else 1) * plot.width
    sheet.line([(zero, plot.bottom), (zero, plot.top)], Style(sheet.palette.grid), 0.8)
    looks = styles(chart.series, sheet)
    thick = slot * 0.7 / len(chart.series)
    number_size = min(SMALL, max(5.0, (slot if len(chart.series) == 1 else thick) / LINE))
    for place, (group, lines) in enumerate(zip(chart.groups, rows, strict=True)):
        top = plot.top - place * slot
        sheet.text(left - 6, top - (slot - len(lines) * LINE * size) / 2, lines, size, align="right")
        for number, (each, style) in enumerate(zip(chart.series, looks, strict=True)):
            value = each.values[place]
            if value is not None:
                upper = top - slot * 0.15 - number * thick
                end = plot.left + axis.share(value) * plot.width
                bar = Box(min(zero, end), upper - thick, max(zero, end), upper)
                sheet.rectangle(bar, style, edge=thick > 4)
                sheet.targets.append((bar._replace(right=max(bar.right, bar.left + 12)), (group, each.name)))
                _label_bar(sheet, bar, frame, value_text(value, each.unit), number_size, is_left=value < 0)


def _label_bar(sheet: Sheet, bar: Box, frame: Box, text: str, size: float, *, is_left: bool) -> None:
    x, align = (bar.left - 3, "right") if is_left else (bar.right + 3, "left")
    sheet.place_text(x, (bar.bottom + bar.top + LINE * size) / 2, text, size, frame, align=align)


def _row_names(groups: Sequence[str], limit: float, slot: float) -> tuple[float, list[list[str]]]:
    """The largest size in which every name fits into its row; else every few names, first and last among them."""
    for size in (9.0, 8.0, 7.0, 6.0):
        rows = [wrapped(group, limit, size) for group in groups]
        deepest = max(map(len, rows), default=1) * LINE * size
        if deepest <= slot:
            return size, rows
    step = min(int(deepest / slot) + 1, max(len(rows) - 1, 1))
    kept = {*range(0, max(len(rows) - step, 1), step), len(rows) - 1}
    return size, [row if place in kept else [] for place, row in enumerate(rows)]
