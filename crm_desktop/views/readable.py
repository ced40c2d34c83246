"""Makes ttkbootstrap's colours readable where they are too faint, and the keyboard's place visible where it is not.

``python -m crm_desktop.views.preview --all --look`` measures both; the ratios are WCAG 2.1's.
"""

from typing import Any

import ttkbootstrap as ttk
from ttkbootstrap.style.builders_ttk import StyleBuilderTTK

DARK_DANGER = "#ea868f"
"""Red words on the dark ground at 6:1; the theme's own red has 4.4."""
DISABLED_TEXT = {True: ("#6c757d", 0.84), False: ("#adb5bd", 0.58)}
"""In a light theme or not: grey, and its share in the ground; 3:1, where the theme's own has 1.6."""
LEAST = 4.5
"""Contrast from which white stands on a filled button; else it is black."""
WHITE, BLACK = "#ffffff", "#000000"
INDICATOR = 13
"""Side of the box that opens a line of a tree, at 100 %."""
OUTLINED = (
    ("outline", ttk.Button), ("danger-outline", ttk.Button),
    ("primary-outline-toolbutton", ttk.Radiobutton), ("secondary-outline-toolbutton", ttk.Radiobutton),
)  # fmt: skip
"""Every kind of button with an edge of its own that the program has."""
_library_disabled = StyleBuilderTTK.disabled


def make_colors_readable() -> None:
    """For every style that is built from now on, so before there is a root."""
    StyleBuilderTTK.disabled = _disabled
    StyleBuilderTTK.on_color = _on_color


def make_readable(root: ttk.Window, dark: str) -> None:
    """What can only be changed where there is a root; ``dark`` is the name of the dark theme."""
    definition: Any = ttk.Style.get_instance()._theme_definitions[dark]
    definition.colors.danger = DARK_DANGER
    for kind in ("TFrame", "TLabel"):  # a key bound to one of them makes it a stop of Tab, where nothing is seen
        root.option_add(f"*{kind}.takeFocus", "0")


def show_focus(style: ttk.Style, primary: str, field: str) -> None:
    """For toggles, framed figures and links, which look the same with the keyboard as without it."""
    label = ("Toolbutton.label", {"sticky": "nswe"})
    padding = ("Toolbutton.padding", {"sticky": "nswe", "children": [label]})
    ring = ("Toolbutton.focus", {"sticky": "nswe", "children": [padding]})
    style.layout("Toolbutton", [("Toolbutton.border", {"sticky": "nswe", "children": [ring]})])
    edge = [("focus", primary)]
    style.map("Bordered.TFrame", bordercolor=edge, lightcolor=edge, darkcolor=edge)
    for link in ("Link.TLabel", "HintLink.TLabel"):
        style.map(link, background=edge, foreground=[("focus", field)])


def soften_edges(style: ttk.Style, border: str) -> None:
    """The edge of what is disabled, which the library draws like its words: no darker than any other edge."""
    for bootstyle, make in OUTLINED:
        sample = make(style.master, bootstyle=bootstyle)
        name, state = str(sample.cget("style")), ("disabled",)
        edges = [each for each in style.map(name, "bordercolor") if each[0] != state[0]]
        style.map(name, bordercolor=[(*state, border), *edges])
        sample.destroy()


def _disabled(builder: StyleBuilderTTK, role: str = "background", surface: str | None = None) -> str:
    if role != "text":
        return str(_library_disabled(builder, role, surface))
    grey, share = DISABLED_TEXT[bool(builder.is_light_theme)]
    return _mix(grey, surface or builder.colors.bg, share)


def _mix(color: str, other: str, share: float) -> str:
    pairs = [(int(color[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _on_color(builder: StyleBuilderTTK, color: str) -> str:
    return WHITE if contrast(WHITE, color) >= LEAST else BLACK


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
