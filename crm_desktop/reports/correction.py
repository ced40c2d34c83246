"""How the error of a printer is made up for: all ink is stretched from the upper left corner, then moved."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import NamedTuple

from crm_desktop.errors import ReportError
from crm_desktop.reports.pdf import Matrix, Pdf

LARGEST_OFFSET_MM = 20.0
LARGEST_STRETCH = 0.02
"""A printer that is further off than this is broken, or the paper was not the one that was measured."""
A4 = (210.0, 297.0)


def is_stretched(scale: float) -> bool:
    """Whether a scale is further from 1 than can be."""
    return not round(abs(scale - 1), 6) <= LARGEST_STRETCH  # a scale that is no number, too


@dataclass(frozen=True, kw_only=True)
class Correction(ABC):
    """What belongs to a printer and a paper, whatever is printed on it.

    ``offset_x_mm`` and ``offset_y_mm`` move all ink right and down as seen on the upright page; ``scale_x`` and
    ``scale_y`` stretch it from the upper left corner before.
    """

    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    def __post_init__(self) -> None:
        if not max(abs(self.offset_x_mm), abs(self.offset_y_mm)) <= LARGEST_OFFSET_MM:  # "nan" is a number to Python
            raise ReportError(f"打印偏移不能超过 {LARGEST_OFFSET_MM:g} 毫米。")
        if is_stretched(self.scale_x) or is_stretched(self.scale_y):
            raise ReportError(f"打印缩放不能超过 {LARGEST_STRETCH:.0%}。")

    @property
    @abstractmethod
    def paper(self) -> "Sheet":
        """The paper, with the ink where this puts it."""

    @property
    @abstractmethod
    def marks(self) -> "Marks":
        """What stands on the page that is measured."""


CORRECTED = tuple(each.name for each in fields(Correction))


class Marks(NamedTuple):
    """A page to measure: what it is called, what it is ``tried_on``, and its crosses in mm, near to far."""

    name: str
    tried_on: str
    crosses: list[tuple[float, float]]


class Sheet:
    """The paper a run is printed on, and how the upright page of ``width`` × ``height`` mm lies on it.

    ``rotation`` turns the page clockwise; ``feed`` lays it on an A4 sheet, at the left, the center or the right.
    """

    def __init__(
        self, width: float, height: float, correction: Correction, rotation: int = 0, feed: str = ""
    ) -> None:
        self.width, self.height = width, height
        a, b, c, d, e, f = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, -1, 1, 0, 0, width),
            180: (-1, 0, 0, -1, width, height),
            270: (0, 1, -1, 0, height, 0),
        }[rotation]
        turned = (width, height) if rotation in (0, 180) else (height, width)
        self.size = _a4_around(turned) if feed else turned
        spare = self.size[0] - turned[0]
        right = {"": 0.0, "left": 0.0, "center": spare / 2, "right": spare}[feed]
        up = self.size[1] - turned[1]
        wider, taller = correction.scale_x, correction.scale_y
        x, y = correction.offset_x_mm, height * (1 - taller) - correction.offset_y_mm  # PDF counts upwards
        placed = e + right + a * x + c * y, f + up + b * x + d * y
        self.matrix: Matrix = (a * wider, b * wider, c * taller, d * taller, *placed)

    def start(self, pdf: Pdf) -> None:
        """Begin a page; what is drawn from here on is drawn on the upright one."""
        pdf.start_page(*self.size)
        pdf.turn(self.matrix, self.height)


def _a4_around(turned: tuple[float, float]) -> tuple[float, float]:
    for size in (A4, A4[::-1]):
        if turned[0] <= size[0] and turned[1] <= size[1]:
            return size
    raise ReportError("这种信封比 A4 纸大，不能放在 A4 纸上手动进纸。")
