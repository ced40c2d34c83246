"""The page that shows how far a printer is off: rulers from the paper's edge, crosses at the boxes."""

from dataclasses import replace

from crm_desktop.reports.document import Document
from crm_desktop.reports.envelope import Sheet
from crm_desktop.reports.envelope_options import EnvelopeOptions
from crm_desktop.reports.envelope_sizes import Geometry
from crm_desktop.reports.fonts import SANS, width
from crm_desktop.reports.pdf import MM, Pdf

INSET = 6.0  # mm from the paper's edge: most printers cannot reach the outer 5 mm
FIRST = 10  # where the rulers begin and, seen from the other end, stop
TICKS, SHORT_TICK = {0: 4.0, 5: 3.0}, 1.8  # last digit of the mm → length
LABEL_SIZE = 6.0
HELP_SIZE = 10.0
CROSS = 3.0  # mm from the middle to the end of an arm


def calibration(size: str, options: EnvelopeOptions | None = None) -> Document:
    """One page for ``size``, printed with the feed, rotation and offset of ``options`` to check them."""
    options = replace(options or EnvelopeOptions(), size=size)
    face = options.face
    pdf = Pdf(f"信封校准页（{size}）")
    Sheet(options).start(pdf)
    pdf.line_width(0.12)
    _rulers(pdf, face)
    for x, y in face.box_centres:
        pdf.line(x - CROSS, y, x + CROSS, y)
        pdf.line(x, y - CROSS, x, y + CROSS)
    _instructions(pdf, face, options)
    pdf.end_page()
    return pdf.finish([])


def _rulers(pdf: Pdf, face: Geometry) -> None:
    wide, high = face.width, face.height
    for x in range(FIRST, int(wide) - FIRST + 1):
        length = TICKS.get(x % 10, SHORT_TICK)
        pdf.line(x, INSET, x, INSET + length)
        pdf.line(x, high - INSET, x, high - INSET - length)
        if x % 10 == 0 and FIRST < x < wide - 2 * FIRST:
            text = str(x)
            pdf.text(x - width(text, SANS, LABEL_SIZE) / MM / 2, high - INSET - 5, text, SANS, LABEL_SIZE)
    for y in range(FIRST, int(high) - FIRST + 1):
        length = TICKS.get(y % 10, SHORT_TICK)
        pdf.line(INSET, y, INSET + length, y)
        pdf.line(wide - INSET, y, wide - INSET - length, y)
        if y % 10 == 0 and FIRST < y < high - 2 * FIRST:
            text = str(y)
            left = wide - INSET - 5 - width(text, SANS, LABEL_SIZE) / MM
            pdf.text(left, y + 0.35 * LABEL_SIZE / MM, text, SANS, LABEL_SIZE)


def _instructions(pdf: Pdf, face: Geometry, options: EnvelopeOptions) -> None:
    x, y = face.box_centres[0]
    lines = (
        f"校准页　{options.size}　{face.width:g}×{face.height:g} 毫米",
        "请打印在同样大小的白纸或旧信封上，",
        f"量出纸的左边、上边到第一个十字中心的距离，应为 {x:g} 毫米和 {y:g} 毫米。",
        "偏左、偏上多少，就在“打印偏移”中各加多少；右、下为正。",
        f"本页已使用的偏移：右 {options.offset_x_mm:g} 毫米，下 {options.offset_y_mm:g} 毫米。",
    )
    top = face.height / 2 - 2
    for number, line in enumerate(lines):
        left = (face.width - width(line, SANS, HELP_SIZE) / MM) / 2
        pdf.text(left, top + number * 6.5, line, SANS, HELP_SIZE)
