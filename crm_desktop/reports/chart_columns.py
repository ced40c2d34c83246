"""Charts over groups from left to right: lines, and columns whose parts add up."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import hypot

from crm_desktop.models.chart_colours import on
from crm_desktop.reports.chart_axis import GAP, Scale, names, scale, value_text
from crm_desktop.reports.chart_legend import SMALL, known_values, legend, styles
from crm_desktop.reports.chart_sheet import LINE, Box, Sheet, Style, em
from crm_desktop.reports.chart_spec import Chart, Series

MOST_MARKED = 60
"""Points on a line that still have marks."""


def _under(sheet: Sheet, frame: Box, groups: Sequence[str], left: float, right: float) -> Box:
    """Set the names of the groups at the bottom; gives back the room of the plot above them."""
    axis = frame._replace(left=frame.left + left, right=frame.right - right)
    set_names = names(groups, axis, (frame.left, frame.right), frame.height * 0.4)
    depth = max((name.box(0).height for name in set_names), default=0)
    bottom = frame.bottom + depth + GAP
    for name in set_names:
        sheet.text(name.x, bottom - GAP, name.lines, name.size, align="center", turned=name.turned)
    return Box(axis.left, bottom, axis.right, frame.top - SMALL)


def _ruled(sheet: Sheet, plot: Box, axis: Scale, *, on_right: bool = False) -> None:
    """The numbers of an axis and, for the left one, a line across at each."""
    grid = Style(sheet.palette.grid)
    for tick, label in zip(axis.ticks, axis.labels(), strict=True):
        y = plot.bottom + axis.share(tick) * plot.height
        if not on_right:
            sheet.line([(plot.left, y), (plot.right, y)], grid, 0.6)
        x = plot.right + GAP if on_right else plot.left - GAP
        sheet.text(x, y + LINE * SMALL / 2, [label], SMALL, sheet.palette.muted, align="left" if on_right else "right")


def _axis_width(axis: Scale) -> float:
    return max(map(em, axis.labels())) * SMALL + GAP


def line(sheet: Sheet, frame: Box, chart: Chart) -> None:
    """Series over groups; the second unit, if there is one, has its own axis on the right."""
    units = list(dict.fromkeys(each.unit for each in chart.series))
    texts = [each.name + ("（右轴）" if each.unit != units[0] else "") for each in chart.series]
    frame = legend(sheet, frame, chart, texts)
    axes = {
        unit: scale(unit, known_values([each for each in chart.series if each.unit == unit]), frame.height * 0.7, SMALL)
        for unit in units[:2]
    }
    widths = [*map(_axis_width, axes.values()), 0.0]
    plot = _under(sheet, frame, chart.groups, widths[0], widths[1])
    for unit, axis in axes.items():
        _ruled(sheet, plot, axis, on_right=unit != units[0])
    looks = styles(chart.series, sheet)
    for each, style in zip(chart.series, looks, strict=True):
        _draw_line(sheet, plot, chart, each, style, axes.get(each.unit) or axes[units[0]])
    within = Box(plot.left, plot.bottom, plot.right, frame.top)
    for each in chart.series:
        _label_points(sheet, within, plot, each, axes.get(each.unit) or axes[units[0]])


def _points(plot: Box, each: Series, axis: Scale) -> list[tuple[float, float] | None]:
    slot = plot.width / max(len(each.values), 1)
    return [
        None if value is None
        else (plot.left + (place + 0.5) * slot, plot.bottom + axis.share(value) * plot.height)
        for place, value in enumerate(each.values)
    ]  # fmt: skip


def _draw_line(sheet: Sheet, plot: Box, chart: Chart, each: Series, style: Style, axis: Scale) -> None:
    """Unbroken between values that are there; a value alone is a mark."""
    points = _points(plot, each, axis)
    mark = 5.0 if len(points) <= MOST_MARKED else 0.0
    for is_gap, piece in groupby(points, lambda point: point is None):
        known = [point for point in piece if point is not None]
        if not is_gap:
            sheet.line(known, style, 1.8, mark if len(known) > 1 else 5.0)
            sheet.taken += _along(known)
    reach = max(2.0, min(8.0, plot.width / max(len(points), 1) / 2))
    for group, point in zip(chart.groups, points, strict=False):
        if point:
            x, y = point
            sheet.targets.append((Box(x - reach, y - 8, x + reach, y + 8), (group, each.name)))


def _along(points: list[tuple[float, float]]) -> list[Box]:
    """Small areas on a line and around its points, so that no number is set across it."""
    spots = [Box(x - 2.5, y - 2.5, x + 2.5, y + 2.5) for x, y in points]
    for (x1, y1), (x2, y2) in pairwise(points):
        parts = max(2, int(hypot(x2 - x1, y2 - y1) / 4))
        steps = [(x1 + (x2 - x1) * part / parts, y1 + (y2 - y1) * part / parts) for part in range(1, parts)]
        spots += [Box(x - 1, y - 1, x + 1, y + 1) for x, y in steps]
    return spots


def _label_points(sheet: Sheet, within: Box, plot: Box, each: Series, axis: Scale) -> None:
    """The number at each point; where they would crowd, only the highest, the lowest and the last."""
    known = [value for value in each.values if value is not None]
    texts = ["" if value is None else value_text(value, each.unit) for value in each.values]
    crowded = max(map(em, texts), default=0) * SMALL > plot.width / max(len(texts), 1)
    told = {each.values.index(chosen(known)) for chosen in (max, min)} if known else set()
    for place, point in enumerate(_points(plot, each, axis)):
        is_last = point is not None and not any(texts[place + 1 :])
        if point and (not crowded or place in told or is_last):
            x, y = point
            above, below = y + 3 + LINE * SMALL, y - 3
            sheet.place_text(x, above, texts[place], SMALL, within) or sheet.place_text(
                x, below, texts[place], SMALL, within
            )


def stacked(sheet: Sheet, frame: Box, chart: Chart) -> None:
    """Columns whose series add up, each part with its number where it has room."""
    frame = legend(sheet, frame, chart, [each.name for each in chart.series])
    unit = chart.series[0].unit
    sums = [sum(filter(None, column)) for column in zip(*(each.values for each in chart.series), strict=True)]
    axis = scale(unit, sums, frame.height * 0.7, SMALL)
    plot = _under(sheet, frame, chart.groups, _axis_width(axis), 0)
    _ruled(sheet, plot, axis)
    looks = styles(chart.series, sheet)
    slot = plot.width / max(len(chart.groups), 1)
    within = Box(plot.left, plot.bottom, plot.right, frame.top)
    for place, group in enumerate(chart.groups):
        middle = plot.left + (place + 0.5) * slot
        column = Box(middle - min(slot * 0.36, 30), plot.bottom, middle + min(slot * 0.36, 30), plot.top)
        _column(sheet, column, chart, place, group, axis, looks)
        text = value_text(sums[place], unit)
        if unit != "percent" and sums[place] and em(text) * SMALL <= slot:
            top = plot.bottom + axis.share(sums[place]) * plot.height
            sheet.place_text(middle, top + 2 + LINE * SMALL, text, SMALL, within)


def _column(
    sheet: Sheet, column: Box, chart: Chart, place: int, group: str, axis: Scale, looks: list[Style]
) -> None:
    base = 0.0
    for each, style in zip(chart.series, looks, strict=True):
        value = each.values[place]
        if value:
            ends = (column.bottom + axis.share(end) * column.height for end in (base, base + value))
            part = Box(column.left, next(ends), column.right, next(ends))
            sheet.rectangle(part, style, (group, each.name), edge=column.width > 4)
            _label_part(sheet, part, value_text(value, each.unit), style)
            base += value


def _label_part(sheet: Sheet, part: Box, text: str, style: Style) -> None:
    height = LINE * SMALL
    if em(text) * SMALL + 2 <= part.width and height <= part.height:
        x, y = (part.left + part.right) / 2, (part.bottom + part.top + height) / 2
        sheet.text(x, y, [text], SMALL, on(style.colour), align="center", back=style.colour if style.hatch else "")
