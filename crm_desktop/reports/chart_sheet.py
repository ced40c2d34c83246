"""The surface of a chart: rectangles, wedges, lines and text in points, and what a click on them means."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import atan2, degrees, hypot
from threading import Lock
from typing import Any, NamedTuple

from crm_desktop.models.chart_colours import ChartPalette
from crm_desktop.paths import asset, portable_folder
from crm_desktop.reports.fonts import KAI, SANS, SHIPPED, advances, clean, runs, width
from crm_desktop.reports.linebreak import fill

LINE = 1.3
"""Height of a line of text, in em."""
BASELINE = 0.32
"""Where its baseline stands above its lower edge, in em."""
Target = tuple[str, str]
"""Group and series."""
FONT_LIST = "字体清单"
"""The folder for matplotlib's list of fonts, beside the data of a portable program."""
_lock = Lock()


@dataclass(frozen=True)
class Library:
    """What is used of matplotlib."""

    Figure: Any
    FigureCanvasAgg: Any
    RendererBase: Any
    Rectangle: Any
    Wedge: Any
    Line2D: Any
    Text: Any
    Affine2D: Any


def _keep_font_list() -> None:
    """matplotlib keeps its list of fonts in the account's folder; a portable program leaves nothing there."""
    beside = portable_folder()
    if beside is not None:
        os.environ["MPLCONFIGDIR"] = str(beside / FONT_LIST)


@cache
def _loaded() -> Library:
    _keep_font_list()
    # The first time it looks at all fonts of the computer and says so; the panel says that it prepares.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib  # heavy: only when a chart is shown
    from matplotlib import font_manager  # heavy
    from matplotlib.backend_bases import RendererBase  # heavy
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # heavy
    from matplotlib.figure import Figure  # heavy
    from matplotlib.lines import Line2D  # heavy
    from matplotlib.patches import Rectangle, Wedge  # heavy
    from matplotlib.text import Text  # heavy
    from matplotlib.transforms import Affine2D  # heavy

    names = []
    for font in (SANS, KAI):
        font_manager.fontManager.addfont(str(asset("fonts", SHIPPED[font])))
        names.append(font_manager.fontManager.ttflist[-1].name)
    # Nobody else draws with it in this program, so its settings may be the charts' own.
    matplotlib.rcParams.update(
        {"font.family": names, "text.parse_math": False, "text.hinting": "none", "hatch.linewidth": 0.8}
    )
    return Library(Figure, FigureCanvasAgg, RendererBase, Rectangle, Wedge, Line2D, Text, Affine2D)


def library() -> Library:
    """matplotlib, loaded when first asked for; takes about half a second then."""
    with _lock:
        return _loaded()


