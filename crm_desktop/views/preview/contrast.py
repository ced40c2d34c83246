"""Whether words stand out from what is behind them, on the screen as on a grey print, and the focus from all else.

Contrast is that of WCAG 2.1 (1.4.3): of luminances, so that it is the same for who sees no colours.
"""

from collections.abc import Iterator, Sequence
from tkinter import Misc, TclError
from tkinter.font import Font

import ttkbootstrap as ttk
from PIL import Image, ImageChops

from crm_desktop.views.preview.geometry import SPEAKING, Box, box, is_shown
from crm_desktop.views.readable import contrast

LEAST, LEAST_LARGE, LEAST_DISABLED = 4.5, 3.0, 3.0
"""WCAG asks nothing of disabled words; here they are still read, to see what the screen could do."""
LARGE, LARGE_BOLD = 18, 14
"""Points from which text counts as large."""
RING = 4
"""Pixels round a widget in which its focus may show."""
Rgb = tuple[int, int, int]
Words = tuple[str, str, Box, float]
"""What is said, its colour, where, and the contrast it needs."""


def faint(widgets: Sequence[Misc], picture: Image.Image, corner: tuple[int, int]) -> list[str]:
    """Words that are hard to read; ``picture`` is what the screen shows from ``corner`` on."""
    found = set()
    for widget in widgets:
        if not is_shown(widget) or is_covered(widget):
            continue
        for text, color, where, least in _words(widget):
            ground = _ground(picture, where, corner)
            if ground is None or not text.strip():
                continue
            behind = f"#{bytes(ground).hex()}"
            there = contrast(_hex(widget, color), behind)
            if there < least:
                found.add(f"{there:.1f}: {widget.winfo_class()} {style_of(widget)} “{text[:12]}” {color} on {behind}")
    return sorted(found)


def is_covered(widget: Misc) -> bool:
    """Whether something else lies over its middle."""
    left, top, right, bottom = box(widget)
    seen = widget.winfo_containing((left + right) // 2, (top + bottom) // 2)
    return seen is not None and not str(seen).startswith(str(widget)) and not str(widget).startswith(str(seen))


def _ground(picture: Image.Image, where: Box, corner: tuple[int, int]) -> Rgb | None:
    """The colour that most of a part of the picture has; None outside it."""
    left, top, right, bottom = (side - corner[place % 2] for place, side in enumerate(where))
    seen = max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)
    if seen[2] - seen[0] < 2 or seen[3] - seen[1] < 2:
        return None
    part = picture.crop(seen)
    return max(part.getcolors(part.width * part.height))[1]  # type: ignore[type-var,index,return-value]


def _words(widget: Misc) -> Iterator[Words]:
    kind = widget.winfo_class()
    if kind in SPEAKING or kind in ("TEntry", "TCombobox", "TSpinbox"):
        yield from _of_widget(widget)
    elif kind == "Treeview":
        yield from _of_rows(widget)
    elif kind == "Canvas":
        yield from _of_canvas(widget)


def _of_widget(widget: Misc) -> Iterator[Words]:
    states = tuple(str(state) for state in widget.state()) if hasattr(widget, "state") else ()
    color = _option(widget, "foreground") or _lookup(widget, "foreground", states)
    text = widget.get() if hasattr(widget, "get") else widget.cget("text")
    font = _option(widget, "font") or _lookup(widget, "font", states) or "TkDefaultFont"
    if color and str(text):
        least = LEAST_DISABLED if "disabled" in states else _least(widget, font)
        yield str(text), color, box(widget), least


def _of_rows(tree: Misc) -> Iterator[Words]:
    """Each row as its tags colour it."""
    x, y = tree.winfo_rootx(), tree.winfo_rooty()
    for item in tree.tk.splitlist(tree.tk.call(tree, "children", "")):
        bounds = tree.tk.splitlist(tree.tk.call(tree, "bbox", item))
        if not bounds:
            continue
        left, top, width, height = (int(part) for part in bounds)
        tags = tree.tk.splitlist(tree.tk.call(tree, "item", item, "-tags"))
        colors = [str(tree.tk.call(tree, "tag", "configure", tag, "-foreground")) for tag in tags]
        color = next(filter(None, colors), "") or _lookup(tree, "foreground", ())
        where = (x + left, y + top, x + left + width, y + top + height)
        values = tree.tk.splitlist(tree.tk.call(tree, "item", item, "-values"))
        yield " ".join(map(str, values)) or str(tree.tk.call(tree, "item", item, "-text")), color, where, LEAST


def _of_canvas(canvas: Misc) -> Iterator[Words]:
    """Words that a canvas draws, as the cells of a grid are."""
    call, inside = canvas.tk.call, box(canvas)
    left, top = (int(float(call(canvas, command, 0))) for command in ("canvasx", "canvasy"))
    for item in canvas.tk.splitlist(call(canvas, "find", "all")):
        bounds = canvas.tk.splitlist(call(canvas, "bbox", item))
        if str(call(canvas, "type", item)) != "text" or not bounds:
            continue  # what is hidden has no bounds
        x, y, right, bottom = (int(part) for part in bounds)
        move = inside[0] - left, inside[1] - top
        where = (x + move[0], y + move[1], right + move[0], bottom + move[1])
        if where[0] >= inside[0] and where[1] >= inside[1] and where[2] <= inside[2] and where[3] <= inside[3]:
            text, color = (str(call(canvas, "itemcget", item, option)) for option in ("-text", "-fill"))
            yield text, color, where, LEAST


def _least(widget: Misc, font: str) -> float:
    real = Font(root=widget, font=font).actual()
    is_large = real["size"] >= LARGE or (real["weight"] == "bold" and real["size"] >= LARGE_BOLD)
    return LEAST_LARGE if is_large else LEAST


def _option(widget: Misc, name: str) -> str:
    try:
        return str(widget.cget(name))
    except TclError:
        return ""


def style_of(widget: Misc) -> str:
    """The name of its ttk style."""
    return _option(widget, "style") or widget.winfo_class()


def _lookup(widget: Misc, option: str, states: Sequence[str]) -> str:
    return str(ttk.Style.get_instance().lookup(style_of(widget), option, states))


def _hex(widget: Misc, color: str) -> str:
    return "#" + "".join(f"{part >> 8:02x}" for part in widget.winfo_rgb(color))


def looks_same(before: Image.Image, after: Image.Image) -> bool:
    """Whether nothing tells the two pictures apart."""
    return ImageChops.difference(before, after).getbbox() is None
