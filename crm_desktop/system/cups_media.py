"""Which papers a CUPS printer takes, asked through libcups, and what to call the one we need."""

import ctypes
import re
from typing import Any

from crm_desktop.system.printing import MM_PER_INCH, PAPER_TOLERANCE_MM

_SIZE = re.compile(r"_([\d.]+)x([\d.]+)(mm|in)$")
_POINTER, _TEXT, _INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_FUNCTIONS = {
    "cupsGetNamedDest": (_POINTER, [_POINTER, _TEXT, _TEXT]),
    "cupsCopyDestInfo": (_POINTER, [_POINTER, _POINTER]),
    "cupsFindDestSupported": (_POINTER, [_POINTER, _POINTER, _POINTER, _TEXT]),
    "cupsGetOption": (_TEXT, [_TEXT, _INT, _POINTER]),
    "cupsGetJobs": (_INT, [_POINTER, _TEXT, _INT, _INT]),
    "cupsFreeJobs": (None, [_INT, _POINTER]),
    "cupsFreeDestInfo": (None, [_POINTER]),
    "cupsFreeDests": (None, [_INT, _POINTER]),
    "ippGetCount": (_INT, [_POINTER]),
    "ippGetString": (_TEXT, [_POINTER, _INT, _POINTER]),
}


def media_name(papers: list[str] | None, width: float, height: float) -> str | None:
    """The ``media`` option for a page of this size in mm, or None when the printer has no such paper.

    ``papers`` are PWG names, each ending in its size; None means that the printer could not be asked.
    A size that only fits turned is named turned: CUPS then turns the page on it.
    """
    if papers is None:
        return _custom(width, height)
    sizes = {name: size for name in papers if (size := _size(name))}
    low = next((size for name, size in sizes.items() if name.startswith("custom_min_")), None)
    high = next((size for name, size in sizes.items() if name.startswith("custom_max_")), None)
    for wide, tall in ((width, height), (height, width)):
        if low and high and low[0] <= wide <= high[0] and low[1] <= tall <= high[1]:
            return _custom(wide, tall)
    for name, size in sizes.items():
        if _same(size, (width, height)):
            return name
    return None


def _custom(width: float, height: float) -> str:
    return f"Custom.{width:g}x{height:g}mm"


def _same(paper: tuple[float, float], page: tuple[float, float]) -> bool:
    pairs = zip(sorted(paper), sorted(page), strict=True)
    return all(abs(a - b) <= PAPER_TOLERANCE_MM for a, b in pairs)


def _size(name: str) -> tuple[float, float] | None:
    found = _SIZE.search(name)
    if not found:
        return None
    scale = MM_PER_INCH if found[3] == "in" else 1.0
    return float(found[1]) * scale, float(found[2]) * scale


def supported_papers(printer: str) -> list[str] | None:
    """The PWG names of the printer's papers; None when libcups or the printer does not say."""
    library = libcups()
    if library is None:
        return None
    destination = library.cupsGetNamedDest(None, printer.encode(), None)
    information = library.cupsCopyDestInfo(None, destination)
    try:
        found = library.cupsFindDestSupported(None, destination, information, b"media")
        names = [library.ippGetString(found, i, None).decode() for i in range(library.ippGetCount(found))]
        return names or None
    finally:
        library.cupsFreeDestInfo(information)
        library.cupsFreeDests(1, destination)


def libcups() -> Any:
    """The library with its functions declared; it answers NULL for NULL, so calls need no checks between."""
    try:
        library = ctypes.CDLL("libcups.so.2")
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return library
