"""Puts what matplotlib draws onto a page of ours: paths stay paths, and text is set in the embedded fonts."""

from functools import cache
from math import ceil, floor
from typing import Any

from crm_desktop.reports.chart_sheet import library
from crm_desktop.reports.fonts import SANS, width
from crm_desktop.reports.pdf import Pdf

TILE = 72.0
"""Points after which a hatch repeats."""
MOVE, LINE_TO, CURVE3, CURVE4, CLOSE = 1, 2, 3, 4, 79
CAPS = {"butt": 0, "round": 1, "projecting": 2}
JOINS = {"miter": 0, "round": 1, "bevel": 2}


def pdf_renderer(pdf: Pdf, left: float, bottom: float, width: float, height: float) -> Any:
    """A renderer for figures of 72 dpi; where they lie on the page is in points from its lower left corner."""
    return _renderer_class()(pdf, left, bottom, width, height)


@cache
def _renderer_class() -> type:
    """Made late: its base is matplotlib's."""

    class PdfRenderer(_Drawing, library().RendererBase):  # type: ignore[misc]
        """The few operations that matplotlib's figures come down to."""

    return PdfRenderer


class _Drawing:
    def __init__(self, pdf: Pdf, left: float, bottom: float, width: float, height: float) -> None:
        super().__init__()
        self._pdf = pdf
        self._canvas = pdf.canvas
        self._left, self._bottom = left, bottom
        self._size = width, height

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def flipy(self) -> bool:
        return False

    def points_to_pixels(self, points: float) -> float:
        return points

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: bool) -> tuple[float, float, float]:
        size = prop.get_size_in_points()
        return width(s, SANS, size), size, 0.12 * size

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        """Fill, hatch and stroke one path."""
        outline = self._outline(path, transform)
        fills = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        strokes = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        self._canvas.saveState()
        if fills:
            self._canvas.setFillColorRGB(*rgbFace[:3])
            self._canvas.drawPath(outline, stroke=0, fill=1)
        if gc.get_hatch():
            self._hatch(gc, path, transform)
        if strokes:
            self._pen(gc)
            self._canvas.drawPath(self._outline(path, transform), stroke=1, fill=0)
        self._canvas.restoreState()

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """One line from its baseline's left end."""
        self._canvas.saveState()
        self._canvas.translate(self._left + x, self._bottom + y)
        self._canvas.rotate(angle)
        self._canvas.setFillColorRGB(*gc.get_rgb()[:3])
        self._pdf.text(0, self._pdf.height, s, SANS, prop.get_size_in_points())
        self._canvas.restoreState()

    def _pen(self, gc: Any) -> None:
        self._canvas.setStrokeColorRGB(*gc.get_rgb()[:3])
        self._canvas.setLineWidth(gc.get_linewidth())
        self._canvas.setLineCap(CAPS[str(getattr(gc.get_capstyle(), "value", gc.get_capstyle()))])
        self._canvas.setLineJoin(JOINS[str(getattr(gc.get_joinstyle(), "value", gc.get_joinstyle()))])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            self._canvas.setDash([float(dash) for dash in dashes], offset)

    def _hatch(self, gc: Any, path: Any, transform: Any) -> None:
        """Tiles of the pattern over the path, cut off at its edge."""
        self._canvas.saveState()
        self._canvas.clipPath(self._outline(path, transform), stroke=0, fill=0)
        self._canvas.setStrokeColorRGB(*gc.get_hatch_color()[:3])
        self._canvas.setFillColorRGB(*gc.get_hatch_color()[:3])
        self._canvas.setLineWidth(gc.get_hatch_linewidth())
        box, pattern = path.get_extents(transform), gc.get_hatch_path()
        scaled = library().Affine2D().scale(TILE)
        for column in range(floor(box.x0 / TILE), ceil(box.x1 / TILE)):
            for row in range(floor(box.y0 / TILE), ceil(box.y1 / TILE)):
                tile = scaled.frozen().translate(column * TILE, row * TILE)
                self._canvas.drawPath(self._outline(pattern, tile), stroke=1, fill=1)
        self._canvas.restoreState()

    def _outline(self, path: Any, transform: Any) -> Any:
        """The path in reportlab's words; its lower curves are raised to cubic ones."""
        outline, here = self._canvas.beginPath(), (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False):
            at = [
                (float(points[i]) + self._left, float(points[i + 1]) + self._bottom) for i in range(0, len(points), 2)
            ]
            if code == MOVE:
                outline.moveTo(*at[0])
            elif code == LINE_TO:
                outline.lineTo(*at[0])
            elif code == CURVE3:
                (cx, cy), (ex, ey) = at
                first = here[0] + 2 / 3 * (cx - here[0]), here[1] + 2 / 3 * (cy - here[1])
                second = ex + 2 / 3 * (cx - ex), ey + 2 / 3 * (cy - ey)
                outline.curveTo(*first, *second, ex, ey)
            elif code == CURVE4:
                outline.curveTo(*(part for point in at for part in point))
            elif code == CLOSE:
                outline.close()
            if code != CLOSE:
                here = at[-1]
        return outline
