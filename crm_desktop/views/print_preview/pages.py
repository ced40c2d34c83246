"""Pages of a PDF as images, drawn by the same engine that prints them."""

from collections.abc import Callable

from PIL import Image, ImageChops

from crm_desktop.system import PdfPages

KEPT_IMAGES = 8


class PreviewPages:
    """Pages as images, drawn when first asked for; the last ``KEPT_IMAGES`` are kept.

    ``art`` gives the PDF of what is printed on the paper already: page n under page n, or its only page under
    all.
    """

    def __init__(self, pdf: bytes, art: Callable[[], bytes] | None = None) -> None:
        self._document = PdfPages(pdf)
        self._make_art = art
        self._art_document: PdfPages | None = None
        self._images: dict[tuple[int, float, bool], Image.Image] = {}

    @property
    def count(self) -> int:
        return self._document.count

    @property
    def has_art(self) -> bool:
        return self._make_art is not None

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points."""
        return self._document.size(page + 1)

    def image(self, page: int, scale: float, *, shows_art: bool) -> Image.Image:
        """``scale`` is pixels a point."""
        key = (page, scale, shows_art and self.has_art)
        image = self._images.pop(key, None) or self._draw(*key)
        self._images[key] = image
        if len(self._images) > KEPT_IMAGES:
            del self._images[next(iter(self._images))]
        return image

    def close(self) -> None:
        self._images.clear()
        for document in (self._document, self._art_document):
            if document is not None:
                document.close()

    def _draw(self, page: int, scale: float, shows_art: bool) -> Image.Image:
        text = self._document.picture(page + 1, 72 * scale)
        if not shows_art or self._make_art is None:
            return text
        if self._art_document is None:
            self._art_document = PdfPages(self._make_art())
        art = self._art_document.picture(page + 1 if self._art_document.count > page else 1, 72 * scale)
        return ImageChops.multiply(text, art.resize(text.size) if art.size != text.size else art)
