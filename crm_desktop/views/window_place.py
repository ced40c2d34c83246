"""Where the window stands on the screen: remembered, and never outside it."""

import re
from dataclasses import dataclass
from typing import Any

from crm_desktop.views.theme import pixels

ZOOMED = "zoomed"
SMALLEST = (640, 400)
"""At 100 %."""
TITLE_ROOM = 32
"""Pixels that the system draws above the window, at 100 %."""
GEOMETRY = re.compile(r"(\d+)x(\d+)\+(-?\d+)\+(-?\d+)")


@dataclass(frozen=True)
class Screen:
    """The desktop over all monitors, in pixels."""

    x: int
    y: int
    width: int
    height: int


def window_place(window: Any) -> str:
    """What to remember: ``1200x700+20+10``, with "zoomed" behind it when the window fills the screen."""
    place = str(window.geometry())  # with the window manager's frame, as placing it asks for
    return f"{place} {ZOOMED}" if _is_zoomed(window) else place


def place_window(window: Any, remembered: str) -> None:
    """Where it was the last time; the first time it fills the screen."""
    screen = Screen(window.winfo_vrootx(), window.winfo_vrooty(), window.winfo_vrootwidth(), window.winfo_vrootheight())
    window.minsize(*(pixels(window, side) for side in SMALLEST))
    title = pixels(window, TITLE_ROOM)
    whole = f"{window.winfo_screenwidth()}x{window.winfo_screenheight() - title}+0+0"
    window.geometry(clamped(remembered, screen, title) or whole)
    if not remembered or remembered.endswith(ZOOMED):
        _zoom(window)


def clamped(geometry: str, screen: Screen, title: int = 0) -> str:
    """The geometry moved and shrunk until all of it is on the screen; "" when it is none."""
    match = GEOMETRY.match(geometry)
    if match is None:
        return ""
    width, height, x, y = (int(number) for number in match.groups())
    width, height = min(width, screen.width), min(height, screen.height - title)
    x = max(screen.x, min(x, screen.x + screen.width - width))
    y = max(screen.y, min(y, screen.y + screen.height - title - height))
    return f"{width}x{height}+{x}+{y}"


def _is_zoomed(window: Any) -> bool:
    if window.tk.call("tk", "windowingsystem") == "x11":
        return bool(window.attributes("-zoomed"))
    return str(window.state()) == ZOOMED


def _zoom(window: Any) -> None:
    if window.tk.call("tk", "windowingsystem") == "x11":
        window.attributes("-zoomed", True)
    else:
        window.state(ZOOMED)
