"""What is looked at and printed: a document, how its other pages are made, and what hangs on printing it."""

from collections.abc import Callable
from dataclasses import dataclass
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.reports import Document
from crm_desktop.errors import PaperRefused
from crm_desktop.views.background import Job

Pages = tuple[Document, tuple[int, int] | None]
"""A document and which of its pages are meant, all for None."""


@dataclass(frozen=True)
class Paper:
    """What is looked at. ``kind`` is the purpose under which the printer is remembered ("list", "envelope").

    ``document`` may hold only the first of ``total`` pages, or none of them yet; ``make(job, first, last)`` then
    makes any others.
    """

    title: str
    document: Document
    kind: str = "list"
    size_name: str = ""
    total: int = 0
    make: Callable[[Job, int, int], Document] | None = None
    art: Callable[[], bytes] | None = None
    printer: str = ""
    correction: str = ""
    """How the ink is moved for this printer, in words; "" when it is not."""
    on_paper_refused: Callable[[PaperRefused, Misc], Any] | None = None
    """Called with the window instead of telling the error."""
    on_sent: Callable[[int, int, Callable[..., None]], Any] | None = None
    """``on_sent(first, last, say)`` after these pages went to the printer, however the run ended."""
    name_of: Callable[[int], str] = lambda page: ""
    """Whose page it is, counted from 1."""

    def told_of(self, printer: str) -> str:
        """How the ink is moved, and whether that was measured for another printer than this one."""
        if self.correction and printer != self.printer:
            return f"按“{self.printer}”校准，不是这台。"
        return f"校准：{self.correction}" if self.correction else ""

    def pages_of(self, job: Job, first: int, last: int) -> Pages:
        """The document that holds these pages, and where they are in it (None: all of it)."""
        if self.make is None or last <= self.document.pages:
            return self.document, (first, last)
        return self.make(job, first, last), None
