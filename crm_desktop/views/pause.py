"""Work that waits until its operator has paused."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any


class Pause:
    """Each ``begin`` puts the work off anew; it never runs once the owner is gone."""

    def __init__(self, owner: Misc, milliseconds: int, work: Callable[[], Any]) -> None:
        self._owner = owner
        self._milliseconds = milliseconds
        self._work = work
        self._timer: str | None = None
        owner.bind("<Destroy>", lambda event: self.stop() if event.widget is owner else None, add="+")

    @property
    def is_waiting(self) -> bool:
        return self._timer is not None

    def begin(self) -> None:
        self.stop()
        self._timer = self._owner.after(self._milliseconds, self._run)

    def stop(self) -> None:
        if self._timer is not None:
            self._owner.after_cancel(self._timer)
            self._timer = None

    def _run(self) -> None:
        self._timer = None
        self._work()
