"""Timers foreign widgets leave behind: one that outlives its widget calls what has taken over its command's name."""

from collections.abc import Iterator
from tkinter import Misc


def cancel_timers(widget: Misc) -> None:
    """Those of ``widget`` and of everything inside it; to be called before it is destroyed."""
    commands = {name for each in _inside(widget) for name in each._tclCommands or ()}
    for timer in widget.tk.splitlist(widget.tk.call("after", "info")):
        script, _kind = widget.tk.splitlist(widget.tk.call("after", "info", timer))
        if str(script) in commands:
            widget.tk.call("after", "cancel", timer)


def _inside(widget: Misc) -> Iterator[Misc]:
    yield widget
    for child in widget.winfo_children():
        yield from _inside(child)
