"""Simple HTML in a letter: which tags may stand there, and the same letter as plain text."""

import re
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "ul", "ol", "li", "table", "tr", "hr", "blockquote"))
TAGS = BLOCKS | frozenset(("br", "b", "strong", "i", "em", "u", "a", "span", "font", "td", "th", "tbody", "thead"))
VOID = frozenset(("br", "hr"))
ATTRIBUTES = {
    "a": ("href",), "font": ("color", "size"), "td": ("align", "colspan"), "th": ("align", "colspan"),
    "p": ("align",), "div": ("align",), "table": ("border", "cellpadding"),
}  # fmt: skip
SWALLOWED = ("script", "style", "title", "head")
SAFE_LINKS = ("http", "https", "mailto", "tel")
HEAD = '<html><body style="font-family:\'Microsoft YaHei\',sans-serif;font-size:14px;line-height:1.7">'
BLANK_LINES = re.compile(r"\n{3,}")


class Letter(NamedTuple):
    """``dropped`` names the tags that a letter may not have."""

    html: str
    text: str
    dropped: tuple[str, ...]


def letter(source: str) -> Letter:
    """What is sent for a typed source; line ends stay line ends, also where no tag says so."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return Letter(f"{HEAD}{reader.html()}</body></html>", reader.plain(), tuple(dict.fromkeys(reader.dropped)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._html: list[str] = []
        self._text: list[str] = []
        self._swallowing = 0
        self._links: list[str] = []
        self._open: list[str] = []
        self._is_after_block = True
        self.dropped: list[str] = []

    def html(self) -> str:
        """With every tag closed that was left open."""
        return "".join([*self._html, *(f"</{tag}>" for tag in reversed(self._open))])

    def plain(self) -> str:
        lines = (line.strip(" \t") for line in "".join(self._text).split("\n"))
        return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SWALLOWED:
            self._swallowing += 1
        if tag not in TAGS:
            self.dropped += [] if tag in ("html", "body", "meta") else [tag]
            return
        kept = [(name, value or "") for name, value in attrs if name in ATTRIBUTES.get(tag, ())]
        kept = [(name, value) for name, value in kept if name != "href" or _is_safe(value)]
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept)
        self._html.append(f"<{tag}{written}>")
        if tag == "a":
            self._links.append(dict(kept).get("href", ""))
        if tag not in VOID:
            self._open.append(tag)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SWALLOWED:
            self._swallowing = max(0, self._swallowing - 1)
        if tag not in self._open:
            return
        while self._open:  # what was opened inside ends with it
            inner = self._open.pop()
            self._html.append(f"</{inner}>")
            if inner == "a" and self._links:
                link = self._links.pop()
                self._text.append(f"（{link}）" if link else "")
            if inner == tag:
                break
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._swallowing:
            return
        lines = (data.lstrip("\n") if self._is_after_block else data).split("\n")
        self._html.append("<br>\n".join(escape(line, quote=False) for line in lines))
        self._text.append("\n".join(lines))
        self._is_after_block = self._is_after_block and not data.strip()

    def _break(self, tag: str) -> None:
        self._is_after_block = tag in BLOCKS
        if tag == "br" or (tag in BLOCKS and not "".join(self._text[-1:]).endswith("\n")):
            self._text.append("\n")
        elif tag in ("td", "th"):
            self._text.append("\t")


def _is_safe(link: str) -> bool:
    try:
        return urlsplit(link.strip()).scheme.lower() in SAFE_LINKS
    except ValueError:
        return False
