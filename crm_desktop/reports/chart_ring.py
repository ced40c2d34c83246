"""A ring of shares, with what each part is beside it."""

from collections.abc import Sequence

from crm_desktop.reports.chart_axis import value_text
from crm_desktop.reports.chart_legend import SIZE, SWATCH, styles, swatch
from crm_desktop.reports.chart_sheet import LINE, Box, Sheet, Slice, Style, em, wrapped
from crm_desktop.reports.chart_spec import Chart

TOTAL_SIZE = 12.0


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
        swatch(sheet, frame.left, y - LINE * size / 2, style)
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
