"""Word documents with Word's own merge fields (MERGEFIELD), filled in many times over."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.errors import ReportError
from crm_desktop.reports.document import replacing

NO_WORD = "“{}”不是 Word 文档（.docx）。旧的 .doc 文件请先在 Word 里另存为 .docx。"
NEXT_PAGE = "nextPage_section"
"""Each letter begins a section of its own, so that headers and page numbers are its own, too."""


def merge_fields(template: Path) -> set[str]:
    """The names of the fields in a document; ReportError when it is none."""
    with _opened(template) as document:
        found: set[str] = document.get_merge_fields()
    return found


def save_letters(template: Path, letters: Sequence[Mapping[str, str]], target: Path) -> None:
    """One document with the template filled in for each of ``letters``; whole, or ReportError and none."""
    with _opened(template) as document:
        document.merge_templates([dict(each) for each in letters], separator=NEXT_PAGE)
        with replacing(target) as temporary:
            document.write(str(temporary))


def _opened(template: Path) -> Any:
    from mailmerge import MailMerge, part  # only when a letter is written: it brings lxml

    part.MAKE_TESTS_HAPPY = False  # its own tests: with it a simple field loses its font and size
    try:
        return MailMerge(str(template))
    except OSError as error:
        raise ReportError(f"打不开“{template.name}”：{error.strerror or error}。") from error
    except Exception as error:  # whatever is wrong inside a file that somebody has chosen
        raise ReportError(NO_WORD.format(template.name)) from error
