"""Chinese lines do not begin with a comma or a closing bracket: the character before it comes along."""

from collections.abc import Iterator
from tkinter import Text
from tkinter.font import nametofont

from crm_desktop.models.line_breaks import NEVER_FIRST, tokens
from crm_desktop.views.theme import text_width

MOST = 3
"""Characters that are pulled down at most: a longer run of such marks is not worth a short line."""


def break_lines(text: str, width: int, font: str = "TkDefaultFont") -> str:
    """For a label of that many pixels, which would break its text after any character."""
    measure = nametofont(font).measure

    def lines(paragraph: str) -> Iterator[str]:
        line = ""
        for token in tokens(paragraph):
            if line and measure((line + token).rstrip()) > width:
                yield line.rstrip()
                line = ""
            line += token
        yield line

    return "\n".join(line for paragraph in text.split("\n") for line in lines(paragraph))


def keep_marks_off_line_starts(text: Text) -> None:
    """Once the text has its width: lines that would be followed by a mark end a little earlier.

    Tk takes the right margin of a line from its first character, so that is the one that is tagged.
    """
    tags = [f"shorter{number}" for number in range(1, MOST + 1)]
    for number, tag in enumerate(tags, 1):
        text.tag_configure(tag, rmargin=number * text_width("国"))
        text.tag_remove(tag, "1.0", "end")
    start = "1.0"
    while True:
        following = _next_line(text, start)
        for tag in tags:
            if not _begins_badly(text, following):
                break
            text.tag_add(tag, start)
            following = _next_line(text, start)
        if not text.compare(following, ">", start):
            return
        start = following


def _next_line(text: Text, start: str) -> str:
    return text.index(f"{start} + 1 display lines")


def _begins_badly(text: Text, place: str) -> bool:
    return not place.endswith(".0") and text.get(place) in NEVER_FIRST
