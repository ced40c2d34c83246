"""How long the window is silent: what one turn of the event loop takes, so that a key pressed meanwhile would wait.

A turn is what runs between two looks of Tk for events: a handler of a key, a click, a timer, with all that it calls.
Only the processor time of the window's own thread counts, so that other work on the machine disturbs nothing.
"""

import time
import tkinter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

LOOPS = ("update", "wait_window", "wait_variable", "mainloop")
"""Methods of a widget inside which Tk looks for events."""
LONGEST_TURN = 0.25
"""Seconds that fail any test with a window. It is more than a clerk may feel, because processor time is longer, too, on a
machine that is busy; test_silence.py holds the tighter limits, and does again what seems too long."""
LOOP, HANDLER, CALLED = "loop", "handler", "called"
TK = "Tk itself"


@dataclass(frozen=True)
class Turn:
    """One turn that was worth remembering: the handler's name, and seconds."""

    handler: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.handler} {self.seconds * 1000:.0f} ms"


def name_of(function: Any) -> str:
    """Of what ``after`` calls, rather than of its wrapper."""
    inner = [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]
    wrapped = next((each for each in inner if callable(each)), None) if "callit" in repr(function) else None
    return str(getattr(wrapped or function, "__qualname__", function))


class Silence:
    """Notes every turn that takes longer than ``limit`` seconds, from ``watch`` until the patch is undone."""

    def __init__(self, limit: float, clock: Callable[[], float] = time.thread_time) -> None:
        self.limit = limit
        self.turns: list[Turn] = []
        self._clock = clock
        self._within: list[str] = []
        self._handlers: list[str] = []
        self._since = 0.0

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        call = tkinter.CallWrapper.__call__

        def watched(wrapper: Any, *arguments: Any) -> Any:
            with self._handler(wrapper.func):
                return call(wrapper, *arguments)

        patch.setattr(tkinter.CallWrapper, "__call__", watched)
        for name in LOOPS:
            patch.setattr(tkinter.Misc, name, self._looping(getattr(tkinter.Misc, name)))

    @property
    def longest(self) -> Turn:
        return max(self.turns, key=lambda turn: turn.seconds, default=Turn("", 0.0))

    def _looping(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            with self._loop():
                return method(*arguments, **options)

        return watched

    @contextmanager
    def _handler(self, function: Any) -> Iterator[None]:
        """A handler that another calls, like a trace of a variable, belongs to that one's turn."""
        kind = CALLED if self._within and self._within[-1] != LOOP else HANDLER
        if kind == HANDLER:
            self._note(TK)
            self._handlers.append(name_of(function))
        self._within.append(kind)
        try:
            yield
        finally:
            self._within.pop()
            if kind == HANDLER:
                self._note(self._handlers.pop())

    @contextmanager
    def _loop(self) -> Iterator[None]:
        """Tk looks for events again: what a handler did before ends here, and begins anew afterwards."""
        self._note(self._handlers[-1] if self._handlers else "")
        self._within.append(LOOP)
        try:
            yield
        finally:
            self._note(TK)
            self._within.pop()

    def _note(self, name: str) -> None:
        now = self._clock()
        if name and self._within and now - self._since > self.limit:
            self.turns.append(Turn(name, now - self._since))
        self._since = now
