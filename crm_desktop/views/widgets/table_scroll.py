"""A scrollbar that counts rows, so that a million of them still leave a thumb that can be gripped."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

SMALLEST_THUMB = 0.05


class TableScrollbar(ttk.Scrollbar):
    """``scroll_to(row)`` is called for the thumb, ``scroll_by(rows)`` for arrows and trough."""

    def __init__(self, parent: Misc, scroll_to: Callable[[int], Any], scroll_by: Callable[[int], Any]) -> None:
        super().__init__(parent, orient="vertical", command=self._command)
        self._scroll_to = scroll_to
        self._scroll_by = scroll_by
        self._room, self._total = 1, 0

    def show(self, top: int, room: int, total: int) -> None:
        """Draw the thumb for ``room`` rows from ``top`` out of ``total``."""
        self._room, self._total = room, total
        first = top / self._hidden * (1 - self._thumb) if self._hidden else 0.0
        self.set(first, first + self._thumb)

    @property
    def _hidden(self) -> int:
        return max(0, self._total - self._room)

    @property
    def _thumb(self) -> float:
        return max(SMALLEST_THUMB, self._room / self._total) if self._hidden else 1.0

    def _command(self, kind: str, amount: str, unit: str = "") -> None:
        if kind == "moveto" and self._hidden:
            self._scroll_to(round(float(amount) / (1 - self._thumb) * self._hidden))
        elif kind == "scroll":
            self._scroll_by(int(float(amount)) * (self._room if unit.startswith("page") else 1))
