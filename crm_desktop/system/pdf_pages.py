"""The pages of a PDF as pictures, one thread at a time."""

from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from crm_desktop.errors import SystemRefused

if TYPE_CHECKING:
    from PIL.Image import Image

# PDFium may not be entered by two threads at once, not even with different documents:
# a preview and a print job in the background take turns, page by page.
_PDFIUM = RLock()


class PdfPages:
    """An open PDF; use as a context manager, from any thread."""

    def __init__(self, pdf: bytes | Path) -> None:
        import pypdfium2  # heavy: only when something is shown or printed

        with _PDFIUM:
            try:
                self._document: Any = pypdfium2.PdfDocument(pdf)
                self.count = len(self._document)
            except (pypdfium2.PdfiumError, FileNotFoundError) as error:
                raise SystemRefused("这个文件不是完整的 PDF，请重新生成后再试。") from error

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 1) in points."""
        with _PDFIUM:
            width, height = self._document.get_page_size(number - 1)
        return width, height

    def picture(self, number: int, dpi: float, *, grey: bool = False) -> "Image":
        """Page ``number`` (from 1) drawn at ``dpi``."""
        with _PDFIUM:
            page = self._document[number - 1]
            try:
                bitmap = page.render(scale=dpi / 72, grayscale=grey, rev_byteorder=True)
                # A copy: the picture must outlive PDFium's buffer.
                picture: Image = bitmap.to_pil().copy()
                bitmap.close()
            finally:
                page.close()
        return picture

    def close(self) -> None:
        with _PDFIUM:
            self._document.close()

    def __enter__(self) -> "PdfPages":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
