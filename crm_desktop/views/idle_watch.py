"""Notices that nobody has touched key or mouse in any window of the program for a while."""

import time
from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

SIGNS = ("<KeyPress>", "<KeyRelease>", "<ButtonPress>", "<ButtonRelease>", "<Motion>", "<MouseWheel>")
"""A key's release counts too: its press may be kept from everybody else by whoever acts on it."""
CHECK_MILLISECONDS = 2000
SECONDS_A_MINUTE = 60

monotonic: Callable[[], float] = time.monotonic
"""Not the clock of the office: that one may be set while the program runs."""


class IdleWatch:
    """Calls ``on_idle`` after ``minutes()`` without a sign of life; 0 never. It keeps calling while that lasts.

    It ends with ``window``, however that goes.
    """

    def __init__(self, window: Misc, minutes: Callable[[], int], on_idle: Callable[[], Any]) -> None:
        root: Misc = window.winfo_toplevel()
        self._root, self._minutes, self._on_idle = root, minutes, on_idle
        self._is_stopped = False
        self._limit = minutes()
        self._last = monotonic()
        self._others = {sequence: root.tk.call("bind", "all", sequence) for sequence in SIGNS}
        for sequence in SIGNS:
            root.bind_all(sequence, self._noticed, add="+")
        self._timer = root.after(CHECK_MILLISECONDS, self._check_again)
        window.bind("<Destroy>", lambda event: self.stop() if event.widget is window else None, add="+")

    def stop(self) -> None:
        if self._is_stopped:
            return
        self._is_stopped = True
        self._root.after_cancel(self._timer)
        for sequence, script in self._others.items():
            self._root.tk.call("bind", "all", sequence, script)

    def restart(self) -> None:
        """Count from now on."""
        self._last = monotonic()

    def _noticed(self, event: Event) -> None:
        """What comes too late, after a computer's sleep or a halted timer, is no sign of life any more."""
        if not self._is_idle():
            self._last = monotonic()
        else:
            self._on_idle()

    def _check_again(self) -> None:
        self._timer = self._root.after(CHECK_MILLISECONDS, self._check_again)
        self._limit = self._minutes()  # of the database, so not with every movement of the mouse
        if self._is_idle():
            self._on_idle()

    def _is_idle(self) -> bool:
        return self._limit > 0 and monotonic() - self._last >= self._limit * SECONDS_A_MINUTE
