"""The manual on A4: its pages as blocks of ``pages_pdf``, with their pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.models.manual import Block as Line
from crm_desktop.models.manual import Kind, Page
from crm_desktop.reports.document import Document
from crm_desktop.reports.fonts import SANS, advances
from crm_desktop.reports.linebreak import fill
from crm_desktop.reports.pages import ROOM, SIDE, Block, Piece, Turn, pages_pdf
from crm_desktop.reports.pdf import MM, Pdf

TITLE_SIZE, HEADING_SIZE, TEXT_SIZE = 15.0, 11.5, 10.0  # pt
LEADING = 1.5
INDENT = 6.0  # mm
BULLET = "·"


@dataclass(frozen=True)
class Words(Block):
    """Text in one size, maybe behind the mark of a list."""

    text: str
    size: float = TEXT_SIZE
    mark: str = ""

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        indent = INDENT if self.mark else 0.0
        lines = fill(self.text, (ROOM - indent) * MM / self.size, advances(SANS))
        height = self.size * LEADING / MM

        def draw(pdf: Pdf, y: float) -> None:
            if self.mark:
                pdf.text(SIDE, y + height * 0.75, self.mark, SANS, self.size)
            for number, line in enumerate(lines):
                pdf.text(SIDE + indent, y + height * (number + 0.75), line, SANS, self.size)

        yield Piece(len(lines) * height, draw)


@dataclass(frozen=True)
class Photograph(Block):
    """A picture over the whole width."""

    path: Path

    def pieces(self, left: float, full: float) -> Iterator[Piece]:
        from PIL import Image  # heavy: only when a document is made

        with Image.open(self.path) as image:
            wide, high = image.size
        height = ROOM * high / wide
        yield Piece(height, lambda pdf, y: pdf.picture(self.path, SIDE, y, ROOM, height))


def manual_pdf(
    title: str, pages: Sequence[Page], pictures: Path, office: str, printed_by: str, printed_at: str
) -> Document:
    """The pages one after the other; a single one gives the document its own title."""
    blocks: list[Block] = []
    for page in pages:
        if blocks:
            blocks.append(Turn())
        if len(pages) > 1:
            blocks.append(Words(page.title, TITLE_SIZE))
        blocks += [made for line in page.blocks for made in _made(line, pictures)]
    name = pages[0].title if len(pages) == 1 else title
    return pages_pdf(name, (), blocks, office, printed_by, printed_at)


def _made(line: Line, pictures: Path) -> list[Block]:
    """A picture that this installation lacks is left out."""
    if line.kind is Kind.PICTURE:
        path = pictures / line.picture
        return [Photograph(path)] if path.is_file() else []
    size = HEADING_SIZE if line.kind is Kind.HEADING else TEXT_SIZE
    marks = {Kind.STEP: f"{line.number}.", Kind.ITEM: BULLET}
    return [Words(line.text, size, marks.get(line.kind, ""))]
