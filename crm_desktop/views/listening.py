"""Listening that ends with who listens: Tcl keeps what it calls for ever, and with it the screen it belongs to."""

import re
from collections.abc import Callable
from contextlib import suppress
from tkinter import Event, Misc, TclError, Variable
from typing import Any

COMMAND = re.compile(r'\[(\S+) %#')
"""What tkinter has Tcl call, in the script of a binding."""


def on_write(owner: Misc, variable: Variable, call: Callable[..., Any]) -> None:
    """Call at every change of a variable, until ``owner`` is destroyed."""
    name = variable.trace_add("write", call)
    when_gone(owner, lambda: variable.trace_remove("write", name))


def bind_tag(owner: Misc, tag: str, sequence: str, call: Callable[[Event], Any]) -> None:
    """Call at an event of every widget with this tag, until ``owner`` is destroyed; again in place of the last call.

    The last call is kept until then: it may be the one that is running.
    """
    command = owner.bind_class(tag, sequence, call)

    def let_go() -> None:
        owner.unbind_class(tag, sequence)
        _root(owner).deletecommand(command)

    when_gone(owner, let_go)


def bind_other(owner: Misc, widget: Misc, sequence: str, call: Callable[[Event], Any]) -> None:
    """Call at an event of another widget, beside all that it does, until ``owner`` is destroyed."""
    command = widget.bind(sequence, call, add="+")
    when_gone(owner, lambda: _let_go(widget, str(widget), sequence, command))


def free_tag(owner: Misc, tag: str) -> None:
    """What a widget of others has bound to a tag is let go with it: they only unbind it."""
    commands = [
        command
        for sequence in owner.bind_class(tag)
        for command in COMMAND.findall(str(owner.tk.call("bind", tag, sequence)))
    ]
    when_gone(owner, lambda: [_root(owner).deletecommand(command) for command in commands])


def when_gone(owner: Misc, call: Callable[[], Any]) -> None:
    """Call when ``owner`` itself is destroyed, not a part of it."""
    owner.bind("<Destroy>", lambda event: call() if event.widget is owner else None, add="+")


def _let_go(widget: Misc, tag: str, sequence: str, command: str) -> None:
    """Take one call out of a binding and leave the others."""
    with suppress(TclError):  # the widget has gone before, and its bindings and calls with it
        script = str(widget.tk.call("bind", tag, sequence))
        rest = [line for line in script.split("\n") if command not in line]
        widget.tk.call("bind", tag, sequence, "\n".join(rest))
        widget.deletecommand(command)


def _root(widget: Misc) -> Misc:
    """Who keeps account of what is called for a tag."""
    root: Misc = widget.nametowidget(".")
    return root
