"""How the series of a chart look, and the legend that says which is which."""

from collections.abc import Sequence

from crm_desktop.models.chart_colours import patterns
from crm_desktop.reports.chart_sheet import LINE, Box, Sheet, Style, em, wrapped
from crm_desktop.reports.chart_spec import Chart, Series

SIZE, SMALL = 8.0, 7.0
HATCHES = ("", "////", "...", "\\\\\\\\", "xxxx", "---", "|||", "++")
DASHES = ("-", "--", ":", "-.")
MARKERS = "os^DvPX"
SWATCH = 9.0


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
        swatch(sheet, x, y - LINE * SIZE / 2, style, is_line=chart.kind == "line")
        lowest = min(lowest, sheet.text(x + SWATCH + 4, y, lines, SIZE).bottom)
        x += length + 12
    return frame._replace(top=lowest - 4)


def swatch(sheet: Sheet, x: float, middle: float, style: Style, *, is_line: bool = False) -> None:
    """A small piece of what a series looks like."""
    if is_line:
        sheet.line([(x - 3, middle), (x + SWATCH / 2, middle), (x + SWATCH + 3, middle)], style, 1.6)
        sheet.line([(x + SWATCH / 2, middle)], style, 0, 5)
    else:
        sheet.rectangle(Box(x, middle - SWATCH / 2, x + SWATCH, middle + SWATCH / 2), style)


def known_values(series: Sequence[Series]) -> list[float]:
    """All values that are there."""
    return [value for each in series for value in each.values if value is not None]
