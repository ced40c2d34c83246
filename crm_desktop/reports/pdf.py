"""A PDF drawn in millimetres from the top left corner, with text that falls back font by font."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from crm_desktop.reports.document import Document, Problem
from crm_desktop.reports.fonts import registered, runs

MM = 72 / 25.4
BLACK = "#000000"
Matrix = tuple[float, float, float, float, float, float]


class Pdf:
    """One document being drawn. Positions and widths are mm from the top left, font sizes are points."""

    def __init__(self, title: str) -> None:
        from reportlab import rl_config  # heavy: only when a document is made
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # plain compressed streams: a fifth smaller and faster to write
        self.fonts = registered()
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, lang="zh-CN")
        self.canvas.setTitle(title)
        self.canvas.setCreator("crm-desktop")
        # A viewer that prints it must not shrink it to the printable area: boxes would miss their place.
        self.canvas.setViewerPreference("PrintScaling", "None")
        self.pages = 0
        self.height = 0.0

    def start_page(self, width: float, height: float) -> None:
        self.canvas.setPageSize((width * MM, height * MM))
        self.height = height

    def end_page(self) -> None:
        self.canvas.showPage()
        self.pages += 1

    def turn(self, matrix: Matrix, height: float) -> None:
        """Draw the rest of the page on a sheet ``height`` mm tall that ``matrix`` (mm) lays on the page."""
        a, b, c, d, e, f = matrix
        self.canvas.transform(a, b, c, d, e * MM, f * MM)
        self.height = height

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Iterator[None]:
        """What is drawn inside is stored once and stamped on any page by ``stamp(name)``."""
        self.canvas.beginForm(name, 0, 0, width * MM, height * MM)
        self.height = height
        yield
        self.canvas.endForm()

    def stamp(self, name: str) -> None:
        self.canvas.doForm(name)

    def text(self, x: float, y: float, text: str, font: str, size: float, spacing: float = 0.0) -> None:
        """Set one line on the baseline ``y``; ``spacing`` pt after each character do not read as a space."""
        # reportlab's own text objects measure and escape in Python: writing the operators is far cheaper.
        document = self.canvas._doc
        code = [f"BT 1 0 0 1 {x * MM:.2f} {(self.height - y) * MM:.2f} Tm"]
        for name, piece in runs(text, font):
            face = self.fonts[name]
            for subset, data in face.splitString(piece, document):
                code.append(f"{face.getSubsetInternalName(subset, document)} {size:g} Tf <{data.hex()}> Tj")
        if spacing:  # viewers would take the gap for a space when they copy or search
            meant = text.encode("utf-16-be").hex()
            code.insert(0, f"/Span <</ActualText <FEFF{meant}>>> BDC {spacing:.2f} Tc")
            code.append("0 Tc ET EMC")
        else:
            code.append("ET")
        self.canvas.addLiteral(" ".join(code), 1)

    def color(self, rgb: str) -> None:
        """Colour of the text, fills and lines that follow, as ``#rrggbb``."""
        red, green, blue = (int(rgb[start : start + 2], 16) / 255 for start in (1, 3, 5))
        self.canvas.setFillColorRGB(red, green, blue)
        self.canvas.setStrokeColorRGB(red, green, blue)

    def line_width(self, width: float) -> None:
        self.canvas.setLineWidth(width * MM)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.canvas.line(x1 * MM, (self.height - y1) * MM, x2 * MM, (self.height - y2) * MM)

    def lines(self, lines: Iterable[tuple[float, float, float, float]]) -> None:
        """Many lines ``(x1, y1, x2, y2)`` at once."""
        top = self.height
        self.canvas.lines([(a * MM, (top - b) * MM, c * MM, (top - d) * MM) for a, b, c, d in lines])

    def rectangle(self, x: float, y: float, width: float, height: float, fill: bool = False) -> None:
        """A frame, or a filled area without one."""
        bottom = (self.height - y - height) * MM
        self.canvas.rect(x * MM, bottom, width * MM, height * MM, stroke=not fill, fill=fill)

    def picture(self, path: Path, x: float, y: float, width: float, height: float) -> None:
        """A picture from a file, stretched over this box."""
        self.canvas.drawImage(str(path), x * MM, (self.height - y - height) * MM, width * MM, height * MM)

    def finish(self, warnings: list[Problem]) -> Document:
        self.canvas.save()
        return Document(self.buffer.getvalue(), self.pages, warnings)
