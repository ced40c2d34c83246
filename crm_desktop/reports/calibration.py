"""How far a printer is off: a page with rulers and crosses, and what its measured crosses say."""

from dataclasses import dataclass, replace
from typing import TypeVar

from crm_desktop.errors import ValidationError
from crm_desktop.reports.correction import LARGEST_OFFSET_MM, LARGEST_STRETCH, Correction, Sheet, is_stretched
from crm_desktop.reports.document import Document
from crm_desktop.reports.fonts import SANS, width
from crm_desktop.reports.pdf import MM, Pdf

INSET = 6.0  # mm from the paper's edge: most printers cannot reach the outer 5 mm
FIRST = 10  # where the rulers begin and, seen from the other end, stop
TICKS, SHORT_TICK = {0: 4.0, 5: 3.0}, 1.8  # last digit of the mm → length
LABEL_SIZE = 6.0
HELP_SIZE = 10.0
CROSS = 3.0  # mm from the middle to the end of an arm
Corrected = TypeVar("Corrected", bound=Correction)
"""The options of an envelope or of labels."""


@dataclass(frozen=True)
class Measured:
    """Where the middles of the near and the far cross were found, in mm from the left and the upper edge."""

    near_x: float
    near_y: float
    far_x: float
    far_y: float


def crosses(options: Correction) -> Measured:
    """Where they should be."""
    near, *_, far = options.marks.crosses
    return Measured(*near, *far)


def corrected(options: Corrected, found: Measured) -> Corrected:
    """The options with which the crosses would have come out right.

    What the page was printed with is in ``options`` and is taken into account: the printer turns p into
    stretch·p + shift, and two crosses tell both. ValidationError names the measurement that cannot be.
    """
    wanted = crosses(options)
    x = _axis(wanted.near_x, wanted.far_x, found.near_x, found.far_x, options.scale_x, options.offset_x_mm)
    y = _axis(wanted.near_y, wanted.far_y, found.near_y, found.far_y, options.scale_y, options.offset_y_mm)
    errors = {}
    for name, (scale, offset) in (("x", x), ("y", y)):
        if is_stretched(scale):
            errors[f"far_{name}"] = STRETCHED
        elif abs(offset) > LARGEST_OFFSET_MM:
            errors[f"near_{name}"] = f"与应有的位置相差太多，最多移动 {LARGEST_OFFSET_MM:g} 毫米。"
    if errors:
        raise ValidationError(errors)
    return replace(options, scale_x=x[0], offset_x_mm=x[1], scale_y=y[0], offset_y_mm=y[1])


STRETCHED = f"放大或缩小超过 {LARGEST_STRETCH:.0%}，请核对两个十字的距离，或检查打印机是否设为“适合纸张”。"


def _axis(
    near: float, far: float, found_near: float, found_far: float, scale: float, offset: float
) -> tuple[float, float]:
    """Scale and offset along one axis, in steps that a printer can tell apart."""
    sent_near, sent_far = scale * near + offset, scale * far + offset
    stretch = (found_far - found_near) / (sent_far - sent_near)
    if stretch <= 0:  # the far cross cannot come before the near one
        return 0.0, 0.0
    shift = found_near - stretch * sent_near
    return round(1 / stretch, 4), round(-shift / stretch, 2)


def calibration(options: Correction) -> Document:
    """One page, printed with the feed, rotation, offset and scale of ``options`` to check them."""
    paper = options.paper
    pdf = Pdf(f"校准页（{options.marks.name}）")
    paper.start(pdf)
    pdf.line_width(0.12)
    _rulers(pdf, paper)
    for number, (x, y) in enumerate(options.marks.crosses, 1):
        pdf.line(x - CROSS, y, x + CROSS, y)
        pdf.line(x, y - CROSS, x, y + CROSS)
        pdf.text(x + 0.7, y - 0.7, str(number), SANS, LABEL_SIZE)
    _instructions(pdf, options)
    pdf.end_page()
    return pdf.finish([])


def _rulers(pdf: Pdf, paper: Sheet) -> None:
    wide, high = paper.width, paper.height
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


def _instructions(pdf: Pdf, options: Correction) -> None:
    paper, marks, places = options.paper, options.marks, crosses(options)
    lines = (
        f"校准页　{marks.name}　{paper.width:g}×{paper.height:g} 毫米",
        f"请打印在{marks.tried_on}上，量十字中心到纸的左边、上边的距离：",
        f"第 1 个应为 {places.near_x:g} 和 {places.near_y:g}，"
        f"第 {len(marks.crosses)} 个应为 {places.far_x:g} 和 {places.far_y:g} 毫米。",
        "把量到的四个数填入“校准”窗口。",
        f"本页已使用：右移 {options.offset_x_mm:g}，下移 {options.offset_y_mm:g} 毫米，"
        f"横向 {options.scale_x:.2%}，纵向 {options.scale_y:.2%}。",
    )
    top = paper.height / 2 - 4
    for number, line in enumerate(lines):
        left = (paper.width - width(line, SANS, HELP_SIZE) / MM) / 2
        pdf.text(left, top + number * 6, line, SANS, HELP_SIZE)
