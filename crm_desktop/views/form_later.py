"""Questions a form asks in the background once its operator has paused."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk

PAUSE_MILLISECONDS = 300


class Later:
    """``ask`` again under the same key and the earlier question is dropped, answered or not."""

    def __init__(self, owner: Misc, desk: Desk) -> None:
        self._owner = owner
        self._desk = desk
        self._timers: dict[str, str] = {}
        self._jobs: dict[str, Job] = {}
        # A timer that outlives its widget calls whatever has taken over the name of its command.
        owner.bind("<Destroy>", lambda event: self.drop_all() if event.widget is owner else None, add="+")

    def ask(
        self, key: str, prepare: Callable[[], Callable[[], Any]], on_answer: Callable[[Any], Any], *, pause: bool = True
    ) -> None:
        """After the pause ``prepare`` reads the form and returns what a worker is to do."""
        self.drop(key)
        delay = PAUSE_MILLISECONDS if pause else 1
        self._timers[key] = self._owner.after(delay, lambda: self._start(key, prepare(), on_answer))

    def drop(self, key: str) -> None:
        """Nobody wants to know any more."""
        timer, job = self._timers.pop(key, None), self._jobs.pop(key, None)
        if timer is not None:
            self._owner.after_cancel(timer)
        if job is not None:
            job.forget()

    def drop_all(self) -> None:
        for key in {*self._timers, *self._jobs}:
            self.drop(key)

    def _start(self, key: str, work: Callable[[], Any], on_answer: Callable[[Any], Any]) -> None:
        del self._timers[key]
        self._jobs[key] = self._desk.run(lambda job: work(), on_answer, owner=self._owner)
