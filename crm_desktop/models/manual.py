"""The manual's small Markdown: what its pages may contain, and the search in them.

A page is one title (``# ``), then headings (``## ``), paragraphs, numbered steps, lists and pictures. In a line stand
``**words of the screen**``, keys in backquotes and ``[links](page.md)``. Nothing else is understood, so that a page
reads the same here and wherever Markdown is shown.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

INDEX = "index"
"""The page that lists all others under their headings."""

FAMILIES = {
    "dictionary": "dictionaries", "query": "query", "feedback_satisfaction": "analysis",
    "complaint_satisfaction": "analysis", "satisfaction_compared": "analysis", "customer_statistics": "analysis",
    "contact_list": "customer_list", "compose": "mail",
}  # fmt: skip
"""The key of a screen, or what stands before its dot, → the page that speaks of the whole family."""

_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<key>[^`]+)`|\[(?P<link>[^\]]+)\]\((?P<target>[^)]+)\)")
_PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<target>[^)]+)\)")
_STEP = re.compile(r"(\d+)\. +(.+)")
SNIPPET = 14
"""Characters of a line before the word that was found."""


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STEP = "step"
    ITEM = "item"
    PICTURE = "picture"


class Style(Enum):
    """What a piece of a line is: ``BOLD`` stands on the screen as it is written."""

    PLAIN = "plain"
    BOLD = "bold"
    KEY = "key"
    LINK = "link"


@dataclass(frozen=True)
class Span:
    """A piece of a line; ``target`` is the key of the page that a link leads to."""

    text: str
    style: Style = Style.PLAIN
    target: str = ""


@dataclass(frozen=True)
class Block:
    """One line of the page; ``number`` is that of a step, ``picture`` the name of a picture's file."""

    kind: Kind
    spans: tuple[Span, ...]
    number: int = 0
    picture: str = ""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Page:
    """``key`` is the name of its file without ``.md``, and that of its screen."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(span.target for block in self.blocks for span in block.spans if span.style is Style.LINK)


@dataclass(frozen=True)
class Hit:
    """A line in which all words were found; ``block`` is its place on the page, -1 for the title."""

    page: str
    block: int
    text: str


def page_of(screen: str) -> str:
    """The page that belongs to the screen with this key."""
    family = screen.partition(".")[0]
    return FAMILIES.get(screen) or FAMILIES.get(family) or family


def parse(key: str, text: str) -> Page:
    """Read a page; ValueError when it does not begin with its title."""
    first, *lines = text.strip().splitlines()
    if not first.startswith("# "):
        raise ValueError(f"{key}: a page begins with its title")
    return Page(key, first[2:].strip(), tuple(_block(line.strip()) for line in lines if line.strip()))


def _block(line: str) -> Block:
    picture, step = _PICTURE.fullmatch(line), _STEP.fullmatch(line)
    if picture:
        name = picture["target"].rpartition("/")[2]
        return Block(Kind.PICTURE, (Span(picture["text"]),), picture=name)
    if step:
        return Block(Kind.STEP, _spans(step[2]), number=int(step[1]))
    if line.startswith("## "):
        return Block(Kind.HEADING, _spans(line[3:]))
    if line.startswith("- "):
        return Block(Kind.ITEM, _spans(line[2:]))
    return Block(Kind.PARAGRAPH, _spans(line))


def _spans(line: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    end = 0
    for found in _INLINE.finditer(line):
        if found.start() > end:
            spans.append(Span(line[end : found.start()]))
        if found["link"]:
            spans.append(Span(found["link"], Style.LINK, found["target"].removesuffix(".md")))
        else:
            spans.append(Span(found["bold"], Style.BOLD) if found["bold"] else Span(found["key"], Style.KEY))
        end = found.end()
    if line[end:]:
        spans.append(Span(line[end:]))
    return tuple(spans)


def contents(index: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(page, title)]) of the index, in its order; what stands before its first heading is under ""."""
    entries: list[tuple[str, tuple[str, str]]] = []
    heading = ""
    for block in index.blocks:
        if block.kind is Kind.HEADING:
            heading = block.text
        entries += [(heading, (span.target, span.text)) for span in block.spans if span.style is Style.LINK]
    return [(name, [entry for _, entry in group]) for name, group in groupby(entries, lambda each: each[0])]


def words_of(text: str) -> list[str]:
    """What is looked for: words apart by spaces, capitals or not."""
    return text.casefold().split()


def search(pages: Mapping[str, Page], order: Iterable[str], text: str) -> list[Hit]:
    """Lines that hold all words; pages that name them in the title come first, then in the given order."""
    words = words_of(text)
    if not words:
        return []
    listed = [pages[key] for key in order if key in pages]
    titles = [Hit(page.key, -1, page.title) for page in listed if _holds(page.title, words)]
    named = {hit.page for hit in titles}
    ranked = sorted(listed, key=lambda page: page.key not in named)
    lines = [
        Hit(page.key, place, _snippet(block.text, words[0]))
        for page in ranked
        for place, block in enumerate(page.blocks)
        if block.kind is not Kind.PICTURE and _holds(block.text, words)
    ]
    return titles + lines


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _snippet(text: str, word: str) -> str:
    """The line from a little before the word on."""
    start = text.casefold().find(word) - SNIPPET
    return f"…{text[start:]}" if start > 1 else text