class Box(NamedTuple):
    """An upright area in points from the lower left corner of the chart."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def overlaps(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)

    def is_inside(self, other: "Box") -> bool:
        return other.holds(self.left, self.bottom) and other.holds(self.right, self.top)


class Slice(NamedTuple):
    """A piece of a ring, its angles in degrees clockwise from the top."""

    x: float
    y: float
    inner: float
    outer: float
    start: float
    end: float

    def holds(self, x: float, y: float) -> bool:
        distance = hypot(x - self.x, y - self.y)
        angle = degrees(atan2(x - self.x, y - self.y)) % 360
        return self.inner <= distance <= self.outer and self.start <= angle <= self.end


Targets = Sequence[tuple[Box | Slice, Target]]


def hit(targets: Targets, x: float, y: float) -> Target | None:
    """The group and series drawn at a place, in points from the lower left corner."""
    return next((target for area, target in reversed(targets) if area.holds(x, y)), None)


class Style(NamedTuple):
    """How a series looks: its fill, or its line and the marks of its points."""

    colour: str
    hatch: str = ""
    dash: str = "-"
    marker: str = "o"


def em(text: str) -> float:
    """Width of a line in em, in the fonts that will draw it."""
    return width(text, SANS, 1)


def wrapped(text: str, limit: float, size: float) -> list[str]:
    """The text in lines of at most ``limit`` points."""
    return fill(drawable(text), max(limit / size, 1.5), advances(SANS))


def drawable(text: str) -> str:
    """One line in which a character that no font has is a 〓."""
    return "".join(piece for _, piece in runs(clean(text), SANS))


@dataclass
class Sheet:
    """Draws on ``figure``; lengths and places are points from its lower left corner."""

    figure: Any
    palette: ChartPalette
    targets: list[tuple[Box | Slice, Target]] = field(default_factory=list)
    """What a click means, the topmost last."""
    taken: list[Box] = field(default_factory=list)
    """Where no more text may go: there is text already, or a line."""

    def __post_init__(self) -> None:
        self.library = library()
        self.figure.clear()
        self.figure.set_facecolor(self.palette.background)
        self._transform = self.library.Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        across, up = self.figure.get_size_inches()
        self.box = Box(0, 0, float(across) * 72, float(up) * 72)

    def rectangle(self, box: Box, style: Style, target: Target | None = None, edge: bool = True) -> None:
        """A filled area, parted from its neighbours by a thin line in the colour of the background."""
        patch = self.library.Rectangle((box.left, box.bottom), box.width, box.height)
        self._fill(patch, style, edge)
        if target:
            self.targets.append((box, target))

    def wedge(self, part: Slice, style: Style, target: Target) -> None:
        """A piece of a ring."""
        patch = self.library.Wedge(
            (part.x, part.y), part.outer, 90 - part.end, 90 - part.start, width=part.outer - part.inner
        )
        self._fill(patch, style, edge=True)
        self.targets.append((part, target))

    def line(self, points: Sequence[tuple[float, float]], style: Style, width: float, marker: float = 0.0) -> None:
        """A line through the points; ``marker`` is the size of the mark on each."""
        across, up = zip(*points, strict=True)
        self._add(
            self.library.Line2D(
                across, up, color=style.colour, linewidth=width, linestyle=style.dash, solid_capstyle="butt",
                marker=style.marker if marker else "", markersize=marker, markeredgecolor=self.palette.background,
                markeredgewidth=0.6,
            )
        )  # fmt: skip

    def text(
        self, x: float, y: float, lines: Sequence[str], size: float, colour: str = "", *,
        align: str = "left", back: str = "", turned: bool = False,
    ) -> Box:
        """Lines whose upper edge is ``y``; ``x`` is their left edge, centre or right edge.

        ``turned`` ones are read from below: their left edge is ``x``, and ``y`` is where each line ends.
        """  # fmt: skip
        box = text_box(x, y, lines, size, align, turned=turned)
        if back:
            plain = Style(back)
            self.rectangle(Box(box.left - 1, box.bottom + 1, box.right + 1, box.top), plain, edge=False)
        for number, line in enumerate(lines):
            down = (number * LINE + LINE - BASELINE) * size
            place = (x + down, y) if turned else (x, y - down)
            self._add(
                self.library.Text(
                    *place, line, fontsize=size, color=colour or self.palette.text,
                    horizontalalignment="right" if turned else align, verticalalignment="baseline",
                    rotation=90 if turned else 0, rotation_mode="anchor",
                )
            )  # fmt: skip
        self.taken.append(box)
        return box

    def place_text(
        self, x: float, y: float, line: str, size: float, within: Box, colour: str = "", *, align: str = "center"
    ) -> bool:
        """Set a line where there is room for it; False where there is none."""
        box = text_box(x, y, [line], size, align)
        if not box.is_inside(within) or any(box.overlaps(other) for other in self.taken):
            return False
        self.text(x, y, [line], size, colour, align=align)
        return True

    def _fill(self, patch: Any, style: Style, edge: bool) -> None:
        patch.set(facecolor=style.colour, edgecolor=self.palette.background, linewidth=0.8 if edge else 0)
        if style.hatch:
            patch.set_hatch(style.hatch)
        self._add(patch)

    def _add(self, artist: Any) -> None:
        artist.set_transform(self._transform)
        artist.set_zorder(len(self.figure.artists))  # what comes later lies above, lines and areas alike
        self.figure.add_artist(artist)


def text_box(
    x: float, y: float, lines: Sequence[str], size: float, align: str = "left", *, turned: bool = False
) -> Box:
    """The room that ``Sheet.text`` takes."""
    length = max((em(line) for line in lines), default=0) * size
    height = len(lines) * LINE * size
    if turned:
        return Box(x, y - length, x + height, y)
    left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * length
    return Box(left, y - height, left + length, y)
