"""Cleaning of typed and pasted text: full-width characters, invisible characters, spaces."""

import re

_IS_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_FULL_WIDTH: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# Control characters except tab and line feed, lone surrogates (SQLite cannot store them), and the
# zero-width and direction marks that web pages and chat programs leave in copied text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def to_half_width(text: str) -> str:
    """Full-width letters, digits, punctuation and the ideographic space become ASCII."""
    if text.isascii() or not _IS_FULL_WIDTH.search(text):  # nearly always, and translating is slow
        return text
    return text.translate(_FULL_WIDTH)


def strip_control(text: str) -> str:
    """Without invisible characters; line ends become a plain line feed, tabs stay."""
    if text.isprintable():  # nearly all are, and this is quicker than looking for what is not
        return text
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def squeeze(text: str) -> str:
    """One line: runs of any white space become one space, none at the ends."""
    return " ".join(text.split())


def clean_line(text: str) -> str:
    """What a single-line field keeps: visible characters on one line."""
    if " " not in text and text.isprintable():  # what is printable has no other white space
        return text
    return squeeze(strip_control(text))


def clean_memo(text: str) -> str:
    """What a memo keeps: its lines, without invisible characters and blanks at line ends."""
    return "\n".join(line.rstrip() for line in strip_control(text).split("\n")).strip("\n")


def search_text(text: str) -> str:
    """The form in which texts are compared: half-width, without case, single spaces; Chinese as it is."""
    return clean_line(to_half_width(text).casefold())


def size_text(size: int) -> str:
    """Bytes as people say them."""
    for unit, one in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= one:
            return f"{size / one:.1f} {unit}"
    return f"{max(1, round(size / 1024))} KB"
