"""The month in four numbers; a click or Enter opens the records that one counts."""

from collections.abc import Callable, Sequence
from tkinter import Canvas, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.today.month import SATISFACTION, Figure
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import NUMBER_FONT, Palette, on_theme_change, pixels

RING = 36
"""Pixels at 100 %."""
WIDTH = 6
TOP = 90
WHOLE = 359.9
"""Degrees; Tk draws nothing for 360."""


class FigureTiles(ttk.Frame):
    """``show(figures)`` makes one tile a figure; ``on_open(figure)`` hears of a click."""

    def __init__(self, parent: Misc, on_open: Callable[[Figure], Any]) -> None:
        super().__init__(parent)
        self._on_open = on_open
        self.tiles: list[Tile] = []

    def show(self, figures: Sequence[Figure]) -> None:
        """New numbers in the tiles there are, so that the keyboard stays where it is."""
        if [tile.figure.key for tile in self.tiles] != [figure.key for figure in figures]:
            for old in self.tiles:
                old.destroy()
            self.tiles = [Tile(self, figure, self._on_open) for figure in figures]
            for column, tile in enumerate(self.tiles):
                self.columnconfigure(column, weight=1, uniform="tiles")
                tile.grid(row=0, column=column, sticky="nsew", padx=(pixels(self, 8) if column else 0, 0))
        for tile, figure in zip(self.tiles, figures, strict=True):
            tile.show(figure)


class Tile(ttk.Frame):
    """A number in large figures, what it is, and last month's below."""

    def __init__(self, parent: Misc, figure: Figure, on_open: Callable[[Figure], Any]) -> None:
        super().__init__(parent, bootstyle="bordered", padding=pixels(parent, 6), name=figure.key, takefocus=True)
        self.figure = figure
        ttk.Label(self, text=figure.label, style="Small.TLabel").grid(row=0, column=0, sticky="w")
        self.value = ttk.Label(self, font=NUMBER_FONT, name="value")
        self.value.grid(row=1, column=0, sticky="w")
        self.before = ttk.Label(self, style="Small.TLabel", justify="right", name="before")
        self.before.grid(row=0, column=1, rowspan=2, sticky="e", padx=(pixels(self, 2), 0))
        self.columnconfigure(1, weight=1)
        self.ring = Ring(self) if figure.key == SATISFACTION else None
        if self.ring is not None:
            self.ring.grid(row=0, column=2, rowspan=2, sticky="e", padx=(pixels(self, 4), 0))
        if figure.entity:
            bind_key(self, "enter", lambda: on_open(self.figure))
            for part in (self, *self.winfo_children()):
                part.bind("<Button-1>", lambda event: on_open(self.figure))
                part.configure(cursor="hand2")  # type: ignore[call-arg]

    def show(self, figure: Figure) -> None:
        """The figure as it stands now."""
        self.figure = figure
        self.value.configure(text=figure.value)
        lines = (figure.note, f"{figure.then} {figure.before}")
        if self.ring is not None:
            self.ring.show(figure.share)
            lines = (figure.then, figure.before)  # which leaves it room
        self.before.configure(text="\n".join(filter(None, lines)))


class Ring(Canvas):
    """A share of a whole as a part of a circle; nothing while it is unknown."""

    def __init__(self, parent: Misc) -> None:
        side = pixels(parent, RING)
        super().__init__(parent, width=side, height=side, highlightthickness=0, borderwidth=0)
        self._share: float | None = None
        self._palette: Palette | None = None
        on_theme_change(self, self._paint)

    def show(self, share: float | None) -> None:
        self._share = share
        if self._palette is not None:
            self._paint(self._palette)

    def _paint(self, palette: Palette) -> None:
        self._palette = palette
        self.configure(background=palette.background)
        self.delete("all")
        if self._share is None:
            return
        line, side = pixels(self, WIDTH), pixels(self, RING)
        box = (line / 2 + 1, line / 2 + 1, side - line / 2 - 1, side - line / 2 - 1)
        for colour, extent in ((palette.border, WHOLE), (palette.success, WHOLE * self._share)):
            self.create_arc(*box, start=TOP, extent=-extent, style="arc", width=line, outline=colour)
