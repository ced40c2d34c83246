"""Collects reference cycles on the UI thread only.

Python frees a cycle on whichever thread happens to allocate next. A Tk variable or image freed by a worker calls Tcl
from the wrong thread, which fails or, worse, aborts the program.
"""

import gc
from tkinter import Misc

INTERVAL_MILLISECONDS = 1000
YOUNG, ALL = 1, 2
ALL_EVERY = 60
"""So many rounds look at new objects only, which takes a fraction of a millisecond; then one looks at all."""


class UiGarbage:
    """Takes the collector over from ``start`` until ``stop``."""

    def __init__(self, root: Misc) -> None:
        self._root = root
        self._timer: str | None = None
        self._round = 0

    def start(self) -> None:
        gc.disable()
        self._timer = self._root.after(INTERVAL_MILLISECONDS, self._collect)

    def stop(self) -> None:
        if self._timer is not None:
            self._root.after_cancel(self._timer)
            self._timer = None
        gc.enable()

    def _collect(self) -> None:
        self._timer = self._root.after(INTERVAL_MILLISECONDS, self._collect)
        self._round += 1
        gc.collect(ALL if self._round % ALL_EVERY == 0 else YOUNG)
