"""Looks a scene over: {what is wrong: [where]}, for the window in front or else the whole main window."""

import sys
import time
from tkinter import Misc, Toplevel

import ttkbootstrap as ttk
from PIL import Image, ImageGrab

from crm_desktop.views.keys import descendants
from crm_desktop.views.preview.contrast import RING, faint, looks_same, style_of
from crm_desktop.views.preview.geometry import Box, box, cut, disorder, is_shown, overlapping, tab_chain

CALM_SECONDS = 0.25
"""Searches begin only after a pause in typing."""
QUIET = ("Treeview", "TNotebook", "Canvas", "Text")
"""Large things that show by the row, the tab or the cursor in them where the keyboard is."""


class Looker:
    """Each kind of widget is tried with the keyboard once, in the scene where it is first met."""

    def __init__(self, root: ttk.Window) -> None:
        self._root = root
        self._tried: set[tuple[str, str]] = set()

    def look(self) -> dict[str, list[str]]:
        """Only what is wrong stands in the answer."""
        self._work(CALM_SECONDS)
        window = self.front()
        widgets = [window, *descendants(window)]
        area = box(window)
        found = {
            "cut": cut(widgets),
            "overlapping": overlapping(widgets),
            "faint": faint(widgets, _grab(area), area[:2]),
            "disorder": disorder(window),
            "no focus": self._without_focus(window),
        }
        return {kind: lines for kind, lines in found.items() if lines}

    def front(self) -> Misc:
        """The window that stands in front of all others."""
        found: Misc = self._root
        while True:
            windows = [child for each in [found, *descendants(found)] for child in each.winfo_children()
                       if isinstance(child, Toplevel) and is_shown(child)]  # fmt: skip
            if not windows:
                return found
            found = windows[-1]

    def _without_focus(self, window: Misc) -> list[str]:
        """Widgets that look the same with the keyboard and without it."""
        found = []
        for widget in tab_chain(window):
            kind = widget.winfo_class(), style_of(widget)
            if kind in self._tried or kind[0] in QUIET or not is_shown(widget):
                continue
            self._tried.add(kind)
            left, top, right, bottom = box(widget)
            around = (max(0, left - RING), max(0, top - RING), right + RING, bottom + RING)
            without, with_it = (self._seen(each, around) for each in (window, widget))
            if looks_same(without, with_it):
                found.append(f"{widget} {' '.join(kind)}")
        return found

    def _seen(self, focused: Misc, area: Box) -> Image.Image:
        focused.focus_force()
        self._work(0.02)
        return _grab(area)

    def _work(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._root.update()
            time.sleep(0.005)


def _grab(area: Box) -> Image.Image:
    # On X the display is named, because Pillow would otherwise look for other programs first.
    where = {} if sys.platform == "win32" else {"xdisplay": ""}
    return ImageGrab.grab(area, **where).convert("RGB")
