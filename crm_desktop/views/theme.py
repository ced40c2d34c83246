"""Fonts, colours and sizes of the whole window, light and dark: nothing else chooses a colour."""

from collections.abc import Callable
from dataclasses import dataclass
from tkinter import Misc, TclError
from tkinter.font import families, nametofont
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models.chart_colours import ChartPalette
from crm_desktop.views import keys
from crm_desktop.views.chinese import speak_chinese
from crm_desktop.views.icon_styles import make_icon_styles_once
from crm_desktop.views.readable import INDICATOR, make_colors_readable, make_readable, show_focus, soften_edges

LIGHT, DARK = "bootstrap-light", "bootstrap-dark"
THEMES = {LIGHT: "浅色", DARK: "深色"}
APPEARANCES = {"light": LIGHT, "dark": DARK}
"""What the settings of the computer call them."""
SCALINGS = {"100%": 4 / 3, "125%": 5 / 3, "150%": 2.0}
"""Pixels a point, for ``create_root(scaling=…)``."""

FONT_FAMILIES = ("微软雅黑", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC")
TITLE_FONT, BOLD_FONT, SMALL_FONT, NUMBER_FONT = (
    "CrmTitleFont",
    "CrmBoldFont",
    "CrmSmallFont",
    "CrmNumberFont",
)
_FONT_SIZES = {
    "TkDefaultFont": 10, "TkTextFont": 10, "TkMenuFont": 10, "TkHeadingFont": 10, "TkCaptionFont": 10,
    "TkIconFont": 10, "TkFixedFont": 10, "TkTooltipFont": 9, "TkSmallCaptionFont": 9,
    TITLE_FONT: 16, BOLD_FONT: 10, SMALL_FONT: 9, NUMBER_FONT: 20,
}  # fmt: skip
_BOLD_FONTS = (TITLE_FONT, BOLD_FONT, NUMBER_FONT, "TkCaptionFont")

INSET = 22
"""Room for one small button inside an entry, at 100 %."""


CELL_PADDING = 8
"""Air at the left and right of a table's cell, at 100 %."""


@dataclass(frozen=True)
class Palette:
    """The colours in use; ``palette()`` gives those of the current theme."""

    is_dark: bool
    background: str
    text: str
    muted: str
    border: str
    primary: str
    danger: str
    success: str
    field: str
    zebra: str
    heading: str
    selected: str
    hint: str
    hint_text: str
    overdue: str
    chart: ChartPalette


def palette() -> Palette:
    """The colours of the theme in use."""
    colors = ttk.Style.get_instance().colors
    is_dark = ttk.Style.get_instance().theme_mode == "dark"
    return Palette(
        is_dark=is_dark,
        background=colors.bg,
        text=colors.fg,
        muted=colors.secondary,
        border=colors.border,
        primary=colors.primary,
        danger=colors.danger,
        success=colors.success,
        field=colors.inputbg,
        zebra=mix(colors.fg, colors.inputbg, 0.035),
        heading=mix(colors.fg, colors.inputbg, 0.08),
        selected=mix(colors.primary, colors.inputbg, 0.34 if is_dark else 0.20),
        hint="#3d3209" if is_dark else "#fff3cd",
        hint_text="#ffda6a" if is_dark else "#664d03",
        overdue=colors.danger,
        chart=ChartPalette(colors.bg, colors.fg, colors.secondary, colors.border),
    )


def mix(color: str, other: str, share: float) -> str:
    """``share`` of ``color`` in ``other``, both ``#rrggbb``."""
    pairs = [(int(color[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def create_root(theme: str = LIGHT, scaling: float | None = None) -> ttk.Window:
    """The program's only root, speaking Chinese; ``scaling`` is pixels a point, None the screen's."""
    make_colors_readable()
    make_icon_styles_once()
    root = ttk.Window(title="客户管理系统", theme=theme, scaling=scaling, iconphoto=None)
    make_readable(root, DARK)
    _set_fonts(root)
    speak_chinese()
    root.style.on_theme_change(_apply_styles)
    root.iconphoto(True, ttk.Icon("people-fill", 32, "primary"))
    keys.tame_defaults(root)
    return root


def use_theme(name: str) -> None:
    """Switch every open window to ``LIGHT`` or ``DARK``."""
    if ttk.Style.get_instance().theme_use() != name:
        ttk.Style.get_instance().theme_use(name)


def on_theme_change(widget: Misc, paint: Callable[[Palette], Any]) -> None:
    """Call ``paint`` now and after every change of theme, as long as ``widget`` exists."""
    style = ttk.Style.get_instance()

    def repaint(_style: ttk.Style) -> None:
        paint(palette())

    def forget(event: Any) -> None:
        if event.widget is widget:
            style.remove_theme_change_callback(repaint)

    style.on_theme_change(repaint, call_now=False)
    widget.bind("<Destroy>", forget, add="+")
    paint(palette())


def pixels(widget: Misc, size: float) -> int:
    """A length meant for 100 % in the pixels of the screen's scaling."""
    return int(ttk.scale_size(widget, size))


def text_width(text: str = "0", font: str = "TkDefaultFont") -> int:
    """Pixels that ``text`` takes."""
    return nametofont(font).measure(text)


def _set_fonts(root: ttk.Window) -> None:
    available = set(families(root))
    family = next((name for name in FONT_FAMILIES if name in available), nametofont("TkDefaultFont").actual("family"))
    for name, size in _FONT_SIZES.items():
        weight = "bold" if name in _BOLD_FONTS else "normal"
        try:
            nametofont(name, root=root).configure(family=family, size=size, weight=weight)
        except TclError:
            ttk.Fonts.create_alias(name, family=family, size=size, weight=weight)
    root.option_add("*TCombobox*Listbox.font", "TkTextFont")


def row_height(widget: Misc) -> int:
    """Height of a table row: the line of text and a little air."""
    return nametofont("TkDefaultFont").metrics("linespace") + pixels(widget, 8)


def _apply_styles(style: ttk.Style) -> None:
    colors = palette()
    root = style.master
    style.configure("Treeview", rowheight=row_height(root), borderwidth=0, font="TkDefaultFont")
    style.map(
        "Treeview",
        background=[("selected", colors.selected)],
        foreground=[("selected", colors.text)],
    )
    style.configure(
        "Treeview.Heading",
        background=colors.heading,
        foreground=colors.text,
        relief="flat",
        font="TkDefaultFont",
        padding=(pixels(root, CELL_PADDING) - 2, pixels(root, 5)),  # 2: the heading's own border
    )
    air = pixels(root, CELL_PADDING) - 4  # 4: what Tk adds on its own
    root.tk.call("ttk::style", "configure", "Treeview.Cell", "-padding", (air, 0))
    for option in ("-indicatorsize", "-diameter"):  # by one name or the other, as the version of Tk has it
        root.tk.call("ttk::style", "configure", "Item", option, pixels(root, INDICATOR))
    style.map("Treeview.Heading", background=[("active", mix(colors.text, colors.field, 0.14))])
    for buttons in (1, 2):
        right = pixels(root, 6 + INSET * buttons)
        style.configure(f"Inset{buttons}.TEntry", padding=(pixels(root, 5), pixels(root, 5), right, pixels(root, 5)))
    side = pixels(root, 28)
    style.configure("Search.TEntry", padding=(side, pixels(root, 5), side, pixels(root, 5)))
    style.configure("Placeholder.TLabel", background=colors.field, foreground=colors.muted)
    style.configure("FieldButton.TLabel", background=colors.field, foreground=colors.text)
    _grey_read_only_fields(style, colors)
    style.configure("Hint.TLabel", background=colors.hint, foreground=colors.hint_text, font=SMALL_FONT)
    style.configure("Hint.TFrame", background=colors.hint)
    style.configure(
        "BadCell.TLabel", background=mix(colors.danger, colors.field, 0.12), foreground=colors.danger, padding=(4, 0)
    )
    style.configure("Error.TLabel", background=colors.background, foreground=colors.danger, font=SMALL_FONT)
    style.configure("Muted.TLabel", background=colors.background, foreground=colors.muted)
    style.configure("Small.TLabel", background=colors.background, foreground=colors.muted, font=SMALL_FONT)
    style.configure("Title.TLabel", background=colors.background, foreground=colors.text, font=TITLE_FONT)
    style.configure("EmptyTable.TLabel", background=colors.field, foreground=colors.muted)
    for button in ("Ghost", "primary"):  # the entries of the navigation, the only buttons on this surface
        style.configure(f"@chrome.{button}.TButton", anchor="w")
    link = mix("#ffffff", colors.primary, 0.35) if colors.is_dark else colors.primary
    style.configure("Link.TLabel", background=colors.background, foreground=link)
    style.configure("HintLink.TLabel", background=colors.hint, foreground=link, font=SMALL_FONT)
    show_focus(style, colors.primary, colors.background)
    soften_edges(style, colors.border)


def _grey_read_only_fields(style: ttk.Style, colors: Palette) -> None:
    style.map("TEntry", fieldbackground=[("readonly", colors.zebra)])
    edges = [
        ("focus invalid", colors.danger),
        ("readonly", colors.zebra),
        ("focus !disabled", colors.primary),
    ]
    style.map("TEntry", lightcolor=edges, darkcolor=edges)


def calendar_colors(colors: Palette) -> dict[str, str]:
    """Options for tkcalendar's Calendar, which does not follow the theme."""
    plain = {"background": colors.field, "foreground": colors.text}
    return {
        "background": colors.heading,
        "foreground": colors.text,
        "bordercolor": colors.border,
        "headersbackground": colors.field,
        "headersforeground": colors.muted,
        "selectbackground": colors.primary,
        "selectforeground": colors.background,
        "normalbackground": plain["background"],
        "normalforeground": plain["foreground"],
        "weekendbackground": plain["background"],
        "weekendforeground": colors.danger,
        "othermonthbackground": plain["background"],
        "othermonthforeground": colors.muted,
        "othermonthwebackground": plain["background"],
        "othermonthweforeground": colors.muted,
        "tooltipbackground": colors.hint,
        "tooltipforeground": colors.hint_text,
    }
