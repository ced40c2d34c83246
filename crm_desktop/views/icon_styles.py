"""Keeps ttkbootstrap from making the style of an icon that it has made already.

Every style that is configured makes Tk tell all widgets of a new theme, and every icon in the window is then made anew:
a third of the time of opening a screen or changing the tab.
"""

from typing import Any

import ttkbootstrap as ttk
from ttkbootstrap.style import icons

_library_build = icons._build_icon_style
_made: dict[tuple[Any, ...], str] = {}


def make_icon_styles_once() -> None:
    """From now on each is made once for each theme."""
    icons._build_icon_style = _build_once


def _build_once(
    style: ttk.Style,
    base: str,
    name: str,
    size: Any,
    states: dict[str, str] | None,
    compound: str | None,
    icon_only: bool = False,
) -> str:
    asked = base, name, size, tuple(sorted((states or {}).items())), compound, icon_only
    if not style.style_exists_in_theme(_made.get(asked, "")):
        _made[asked] = _library_build(style, base, name, size, states, compound, icon_only)
    return _made[asked]
