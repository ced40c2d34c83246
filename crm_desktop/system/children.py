"""What programs do not inherit that ours starts: variables that lead to the libraries and folders of the frozen one.

A browser, a word processor or a Python of the clerk's own would load them instead of theirs. ``LD_LIBRARY_PATH`` is not
among them: installer/children.py gives it back before anything else runs, also to what libraries start.
"""

import os
import sys

_NAMES = frozenset({"TCL_LIBRARY", "TK_LIBRARY", "MPLCONFIGDIR"})
_STARTERS = "_PYI_"
"""How the variables begin in which the starter of a frozen program talks to itself."""


def bundle() -> str:
    """The folder of the frozen program's libraries; empty when a Python runs the program."""
    return str(getattr(sys, "_MEIPASS", ""))


def hidden() -> set[str]:
    """The variables that are the frozen program's own business."""
    return {name for name in os.environ if name in _NAMES or name.startswith(_STARTERS)} if bundle() else set()


def environment() -> dict[str, str]:
    """The variables for a program that ours starts."""
    kept = set(os.environ) - hidden()
    return {name: os.environ[name] for name in sorted(kept)}
