"""The fonts of every document: registration, fallback character by character, widths and glyph boxes."""

import re
import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from crm_desktop.paths import asset

SANS = "NotoSansSC"
KAI = "LXGWWenKai"
RARE = "SimSunExtB"
GETA = "〓"

SHIPPED = {SANS: "NotoSansSC-Regular.ttf", KAI: "LXGWWenKai-Regular.ttf"}
WINDOWS_RARE = Path("C:/Windows/Fonts/simsunb.ttf")
# Controls, soft hyphen, zero-width and direction marks, variation selectors, tags. Private-use characters
# stay: old software kept rare names there, so they must be reported as missing and not vanish.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_lock = Lock()


def _unicode_map(name: str, subset: list[int]) -> str:
    """The ToUnicode map of one subset font, so that copied and searched text is what was printed.

    reportlab writes five-digit code points for characters outside the BMP, which viewers misread.
    The PDF format wants UTF-16BE and at most 100 entries in a block.
    """
    texts = [chr(char).encode("utf-16-be").hex().upper() for char in subset]
    lines = [f"<{code:02X}> <{text}>" for code, text in enumerate(texts)]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


class _OnDisk:
    """A font's bytes, read again when a document needs some: in memory those of both fonts would be 26 MB for good."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __getitem__(self, part: slice) -> bytes:
        with self._file.open("rb", buffering=0) as file:
            file.seek(part.start)
            return file.read(part.stop - part.start)


class _Fonts(Mapping[str, Any]):
    """Each is loaded when it is first asked for, 12 MB and more: few texts need another than the first."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._fonts: dict[str, Any] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, name: str) -> Any:
        return self._fonts.get(name) or self._load(name)

    def _load(self, name: str) -> Any:
        from reportlab.pdfbase import pdfmetrics, ttfonts  # heavy: only when a document is made

        with _lock:  # two documents may be made in two threads; reportlab's registry must agree with ours
            if name not in self._fonts:
                ttfonts.makeToUnicodeCMap = _unicode_map
                font = ttfonts.TTFont(name, str(self._files[name]), shapable=False)
                font.face._ttf_data = _OnDisk(self._files[name])
                font.face.glyphToChar = {}  # only for scripts whose letters change their shape
                pdfmetrics.registerFont(font)
                self._fonts[name] = font
        return self._fonts[name]


@cache
def registered() -> Mapping[str, Any]:
    """All usable reportlab fonts by name, in the order of fallback."""
    files = {name: asset("fonts", file) for name, file in SHIPPED.items()}
    return _Fonts(files | ({RARE: WINDOWS_RARE} if WINDOWS_RARE.is_file() else {}))


class _Choice(dict[str, str]):
    """Character → name of the font that draws it, empty when none has it."""

    def __init__(self, primary: str) -> None:
        super().__init__()
        self._fonts = registered()
        self._order = [primary, *(name for name in self._fonts if name != primary)]

    def __missing__(self, char: str) -> str:
        code = ord(char)
        found = next((name for name in self._order if code in self._fonts[name].face.charToGlyph), "")
        self[char] = found
        return found


class _Advances(dict[str, float]):
    """Character → advance width in em, after fallback."""

    def __init__(self, primary: str) -> None:
        super().__init__()
        self.primary = primary
        self.fonts = registered()

    def __missing__(self, char: str) -> float:
        name = _choice(self.primary)[char]
        drawn = char if name else GETA
        face = self.fonts[name or self.primary].face
        advance: float = face.getCharWidth(ord(drawn)) / 1000
        self[char] = advance
        return advance


@cache
def _choice(primary: str) -> _Choice:
    return _Choice(primary)


@cache
def advances(primary: str) -> Mapping[str, float]:
    """Advance width of each character in em, drawn in ``primary`` or in what stands in for it."""
    return _Advances(primary)


def width(text: str, primary: str, size: float) -> float:
    """Width of a line in points when ``size`` is given in points."""
    return sum(map(advances(primary).__getitem__, text)) * size


def runs(text: str, primary: str) -> list[tuple[str, str]]:
    """Split a line into ``(font, text)`` pieces; a character no font has becomes 〓."""
    choice = _choice(primary)
    names = [choice[char] for char in text]
    if names.count(primary) == len(names):
        return [(primary, text)] if text else []
    pieces: list[tuple[str, str]] = []
    for char, name in zip(text, names, strict=True):
        drawn = char if name else GETA
        name = name or primary
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + drawn)
        else:
            pieces.append((name, drawn))
    return pieces


def missing(text: str) -> str:
    """The characters of ``text`` that no font can draw, each once, in order."""
    choice = _choice(SANS)
    return "".join(char for char in dict.fromkeys(text) if not choice[char])


def clean(text: str) -> str:
    """One printable line: white space runs become one space, invisible characters go."""
    return " ".join(INVISIBLE.sub("", text).split())


@cache
def glyph_box(char: str, name: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a glyph's ink in em, measured from its origin on the baseline."""
    face = registered()[name].face
    start = face.get_table_pos("glyf")[0] + face.glyphPos[face.charToGlyph[ord(char)]]
    left, bottom, right, top = struct.unpack(">4h", face.get_chunk(start + 2, 8))
    em = face.unitsPerEm
    return left / em, bottom / em, right / em, top / em
