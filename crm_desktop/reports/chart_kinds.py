"""How a ring, lines, stacked columns and lying bars are laid out in the room there is."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import hypot

from crm_desktop.models.chart_colours import on, patterns
from crm_desktop.reports.chart_axis import GAP, Scale, names, scale, value_text
from crm_desktop.reports.chart_sheet import LINE, Box, Sheet, Slice, Style, em, wrapped
from crm_desktop.reports.chart_spec import Chart, Series

SIZE, SMALL, TOTAL_SIZE = 8.0, 7.0, 12.0
HATCHES = ("", "////", "...", "\\\\\\\\", "xxxx", "---", "|||", "++")
DASHES = ("-", "--", ":", "-.")
MARKERS = "os^DvPX"
SWATCH = 9.0
MOST_MARKED = 60
"""Points on a line that still have marks."""


def styles(series: Sequence[Series], sheet: Sheet) -> list[Style]:
    """A look for each series: those as light as another have another hatch or dash."""
    colours = [sheet.palette.colour(place, each.colour) for place, each in enumerate(series)]
    hatches, dashes = patterns(colours, HATCHES), patterns(colours, DASHES)
    return [
        Style(colour, hatch, dash, MARKERS[place % len(MARKERS)])
        for place, (colour, hatch, dash) in enumerate(zip(colours, hatches, dashes, strict=True))
    ]


def legend(sheet: Sheet, frame: Box, chart: Chart, texts: Sequence[str]) -> Box:
    """A row of what the looks mean, on as many lines as it takes; gives back what is left below."""
    if len(chart.series) < 2:
        return frame
    x, y, lowest = frame.left, frame.top, frame.top
    for text, style in zip(texts, styles(chart.series, sheet), strict=True):
        lines = wrapped(text, frame.width - SWATCH - 4, SIZE)
        length = SWATCH + 4 + max(map(em, lines)) * SIZE
        if x > frame.left and x + length > frame.right:
            x, y = frame.left, lowest
        _swatch(sheet, x, y - LINE * SIZE / 2, style, is_line=chart.kind == "line")
        lowest = min(lowest, sheet.text(x + SWATCH + 4, y, lines, SIZE).bottom)
        x += length + 12
    return frame._replace(top=lowest - 4)


def _swatch(sheet: Sheet, x: float, middle: float, style: Style, *, is_line: bool = False) -> None:
    if is_line:
        sheet.line([(x - 3, middle), (x + SWATCH / 2, middle), (x + SWATCH + 3, middle)], style, 1.6)
        sheet.line([(x + SWATCH / 2, middle)], style, 0, 5)
    else:
        sheet.rectangle(Box(x, middle - SWATCH / 2, x + SWATCH, middle + SWATCH / 2), style)


# -- ring ----------------------------------------------------------------------------------------------------------


def ring(sheet: Sheet, frame: Box, chart: Chart) -> None:
    """A ring clockwise from the top, and beside it (or under it, where it is narrow) what each part is."""
    looks = styles(chart.series, sheet)
    values = [each.values[0] or 0.0 if each.values else 0.0 for each in chart.series]
    numbers = _numbers(chart, values)
    words = SWATCH + 15 + (max(em(each.name) for each in chart.series) + max(map(em, numbers))) * SIZE
    circle, beside = _ring_room(frame, words)
    _wedges(sheet, circle, chart, values, looks)
    total = value_text(sum(values), "count")
    if chart.series[0].unit == "count" and circle.width * 0.5 > em(total) * TOTAL_SIZE:
        _middle(sheet, circle, ["共", total])
    _parts(sheet, beside, [each.name for each in chart.series], numbers, looks)


def _ring_room(frame: Box, words: float) -> tuple[Box, Box]:
    """Where the ring goes, and where the words, which would like to be ``words`` wide."""
    if frame.width > 1.15 * frame.height:
        side = min(frame.height, max(frame.width * 0.4, frame.width - words - 14))
        left = frame.left + max(0.0, frame.width - side - 14 - words) / 3
        top = frame.top - (frame.height - side) / 2
        beside = frame._replace(left=left + side + 14)
    else:
        side = min(frame.width, frame.height * 0.55)
        left, top = frame.left + (frame.width - side) / 2, frame.top
        beside = frame._replace(top=top - side - 8)
    return Box(left, top - side, left + side, top), beside


def _middle(sheet: Sheet, circle: Box, lines: list[str]) -> None:
    x, y = (circle.left + circle.right) / 2, (circle.bottom + circle.top) / 2
    sheet.text(x, y + LINE * SIZE, lines[:1], SIZE, sheet.palette.muted, align="center")
    sheet.text(x, y, lines[1:], TOTAL_SIZE, align="center")


def _wedges(sheet: Sheet, circle: Box, chart: Chart, values: list[float], looks: list[Style]) -> None:
    x, y, radius = (circle.left + circle.right) / 2, (circle.bottom + circle.top) / 2, circle.width / 2
    group = chart.groups[0] if chart.groups else ""
    total, start = sum(values), 0.0
    for each, value, style in zip(chart.series, values, looks, strict=True):
        end = start + 360 * value / total
        if value:
            sheet.wedge(Slice(x, y, radius * 0.58, radius, start, end), style, (group, each.name))
        start = end


def _numbers(chart: Chart, values: list[float]) -> list[str]:
    """What each part is, as a number and as a share."""
    total = sum(values)
    return [
        value_text(value, "percent") if each.unit == "percent"
        else f"{value_text(value, each.unit)}　{value / total:.1%}"
        for value, each in zip(values, chart.series, strict=True)
    ]  # fmt: skip


def _parts(sheet: Sheet, frame: Box, texts: Sequence[str], numbers: Sequence[str], looks: Sequence[Style]) -> None:
    """Name, number and share of each part, in the order of the ring."""
    size, rows = _fitting_rows(texts, numbers, frame)
    height = sum(len(row) for row in rows) * LINE * size
    y = (frame.top + frame.bottom + height) / 2 if len(rows) == len(texts) else frame.top
    left = frame.left + SWATCH + 5
    right = left + 10 + max((em(line) for row in rows for line in row), default=0) * size + max(map(em, numbers)) * size
    for lines, number, style in zip(rows, numbers, looks, strict=False):
        _swatch(sheet, frame.left, y - LINE * size / 2, style)
        sheet.text(left, y, lines, size)
        sheet.text(right, y, [number], size, align="right")
        y -= len(lines) * LINE * size
    if len(rows) < len(texts):
        sheet.text(left, y, [f"另有 {len(texts) - len(rows)} 项，见表"], size, sheet.palette.muted)


def _fitting_rows(texts: Sequence[str], numbers: Sequence[str], frame: Box) -> tuple[float, list[list[str]]]:
    """A size in which all rows fit, whole or else wrapped; the first rows and room for a last where none does."""
    number_width = max(map(em, numbers))
    for most_lines in (1, 9):
        for size in (9.0, 8.0, 7.0, 6.0):
            rows = [wrapped(text, frame.width - SWATCH - 15 - number_width * size, size) for text in texts]
            is_kind = max(map(len, rows)) <= most_lines
            if is_kind and sum(map(len, rows)) * LINE * size <= frame.height:
                return size, rows
    room, kept = frame.height / (LINE * size) - 1, []
    for row in rows:
        room -= len(row)
        if room < 0:
            break
        kept.append(row)
    return size, kept


# -- lines and columns ---------------------------------------------------------------------------------------------


def _values(series: Sequence[Series]) -> list[float]:
    return [value for each in series for value in each.values if value is not None]


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
        unit: scale(unit, _values([each for each in chart.series if each.unit == unit]), frame.height * 0.7, SMALL)
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


# -- lying bars ----------------------------------------------------------------------------------------------------


def bars(sheet: Sheet, frame: Box, chart: Chart) -> None:
    """A row a group, its name at the left, its bars one under the other, the number at each end."""
    frame = legend(sheet, frame, chart, [each.name for each in chart.series])
    unit = chart.series[0].unit
    slot = frame.height / max(len(chart.groups), 1)
    size, rows = _row_names(chart.groups, frame.width * 0.42, slot)
    left = frame.left + max((em(text) for row in rows for text in row), default=0) * size + 6
    longest = max((em(value_text(value, unit)) for value in _values(chart.series)), default=0) * SIZE + 6
    axis = scale(unit, _values(chart.series), frame.width * 0.5, 16)
    plot = Box(left, frame.bottom, max(frame.right - longest, left + 10), frame.top)
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


KINDS = {"ring": ring, "line": line, "stacked": stacked, "bars": bars}
