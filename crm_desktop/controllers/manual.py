"""使用帮助: the pages of the manual, their pictures, and the manual on paper."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.listings import around
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import NotFound
from crm_desktop.models.manual import Page, parse
from crm_desktop.paths import manual_folder, picture_folder
from crm_desktop.reports.document import Document
from crm_desktop.reports.manual_pages import manual_pdf

TITLE = "使用帮助"


def read_manual(folder: Path) -> dict[str, Page]:
    """Every page of a folder by its key."""
    return {file.stem: parse(file.stem, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.md"))}


class Manual(Controller):
    """Read when it is first asked for; everybody may read it."""

    area = "settings"
    _pages: Mapping[str, Page] | None = None

    @requires(ANYONE)
    def pages(self) -> Mapping[str, Page]:
        """Key → page."""
        if self._pages is None:
            self._pages = read_manual(manual_folder())
        return self._pages

    @requires(ANYONE)
    def picture(self, name: str) -> Path:
        """The file of a picture; NotFound when this installation lacks it."""
        path = picture_folder() / name
        if not path.is_file():
            raise NotFound("没有这张图片。")
        return path

    @requires(ANYONE)
    def pdf(self, keys: Sequence[str]) -> Document:
        """These pages on A4, each begun on a sheet of its own."""
        known = self.pages()
        pages = [known[key] for key in keys if key in known]
        return manual_pdf(TITLE, pages, picture_folder(), **around(self._context))
