"""Draws a chart: for the screen as pixels, into a file, or onto a page as lines and text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crm_desktop.models.chart_colours import PAPER, ChartPalette
from crm_desktop.reports.chart_bars import bars
from crm_desktop.reports.chart_columns import line, stacked
from crm_desktop.reports.chart_legend import SIZE
from crm_desktop.reports.chart_pdf import pdf_renderer
from crm_desktop.reports.chart_ring import ring
from crm_desktop.reports.chart_sheet import LINE, Box, Sheet, Target, Targets, hit, library, wrapped
from crm_desktop.reports.chart_spec import Chart, Series
from crm_desktop.reports.document import replacing
from crm_desktop.reports.pdf import MM, Pdf

KINDS = {"ring": ring, "line": line, "stacked": stacked, "bars": bars}
PADDING = 8.0
TITLE_SIZE, NOTE_SIZE, MESSAGE_SIZE = 11.0, 7.5, 10.0
SMALLEST = 36.0
"""Less room than this, in points, shows nothing."""
NO_DATA = "没有可以画成图的数据。"
TOO_SMALL = "窗口太小，画不下这张图。"


def draw(chart: Chart, figure: Any, palette: ChartPalette = PAPER) -> Sheet:
    """Draw on a ``matplotlib.figure.Figure`` of any size; what is returned knows where things are."""
    sheet = Sheet(figure, palette)
    room = Box(PADDING, PADDING, sheet.box.right - PADDING, sheet.box.top - PADDING)
    if chart.title:
        room = room._replace(top=sheet.text(room.left, room.top, wrapped(chart.title, room.width, TITLE_SIZE),
                                            TITLE_SIZE).bottom - 4)  # fmt: skip
    if chart.note:
        lines = wrapped(chart.note, room.width, NOTE_SIZE)
        top = room.bottom + len(lines) * LINE * NOTE_SIZE
        sheet.text(room.left, top, lines, NOTE_SIZE, palette.muted)
        room = room._replace(bottom=top + 4)
    message = chart.message or ("" if has_data(chart) else NO_DATA)
    if not message and min(room.width, room.height) < SMALLEST:
        message = TOO_SMALL
    if message:
        _say(sheet, room, message)
    else:
        KINDS[chart.kind](sheet, room, chart)
    return sheet


def _say(sheet: Sheet, room: Box, message: str) -> None:
    lines = wrapped(message, room.width, MESSAGE_SIZE)
    middle = (room.bottom + room.top + len(lines) * LINE * MESSAGE_SIZE) / 2
    sheet.text((room.left + room.right) / 2, middle, lines, MESSAGE_SIZE, sheet.palette.muted, align="center")


def has_data(chart: Chart) -> bool:
    """Whether there is a value to draw; nothing but zeros makes neither a ring nor a column."""
    values = [value for each in chart.series for value in each.values if value is not None]
    return any(values) if chart.kind in ("ring", "stacked") else bool(values)


def as_shares(chart: Chart) -> Chart:
    """The same columns, each 100 % high; other kinds are left as they are."""
    if chart.kind != "stacked" or any(each.unit != "count" for each in chart.series):
        return chart
    sums = [sum(filter(None, column)) for column in zip(*(each.values for each in chart.series), strict=True)]
    return replace(chart, series=tuple(_shares(each, sums) for each in chart.series))


def _shares(each: Series, sums: Sequence[float]) -> Series:
    values = (
        None if value is None or not total else value / total for value, total in zip(each.values, sums, strict=True)
    )
    return replace(each, values=tuple(values), unit="percent")


def natural_height(chart: Chart, least: float = 240.0) -> float:
    """Points in which every group of lying bars has a readable row; ``least`` is enough for the other kinds."""
    if chart.kind != "bars":
        return least
    return max(least, 70 + len(chart.groups) * (8 + 2 * SIZE * max(len(chart.series), 1)))


@dataclass(frozen=True)
class Picture:
    """A chart as pixels: four bytes (red, green, blue, opacity) each, row by row from the top."""

    width: int
    height: int
    pixels: bytes
    targets: Targets
    dpi: float

    def hit(self, x: float, y: float) -> Target | None:
        """The group and series drawn at a pixel counted from the upper left corner."""
        return hit(self.targets, x * 72 / self.dpi, (self.height - y) * 72 / self.dpi)


def picture(chart: Chart, width: int, height: int, dpi: float, palette: ChartPalette = PAPER) -> Picture:
    """Draw for the screen; works in any thread."""
    canvas, sheet = _canvas(chart, (width / dpi, height / dpi), dpi, palette)
    canvas.draw()
    # What was rounded counts: the buffer may be a pixel smaller than what was asked for.
    across, up = canvas.get_width_height(physical=True)
    return Picture(across, up, bytes(canvas.buffer_rgba()), tuple(sheet.targets), dpi)


def save_png(chart: Chart, path: Path, size: tuple[float, float] = (8.0, 5.0), dpi: float = 200) -> None:
    """Write a picture file; ``size`` is in inches."""
    canvas, _ = _canvas(chart, size, dpi, PAPER)
    with replacing(path) as file:
        canvas.print_png(file, metadata={"Software": "crm-desktop"})


def _canvas(chart: Chart, size: tuple[float, float], dpi: float, palette: ChartPalette) -> tuple[Any, Sheet]:
    figure = library().Figure(size, dpi=dpi)
    canvas = library().FigureCanvasAgg(figure)
    return canvas, draw(chart, figure, palette)


def draw_on_pdf(pdf: Pdf, chart: Chart, x: float, y: float, width: float, height: float) -> None:
    """Draw as lines and text on a page; the chart's upper left corner is at ``x``, ``y``, all in mm."""
    figure = library().Figure((width / 25.4, height / 25.4), dpi=72)
    library().FigureCanvasAgg(figure)
    draw(chart, figure, PAPER)
    figure.draw(pdf_renderer(pdf, x * MM, (pdf.height - y - height) * MM, width * MM, height * MM))
