"""Takes pictures of the program's window on any system, with nothing but Pillow."""

import sys
import time
from pathlib import Path
from tkinter import Toplevel
from typing import Any

import ttkbootstrap as ttk
from PIL import Image, ImageChops, ImageGrab

LARGEST_BYTES = 50_000
"""Beyond which a picture gets fewer colours, whatever it is."""
COMMON, OTHERS = 80, 64
SHORTEST_SECONDS = 0.5
"""Searches and checks begin only after a pause in typing."""
CALM_SECONDS = 0.25
LONGEST_SECONDS = 15.0


class Camera:
    """Photographs ``root`` with its menu and frame at ``size`` (the whole window, in pixels)."""

    def __init__(self, root: ttk.Window, size: tuple[int, int]) -> None:
        self._root = root
        self.size = size
        root.deiconify()

    def photograph(self, path: Path) -> None:
        """Wait until nothing moves any more, then save the picture, small enough for a repository."""
        self.fit()
        self._work(SHORTEST_SECONDS)
        deadline = time.monotonic() + LONGEST_SECONDS
        picture, before = self._grab(), None
        while _differ(picture, before) and time.monotonic() < deadline:
            self._work(CALM_SECONDS)
            picture, before = self._grab(), picture
        save_small(picture, path)

    def front_windows(self) -> list[Any]:
        """What stands in front of the main window: previews, forms, boxes."""
        windows = [child for child in self._root.winfo_children() if isinstance(child, Toplevel)]
        return [window for window in windows if window.winfo_viewable()]

    def fit(self) -> None:
        """Make the window the wanted size, with its frame and menu."""
        width, height = self.size
        self._root.geometry("+0+0")
        self._work(0.1)
        side, top = self._frame()
        self._root.geometry(f"{width - 2 * side}x{height - top - side}+0+0")

    def _corner(self) -> tuple[int, int]:
        """Where the frame begins; ``winfo_x`` and ``winfo_y`` are those of the part below the menu."""
        _, left, top = self._root.geometry().replace("+-", "-").replace("-", "+-").split("+")
        return int(left), int(top)

    def _frame(self) -> tuple[int, int]:
        """Width of the frame at the side, its height with title and menu at the top."""
        left, top = self._corner()
        return self._root.winfo_rootx() - left, self._root.winfo_rooty() - top

    def _grab(self) -> Image.Image:
        left, top = self._corner()
        box = (left, top, left + self.size[0], top + self.size[1])
        # On X the display is named, because Pillow would otherwise look for other programs first.
        where = {} if sys.platform == "win32" else {"xdisplay": ""}
        return ImageGrab.grab(box, **where).convert("RGB")

    def _work(self, seconds: float) -> None:
        """Let the window do what it has to do."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._root.update()
            time.sleep(0.01)


def _differ(picture: Image.Image, before: Image.Image | None) -> bool:
    return before is None or ImageChops.difference(picture, before).getbbox() is not None


def save_small(picture: Image.Image, path: Path) -> None:
    """Save as PNG, with fewer colours when the file would be too large."""
    picture.save(path, optimize=True)
    if path.stat().st_size > LARGEST_BYTES:
        picture.quantize(palette=_few_colours(picture), dither=Image.Dither.NONE).save(path, optimize=True)


def _few_colours(picture: Image.Image) -> Image.Image:
    """The commonest as they are, grounds and edges, and some from all over for what is small, such as a mark."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    common = [part for _, color in counted[:COMMON] for part in color]  # type: ignore[union-attr]
    others = picture.quantize(OTHERS, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(common + others[: 3 * OTHERS])
    return palette
